"""Many submits through a faulty network, each repeated under its key as the outbox does, and the bookkeeping of what came of it."""

from __future__ import annotations

import io
import secrets
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import stamina

from dvc_cli.backends import BackendOptions, Network
from dvc_cli.backends.http import open_backend
from dvc_cli.backends.sandbox import SandboxBackend
from dvc_cli.clock import SystemClock
from dvc_cli.contract.backend import Backend
from dvc_cli.contract.values import Dossier, Secret, Submission
from dvc_cli.errors import BadReplyError, DvcError, RefusedError, TooManyTriesError, UnavailableError
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.web.house import House
from dvc_cli.portal.web.log import Log
from dvc_cli.testing.sample_birth import MOTHER, sample_birth
from server.fault_proxy import Plan, faulty
from server.served import ADMIN, serving

MOST_TRIES = 60
LATER = (UnavailableError, TooManyTriesError, BadReplyError)


@dataclass
class Tally:
    """What came of a campaign. A lie is an answer that the database contradicts; lost is what was answered and is not there."""

    submits: int = 0
    filed: int = 0
    lies: int = 0
    lost: int = 0
    doubled: int = 0
    tries: int = 0
    told: list[DvcError] = field(default_factory=list, compare=False, repr=False)


class Books:
    """The server's database, read beside the server."""

    def __init__(self, open_portal: object) -> None:
        self._portal: Portal = open_portal()
        self._lock = threading.Lock()

    def codes(self, key: str) -> list[str]:
        """What is kept under a key; asked until the database answers."""
        while True:
            with self._lock, suppress(UnavailableError), self._portal.read() as connection:
                return [row["code"] for row in connection.execute("SELECT code FROM dossiers WHERE idempotency_key = ?", (key,)).fetchall()]
            threading.Event().wait(0.05)

    def close(self) -> None:
        self._portal.close()


def campaign(
    folder: Path,
    submits: int,
    plan: Plan,
    *,
    clients: int,
    begin: dict[str, bool] | None = None,
    timeout: str = "20",
    open_portal: object = None,
    patient: bool = False,
) -> Tally:
    """`submits` dossiers of `clients` clients through a proxy with this plan, over the server on the sandbox in `folder`."""
    opening = open_portal or (lambda: Portal(folder, SystemClock()))
    books, tally, lock = Books(opening), Tally(submits=submits), threading.Lock()
    house = House(opening, SandboxBackend, Log(io.StringIO()), ADMIN, threads=4)
    with stamina.set_testing(True, attempts=4, cap=True), serving(house) as url, faulty(url, plan) as proxy:
        token, sent = _sign_in(url, folder, opening)
        if begin is not None:
            begin["on"] = True

        def work(client: int) -> None:
            backend = open_backend(BackendOptions(proxy.url, folder, SystemClock(), Network(timeout=timeout)))
            for _number in range(client, submits, clients):
                _submit(backend, token, sent, books, tally, lock, patient=patient)
            backend.close()

        with ThreadPoolExecutor(clients) as together:
            for done in [together.submit(work, client) for client in range(clients)]:
                done.result()
    books.close()
    return tally


def _sign_in(url: str, folder: Path, opening: object) -> tuple[Secret, Submission]:
    portal: Portal = opening()
    backend = open_backend(BackendOptions(url, folder, SystemClock()))
    challenge = backend.begin_vneid_login(MOTHER, Secret(portal.people(MOTHER)[0].vneid_password), share_data=True)
    session = backend.verify_login(challenge.id, Secret(portal.newest_code(challenge_id=challenge.id).code))
    found = session.token, sample_birth(backend.now())
    backend.close()
    portal.close()
    return found


def _submit(backend: Backend, token: Secret, sent: Submission, books: Books, tally: Tally, lock: threading.Lock, *, patient: bool) -> None:
    key, answered, tries, lies, told = secrets.token_hex(16), None, 0, 0, []
    while answered is None and tries < MOST_TRIES:
        tries += 1
        try:
            answered = backend.submit_dossier(token, sent, key)
        except LATER as error:
            # Whether an earlier try arrived was told then; this one's word is about this one.
            unknown_before = any(_may_have_arrived(each) for each in told)
            told.append(error)
            lies += not unknown_before and not _may_have_arrived(error) and bool(books.codes(key))
            if patient:
                threading.Event().wait(0.1)  # the database is coming up again
        except RefusedError as error:
            told.append(error)
            lies += 1  # nothing about these dossiers is to be refused
            break
    kept = books.codes(key)
    with lock:
        tally.tries += tries
        tally.lies += lies
        tally.told += told
        tally.filed += len(kept) == 1
        tally.doubled += len(kept) > 1
        tally.lost += isinstance(answered, Dossier) and answered.code not in kept


def _may_have_arrived(error: DvcError) -> bool:
    """What the client was told: that the dossier may be filed."""
    return isinstance(error, BadReplyError) or (isinstance(error, UnavailableError) and error.maybe_done)
