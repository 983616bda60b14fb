"""Attached files: each content once, encrypted, in a file whose name is a keyed hash."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from dvc_cli.disk.boxes import BrokenBoxError, keyed_name, seal, subkey, unseal
from dvc_cli.disk.files import corrupt, sync_folder, told, write_file
from dvc_cli.language import _


class Blobs(Protocol):
    """Contents by their SHA-256 (hexadecimal)."""

    def keep(self, content: bytes) -> str:
        """Store `content`, durably, and return its SHA-256."""
        ...

    def read(self, sha256: str) -> bytes:
        """The content; StoreError DK-STORE-CORRUPT when it is missing or changed."""
        ...

    def keep_only(self, wanted: Collection[str]) -> None:
        """Remove every content but `wanted`, and what an interrupted write left."""
        ...


class FolderBlobs:
    """Contents as files 0600 in `folder`. Call `keep` and `keep_only` inside a write of the desk only: it is the lock between processes."""

    def __init__(self, folder: Path, desk_key: bytes) -> None:
        self._folder = folder
        self._key = subkey(desk_key, "blobs")
        self._names = subkey(desk_key, "blob names")

    def keep(self, content: bytes) -> str:
        """As `Blobs.keep`."""
        sha256 = hashlib.sha256(content).hexdigest()
        if not self._opens(sha256):
            name = self._name(sha256)
            write_file(self._folder / name, seal(self._key, content, f"blob|{name}"))
        return sha256

    def read(self, sha256: str) -> bytes:
        """As `Blobs.read`."""
        name = self._name(sha256)
        try:
            with told(self._folder):
                try:
                    box = (self._folder / name).read_bytes()
                except FileNotFoundError as error:
                    raise BrokenBoxError(name) from error
            return unseal(self._key, box, f"blob|{name}")
        except BrokenBoxError as error:
            raise corrupt(_("Tệp đính kèm {name} thiếu hoặc không giải mã được.").format(name=name)) from error

    def keep_only(self, wanted: Collection[str]) -> None:
        """As `Blobs.keep_only`."""
        names = {self._name(sha256) for sha256 in wanted}
        with told(self._folder), suppress(FileNotFoundError):
            for path in sorted(self._folder.iterdir()):
                if path.name not in names:
                    path.unlink(missing_ok=True)
            sync_folder(self._folder)

    def copy_under(self, desk_key: bytes) -> int:
        """Keep every content that opens under another key beside this one's; how many. Call as `keep`."""
        other, copied = FolderBlobs(self._folder, desk_key), 0
        with told(self._folder), suppress(FileNotFoundError):
            for path in sorted(self._folder.iterdir()):
                with suppress(BrokenBoxError):
                    other.keep(unseal(self._key, path.read_bytes(), f"blob|{path.name}"))
                    copied += 1
        return copied

    def drop_own(self) -> None:
        """Remove every content under this key, after `copy_under`."""
        with told(self._folder), suppress(FileNotFoundError):
            for path in sorted(self._folder.iterdir()):
                with suppress(BrokenBoxError):
                    unseal(self._key, path.read_bytes(), f"blob|{path.name}")
                    path.unlink()
            sync_folder(self._folder)

    def _name(self, sha256: str) -> str:
        return keyed_name(self._names, sha256)

    def _opens(self, sha256: str) -> bool:
        path = self._folder / self._name(sha256)
        try:
            unseal(self._key, path.read_bytes(), f"blob|{path.name}")
        except (OSError, BrokenBoxError):  # writing it again mends a damaged one, and tells what is wrong with the folder
            return False
        return True


class MemoryBlobs:
    """Contents for one process."""

    def __init__(self) -> None:
        self._contents: dict[str, bytes] = {}

    def keep(self, content: bytes) -> str:
        """As `Blobs.keep`."""
        sha256 = hashlib.sha256(content).hexdigest()
        self._contents[sha256] = content
        return sha256

    def read(self, sha256: str) -> bytes:
        """As `Blobs.read`."""
        if sha256 not in self._contents:
            raise corrupt(_("Tệp đính kèm {name} thiếu hoặc không giải mã được.").format(name=sha256[:8]))
        return self._contents[sha256]

    def keep_only(self, wanted: Collection[str]) -> None:
        """As `Blobs.keep_only`."""
        self._contents = {sha256: content for sha256, content in self._contents.items() if sha256 in wanted}
