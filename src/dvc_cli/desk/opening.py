"""Opening the desk, on the disk or in memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Self

from dvc_cli.desk.audit import Audit
from dvc_cli.desk.blobs import Blobs, FolderBlobs, MemoryBlobs
from dvc_cli.desk.consents import Consents
from dvc_cli.desk.drafts import Drafts
from dvc_cli.desk.keys import DeskKey, KeyKeeper, find_key
from dvc_cli.desk.outbox import Outbox
from dvc_cli.desk.overview import Overview, overview
from dvc_cli.desk.pages import Pages
from dvc_cli.desk.receipts import Receipts
from dvc_cli.desk.records import Records
from dvc_cli.desk.setting_aside import identity, set_aside
from dvc_cli.desk.supplements import Supplements
from dvc_cli.disk.database import WAIT_SECONDS, Database, Layout
from dvc_cli.disk.files import UnusableError
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.paths import Paths

FILE, BLOBS = "desk.db", "blobs"
ROWS = 20
LAYOUT = Layout(mark=0x44564344, migrations="dvc_cli.desk.migrations")


@dataclass(frozen=True, slots=True)
class Unusable:
    """What to do with a desk that can never be worked with: the instant for its new name, and whom to tell of the error and the name."""

    set_aside_at: datetime
    told: Callable[[UnusableError, Path], None]


class Desk:
    """The encrypted store of this workstation's user; a context manager that closes it. `memory`: nothing is kept after the process."""

    def __init__(self, database: Database, key: DeskKey, blobs: Blobs, keeper: KeyKeeper) -> None:
        self._database, self._key, self._keeper, self._blobs = database, key, keeper, blobs
        records = self._records = Records(database, key)
        self.audit = Audit(database, key, keeper)
        self.drafts = Drafts(records, blobs)
        self.outbox = Outbox(records)
        self.receipts = Receipts(records, Pages(database, key))
        self.consents = Consents(records)
        self.supplements = Supplements(records)
        self.memory = database.path is None

    def rotate_key(self) -> int:
        """Replace the key; how many records, pages, entries and files were made anew. This desk must be closed and opened again then."""
        from dvc_cli.desk.rotation import rotate

        self.audit.seal()
        return rotate(self._database, self._keeper, self._key, self._blobs if isinstance(self._blobs, FolderBlobs) else None)

    def mark(self, text: str) -> str:
        """A mark that stands for `text` on this desk: what is kept under it can be found and not read."""
        return self._records.hidden(text)

    def overview(self, now: datetime, limit: int = ROWS) -> Overview:
        """What lies here now: drafts, what waits to be sent, what is due; at most `limit` receipts in each group. Only reads."""
        return overview(self.drafts, self.outbox, self.receipts, now.date(), limit)

    def close(self) -> None:
        """Let the file go; may be called twice."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self.close()


def open_desk(
    paths: Paths, store: KeyKeeper, *, memory: bool = False, wait: float = WAIT_SECONDS, unusable: Unusable | None = None
) -> Desk:
    """The desk below `paths.data`, made when there is none, with the key from `store`.

    With `memory`, or a token store of that kind, a desk for this process only: an existing file is not touched. `wait` is how many seconds
    another process may hold the file. A desk that is damaged, not ours, or whose key is lost is left as it was found; with `unusable` it is
    set aside under another name and, unless `unusable.told` raises, a new one is opened.
    StoreError as `Database` and `find_key` say, or what the token store raises.
    """
    memory = memory or store.name == "memory"
    path = paths.data / FILE
    seen = identity(path)
    try:
        return _open(paths, store, wait, memory=memory)
    except UnusableError as error:
        if unusable is None or memory:
            raise
        moved = set_aside(path, paths.data / BLOBS, seen, unusable.set_aside_at)
        if moved is not None:
            unusable.told(error, moved)
        return _open(paths, store, wait, memory=memory)


def _open(paths: Paths, store: KeyKeeper, wait: float, *, memory: bool) -> Desk:
    database = Database(None if memory else paths.data / FILE, LAYOUT, wal=True, wait=wait)
    try:
        key = find_key(database, store)
        blobs: Blobs = MemoryBlobs() if memory else FolderBlobs(paths.data / BLOBS, key.value)
        desk = Desk(database, key, blobs, store)
        desk.receipts.settle()
    except BaseException:
        database.close()
        raise
    return desk
