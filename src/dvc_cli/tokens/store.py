"""What a token store does, and which one a setting names."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from dvc_cli.errors import UsageError, problem
from dvc_cli.paths import Paths

KEYRING, FILE, MEMORY = "keyring", "file", "memory"
LIMIT_SECONDS = 2.5  # a person waits for three seconds at most, the start of the program included


class TokenStore(Protocol):
    """Keeps small secret texts by record name. Every method may raise:

    UsageError TK-STORE-MISSING when there is no such store here, SessionError TK-STORE-LOCKED when it is locked or the passphrase
    wrong, SessionError TK-STORE-TIMEOUT when it did not answer in time, StoreError when its file is corrupt or the disk full.
    Record names hold no citizen's number and no name.
    """

    @property
    def name(self) -> str:
        """keyring, file or memory; the `session.storage` of the JSON answers."""
        ...

    def probe(self) -> None:
        """Set, read and delete a random value; to be called before a code is asked for."""
        ...

    def get(self, record: str) -> str | None:
        """The text of `record`, None when there is none."""
        ...

    def put(self, record: str, value: str) -> None:
        """Keep `value` under `record`, in place of an older one; durable when it returns."""
        ...

    def delete(self, record: str) -> None:
        """Forget `record`; nothing happens when it is not there."""
        ...

    def records(self) -> tuple[str, ...]:
        """The names of all records that this home put and did not delete, in alphabetical order."""
        ...


def open_store(
    kind: str,
    paths: Paths,
    passphrase: Callable[[], str] | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    limit: float = LIMIT_SECONDS,
) -> TokenStore:
    """The store of `kind` (keyring, file, memory). Opening touches nothing; the first use does.

    `passphrase` is asked at most once, by the file store alone; None means that asking is not allowed. `environ` may name another
    keyring (`PYTHON_KEYRING_BACKEND`; the process's environment by default); `limit` is the seconds that a keyring may take for one call.
    An unknown kind is UsageError A-USAGE.
    """
    if kind == KEYRING:
        from dvc_cli.tokens.keyring_store import KeyringStore, backend_name

        return KeyringStore(backend_name(os.environ if environ is None else environ), paths.state / "records", limit)
    if kind == FILE:
        from dvc_cli.tokens.file_store import FileStore

        return FileStore(file_store_path(paths), passphrase)
    if kind == MEMORY:
        from dvc_cli.tokens.memory_store import MemoryStore

        return MemoryStore()
    raise UsageError(problem("A-USAGE", detail=f"DVC_TOKEN_STORE={kind}"))


def file_store_path(paths: Paths) -> Path:
    """The file of the encrypted store; where it does not exist, the passphrase is about to be chosen and should be asked twice."""
    return paths.data / "tokens.db"
