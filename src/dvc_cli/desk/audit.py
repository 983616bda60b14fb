"""The audit: every act that read or changed a citizen's data, in a keyed chain whose head is also kept with the token store."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from dvc_cli.desk.boxes import Boxes
from dvc_cli.desk.keys import DeskKey, KeyKeeper, check_number
from dvc_cli.desk.reading import Fields
from dvc_cli.disk.boxes import BrokenBoxError, seal, subkey, unseal
from dvc_cli.disk.database import Database
from dvc_cli.disk.files import corrupt
from dvc_cli.errors import StoreError
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import asdict, dataclass

if TYPE_CHECKING:
    import sqlite3

HEAD = "audit-head"
CHANGED, REMOVED, REORDERED, CUT_OFF = "changed", "removed", "reordered", "cut_off"

_START = bytes(32)
_PURPOSE, _LABEL = "audit boxes", "audit"
BOXES = Boxes("audit", _PURPOSE, "sequence", (), lambda _parts: _LABEL)


@dataclass(frozen=True, slots=True)
class Entry:
    """One act. `user` is the account of the operating system, `staff` and `ward` are the configured names; `subject_masked` is the citizen.

    `ref` names a draft or a dossier; `detail` says more in codes and in the staff's own words, never in a citizen's.
    """

    at: datetime
    act: str
    user: str
    staff: str = ""
    ward: str = ""
    backend: str = ""
    subject_masked: str = ""
    ref: str = ""
    detail: str = ""
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with the chain: an entry changed, removed, moved, or the tail cut off, from `sequence` on."""

    kind: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the whole chain found; `sealed` is the last sequence that the token store's head vouches for."""

    entries: int
    sealed: int
    findings: tuple[Finding, ...]


class Audit:
    """The audit of one desk. Failures of the disk are StoreError.

    An entry is durable when `append` returns. The head goes to the token store once per command, with `seal`: until then a cut tail is
    noticed only as far as the head before.
    """

    def __init__(self, database: Database, key: DeskKey, keeper: KeyKeeper) -> None:
        self._database = database
        self._box_key = subkey(key.value, _PURPOSE)
        self._chain_key, self._desk_key = key.audit, key
        self._keeper = keeper
        with database.reading() as connection:
            desk_id = str(connection.execute("SELECT id FROM identity").fetchone()[0])
        self._head_record = f"{HEAD}-{desk_id}"
        self._unsealed: tuple[int, bytes] | None = None

    def append(self, entry: Entry) -> None:
        """Write an entry behind the last one."""
        with self._database.writing() as connection:
            check_number(connection, self._desk_key)
            sequence, before = _last(connection)
            sequence += 1
            content = asdict(entry) | {"at": entry.at.isoformat(), "sequence": sequence}
            plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
            mac = self._mac(before, plain)
            row = (sequence, seal(self._box_key, plain, _LABEL), mac)
            connection.execute("INSERT INTO audit (sequence, box, mac) VALUES (?, ?, ?)", row)
        self._unsealed = (sequence, mac)

    def seal(self) -> None:
        """Let the token store vouch for everything that this desk has appended; nothing happens when it appended nothing."""
        if self._unsealed is None:
            return
        sequence, mac = self._unsealed
        if self._head()[0] < sequence:
            self._keeper.put(self._head_record, f"{sequence}:{mac.hex()}")
        self._unsealed = None

    def list(self, limit: int = -1) -> tuple[Entry, ...]:
        """The entries, the last one first; StoreError DK-STORE-CORRUPT for one that cannot be opened."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT sequence, box FROM audit ORDER BY sequence DESC LIMIT ?", (limit,)).fetchall()
        return tuple(self._entry(sequence, box) for sequence, box in rows)

    def last_instant(self) -> datetime | None:
        """When the last act was, None before the first."""
        return next((entry.at for entry in self.list(1)), None)

    def verify(self) -> Verdict:
        """Check every entry, the order, and the tail against the head in the token store."""
        head, head_mac = self._head()
        findings: list[Finding] = []
        last, before, count = 0, _START, 0
        for sequence, box, mac in self._rows():
            count += 1
            if sequence != last + 1:
                findings.append(Finding(REMOVED, last + 1))
                before = b""  # what it was chained to is gone
            findings += self._judge(sequence, box, mac, before)
            if sequence == head and not hmac.compare_digest(mac, head_mac):
                findings.append(Finding(CHANGED, sequence))
            last, before = sequence, mac
        if head > last:
            findings.append(Finding(CUT_OFF, last + 1))
        return Verdict(count, head, tuple(dict.fromkeys(findings)))

    def _judge(self, sequence: int, box: bytes, mac: bytes, before: bytes) -> Iterator[Finding]:
        try:
            plain = unseal(self._box_key, box, _LABEL)
            written = json.loads(plain.decode("utf-8", "surrogatepass")).get("sequence")
        except (BrokenBoxError, ValueError, AttributeError):
            yield Finding(CHANGED, sequence)
            return
        if written != sequence:
            yield Finding(REORDERED, sequence)
        elif before and not hmac.compare_digest(mac, self._mac(before, plain)):
            yield Finding(CHANGED, sequence)

    def _rows(self) -> Iterator[tuple[int, bytes, bytes]]:
        with self._database.reading() as connection:
            for sequence, box, mac in connection.execute("SELECT sequence, box, mac FROM audit ORDER BY sequence"):
                yield int(sequence), box if isinstance(box, bytes) else b"", mac if isinstance(mac, bytes) else b""

    def _entry(self, sequence: object, box: object) -> Entry:
        try:
            content: object = json.loads(
                unseal(self._box_key, box if isinstance(box, bytes) else b"", _LABEL).decode("utf-8", "surrogatepass")
            )
        except BrokenBoxError as error:
            raise _damaged(sequence) from error
        if not isinstance(content, dict):
            raise _damaged(sequence)
        fields = Fields(f"audit {sequence}", content)
        names = ("act", "user", "staff", "ward", "backend", "subject_masked", "ref", "detail")
        texts = {name: fields.text(name) for name in names}
        return Entry(at=fields.instant("at"), sequence=fields.number("sequence"), **texts)

    def _mac(self, before: bytes, plain: bytes) -> bytes:
        return hashlib.blake2b(before + plain, key=self._chain_key, digest_size=32).digest()

    def _head(self) -> tuple[int, bytes]:
        sequence, _colon, mac = (self._keeper.get(self._head_record) or "").partition(":")
        try:
            return int(sequence or "0"), bytes.fromhex(mac)
        except ValueError as error:
            raise corrupt(_("Đầu của sổ nhật ký trong kho khóa không đọc được.")) from error


def _last(connection: sqlite3.Connection) -> tuple[int, bytes]:
    row = connection.execute("SELECT sequence, mac FROM audit ORDER BY sequence DESC LIMIT 1").fetchone()
    return (0, _START) if row is None else (int(row[0]), bytes(row[1]))


def _damaged(sequence: object) -> StoreError:
    return corrupt(_("Mục {sequence} của sổ nhật ký không giải mã được và được giữ nguyên.").format(sequence=sequence), "dvc audit verify")
