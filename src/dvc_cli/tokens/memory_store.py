"""Tokens for one process; nothing is left when it ends."""

from __future__ import annotations


class MemoryStore:
    """A token store in memory. See `TokenStore`; raises nothing."""

    name = "memory"

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    def probe(self) -> None:
        """Memory is always there."""

    def get(self, record: str) -> str | None:
        """As `TokenStore.get`."""
        return self._values.get(record)

    def put(self, record: str, value: str) -> None:
        """As `TokenStore.put`."""
        self._values[record] = value

    def delete(self, record: str) -> None:
        """As `TokenStore.delete`."""
        self._values.pop(record, None)

    def records(self) -> tuple[str, ...]:
        """As `TokenStore.records`."""
        return tuple(sorted(self._values))
