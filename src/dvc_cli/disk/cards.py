"""Small JSON objects by name, readable without a key: they hold masked facts only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from dvc_cli.disk.files import corrupt, sync_folder, told, write_file
from dvc_cli.language import _


class Cards(Protocol):
    """Small JSON objects by name, in the order in which they were last put."""

    def put(self, name: str, card: Mapping[str, object]) -> None:
        """Keep `card` under `name`, newest of all; an older one of that name goes."""
        ...

    def remove(self, name: str) -> None:
        """Forget `name`; nothing happens when it is not there."""
        ...

    def all(self) -> tuple[Mapping[str, object], ...]:
        """Every card, the one put last first."""
        ...


class FolderCards:
    """Cards as one file each in `folder`, so that two processes never write the same file for two names.

    File names are hashes of the names. A file that is no card is StoreError DK-STORE-CORRUPT and stays.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, card: Mapping[str, object]) -> None:
        """As `Cards.put`; durable when it returns."""
        order = max((number for number, _card in self._numbered()), default=0) + 1
        text = json.dumps({"order": order, "card": dict(card)})
        write_file(self._path(name), text.encode("utf-8"))

    def remove(self, name: str) -> None:
        """As `Cards.remove`; durable when it returns."""
        with told(self._folder), suppress(FileNotFoundError):
            self._path(name).unlink()
            sync_folder(self._folder)

    def all(self) -> tuple[Mapping[str, object], ...]:
        """As `Cards.all`."""
        return tuple(card for _order, card in sorted(self._numbered(), key=lambda item: item[0], reverse=True))

    def _path(self, name: str) -> Path:
        import hashlib  # loads OpenSSL, which `whoami` does not need

        return self._folder / f"{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.json"

    def _numbered(self) -> list[tuple[int, Mapping[str, object]]]:
        found = []
        with told(self._folder), suppress(FileNotFoundError):
            for path in sorted(self._folder.iterdir()):
                with suppress(FileNotFoundError):  # another process may have removed it just now
                    found += [_read_card(path)] if path.suffix == ".json" else []
        return found


class MemoryCards:
    """Cards for one process."""

    def __init__(self) -> None:
        self._cards: dict[str, Mapping[str, object]] = {}

    def put(self, name: str, card: Mapping[str, object]) -> None:
        """As `Cards.put`."""
        self._cards.pop(name, None)
        self._cards[name] = dict(card)

    def remove(self, name: str) -> None:
        """As `Cards.remove`."""
        self._cards.pop(name, None)

    def all(self) -> tuple[Mapping[str, object], ...]:
        """As `Cards.all`."""
        return tuple(reversed(self._cards.values()))


def _read_card(path: Path) -> tuple[int, Mapping[str, object]]:
    try:
        read: object = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        read = None
    if isinstance(read, dict):
        order, card = read.get("order"), read.get("card")
        if isinstance(order, int) and isinstance(card, dict):
            return order, card
    raise corrupt(_("Tệp {file}.").format(file=path))
