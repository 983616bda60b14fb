"""Opening the database file and writing to it, with the failures of SQLite told in the program's own words."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import cast

from dvc_cli.disk.files import disk_full, not_accessible
from dvc_cli.errors import StoreError, problem

DATABASE = "sandbox.sqlite3"
WAIT_SECONDS = 5.0

_WRITING = threading.RLock()

_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
_SHUT = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")
_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})
_NO_RIGHT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class FileConnection(sqlite3.Connection):
    """A connection that knows which file it opened."""

    _path: Path | None = None
    _opened: tuple[int, int] | None = None

    def remember(self, path: Path) -> None:
        """It was opened at `path`."""
        self._path, self._opened = path, _identity(path)

    @property
    def broken(self) -> bool:
        """Whether another file is there now, or none: what were written here would be lost. Not asked within a transaction."""
        return self._path is not None and not self.in_transaction and _identity(self._path) != self._opened


def connect(folder: Path, *, create: bool = True) -> sqlite3.Connection:
    """Open the database in `folder`; with `create` the folder (0700) and an empty file (0600) are made when absent.

    Rows answer by column name; nothing is begun implicitly: reading needs no transaction, writing goes through `transaction`.
    StoreError DK-STORE-CORRUPT when the file is no database or missing, DK-LOCKED when another process holds it longer than five seconds.
    """
    path = folder / DATABASE
    if not create and not path.exists():
        raise StoreError(problem("DK-STORE-CORRUPT", detail=f"({DATABASE}: {os.strerror(errno.ENOENT)})"))
    _touch(path)
    with told(folder):
        # A server hands one connection from thread to thread, never to two at once.
        connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False, factory=FileConnection)
        connection.row_factory = sqlite3.Row
        try:
            _prepare(connection)
            connection.remember(path)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One write: takes the write lock at once (BEGIN IMMEDIATE), commits at the end, undoes everything on an exception.

    Inside another transaction of the same connection it joins that one.
    """
    if connection.in_transaction:
        yield connection
        return
    begin = getattr(connection, "begin", None)
    with told(), _turn() if begin is None else nullcontext():
        if begin is None:
            _insist(connection, "BEGIN IMMEDIATE")
        else:
            begin()
        try:
            yield connection
        except BaseException:
            connection.rollback()
            raise
        connection.commit()


def _insist(connection: sqlite3.Connection, statement: str) -> None:
    """Run a statement that another writer may hold up, asking again every half millisecond for as long as the connection waits.

    SQLite's own waiting grows to a tenth of a second while others pass by, and the switch to WAL does not wait at all.
    """
    patience = int(connection.execute("PRAGMA busy_timeout").fetchone()[0])
    end = time.monotonic() + patience / 1000
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute(statement)
            except sqlite3.OperationalError as error:
                if not error.sqlite_errorname.startswith(_BUSY) or time.monotonic() > end:
                    raise
                time.sleep(0.0005)
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")


@contextmanager
def _turn() -> Iterator[None]:
    """One thread of this process writes at a time: SQLite lets those that wait sleep and try again, some far longer than others."""
    if not _WRITING.acquire(timeout=WAIT_SECONDS):
        raise StoreError(problem("DK-LOCKED", detail=f"({DATABASE})"))
    try:
        yield
    finally:
        _WRITING.release()


def together(connection: sqlite3.Connection) -> AbstractContextManager[object]:
    """Statements whose answers nobody reads before its end: a database server gets all of them in one go."""
    in_one_go = getattr(connection, "in_one_go", None)
    return nullcontext() if in_one_go is None else cast("AbstractContextManager[object]", in_one_go())


def insert_all(connection: sqlite3.Connection, into: str, rows: Sequence[Sequence[object]]) -> None:
    """Insert rows with one statement, `into` being its beginning: `INSERT INTO table (columns)`. Nothing where there are none."""
    if rows:
        marks = f"({', '.join('?' * len(rows[0]))})"
        connection.execute(f"{into} VALUES {', '.join([marks] * len(rows))}", [value for row in rows for value in row])


def is_broken(connection: sqlite3.Connection) -> bool:
    """Whether a connection is of no more use because its server went away, or its file."""
    return getattr(connection, "broken", False) is True


@contextmanager
def told(folder: Path | None = None) -> Iterator[None]:
    """Turns failures of SQLite into StoreError: DK-LOCKED (also where `folder` cannot be written), DK-DISK-FULL or DK-STORE-CORRUPT."""
    try:
        with _postgres_told():
            yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.DatabaseError as error:
        name = str(getattr(error, "sqlite_errorname", "SQLITE_ERROR"))
        raise _sqlite_failure(name, folder) from error


def _sqlite_failure(name: str, folder: Path | None) -> StoreError:
    if name.startswith("SQLITE_FULL"):
        return disk_full()
    if folder is not None and name.startswith(_SHUT):
        return not_accessible(folder)
    code = "DK-LOCKED" if name.startswith((*_BUSY, *_SHUT)) else "DK-STORE-CORRUPT"
    return StoreError(problem(code, detail=f"({DATABASE}: {name})"))


def _postgres_told() -> AbstractContextManager[None]:
    """As `told`, for failures of PostgreSQL; nothing where its driver was never loaded."""
    postgres = sys.modules.get("dvc_cli.portal.storage.postgres")
    return nullcontext() if postgres is None else cast("AbstractContextManager[None]", postgres.told())


@contextmanager
def files_told(path: Path) -> Iterator[None]:
    """Turns failures of the file system at `path` into StoreError: DK-DISK-FULL, DK-LOCKED (held open elsewhere, or no right to write) or

    DK-STORE-CORRUPT.
    """
    try:
        yield
    except OSError as error:
        raise _file_failure(error.errno or 0, path) from error


def _file_failure(number: int, path: Path) -> StoreError:
    if number in _NO_SPACE:
        return disk_full()
    if number in _NO_RIGHT:
        return not_accessible(path.parent)
    code = "DK-LOCKED" if number == errno.EBUSY else "DK-STORE-CORRUPT"
    return StoreError(problem(code, detail=f"({path.name}: {os.strerror(number)})"))


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from every other; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _touch(path: Path) -> None:
    with files_told(path):
        for folder in (path.parent.parent, path.parent):  # those above are not ours; `mode` holds for the last folder only
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA synchronous = FULL")  # some builds of SQLite sync a WAL at checkpoints only
    if str(connection.execute("PRAGMA journal_mode").fetchone()[0]) != "wal":
        _insist(connection, "PRAGMA journal_mode = WAL")
