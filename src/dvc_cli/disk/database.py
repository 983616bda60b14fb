"""One SQLite file for its owner alone: durable, migrated by numbered steps, never written to when it is not ours."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from dvc_cli.disk.failures import suspicion, told_by_sqlite
from dvc_cli.disk.files import close_to_others, corrupt, create_file, unusable
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass

if TYPE_CHECKING:
    import sqlite3

WAIT_SECONDS = 5.0
_PAUSE_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Layout:
    """What a file of ours looks like: `mark` is its SQLite application id, `migrations` the package of its numbered `.sql` files."""

    mark: int
    migrations: str


class Database:
    """One connection. `path` None is a database in memory. With `wal` readers and a writer do not wait for each other.

    Opening makes the folder (0700) and the file (0600) and brings the tables up to date. Every failure is StoreError: DK-LOCKED when
    another process holds the file longer than `wait` seconds or the folder cannot be written; DK-DISK-FULL; DK-STORE-CORRUPT when the
    file is damaged, foreign, or of a newer version: it is then left as it was found.
    """

    def __init__(self, path: Path | None, layout: Layout, *, wal: bool = False, wait: float = WAIT_SECONDS) -> None:
        import sqlite3

        self.path = path
        self._layout, self._wal, self._wait = layout, wal, wait
        if path is not None:
            create_file(path)
        with told_by_sqlite(path):
            self._connection = sqlite3.connect(":memory:" if path is None else path, timeout=wait, isolation_level=None)
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        """Let the file go; may be called twice."""
        with told_by_sqlite(self.path):
            self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for statements that read."""
        with told_by_sqlite(self.path):
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection inside one write that no other process interleaves with; durable when the block ends, undone on an exception."""
        with told_by_sqlite(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _prepare(self) -> None:
        version = self._version_at_once()
        newest = len(_steps(self._layout.migrations))
        if version > newest:
            detail = _("Tệp {file} do bản dvc mới hơn tạo (phiên bản {found}, bản này hiểu đến {known}).")
            raise corrupt(detail.format(file=self.path, found=version, known=newest), _("Cập nhật dvc rồi mở lại; tệp được giữ nguyên."))
        self._check_suspect()
        if self._wal and self.path is not None:
            self._switch_to_wal()
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA secure_delete = ON")
        if version < newest:
            self._migrate()

    def _check_suspect(self) -> None:
        """A file in which damage was met is checked whole before it is worked with again."""
        if self.path is None or not suspicion(self.path).exists():
            return
        if self._connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise unusable(_("Tệp {file} được giữ nguyên.").format(file=self.path))
        with suppress(OSError):
            suspicion(self.path).unlink()

    def forget_old_pages(self) -> None:
        """Write everything into the file itself and empty the log beside it; where another process reads, that is left to the last one."""
        with told_by_sqlite(self.path):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _version_at_once(self) -> int:
        """As `_found_version`, from one state of the file: between two looks another process may make the tables."""
        self._connection.execute("BEGIN")
        try:
            return self._found_version()
        finally:
            # SQLite has ended it itself where the disk is full; a failure to end it again would hide why, and look like a damaged file.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def _found_version(self) -> int:
        """The number of the last step that this file has seen, 0 for an empty file; only reads."""
        mark = int(self._connection.execute("PRAGMA application_id").fetchone()[0])
        if mark == self._layout.mark:
            return int(self._connection.execute("SELECT coalesce(max(number), 0) FROM migrations").fetchone()[0])
        if mark or self._connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            raise unusable(_("Tệp {file} không phải của dvc.").format(file=self.path), _("Chuyển tệp này đi nơi khác rồi làm lại."))
        return 0

    def _switch_to_wal(self) -> None:
        # The switch does not heed the busy timeout when two processes create the file together.
        import sqlite3

        end = time.monotonic() + self._wait
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} or time.monotonic() > end:
                    raise
                time.sleep(_PAUSE_SECONDS)
            else:
                return

    def _migrate(self) -> None:
        with self.writing() as connection:
            found = self._found_version()  # again, under the lock: another process may have been faster
            if not found:
                connection.execute("CREATE TABLE migrations (number INTEGER PRIMARY KEY)")
                connection.execute(f"PRAGMA application_id = {self._layout.mark}")
            for number, script in enumerate(_steps(self._layout.migrations), start=1):
                if number > found:
                    for statement in split_statements(script):
                        connection.execute(statement)
                    connection.execute("INSERT INTO migrations (number) VALUES (?)", (number,))
        if self.path is not None:
            close_to_others(self.path, 0o600)


def split_statements(script: str) -> tuple[str, ...]:
    """The statements of a migration one by one (`executescript` would commit); comments stand on lines of their own."""
    lines = (line for line in script.splitlines() if not line.lstrip().startswith("--"))
    return tuple(part.strip() for part in "\n".join(lines).split(";") if part.strip())


@cache
def _steps(package: str) -> tuple[str, ...]:
    found = sorted((entry for entry in files(package).iterdir() if entry.name.endswith(".sql")), key=lambda entry: entry.name)
    return tuple(entry.read_text(encoding="utf-8") for entry in found)
