"""Where a portal's data is: a folder with a SQLite file and its key, or a PostgreSQL database that holds both."""

from __future__ import annotations

import secrets
import sqlite3
from pathlib import Path
from typing import Protocol, cast

from dvc_cli.errors import NotSupportedError, UsageError, problem
from dvc_cli.language import _
from dvc_cli.portal.storage.connection import DATABASE, connect, files_told
from dvc_cli.portal.vault import KEY_BYTES, KEY_FILE, create_key, read_key

_KEY = "key"


class Place(Protocol):
    """Opens connections and keeps the key."""

    def connect(self) -> sqlite3.Connection:
        """A new connection; rows answer by column name. StoreError when it cannot be had."""
        ...

    def read_key(self, connection: sqlite3.Connection) -> bytes | None:
        """The key of this portal; None when there is no whole one."""
        ...

    def create_key(self, connection: sqlite3.Connection) -> bytes:
        """A new key, kept; the caller holds the write lock."""
        ...

    def check(self) -> None:
        """Look whether several servers can write here one at a time. UsageError A-USAGE when not."""
        ...

    def remove(self) -> None:
        """Remove a file that is of no use; the next connection makes a new one. NotSupportedError BE-NOT-SUPPORTED where there is none."""
        ...

    @property
    def folder(self) -> Path:
        """The folder of the file. NotSupportedError BE-NOT-SUPPORTED where there is none."""
        ...


class FolderPlace:
    """A SQLite file in `folder`, its key beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known = False

    def connect(self) -> sqlite3.Connection:
        """The file; created when absent, but not in the place of one that was there before: somebody took it away, or brings another."""
        connection = connect(self.folder, create=not self._known)
        self._known = True
        return connection

    def read_key(self, connection: sqlite3.Connection) -> bytes | None:  # noqa: ARG002 - the key is not in the file
        """The key file."""
        return read_key(self.folder)

    def create_key(self, connection: sqlite3.Connection) -> bytes:  # noqa: ARG002
        """A new key file."""
        with files_told(self.folder / KEY_FILE):
            return create_key(self.folder)

    def check(self) -> None:
        """SQLite's own lock is known."""

    def remove(self) -> None:
        """The file and what SQLite keeps beside it; the key stays."""
        for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"):
            with files_told(self.folder / name):
                (self.folder / name).unlink(missing_ok=True)
        self._known = False


class ServerPlace:
    """A PostgreSQL database at `address`; servers that share it need nothing else in common, so the key is in it too."""

    def __init__(self, address: str) -> None:
        self._address = address

    @property
    def folder(self) -> Path:
        """There is none."""
        raise _no_folder()

    def connect(self) -> sqlite3.Connection:
        """A connection that answers as SQLite's does."""
        from dvc_cli.portal.storage.postgres import PostgresConnection

        return cast("sqlite3.Connection", PostgresConnection(self._address))

    def read_key(self, connection: sqlite3.Connection) -> bytes | None:
        """The key in the table `meta`."""
        row = connection.execute("SELECT value FROM meta WHERE key = ?", (_KEY,)).fetchone()
        return bytes.fromhex(str(row["value"])) if row else None

    def create_key(self, connection: sqlite3.Connection) -> bytes:
        """A new one in the table `meta`."""
        key = secrets.token_bytes(KEY_BYTES)
        connection.execute("INSERT INTO meta (key, value) VALUES (?, ?)", (_KEY, key.hex()))
        return key

    def remove(self) -> None:
        """There is none."""
        raise _no_folder()

    def check(self) -> None:
        """Look at its letters; then two connections try for the writers' lock."""
        from dvc_cli.portal.storage.postgres import encoding_of, keeps_others_out

        encoding = encoding_of(self._address)
        if encoding != "UTF8":
            detail = _("Cơ sở dữ liệu này không ghi được tiếng Việt (bảng mã {encoding}).").format(encoding=encoding)
            raise UsageError(
                problem("A-USAGE", "database", detail=detail, hint="createdb --encoding=UTF8 --locale=C --template=template0 dvc")
            )
        if not keeps_others_out(self._address):
            detail = _("Cơ sở dữ liệu này không có khóa (pg_advisory_xact_lock) thật.")
            hint = _("Dùng PostgreSQL, hoặc bản của hệ ấy có khóa này; xem docs/scaling.md.")
            raise UsageError(problem("A-USAGE", "database", detail=detail, hint=hint))


def _no_folder() -> NotSupportedError:
    return NotSupportedError(problem("BE-NOT-SUPPORTED", detail="(PostgreSQL)"))
