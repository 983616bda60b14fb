"""Encrypted records: each JSON object is a box of its own, bound to its kind, id and version, so that no box passes for another."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from dvc_cli.desk.boxes import Boxes
from dvc_cli.desk.keys import DeskKey, check_number
from dvc_cli.desk.reading import Fields
from dvc_cli.disk.boxes import BrokenBoxError, keyed_name, seal, subkey, unseal
from dvc_cli.disk.database import Database
from dvc_cli.disk.files import corrupt
from dvc_cli.errors import StoreError
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass

_WORTH_PACKING = 256
_MARK_BYTES = 12
_PURPOSE = "records"
_SELECT = "SELECT id, version, shelf, day, box FROM records"


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it was read; `version` rises with every write to the desk, so the newest has the highest."""

    id: str
    version: int
    content: Mapping[str, object]
    shelf: str = ""
    day: str = ""

    def fields(self) -> Fields:
        """The typed way to the content."""
        return Fields(self.id, self.content)


class Records:
    """The records of one desk. Kinds, ids, shelves and days stand in clear and tell nothing of a person; all else is in the box.

    A record may lie on a shelf under a day (ISO), and may bear marks: `hidden` texts that it can be found by.

    Failures are StoreError, as `Database` says; DK-STORE-CORRUPT names the record that cannot be opened.
    """

    def __init__(self, database: Database, key: DeskKey) -> None:
        self._database = database
        self._key = subkey(key.value, _PURPOSE)
        self._names = key.names
        self._desk_key = key

    def hidden(self, text: str) -> str:
        """An id that stands for `text` on this desk and tells nothing of it."""
        return keyed_name(self._names, text)

    def get(self, kind: str, record_id: str) -> Record | None:
        """The record, None when there is none."""
        with self._database.reading() as connection:
            row = connection.execute(f"{_SELECT} WHERE kind = ? AND id = ?", (kind, record_id)).fetchone()
        return None if row is None else self._open(kind, *row)

    def all(self, kind: str, limit: int = -1) -> tuple[Record, ...]:
        """The records of a kind, last written first; `limit` gives the first so many."""
        with self._database.reading() as connection:
            rows = connection.execute(f"{_SELECT} WHERE kind = ? ORDER BY version DESC LIMIT ?", (kind, limit)).fetchall()
        return tuple(self._open(kind, *row) for row in rows)

    def on_shelf(self, kind: str, shelf: str, days: tuple[str, str], limit: int = -1) -> tuple[Record, ...]:
        """The records on a shelf whose day lies between both `days`, these included; the earliest day first."""
        query = f"{_SELECT} WHERE kind = ? AND shelf = ? AND shelf <> '' AND day BETWEEN ? AND ? ORDER BY day, version LIMIT ?"
        with self._database.reading() as connection:
            rows = connection.execute(query, (kind, shelf, *days, limit)).fetchall()
        return tuple(self._open(kind, *row) for row in rows)

    def count(self, kind: str, shelf: str, days: tuple[str, str]) -> int:
        """How many records `on_shelf` would give."""
        query = "SELECT count(*) FROM records WHERE kind = ? AND shelf = ? AND shelf <> '' AND day BETWEEN ? AND ?"
        with self._database.reading() as connection:
            return int(connection.execute(query, (kind, shelf, *days)).fetchone()[0])

    def older(self, kind: str, before: datetime) -> tuple[Record, ...]:
        """The records of a kind whose date of writing lies before an instant, the oldest first."""
        with self._database.reading() as connection:
            query = f"{_SELECT} WHERE kind = ? AND updated_at < ? ORDER BY version"
            rows = connection.execute(query, (kind, before.isoformat())).fetchall()
        return tuple(self._open(kind, *row) for row in rows)

    def marked(self, kind: str, marks: Collection[str]) -> tuple[Record, ...]:
        """The records that bear any of these marks, each once, last written first."""
        with self._database.reading() as connection:
            query = "SELECT version FROM marks WHERE mark = ?"
            versions = {int(row[0]) for mark in marks for row in connection.execute(query, (_mark(mark),))}
            query = f"{_SELECT} WHERE kind = ? AND version = ?"
            rows = [row for version in sorted(versions, reverse=True) for row in connection.execute(query, (kind, version))]
        return tuple(self._open(kind, *row) for row in rows)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One write: what is read, put and deleted inside is one step that nobody interleaves with; durable when the block ends."""
        with self._database.writing() as connection:
            check_number(connection, self._desk_key)
            yield

    def put(
        self,
        kind: str,
        record_id: str,
        content: Mapping[str, object],
        at: datetime,
        place: tuple[str, str] = ("", ""),
        marks: Collection[str] = (),
    ) -> int:
        """Write the record with its marks in place of an older one; its version. `place` is shelf and day. Only inside `writing`."""
        plain = _packed(content)
        with self._database.reading() as connection:
            version = int(connection.execute("SELECT coalesce(max(version), 0) + 1 FROM records").fetchone()[0])
            box = seal(self._key, plain, _label(kind, record_id, version, *place))
            self.delete(kind, record_id)
            connection.execute(
                "INSERT INTO records (kind, id, version, updated_at, shelf, day, box) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (kind, record_id, version, at.isoformat(), *place, box),
            )
            connection.executemany("INSERT INTO marks (mark, version) VALUES (?, ?)", [(_mark(mark), version) for mark in set(marks)])
        return version

    def delete(self, kind: str, record_id: str) -> None:
        """Remove the record; nothing happens when there is none. Only inside `writing`."""
        with self._database.reading() as connection:
            marks = "DELETE FROM marks WHERE version = (SELECT version FROM records WHERE kind = ? AND id = ?)"
            connection.execute(marks, (kind, record_id))
            connection.execute("DELETE FROM records WHERE kind = ? AND id = ?", (kind, record_id))

    def chores(self) -> tuple[str, ...]:
        """What a step of the tables left to be done with the key."""
        with self._database.reading() as connection:
            return tuple(str(row[0]) for row in connection.execute("SELECT name FROM chores ORDER BY name"))

    def chore_done(self, name: str) -> None:
        """This is done. Only inside `writing`."""
        with self._database.reading() as connection:
            connection.execute("DELETE FROM chores WHERE name = ?", (name,))

    def _open(self, kind: str, record_id: object, version: object, shelf: object, day: object, box: object) -> Record:
        try:
            if isinstance(record_id, str) and isinstance(version, int) and isinstance(box, bytes):
                plain = unseal(self._key, box, _label(kind, record_id, version, str(shelf), str(day)))
                content = _unpacked(plain)
                if isinstance(content, dict):
                    return Record(record_id, version, content, str(shelf), str(day))
        except BrokenBoxError as error:
            raise _damaged(kind, record_id) from error
        raise _damaged(kind, record_id)


def _packed(content: Mapping[str, object]) -> bytes:
    """A JSON object as bytes; longer ones are compressed, as many receipts have the same members."""
    plain = json.dumps(dict(content), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return plain if len(plain) < _WORTH_PACKING else zlib.compress(plain)


def _unpacked(plain: bytes) -> object:
    text = plain if plain.startswith(b"{") else zlib.decompress(plain)
    found: object = json.loads(text.decode("utf-8", "surrogatepass"))
    return found


def _mark(hidden: str) -> bytes:
    return bytes.fromhex(hidden)[:_MARK_BYTES]


def _label(kind: object, record_id: object, version: object, shelf: object, day: object) -> str:
    place = f"|{shelf}|{day}" if shelf or day else ""
    return f"{kind}|{record_id}|{version}{place}"


def _damaged(kind: str, record_id: object) -> StoreError:
    return corrupt(_("Bản ghi {name} không giải mã được và được giữ nguyên.").format(name=f"{kind} {record_id}"))


BOXES = Boxes("records", _PURPOSE, "version", ("kind", "id", "version", "shelf", "day"), lambda parts: _label(*parts))
