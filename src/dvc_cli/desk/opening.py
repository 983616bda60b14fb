"""Opening the desk, on the disk or in memory."""

from __future__ import annotations

from datetime import datetime
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
from dvc_cli.desk.supplements import Supplements
from dvc_cli.disk.database import WAIT_SECONDS, Database, Layout
from dvc_cli.paths import Paths

FILE, BLOBS = "desk.db", "blobs"
ROWS = 20
LAYOUT = Layout(mark=0x44564344, migrations="dvc_cli.desk.migrations")


class Desk:
    """The encrypted store of this workstation's user; a context manager that closes it. `memory`: nothing is kept after the process."""

    def __init__(self, database: Database, key: DeskKey, blobs: Blobs, keeper: KeyKeeper) -> None:
        self._database = database
        records = self._records = Records(database, key)
        self.audit = Audit(database, key, keeper)
        self.drafts = Drafts(records, blobs)
        self.outbox = Outbox(records)
        self.receipts = Receipts(records, Pages(database, key))
        self.consents = Consents(records)
        self.supplements = Supplements(records)
        self.memory = database.path is None

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


def open_desk(paths: Paths, store: KeyKeeper, *, memory: bool = False, wait: float = WAIT_SECONDS) -> Desk:
    """The desk below `paths.data`, made when there is none, with the key from `store`.

    With `memory`, or a token store of that kind, a desk for this process only: an existing file is not touched. `wait` is how many seconds
    another process may hold the file. StoreError as `Database` and `find_key` say, or what the token store raises.
    """
    memory = memory or store.name == "memory"
    database = Database(None if memory else paths.data / FILE, LAYOUT, wal=True, wait=wait)
    try:
        key = find_key(database, store)
    except BaseException:
        database.close()
        raise
    blobs: Blobs = MemoryBlobs() if memory else FolderBlobs(paths.data / BLOBS, key.value)
    desk = Desk(database, key, blobs, store)
    try:
        desk.receipts.settle()
    except BaseException:
        desk.close()
        raise
    return desk
