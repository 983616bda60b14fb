"""Tokens in the keyring of the operating system: one named backend, one entry per record, a time limit on every call.

Names of records that this home has put are kept as small cards, because a keyring cannot list its entries.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from dvc_cli.disk.cards import FolderCards
from dvc_cli.errors import DvcError, SessionError, UsageError, problem
from dvc_cli.tokens.parts import count, join, split

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_Found = TypeVar("_Found")

_USER = "dvc"
_BACKENDS = {"win32": "keyring.backends.Windows.WinVaultKeyring", "darwin": "keyring.backends.macOS.Keyring"}
_SECRET_SERVICE = "keyring.backends.SecretService.Keyring"  # noqa: S105 - the name of a class
_PLAIN_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
_LIKE_A_NUMBER = re.compile(r"[0-9]{9}")  # a citizen's number, old or new, or a phone


def backend_name(environ: Mapping[str, str], platform: str = sys.platform) -> str:
    """The keyring class to use: PYTHON_KEYRING_BACKEND, else the platform's own; never found by searching."""
    return environ.get("PYTHON_KEYRING_BACKEND", "").strip() or _BACKENDS.get(platform, _SECRET_SERVICE)


def service_name(record: str) -> str:
    """The service under which `record` stands; a record name that could hold a citizen's number is hashed."""
    if _PLAIN_NAME.fullmatch(record) and not _LIKE_A_NUMBER.search(record):
        return f"dvc-cli:{record}"
    return f"dvc-cli:{hashlib.sha256(record.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


class KeyringStore:
    """A token store in the keyring class `backend`. See `TokenStore`.

    Each call, the loading of the keyring included, has `limit` seconds; one that takes longer is left behind in its thread and may still
    happen. `cards` is the folder of record names.
    """

    name = "keyring"

    def __init__(self, backend: str, cards: Path, limit: float) -> None:
        self._backend = backend
        self._cards = FolderCards(cards)
        self._limit = limit
        self._ring: KeyringBackend | None = None

    def probe(self) -> None:
        """As `TokenStore.probe`."""
        service, value = service_name(f"probe-{secrets.token_hex(4)}"), secrets.token_hex(16)

        def work(ring: KeyringBackend) -> str | None:
            ring.set_password(service, _USER, value)
            found = ring.get_password(service, _USER)
            ring.delete_password(service, _USER)
            return found

        if self._in_time(work) != value:
            raise UsageError(problem("TK-STORE-MISSING", detail=f"({self._backend})"))

    def get(self, record: str) -> str | None:
        """As `TokenStore.get`."""
        service = service_name(record)

        def work(ring: KeyringBackend) -> str | None:
            return join(ring.get_password(service, _USER), lambda number: ring.get_password(f"{service}.{number}", _USER))

        return self._in_time(work)

    def put(self, record: str, value: str) -> None:
        """As `TokenStore.put`."""
        service, entries = service_name(record), split(value)
        self._cards.put(record, {"record": record})  # first, so that no entry is ever unknown to `records`

        def work(ring: KeyringBackend) -> None:
            before = count(ring.get_password(service, _USER))
            for number in range(1, len(entries)):
                ring.set_password(f"{service}.{number}", _USER, entries[number])
            ring.set_password(service, _USER, entries[0])
            for number in range(max(len(entries), 1), before):
                _delete(ring, f"{service}.{number}")

        self._in_time(work)

    def delete(self, record: str) -> None:
        """As `TokenStore.delete`."""
        service = service_name(record)

        def work(ring: KeyringBackend) -> None:
            before = count(ring.get_password(service, _USER))
            for number in range(1, before):
                _delete(ring, f"{service}.{number}")
            _delete(ring, service)

        self._in_time(work)
        self._cards.remove(record)

    def records(self) -> tuple[str, ...]:
        """As `TokenStore.records`; does not ask the keyring."""
        return tuple(sorted(str(card.get("record", "")) for card in self._cards.all()))

    def _in_time(self, work: Callable[[KeyringBackend], _Found]) -> _Found:
        """`work` on the keyring, in a thread that cannot keep the program alive."""
        found: list[_Found] = []
        failed: list[BaseException] = []

        def run() -> None:
            try:
                found.append(work(self._loaded()))
            except BaseException as error:  # noqa: BLE001 - keyrings raise errors of libraries that we do not know
                failed.append(error)

        thread = Thread(target=run, name="dvc-keyring", daemon=True)
        thread.start()
        thread.join(self._limit)
        if found:
            return found[0]
        if failed:
            raise self._told(failed[0]) from failed[0]
        raise SessionError(problem("TK-STORE-TIMEOUT"))

    def _loaded(self) -> KeyringBackend:
        if self._ring is None:
            from keyring.core import load_keyring

            self._ring = load_keyring(self._backend)
        return self._ring

    def _told(self, error: BaseException) -> DvcError:
        from keyring.errors import KeyringLocked, PasswordDeleteError, PasswordSetError

        if isinstance(error, KeyringLocked | PasswordSetError | PasswordDeleteError):
            return SessionError(problem("TK-STORE-LOCKED"))
        # Secret Service libraries have their own errors for a locked collection and a dismissed unlock dialogue.
        if type(error).__name__ in {"LockedException", "PromptDismissedException"}:
            return SessionError(problem("TK-STORE-LOCKED"))
        return UsageError(problem("TK-STORE-MISSING", detail=f"({self._backend}: {type(error).__name__})"))


def _delete(ring: KeyringBackend, service: str) -> None:
    from keyring.errors import PasswordDeleteError

    try:
        ring.delete_password(service, _USER)
    except PasswordDeleteError:
        if ring.get_password(service, _USER) is not None:
            raise
