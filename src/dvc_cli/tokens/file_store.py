"""Tokens in one encrypted file, for machines without a keyring: Argon2id turns the passphrase into the key, each record is a box."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dvc_cli.disk.boxes import KEY_BYTES, BrokenBoxError, keyed_name, seal, subkey, unseal
from dvc_cli.disk.database import Database, Layout
from dvc_cli.disk.files import corrupt
from dvc_cli.errors import DvcError, SessionError, UsageError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.text import nfc

if TYPE_CHECKING:
    import sqlite3

_LAYOUT = Layout(mark=0x44564354, migrations="dvc_cli.tokens.migrations")
_CHECK = b"dvc tokens"
# A header that asks for more than these was not written by us; obeying it could stop the machine.
_MOST_OPERATIONS, _MOST_MEMORY = 16, 1 << 30


@dataclass(frozen=True, slots=True)
class _Header:
    """How the key is derived; `memory` in bytes; `box` opens with the right key only."""

    operations: int
    memory: int
    salt: bytes
    box: bytes


class FileStore:
    """A token store in the encrypted file `path`. See `TokenStore`.

    `passphrase` is called at most once, at the first use; the key is derived once and kept for the life of the object. The passphrase
    given when the file does not exist becomes the file's. A wrong one is remembered: later calls fail without asking again.
    """

    name = "file"

    def __init__(self, path: Path, passphrase: Callable[[], str] | None) -> None:
        self._path = path
        self._ask = passphrase
        self._key: bytes | None = None
        self._refused: DvcError | None = None

    def probe(self) -> None:
        """As `TokenStore.probe`."""
        record, value = f"probe-{secrets.token_hex(4)}", secrets.token_hex(16)
        self.put(record, value)
        found = self.get(record)
        self.delete(record)
        if found != value:
            raise self._damaged()

    def get(self, record: str) -> str | None:
        """As `TokenStore.get`."""
        database, key = self._open()
        try:
            with database.reading() as connection:
                row = connection.execute("SELECT box FROM tokens WHERE id = ?", (_id(key, record),)).fetchone()
        finally:
            database.close()
        return None if row is None else self._read(key, _id(key, record), row[0])[1]

    def put(self, record: str, value: str) -> None:
        """As `TokenStore.put`."""
        database, key = self._open()
        name = _id(key, record)
        box = seal(subkey(key, "values"), json.dumps([record, value]).encode("ascii"), f"token|{name}")
        try:
            with database.writing() as connection:
                connection.execute("INSERT OR REPLACE INTO tokens (id, box) VALUES (?, ?)", (name, box))
        finally:
            database.close()

    def delete(self, record: str) -> None:
        """As `TokenStore.delete`."""
        database, key = self._open()
        try:
            with database.writing() as connection:
                connection.execute("DELETE FROM tokens WHERE id = ?", (_id(key, record),))
        finally:
            database.close()

    def records(self) -> tuple[str, ...]:
        """As `TokenStore.records`."""
        database, key = self._open()
        try:
            with database.reading() as connection:
                rows = connection.execute("SELECT id, box FROM tokens").fetchall()
        finally:
            database.close()
        return tuple(sorted(self._read(key, name, box)[0] for name, box in rows))

    def _open(self) -> tuple[Database, bytes]:
        if self._refused is not None:
            raise self._refused
        # The passphrase is asked before the file is made: a person who stops here leaves nothing behind.
        phrase = "" if self._key else self._passphrase()
        database = Database(self._path, _LAYOUT)
        try:
            if self._key is None:
                self._key = self._unlock(database, phrase)
        except BaseException as error:
            database.close()
            if isinstance(error, SessionError):
                self._refused = error
            raise
        return database, self._key

    def _passphrase(self) -> str:
        if self._ask is None:
            raise UsageError(problem("TK-STORE-MISSING", hint=_("Đặt mật khẩu kho vào biến DVC_PASSPHRASE.")))
        phrase = nfc(self._ask())
        if not phrase:
            self._refused = SessionError(problem("TK-STORE-LOCKED", detail=_("Mật khẩu kho không được để trống.")))
            raise self._refused
        return phrase

    def _unlock(self, database: Database, phrase: str) -> bytes:
        with database.reading() as connection:
            header = _read_header(connection)
        if header is None:
            fresh, key = _new_header(phrase)
            with database.writing() as connection:
                header = _read_header(connection)  # again, under the lock: another process may have been faster
                if header is None:
                    row = (1, fresh.operations, fresh.memory, fresh.salt, fresh.box)
                    connection.execute("INSERT INTO header (number, operations, memory, salt, box) VALUES (?, ?, ?, ?, ?)", row)
                    return key
        if not _is_sane(header):
            raise self._damaged()
        key = _derive(phrase, header.operations, header.memory, header.salt)
        try:
            unseal(subkey(key, "check"), header.box, "header")
        except BrokenBoxError as error:
            raise SessionError(problem("TK-STORE-LOCKED")) from error
        return key

    def _read(self, key: bytes, name: object, box: object) -> tuple[str, str]:
        try:
            if isinstance(name, str) and isinstance(box, bytes):
                record, value = json.loads(unseal(subkey(key, "values"), box, f"token|{name}"))
                return str(record), str(value)
        except BrokenBoxError as error:
            raise self._damaged() from error
        raise self._damaged()

    def _damaged(self) -> DvcError:
        return corrupt(_("Tệp {file} được giữ nguyên.").format(file=self._path))


def _id(key: bytes, record: str) -> str:
    return keyed_name(subkey(key, "names"), record)


def _read_header(connection: sqlite3.Connection) -> _Header | None:
    row = connection.execute("SELECT operations, memory, salt, box FROM header").fetchone()
    return None if row is None else _Header(*row)


def _is_sane(header: _Header) -> bool:
    from nacl.pwhash import argon2id

    if not (isinstance(header.operations, int) and isinstance(header.memory, int)):
        return False
    if not (isinstance(header.salt, bytes) and isinstance(header.box, bytes) and len(header.salt) == argon2id.SALTBYTES):
        return False
    return argon2id.OPSLIMIT_MIN <= header.operations <= _MOST_OPERATIONS and argon2id.MEMLIMIT_MIN <= header.memory <= _MOST_MEMORY


def _new_header(phrase: str) -> tuple[_Header, bytes]:
    from nacl.pwhash import argon2id

    operations, memory, salt = argon2id.OPSLIMIT_INTERACTIVE, argon2id.MEMLIMIT_INTERACTIVE, secrets.token_bytes(argon2id.SALTBYTES)
    key = _derive(phrase, operations, memory, salt)
    return _Header(operations, memory, salt, seal(subkey(key, "check"), _CHECK, "header")), key


def _derive(phrase: str, operations: int, memory: int, salt: bytes) -> bytes:
    from nacl.pwhash import argon2id

    secret = phrase.encode("utf-8", "surrogatepass")
    return argon2id.kdf(KEY_BYTES, secret, salt, opslimit=operations, memlimit=memory)
