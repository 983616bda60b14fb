"""The benches on which the contract suite runs here: the embedded sandbox, and the reference server over it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from dvc_cli.backends import BackendOptions, Network
from dvc_cli.backends.http import open_backend
from dvc_cli.backends.sandbox import SandboxBackend
from dvc_cli.contract.backend import Backend
from dvc_cli.contract.bench import Citizen
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.web.house import House
from dvc_cli.portal.web.log import Log
from dvc_cli.testing.training_bench import TrainingBench
from portal_accounts.small_town import MovableClock
from server.served import ADMIN, serving
from server.visitor import Browser

NOON = datetime.fromisoformat("2026-11-09T12:00:00+07:00")


class MovableTown:
    """A portal whose time a bench can move."""

    def __init__(self, folder: Path) -> None:
        self.clock = MovableClock(NOON)
        self.folder = folder
        self.room = self.portal()

    def portal(self) -> Portal:
        return Portal(self.folder, self.clock)

    def bench(self, open_client: Callable[[], Backend]) -> TrainingBench:
        return TrainingBench(
            open_client, self.room.people, lambda wanted: self.room.newest_code(challenge_id=wanted).code, self.pass_by, self.on_page
        )

    def on_page(self, address: str, citizen: Citizen, agree: bool) -> str:
        """The citizen's browser: without a script, and it does not follow where the last page leads."""
        server = urlsplit(address)
        with httpx.Client(base_url=f"{server.scheme}://{server.netloc}", trust_env=False) as client:
            browser = Browser(client, client.get(address))
            if "begin" in browser.steps:
                browser.send("begin")
            if agree:
                browser.send("sign in", id_number=citizen.id_number, password=citizen.password.value)
                browser.send("code", otp=self.room.newest_code().code)
            browser.send("answer", answer="agree" if agree else "refuse")
            assert browser.page.status_code < 400, browser.page.text
            return browser.page.headers.get("location", "")

    def pass_by(self, seconds: int) -> bool:
        self.clock.instant += timedelta(seconds=seconds)
        return True


@contextmanager
def embedded(folder: Path) -> Iterator[TrainingBench]:
    """Each client a portal of its own on the same file, as two processes have."""
    town = MovableTown(folder)
    yield town.bench(lambda: SandboxBackend(town.portal()))
    town.room.close()


@contextmanager
def served(folder: Path) -> Iterator[TrainingBench]:
    """Clients of the reference server on SQLite."""
    town = MovableTown(folder)
    with serving(House(town.portal, SandboxBackend, Log(io.StringIO()), ADMIN, threads=4)) as url:
        yield town.bench(lambda: open_backend(BackendOptions(url, folder, town.clock, Network(timeout="30"))))
    town.room.close()
