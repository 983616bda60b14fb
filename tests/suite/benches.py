"""The benches on which the contract suite runs here: the embedded sandbox, and the reference server over it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from dvc_cli.backends import BackendOptions, Network
from dvc_cli.backends.http import open_backend
from dvc_cli.backends.sandbox import SandboxBackend
from dvc_cli.contract.backend import Backend
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.web.house import House
from dvc_cli.portal.web.log import Log
from dvc_cli.testing.training_bench import TrainingBench
from portal_accounts.small_town import MovableClock
from server.served import ADMIN, serving

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
        return TrainingBench(open_client, self.room.people, lambda wanted: self.room.newest_code(challenge_id=wanted).code, self.pass_by)

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
