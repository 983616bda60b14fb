"""Encrypted records: each JSON object is a box of its own, bound to its kind, id and version, so that no box passes for another."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from dvc_cli.desk.keys import DeskKey, current_number
from dvc_cli.desk.reading import Fields
from dvc_cli.disk.boxes import BrokenBoxError, keyed_name, seal, subkey, unseal
from dvc_cli.disk.database import Database
from dvc_cli.disk.files import corrupt
from dvc_cli.errors import StoreError, problem
from dvc_cli.language import _


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it was read; `version` rises with every write to the desk, so the newest has the highest."""

    id: str
    version: int
    content: Mapping[str, object]

    def fields(self) -> Fields:
        """The typed way to the content."""
        return Fields(self.id, self.content)


class Records:
    """The records of one desk. Kinds and ids stand in clear and tell nothing of a person; everything else is in the box.

    Failures are StoreError, as `Database` says; DK-STORE-CORRUPT names the record that cannot be opened.
    """

    def __init__(self, database: Database, key: DeskKey) -> None:
        self._database = database
        self._key = subkey(key.value, "records")
        self._names = subkey(key.value, "names")
        self._number = key.number

    def hidden(self, text: str) -> str:
        """An id that stands for `text` on this desk and tells nothing of it."""
        return keyed_name(self._names, text)

    def get(self, kind: str, record_id: str) -> Record | None:
        """The record, None when there is none."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT version, box FROM records WHERE kind = ? AND id = ?", (kind, record_id)).fetchone()
        return None if row is None else self._open(kind, record_id, row[0], row[1])

    def all(self, kind: str, limit: int = -1) -> tuple[Record, ...]:
        """The records of a kind, last written first; `limit` gives the first so many."""
        query = "SELECT id, version, box FROM records WHERE kind = ? ORDER BY version DESC LIMIT ?"
        with self._database.reading() as connection:
            rows = connection.execute(query, (kind, limit)).fetchall()
        return tuple(self._open(kind, *row) for row in rows)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One write: what is read, put and deleted inside is one step that nobody interleaves with; durable when the block ends."""
        with self._database.writing() as connection:
            if current_number(connection) != self._number:
                # Another process has given this desk another key; a box made with ours could not be opened any more.
                raise StoreError(problem("DK-LOCKED"))
            yield

    def put(self, kind: str, record_id: str, content: Mapping[str, object], at: datetime) -> int:
        """Write the record and return its version. Only inside `writing`."""
        plain = json.dumps(dict(content), separators=(",", ":")).encode("ascii")
        with self._database.reading() as connection:
            version = int(connection.execute("SELECT coalesce(max(version), 0) + 1 FROM records").fetchone()[0])
            box = seal(self._key, plain, _label(kind, record_id, version))
            connection.execute(
                "INSERT OR REPLACE INTO records (kind, id, version, updated_at, box) VALUES (?, ?, ?, ?, ?)",
                (kind, record_id, version, at.isoformat(), box),
            )
        return version

    def delete(self, kind: str, record_id: str) -> None:
        """Remove the record; nothing happens when there is none. Only inside `writing`."""
        with self._database.reading() as connection:
            connection.execute("DELETE FROM records WHERE kind = ? AND id = ?", (kind, record_id))

    def _open(self, kind: str, record_id: object, version: object, box: object) -> Record:
        try:
            if isinstance(record_id, str) and isinstance(version, int) and isinstance(box, bytes):
                content: object = json.loads(unseal(self._key, box, _label(kind, record_id, version)))
                if isinstance(content, dict):
                    return Record(record_id, version, content)
        except BrokenBoxError as error:
            raise _damaged(kind, record_id) from error
        raise _damaged(kind, record_id)


def _label(kind: str, record_id: str, version: int) -> str:
    return f"{kind}|{record_id}|{version}"


def _damaged(kind: str, record_id: object) -> StoreError:
    return corrupt(_("Bản ghi {name} không giải mã được và được giữ nguyên.").format(name=f"{kind} {record_id}"))
