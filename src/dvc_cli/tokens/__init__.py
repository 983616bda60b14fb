"""Session tokens, tickets and the desk's key: in the system's keyring, in an encrypted file, or in memory for one process."""

from __future__ import annotations

from dvc_cli.tokens.store import TokenStore, file_store_path, open_store

__all__ = ["TokenStore", "file_store_path", "open_store"]
