"""After the whole main job nothing that was secret stands in clear anywhere, and the citizen only in the sandbox's own database."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

from acceptance.counter import CASES, PASSWORD, PERSON, PHUONG, Counter
from commands.foreign_backend import dressed
from conftest import PASSPHRASE, Dvc, Outcome, environ_of
from dvc_cli.errors import UnavailableError
from dvc_cli.paths import find_paths
from dvc_cli.tokens import open_store

PAPER = "giấy chứng sinh tập huấn của NGUYỄN TRẦN AN NHIÊN"
CITIZEN = (PHUONG, PERSON["full_name"], PERSON["phone"], "MAI PHƯƠNG", "092094999002", "NGUYỄN HỮU NGHĨA", "TRẦN AN NHIÊN", "maiphuong@")
CITIZEN = (*CITIZEN, "048048999102", "TRẦN VĂN MINH", "9900000101", "0000990001101")
LOOKING_ON = (("ho-so", "list"), ("today",), ("drafts", "list"), ("audit", "list"), ("audit", "verify"), ("doctor",))
OWN_RESULTS = {("sandbox", "otp"), ("sandbox", "people"), ("sandbox", "sms")}


def spellings(text: str) -> set[bytes]:
    """The bytes under which a text can be met in clear."""
    forms = {unicodedata.normalize(form, case) for form in ("NFC", "NFD") for case in (text, text.upper(), text.lower())}
    escaped = {json.dumps(form)[1:-1].encode() for form in forms}
    return escaped | {form.encode(encoding) for form in forms for encoding in ("utf-8", "utf-16-le", "utf-16-be")}


def found_in(content: bytes, texts: Iterable[str]) -> list[str]:
    """Those of the texts that stand in the content; a code of digits only where it is no part of a longer number."""
    return [text for text in texts if any(_stands_in(content, spelling, digits=text.isdigit()) for spelling in spellings(text))]


def _stands_in(content: bytes, spelling: bytes, *, digits: bool) -> bool:
    if not digits:
        return spelling in content
    return re.search(rb"(?<![0-9])(?<![0-9]\0)%s(?!\0?[0-9])" % re.escape(spelling), content) is not None


@dataclass
class Job:
    """What the main job left: every command line with its outcome, and what was secret in it."""

    counter: Watched
    runs: list[tuple[tuple[str, ...], Outcome]] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)

    def files(self) -> Iterator[Path]:
        return (path for path in self.counter.home.rglob("*") if path.is_file())


class Watched(Counter):
    """Remembers every run, and every value that the token store held after it."""

    job: Job

    def plain(self, *words: str, typed: str | bytes = "", **extra: str) -> Outcome:
        outcome = super().plain(*words, typed=typed, **extra)
        self.job.runs.append((words, outcome))
        self.job.secrets |= set(self.tokens())
        return outcome

    def code(self, *words: str) -> str:
        code = super().code(*words)
        self.job.secrets.add(code)
        return code

    def tokens(self) -> Iterator[str]:
        """Tickets, tokens and keys in the store; of a record that is a table, the secret parts."""
        paths = find_paths({"DVC_HOME": str(self.home)})
        if not (paths.data / "tokens.db").exists():
            return
        store = open_store("file", paths, lambda: PASSPHRASE)
        for record in store.records():
            value = store.get(record) or ""
            table = json.loads(value) if value.startswith("{") else {"": value}
            yield from (table[key] for key in ("token", "refresh", "ticket", "") if key in table)


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory, sandbox_seed: Path) -> Job:
    """Register, code, password, login, VNeID, a kept draft, a filed dossier with an attachment; a crash; answers typed at a prompt."""
    counter = Watched(Counter(sandbox_seed).copy(str(tmp_path_factory.mktemp("leaks") / "home")).home)
    counter.job = job = Job(counter, secrets={PASSWORD, PASSPHRASE})
    vneid = str(counter.person(PHUONG)["vneid_password"])
    people = Counter(counter.home)("sandbox", "people").data["people"]
    job.secrets |= {vneid, next(str(each["vneid_password"]) for each in people if each["vneid_password"])}

    assert counter.register(consent="true").status == "pending"
    assert counter.otp(code=counter.wrong_code()).codes == ["TK-OTP-WRONG"]
    assert counter.otp().status == "pending"
    assert counter.set_password(PASSWORD, PASSWORD + "x").codes == ["TK-PW-MISMATCH"]
    assert counter.set_password().exit_code == 0
    assert counter.login(PASSWORD + "y").codes == ["TK-CREDENTIALS"]
    assert counter.login().status == "pending"
    assert counter.otp().exit_code == 0
    assert counter.vneid(password=vneid).status == "pending"
    assert counter.otp().exit_code == 0
    assert counter("profile", "show").exit_code == 0
    assert counter("whoami").exit_code == 0
    draft = counter.file(pledge="không", copies_count="3", attachments=[counter.paper("nhap.pdf", head=b"%PDF-1.7\n" + PAPER.encode())])
    assert draft.exit_code == 2
    send_later(counter)
    assert counter("khai-tu", answers=death()).exit_code == 2
    assert len(counter("drafts", "list").data["drafts"]) == 2
    assert counter("audit", "export", str(counter.home / "state" / "audit.jsonl"), "--verbose").exit_code == 0
    for words in LOOKING_ON:
        assert counter(*words, "--verbose").exit_code == 0, words
        assert counter.plain(*words, "--no-input", "--verbose").exit_code == 0, words

    typed = counter.plain("login", "--plain", "--json", typed=f"{PHUONG}\n{PASSWORD}\n")
    assert typed.status == "pending"
    counter.wire = dressed(failing={"begin_login": ValueError(f"{PHUONG} {PASSWORD} {vneid}")})
    assert counter.login().exit_code == 1
    assert counter.plain("login", "--answers", "-", "--no-input", "--verbose", typed=json.dumps({"id_number": PHUONG})).exit_code == 2
    counter.wire = dressed(failing={"get_profile": ValueError(f"{PHUONG} {PERSON['full_name']}")})
    assert counter.plain("profile", "show", "--no-input", "--verbose").exit_code == 1
    counter.wire = None
    assert counter("done").exit_code == 0
    return job


def send_later(counter: Counter) -> None:
    """No connection: case A with a paper waits in the outbox, is looked at and sent."""
    counter.wire = dressed(failing={"submit_dossier": UnavailableError()})
    waits = counter.file("--verbose", attachments=[counter.paper("giay.pdf", head=b"%PDF-1.7\n" + PAPER.encode())])
    assert waits.exit_code == 5, waits.document
    assert counter("outbox", "list", "--verbose").exit_code == 0
    assert counter("outbox", "show", waits.data["draft"]["id"], "--verbose").exit_code == 0
    counter.wire = None
    sent = counter("outbox", "send", waits.data["draft"]["id"], "--verbose")
    assert (sent.exit_code, sent.data["sent"]) == (0, 1), sent.document


def death() -> dict[str, object]:
    """Worked death case A as PHƯƠNG would begin it: without its requester, papers and pledge."""
    raw = yaml.load((CASES / "death_a.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    return {key: part for key, part in raw.items() if isinstance(part, dict) and key != "requester"}


def test_the_search_finds_what_is_there(job: Job) -> None:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        for form in ("NFC", "NFD"):
            held = unicodedata.normalize(form, "…" + PERSON["full_name"].lower() + ", 123456.").encode(encoding)
            assert found_in(b"\0\1" + held, [PERSON["full_name"], "123456", "654321"]) == [PERSON["full_name"], "123456"]
    assert found_in(b"0912345678", ["123456"]) == []
    sandbox = b"".join(path.read_bytes() for path in job.files() if path.parent.name == "sandbox")
    assert PHUONG in found_in(sandbox, CITIZEN)


def test_the_job_had_its_secrets(job: Job) -> None:
    """Two passwords, the passphrase, codes, a ticket, two sessions of two tokens, the desk's key."""
    assert len(job.secrets) >= 12
    assert sum(1 for secret in job.secrets if re.fullmatch("[0-9]{6}", secret)) >= 3
    names = {path.relative_to(job.counter.home).parts[0] for path in job.files()}
    assert names == {"data", "logs", "state"}
    assert any((job.counter.home / "data" / "blobs").iterdir())


def test_no_file_holds_a_secret(job: Job) -> None:
    for path in job.files():
        assert found_in(path.read_bytes(), job.secrets) == [], path
        assert found_in(str(path).encode(), job.secrets) == []


def test_only_the_sandbox_database_knows_the_citizen(job: Job) -> None:
    sandbox = job.counter.home / "data" / "sandbox"
    for path in job.files():
        if path.parent != sandbox or not path.name.startswith("sandbox.sqlite3"):
            assert found_in(path.read_bytes(), (*CITIZEN, PAPER)) == [], path
            assert found_in(str(path.relative_to(job.counter.home)).encode(), CITIZEN) == []


def test_nothing_that_was_shown_holds_a_secret(job: Job) -> None:
    assert any(outcome.exit_code == 1 for _words, outcome in job.runs)
    for words, outcome in job.runs:
        if words[:2] not in OWN_RESULTS:
            assert found_in(outcome.out.encode("utf-8"), job.secrets) == [], words
        assert found_in(outcome.err.encode("utf-8"), job.secrets) == [], words


def test_remarks_and_logs_name_nobody_in_full(job: Job) -> None:
    """Results may: they are what was asked for."""
    for words, outcome in job.runs:
        if "--plain" not in words:  # what a person types at a line is echoed by their own terminal, never by us
            assert found_in(outcome.err.encode("utf-8"), CITIZEN) == [], words


def test_no_secret_and_no_citizen_ever_stood_on_a_command_line(job: Job) -> None:
    for words, _outcome in job.runs:
        assert found_in("\n".join(words).encode(), (*job.secrets, *CITIZEN)) == []


@pytest.mark.parametrize("key", ["password", "password_again", "current_password", "otp"])
@pytest.mark.parametrize("command", ["register", "login", "login-vneid", "verify-otp", "set-password"])
def test_there_is_no_flag_that_takes_a_secret(job: Job, command: str, key: str) -> None:
    counter = Counter(job.counter.home.parent / "other")
    by_set = counter(command, "--set", f"{key}={PASSWORD}")
    by_flag = counter(command, f"--{key.replace('_', '-')}={PASSWORD}")
    for refused in (by_set, by_flag):
        assert (refused.exit_code, refused.codes) == (2, ["A-USAGE"])
        assert found_in((refused.out + refused.err).encode(), [PASSWORD]) == []


def test_the_logs_were_written_and_hold_what_happened(job: Job) -> None:
    """So that their silence about people is worth something."""
    logs = sorted((job.counter.home / "logs").iterdir())
    assert {path.name.partition("-")[0] for path in logs} == {"run", "crash"}
    lines = [json.loads(line) for path in logs for line in path.read_text(encoding="utf-8").splitlines()]
    assert {"begin", "backend", "desk", "call", "crash", "result", "end"} <= {line["event"] for line in lines}


SPAWNING = """
import subprocess, sys
from pathlib import Path
from dvc_cli.cli import main
from dvc_cli.commands.deps import Deps
class Wired(Deps):
    def close(self):
        seen = subprocess.run([sys.executable, "-c", "import os; print(dict(os.environ))"], capture_output=True, check=True)
        Path(sys.argv[1]).write_bytes(seen.stdout)
        super().close()
sys.exit(main(sys.argv[2:], wire=Wired))
"""


def test_a_child_of_the_program_inherits_no_secret_and_no_temporary_file_is_left(home: Path, tmp_path: Path) -> None:
    vneid = str(Dvc(home).person(PHUONG)["vneid_password"])
    (tmp_path / "temp").mkdir()
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", SPAWNING, str(tmp_path / "environ"), "login-vneid", "--answers", "-", "--no-input", "--json"],
        env=kept | environ_of(home) | {"TMPDIR": str(tmp_path / "temp")},
        input=json.dumps({"id_number": PHUONG, "password": vneid}).encode(),
        capture_output=True,
        check=False,
    )
    assert json.loads(done.stdout)["status"] == "pending"
    inherited = (tmp_path / "environ").read_bytes()
    assert b"DVC_HOME" in inherited
    assert found_in(inherited, (PASSPHRASE, vneid, PHUONG)) == []
    assert list((tmp_path / "temp").iterdir()) == []
