"""The sandbox portal's house: its database, its key, its clock. What it does stands in the modules beside this one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from dvc_cli.clock import Clock, FrozenClock
from dvc_cli.errors import RefusedError, StoreError, UsageError, problem
from dvc_cli.language import _
from dvc_cli.portal.instants import whole
from dvc_cli.portal.storage.connection import DATABASE, connect, is_broken, told, transaction
from dvc_cli.portal.storage.migrator import VERSION, migrate, newest_version, schema_version
from dvc_cli.portal.storage.place import FolderPlace, Place
from dvc_cli.portal.vault import Vault

if TYPE_CHECKING:
    from dvc_cli.contract.training import InventedPerson, Message, MovedTime, SentCode
    from dvc_cli.domain.calendar import WorkingCalendar

Populate = Callable[[sqlite3.Connection, str], None]

_OFFSET = "offset_days"
_FIND_META = "SELECT value FROM meta WHERE key = ?"
_MOST_DAYS = 36_500


class NewerError(RefusedError):
    """Raised with BE-VERSION: a newer program has changed the tables, and this one no longer knows what it may write in them."""


class Portal:
    """One sandbox in `place` (a path is a folder); opened at the first use, and created there with its people when there is none.

    Several processes may use one at once. `populate(connection, seed)` fills a new sandbox inside the transaction that creates it.
    With `own_time` the clock is the machine's and the portal adds what `advance` moved, by whomever; without, `clock` is the portal's time.
    StoreError DK-STORE-CORRUPT, DK-LOCKED, DK-DISK-FULL; NewerError BE-VERSION when a newer program wrote the tables.
    """

    def __init__(
        self,
        place: Path | Place,
        clock: Clock,
        *,
        populate: Populate | None = None,
        calendar: Callable[[], WorkingCalendar] | None = None,
        own_time: bool = False,
    ) -> None:
        self._place: Place = FolderPlace(place) if isinstance(place, Path) else place
        self._clock = clock
        self._calendar = calendar
        self._populate = populate or _shipped_population
        self._open: tuple[sqlite3.Connection, Vault] | None = None
        self._own_time = own_time
        self._to_look = True
        self._moved: timedelta | None = None if own_time else timedelta()

    def now(self) -> datetime:
        """The portal's present instant, aware, at +07:00, whole seconds."""
        if self._moved is None:
            with self.read() as connection:
                return self.ask_now(connection)()
        return whole(self._clock.now() + self._moved)

    def ask_now(self, connection: sqlite3.Connection) -> Callable[[], datetime]:
        """`now`, for whoever asks the database other things with it (`together`): to be called once that is over."""
        if self._moved is not None:
            return self.now
        asked = connection.execute("SELECT key, value FROM meta WHERE key IN (?, ?)", (_OFFSET, VERSION))

        def answer() -> datetime:
            facts: dict[str, str] = dict(asked.fetchall())
            _check_version(int(facts[VERSION]))  # a newer server may have come since this portal was opened
            self._moved = timedelta(days=int(facts.get(_OFFSET, 0)))
            return self.now()

        return answer

    def begin_call(self) -> None:
        """Another call begins: time may have been moved since the last one, the database have gone away."""
        self._to_look = True
        if self._own_time:
            self._moved = None

    @property
    def calendar(self) -> WorkingCalendar:
        """The working days of the offices: the shipped ones, or those that the portal was opened with."""
        from dvc_cli.domain.calendar import working_calendar

        return self._calendar() if self._calendar else working_calendar()

    @property
    def vault(self) -> Vault:
        """The secrets of this sandbox."""
        return self._opened()[1]

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """The connection for reading; rows answer by column name."""
        connection = self._opened()[0]
        with told():
            yield connection

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction that holds the write lock; an exception undoes it. Inside another `write` it joins that one."""
        with transaction(self._opened()[0]) as connection:
            yield connection

    def people(self, id_number: str | None = None) -> tuple[InventedPerson, ...]:
        """The invented people by number, or the one with `id_number`."""
        from dvc_cli.portal.people import list_people

        return list_people(self, id_number)

    def messages(self, phone: str | None = None) -> tuple[Message, ...]:
        """The messages on the invented phones, or on one of them, newest first."""
        from dvc_cli.portal.messages import list_messages

        return list_messages(self, phone)

    def newest_code(self, phone: str | None = None, challenge_id: str | None = None) -> SentCode:
        """The newest code that is waited for; NotFoundError TK-NO-CHALLENGE when there is none."""
        from dvc_cli.portal.messages import newest_code

        return newest_code(self, phone, challenge_id)

    def advance(self, days: int) -> MovedTime:
        """Move the sandbox's time on by whole days; a clock that is frozen stands still. UsageError (A-USAGE) outside 1 to 36 500 days."""
        from dvc_cli.contract.training import MovedTime

        before = self.now()
        with self.write() as connection:
            total = _offset_days(connection) + days
            if days < 1 or total > _MOST_DAYS:
                raise UsageError(problem("A-USAGE", detail=_("Số ngày phải từ 1 đến 36500.")))
            _put_meta(connection, _OFFSET, str(total))
        self.begin_call()
        now = self.now() if self._own_time or isinstance(self._clock, FrozenClock) else before + timedelta(days=days)
        return MovedTime(now, total)

    def reset(self) -> None:
        """Begin anew: the same invented people with their first passwords, nothing else, time not moved. Works on a broken file too."""
        self.close()
        try:
            with closing(connect(self._place.folder)) as connection, told():
                self._rebuild(connection)
        except StoreError as error:
            if any(item.code != "DK-STORE-CORRUPT" for item in error.problems):
                raise
            self._place.remove()
            self._opened()

    def close(self) -> None:
        """Close the database; the next use opens it again."""
        if self._open is not None:
            self._open[0].close()
            self._open = None

    def _opened(self) -> tuple[sqlite3.Connection, Vault]:
        if self._to_look and self._open is not None and is_broken(self._open[0]):
            self.close()
        self._to_look = not self._own_time  # a server looks once in a call
        if self._open is None:
            connection = self._place.connect()
            try:
                self._open = (connection, self._prepare(connection))
            except BaseException:
                connection.close()
                raise
        return self._open

    def _prepare(self, connection: sqlite3.Connection) -> Vault:
        with told():
            version = schema_version(connection)
        _check_version(version)
        if version < newest_version():
            with transaction(connection):
                self._create(connection)
        return self._known_vault(connection)

    def _create(self, connection: sqlite3.Connection) -> None:
        # Under the write lock: whoever came second finds everything made and goes on.
        if migrate(connection) == 0:
            vault = Vault(self._place.read_key(connection) or self._place.create_key(connection))
            _put_meta(connection, "fingerprint", vault.fingerprint)
            _put_meta(connection, "seed", vault.seed)
            self._populate(connection, vault.seed)

    def _known_vault(self, connection: sqlite3.Connection) -> Vault:
        key = self._place.read_key(connection)
        if key is not None and _meta(connection, "fingerprint") == Vault(key).fingerprint:
            return Vault(key)
        hint = _("Mất khóa của dữ liệu tập huấn: dvc sandbox reset để làm lại từ đầu.")
        raise StoreError(problem("DK-STORE-CORRUPT", hint=hint))

    def _rebuild(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA foreign_keys = OFF")
        with transaction(connection):
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()
            for table in tables:
                connection.execute(f'DROP TABLE "{table["name"]}"')
            self._create(connection)


def sandbox_folder(data_folder: Path) -> Path:
    """Where the sandbox lives inside the program's data folder."""
    return data_folder / "sandbox"


def sandbox_offset(folder: Path) -> timedelta:
    """How far `advance` has moved the time of the sandbox in `folder` (as `Portal` takes it).

    Nothing is created; a broken file counts as not moved, and is told of by the first real use.
    """
    path = folder / DATABASE
    if not path.exists():
        return timedelta()
    try:
        connection = sqlite3.connect(path, timeout=1.0, isolation_level=None)
        try:
            return timedelta(days=_offset_days(connection))
        finally:
            connection.close()
    except (sqlite3.Error, ValueError, OverflowError):
        return timedelta()


def _check_version(version: int) -> None:
    if version > newest_version():
        raise NewerError(problem("BE-VERSION", detail=f"({version} > {newest_version()})"))


def _meta(connection: sqlite3.Connection, key: str) -> str:
    row = connection.execute(_FIND_META, (key,)).fetchone()
    return str(row[0]) if row else ""


def _put_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    connection.execute("INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value))


def _offset_days(connection: sqlite3.Connection) -> int:
    return int(_meta(connection, _OFFSET) or 0)


def _shipped_population(connection: sqlite3.Connection, seed: str) -> None:
    from dvc_cli.portal.population import populate

    populate(connection, seed)
