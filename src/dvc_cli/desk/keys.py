"""The desk's key: 32 random bytes in the token store's record `desk-key`, tried on a box that the desk keeps."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Protocol

from dvc_cli.disk.boxes import KEY_BYTES, BrokenBoxError, new_key, seal, subkey, unseal
from dvc_cli.disk.database import Database
from dvc_cli.disk.files import UnusableError, corrupt
from dvc_cli.errors import StoreError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass, field

if TYPE_CHECKING:
    import sqlite3

RECORD, NEXT = "desk-key", "desk-key-next"
_CHECK = b"dvc desk"


class KeyKeeper(Protocol):
    """The part of a token store that the desk needs."""

    @property
    def name(self) -> str:
        """The kind of store."""
        ...

    def get(self, record: str) -> str | None:
        """The text of `record`, None when there is none."""
        ...

    def put(self, record: str, value: str) -> None:
        """Keep `value` under `record`."""
        ...

    def delete(self, record: str) -> None:
        """Forget `record`; nothing happens when it is not there."""
        ...


class LostKeyError(UnusableError):
    """Raised when the token store that kept the desk's key has it no more."""


@dataclass(frozen=True, slots=True)
class DeskKey:
    """The key that is in force; `number` rises when it is replaced.

    `names` and `audit` are made from the first key and outlive its replacement: hidden names and the audit's chain cannot be made anew.
    """

    value: bytes = field(repr=False)
    number: int
    names: bytes = field(repr=False)
    audit: bytes = field(repr=False)


def current_number(connection: sqlite3.Connection) -> int:
    """The number of the key in force, 0 before the first."""
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM keys").fetchone()[0])


def check_number(connection: sqlite3.Connection, key: DeskKey) -> None:
    """StoreError DK-LOCKED when another process has given this desk another key: a box made with ours could not be opened any more."""
    if current_number(connection) != key.number:
        raise StoreError(problem("DK-LOCKED"))


def find_key(database: Database, keeper: KeyKeeper) -> DeskKey:
    """The key of this desk; the first process that opens an empty desk makes it.

    DK-STORE-CORRUPT when records exist that the kept key (or none) cannot open: nothing is overwritten then.
    """
    kept = _decoded(keeper.get(RECORD))  # before the lock: this may ask a person
    with database.reading() as connection:
        key = _fitting(connection, kept) or _replaced(connection, keeper)
    if key is not None:
        return key
    with database.writing() as connection:
        kept = _decoded(keeper.get(RECORD))  # again, under the lock: another process may have been faster
        key = _fitting(connection, kept)
        if key is not None:
            return key
        if connection.execute("SELECT 1 FROM records LIMIT 1").fetchone():
            raise _lost(connection, keeper, kept is not None)
        return _install(connection, keeper, kept)


def prepare_key(keeper: KeyKeeper, key: DeskKey) -> DeskKey:
    """A key to take the place of `key`, kept beside it. Only inside the write that makes everything anew with it and calls `add_key`:

    nobody else may put another one there before that write is durable and `settle_key` was called.
    """
    fresh = DeskKey(new_key(), key.number + 1, key.names, key.audit)
    keeper.put(NEXT, base64.b64encode(fresh.value).decode("ascii"))
    return fresh


def settle_key(keeper: KeyKeeper, key: DeskKey) -> None:
    """Let the token store know that `key` is in force. Whenever the process ends before, `find_key` does it."""
    keeper.put(RECORD, base64.b64encode(key.value).decode("ascii"))
    keeper.delete(NEXT)


def _replaced(connection: sqlite3.Connection, keeper: KeyKeeper) -> DeskKey | None:
    """The key of a replacement that ended before the token store knew of it."""
    waiting = keeper.get(NEXT) if current_number(connection) else None
    key = _fitting(connection, _decoded(waiting)) if waiting else None
    if key is not None:
        settle_key(keeper, key)
    return key


def _install(connection: sqlite3.Connection, keeper: KeyKeeper, kept: bytes | None) -> DeskKey:
    value = kept or new_key()
    if kept is None:
        keeper.put(RECORD, base64.b64encode(value).decode("ascii"))
    number = current_number(connection) + 1
    key = DeskKey(value, number, subkey(value, "names"), subkey(value, "audit"))
    add_key(connection, keeper.name, key)
    return key


def add_key(connection: sqlite3.Connection, store: str, key: DeskKey) -> None:
    """Write down that `key` is in force from now on, kept by a token store of the kind `store`. Only inside a write."""
    connection.execute("DELETE FROM keys")
    box = seal(subkey(key.value, "check"), _CHECK + key.names + key.audit, f"key|{key.number}")
    connection.execute("INSERT INTO keys (number, store, box) VALUES (?, ?, ?)", (key.number, store, box))


def _fitting(connection: sqlite3.Connection, kept: bytes | None) -> DeskKey | None:
    row = connection.execute("SELECT number, box FROM keys ORDER BY number DESC LIMIT 1").fetchone()
    if row is None or kept is None:
        return None
    try:
        content = unseal(subkey(kept, "check"), bytes(row[1]), f"key|{row[0]}")
    except (BrokenBoxError, TypeError):
        return None
    lasting = content.removeprefix(_CHECK)
    if not lasting:  # written before keys could be replaced
        return DeskKey(kept, int(row[0]), subkey(kept, "names"), subkey(kept, "audit"))
    return DeskKey(kept, int(row[0]), lasting[:KEY_BYTES], lasting[KEY_BYTES:])


def _decoded(text: str | None) -> bytes | None:
    if text is None:
        return None
    try:
        value = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise corrupt(_("Khóa của kho bản nháp không đọc được.")) from error
    if len(value) != KEY_BYTES:
        raise corrupt(_("Khóa của kho bản nháp không đọc được."))
    return value


def _lost(connection: sqlite3.Connection, keeper: KeyKeeper, has_key: bool) -> StoreError:
    row = connection.execute("SELECT store FROM keys ORDER BY number DESC LIMIT 1").fetchone()
    if row is not None and row[0] == keeper.name:
        return LostKeyError(problem("DK-STORE-CORRUPT", detail=_("Khóa của kho không còn trong kho khóa, hoặc không phải khóa cũ.")))
    detail = _("Khóa đang có không mở được kho.") if has_key else _("Không tìm thấy khóa của kho.")
    hint = _(
        "Không có khóa thì không khôi phục được bản nháp. Khóa đã được giữ trong kho {store}: đặt DVC_TOKEN_STORE={store} rồi làm lại."
    )
    return corrupt(detail, hint.format(store=row[0] if row else "keyring"))
