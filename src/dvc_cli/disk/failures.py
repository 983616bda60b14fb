"""What SQLite's failures mean to a person: held by another, no space, or damaged."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dvc_cli.disk.files import UnusableError, disk_full, not_accessible, told, unusable
from dvc_cli.errors import StoreError, problem
from dvc_cli.language import _

_LITTLE_SPACE = 65_536


@contextmanager
def told_by_sqlite(path: Path | None) -> Iterator[None]:
    """Turns failures of SQLite and of the file system at `path` into StoreError; a mistake in our own SQL passes as it is."""
    import sqlite3

    folder = path.parent if path else Path()
    try:
        with told(folder):
            yield
    except sqlite3.Error as error:
        # Text in a damaged row that is no UTF-8 is reported without a name.
        unnamed = "SQLITE_CORRUPT" if type(error) is sqlite3.OperationalError else ""
        known = store_error(getattr(error, "sqlite_errorname", unnamed), path)
        if known is None:
            raise
        if isinstance(known, UnusableError) and path is not None:
            mark_suspect(path)
        raise known from error


def suspicion(path: Path) -> Path:
    """The file whose presence says that the database at `path` was seen to be damaged and must be checked when it is opened."""
    return path.with_name(path.name + ".suspect")


def mark_suspect(path: Path) -> None:
    """Have the database checked when it is opened next; a disk that takes no such mark loses nothing by it."""
    with suppress(OSError):
        suspicion(path).touch(mode=0o600)


def store_error(name: str, path: Path | None) -> StoreError | None:
    """The failure that SQLite calls `name` (`SQLITE_FULL`, …) as ours; None when it is none of the machine's."""
    folder = path.parent if path else Path()
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreError(problem("DK-LOCKED"))
    if name in {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_TRUNCATE"}:
        return disk_full()
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH", "SQLITE_IOERR")):
        # A full disk also shows as a file beside the database that cannot be made.
        return disk_full() if _is_full(folder) else not_accessible(folder)
    # Our statements are fixed and tested: SQLITE_ERROR means that the tables are not those we made.
    if name == "SQLITE_ERROR" or name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_SCHEMA")):
        return unusable(_("Tệp {file} được giữ nguyên.").format(file=path))
    return None


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _LITTLE_SPACE
    except OSError:
        return False
