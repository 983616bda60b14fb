"""How many dossiers the reference server takes, beside plain inserts of the same bytes into the same database in the same run.

    python benchmarks/server.py [--submits 400] [--clients 4] [--workers 2] [--rounds 5] [--stock 100000] [--scan 300000]
        [--only sqlite|postgresql]

For SQLite and PostgreSQL: listing one person's dossiers and finding one by code with a thousand dossiers in the database and with
`--stock`, and how much slower the latter is. Then, in turns, submits a second and their p99 through a server of so many processes, and
inserts a second and their p99 with as many writers (the same rows and files, one transaction each), and the ratio of the two; medians
over the rounds. Once with two files of a line each, which shows what a submit costs by itself (`bare`), and once with two of `--scan`
bytes that do not pack, as a page from a scanner (`scans`; a quarter of the submits).

Submits are sent over open connections, the same requests as the `http` backend sends, written and read as plainly as can be: the server is
measured. Clients share the work: who is served sooner takes the next piece, so that all are busy until the end. Files travel ahead of a
dossier in requests of their own: `submits` is the dossier alone, its files lying there; `with_new_files` is a dossier with two files that
the server has not seen, five requests.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent
sys.path[:1] = [str(HERE.parent / "tests"), str(HERE.parent)]  # without this folder, whose `server` is not the tests'

from dvc_cli.backends import BackendOptions  # noqa: E402
from dvc_cli.backends.http import open_backend  # noqa: E402
from dvc_cli.clock import SystemClock  # noqa: E402
from dvc_cli.contract.messages import KEY_HEADER, Call, call_of  # noqa: E402
from dvc_cli.contract.operations import operation  # noqa: E402
from dvc_cli.contract.values import Attachment, Secret, Submission  # noqa: E402
from dvc_cli.portal.portal import Portal  # noqa: E402
from dvc_cli.portal.storage.place import FolderPlace, Place, ServerPlace  # noqa: E402
from dvc_cli.testing.sample_birth import MOTHER, sample_birth  # noqa: E402
from postgres.servers import started  # noqa: E402

TABLES = ("dossiers", "dossier_members", "dossier_history", "attachments")
SMALL_STOCK = 1_000


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def load(clients: int, total: int, make: Callable[[], tuple[Callable[[], object], Callable[[], None]]]) -> dict[str, float]:
    """`total` pieces of work by `clients` workers; `make` gives a worker its work and how to end."""
    pieces = iter(range(total))

    def worker(tools: tuple[Callable[[], object], Callable[[], None]]) -> list[float]:
        return [timed(tools[0]) for _piece in pieces]

    made = [make() for _client in range(clients)]
    begun = time.perf_counter()
    with ThreadPoolExecutor(clients) as together:
        spent = sorted(one for part in together.map(worker, made) for one in part)
    seconds = time.perf_counter() - begun
    for _work, end in made:
        end()
    return {"per_second": round(total / seconds, 1), "p99_ms": round(spent[int(len(spent) * 0.99) - 1] * 1000, 1)}


@contextmanager
def serving(database: str, home: Path, workers: int) -> Iterator[str]:
    """A server of `workers` processes."""
    environ = {**os.environ, "DVC_HOME": str(home), "DVC_DATABASE": database}
    line = [sys.executable, "-m", "dvc_cli", "sandbox", "serve", "--port", "0", "--training", "--workers", str(workers)]
    server = subprocess.Popen(line, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        url = next(json.loads(line)["url"] for line in server.stderr if line.startswith("{"))
        drain = ThreadPoolExecutor(1)
        drain.submit(server.stderr.read)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=30)


def sign_in(portal: Portal, url: str, home: Path) -> Secret:
    backend = open_backend(BackendOptions(url, home, SystemClock()))
    challenge = backend.begin_vneid_login(MOTHER, Secret(portal.people(MOTHER)[0].vneid_password), share_data=True)
    token = backend.verify_login(challenge.id, Secret(portal.newest_code(challenge_id=challenge.id).code)).token
    backend.close()
    return token


class Counter:
    """One open connection that sends what the `http` backend would send."""

    def __init__(self, url: str, token: Secret) -> None:
        self._place = urlsplit(url).netloc
        host, _colon, port = self._place.rpartition(":")
        self._socket = socket.create_connection((host, int(port)))
        self._answers = self._socket.makefile("rb")
        self._token = token

    def close(self) -> None:
        self._answers.close()
        self._socket.close()

    def filing(self, sent: Submission) -> Call:
        """What files a dossier; its key is put in later."""
        return call_of(operation("submit_dossier"), {"token": self._token, "submission": sent, "idempotency_key": "none yet"})

    def file(self, filing: Call) -> None:
        """A dossier whose files lie there already."""
        self._send(replace(filing, headers={**filing.headers, KEY_HEADER: secrets.token_hex(16)}), 201)

    def file_with_files(self, sent: Submission) -> None:
        """A dossier whose files nobody has sent yet: each is asked for and sent ahead."""
        files = tuple(with_content(file, file.content + secrets.token_bytes(16)) for file in sent.attachments)
        for file in files:
            self._ask("has_attachment", 404, sha256=file.sha256)
            self._ask("put_attachment", 204, sha256=file.sha256, content=file.content)
        self.file(self.filing(replace(sent, attachments=files)))

    def _ask(self, name: str, status: int, **given: object) -> None:
        self._send(call_of(operation(name), {"token": self._token, **given}), status)

    def _send(self, call: Call, status: int) -> None:
        headers = {"Host": self._place, "Content-Length": str(len(call.body)), **call.headers}
        head = f"{call.verb} {call.path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._socket.sendall(head.encode() + b"\r\n" + call.body)
        answered = self._answers.readline().split()[1]
        length = 0
        while (line := self._answers.readline()) not in {b"\r\n", b""}:
            name, _colon, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        self._answers.read(0 if call.verb == "HEAD" else length)
        assert int(answered) == status, answered


def with_content(file: Attachment, content: bytes) -> Attachment:
    return replace(file, content=content, sha256=hashlib.sha256(content).hexdigest())


def sample(scan: int) -> Submission:
    """The worked dossier; each of its files longer by so many bytes of noise."""
    sent = sample_birth(SystemClock().now())
    return replace(sent, attachments=tuple(with_content(file, file.content + secrets.token_bytes(scan)) for file in sent.attachments))


def submits(url: str, home: Path, token: Secret, clients: int, total: int, *, scan: int = 0, new_files: bool = False) -> dict[str, float]:
    sent = sample(scan)
    backend = open_backend(BackendOptions(url, home, SystemClock()))
    backend.submit_dossier(token, sent, secrets.token_hex(16))  # so that its files are there
    backend.close()

    def make() -> tuple[Callable[[], object], Callable[[], None]]:
        counter = Counter(url, token)
        filing = counter.filing(sent)
        return (lambda: counter.file_with_files(sent) if new_files else counter.file(filing)), counter.close

    return load(clients, total, make)


def rows_of_one(portal: Portal) -> dict[str, list[dict[str, object]]]:
    """The rows that one filed dossier left behind."""
    with portal.read() as connection:
        dossier = connection.execute("SELECT * FROM dossiers ORDER BY number DESC LIMIT 1").fetchone()
        found = {"dossiers": [dossier]}
        for table in TABLES[1:]:
            found[table] = connection.execute(f"SELECT * FROM {table} WHERE dossier_id = ?", (dossier["id"],)).fetchall()
    return {
        table: [{key: row[key] for key in row.keys() if key != "number"} for row in rows]  # noqa: SIM118 - rows iterate over values
        for table, rows in found.items()
    }


def inserter(portal: Portal, rows: dict[str, list[dict[str, object]]]) -> Callable[[], None]:
    """Writes the rows once more under new ids, in one transaction."""

    def insert() -> None:
        new = {
            "id": f"hs-{secrets.token_hex(8)}",
            "code": f"G22.98.08-{secrets.token_hex(8).upper()}",
            "idempotency_key": secrets.token_hex(16),
        }
        with portal.write() as connection:
            for table, given in rows.items():
                for row in given:
                    values = {**row, **(new if table == "dossiers" else {"dossier_id": new["id"]})}
                    marks = ", ".join("?" * len(values))
                    connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))

    return insert


def inserts(place: Place, clients: int, total: int) -> dict[str, float]:
    def make() -> tuple[Callable[[], object], Callable[[], None]]:
        portal = Portal(place, SystemClock())
        return inserter(portal, rows_of_one(portal)), portal.close

    return load(clients, total, make)


def fill(portal: Portal, number: int) -> None:
    """Dossiers of other people, without files, until there are `number`: some written one by one, then doubled."""
    rows = {table: given for table, given in rows_of_one(portal).items() if table != "attachments"}
    owners = [person.id_number for person in portal.people() if person.id_number != MOTHER]
    with portal.write():
        for place in range(counted(portal), min(number, SMALL_STOCK)):
            rows["dossiers"][0]["owner"] = owners[place % len(owners)]
            inserter(portal, rows)()
    while (have := counted(portal)) < number:
        with portal.write():
            for table, given in rows.items():
                double(portal, table, list(given[0]), f"-{have}", number - have)


def counted(portal: Portal) -> int:
    with portal.read() as connection:
        return int(connection.execute("SELECT count(*) AS n FROM dossiers").fetchone()["n"])


def double(portal: Portal, table: str, columns: list[str], suffix: str, most: int) -> None:
    """Every row of other people once more, under ids with this suffix."""
    new = (
        {"id": "id || ?", "code": "code || ?", "idempotency_key": "idempotency_key || ?"}
        if table == "dossiers"
        else {"dossier_id": "dossier_id || ?"}
    )
    picked = ", ".join(new.get(column, column) for column in columns)
    where = "owner <> ? LIMIT ?" if table == "dossiers" else "dossier_id || ? IN (SELECT id FROM dossiers)"
    ends: tuple[object, ...] = (MOTHER, most) if table == "dossiers" else (suffix,)
    with portal.write() as connection:
        marks = (suffix,) * len(new)
        connection.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {picked} FROM {table} WHERE {where}", (*marks, *ends))


def look_ups(url: str, home: Path, token: Secret) -> dict[str, float]:
    """Milliseconds of listing one's dossiers and of finding one by code: the median of fifty."""
    backend = open_backend(BackendOptions(url, home, SystemClock()))
    code = backend.list_dossiers(token)[0].code
    found = {}
    for name, work in (("list_ms", lambda: backend.list_dossiers(token)), ("find_ms", lambda: backend.get_dossier(token, code))):
        found[name] = round(sorted(timed(work) for _time in range(50))[25] * 1000, 2)
    backend.close()
    return found


def measure(name: str, database: str, place: Place, home: Path, given: argparse.Namespace) -> dict[str, object]:
    portal = Portal(place, SystemClock())
    portal.people("")
    with serving(database, home, given.workers) as url:
        token = sign_in(portal, url, home)
        submits(url, home, token, 1, 3)
        fill(portal, SMALL_STOCK)
        small = look_ups(url, home, token)
        fill(portal, given.stock)
        large = look_ups(url, home, token)
        token = sign_in(portal, url, home)  # the filling may have outlasted the session
        kinds = {
            kind: compared(
                lambda scan=scan, total=total, new_files=False: submits(
                    url, home, token, given.clients, total, scan=scan, new_files=new_files
                ),
                lambda total=total: inserts(place, given.clients, total),
                given.rounds,
            )
            for kind, scan, total in (("bare", 0, given.submits), ("scans", given.scan, given.submits // 4))
        }
    portal.close()
    return {
        "database": name,
        "workers": given.workers,
        **kinds,
        f"at_{SMALL_STOCK}": small,
        f"at_{given.stock}": large,
        "growth": {key: round(large[key] / small[key], 2) for key in large},
    }


def compared(submit: Callable[..., dict[str, float]], insert: Callable[[], dict[str, float]], number: int) -> dict[str, object]:
    """So many rounds of both in turns, because a shared disk is faster at one moment than at another."""
    rounds = [{"submits": submit(), "inserts": insert(), "with_new_files": submit(new_files=True)} for _round in range(number)]
    ratios = [each["submits"]["per_second"] / each["inserts"]["per_second"] for each in rounds]
    return {
        **{name: middle([each[name] for each in rounds]) for name in rounds[0]},
        "ratio": round(median(ratios), 3),
        "ratios": [round(ratio, 3) for ratio in sorted(ratios)],
    }


def middle(rounds: list[dict[str, float]]) -> dict[str, float]:
    """Each figure's median over the rounds."""
    return {name: round(median(each[name] for each in rounds), 1) for name in rounds[0]}


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--submits", type=int, default=400, help="of each round")
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--clients", type=int, default=4)
    words.add_argument("--workers", type=int, default=2)
    words.add_argument("--stock", type=int, default=100_000)
    words.add_argument("--scan", type=int, default=300_000, help="bytes of a file")
    words.add_argument("--only", choices=("sqlite", "postgresql"))
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        if given.only != "postgresql":
            print(json.dumps(measure("SQLite", f"sqlite://{home / 'sandbox'}", FolderPlace(home / "sandbox"), home, given)), flush=True)
        if given.only == "sqlite":
            return
        with started(os.environ.get("DVC_TEST_PG_DSN")) as server:
            address = server.new_database()
            print(json.dumps(measure("PostgreSQL", address, ServerPlace(address), home, given)), flush=True)


if __name__ == "__main__":
    main()
