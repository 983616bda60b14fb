"""Long values in a store that takes 1,280 characters per entry (Windows Credential Manager), as several entries.

A short value is one entry and stands there as it is. The first entry of a long one names how many there are and a random tag that all
of them carry; it is written last, so that a value of which a part is missing or older reads as absent, never as something else.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

LIMIT_UNITS = 1280  # UTF-16 code units
_PART_LETTERS = 600  # code points: at most 1,200 units, which leaves room for the mark
_MARK = "dvc-parts"
_MOST_PARTS = 99


def split(value: str) -> tuple[str, ...]:
    """The entries for `value`, the first one first. ValueError above 99 entries."""
    if len(value.encode("utf-16-le", "surrogatepass")) // 2 <= LIMIT_UNITS and not value.startswith(_MARK):
        return (value,)
    pieces = [value[start : start + _PART_LETTERS] for start in range(0, len(value), _PART_LETTERS)]
    if len(pieces) > _MOST_PARTS:
        raise ValueError(len(value))
    tag = secrets.token_hex(4)
    return (f"{_MARK}:{len(pieces)}:{tag}:{pieces[0]}", *(f"{tag}:{piece}" for piece in pieces[1:]))


def count(first: str | None) -> int:
    """How many entries belong to the first entry `first`; 0 for None."""
    if first is None:
        return 0
    return _head(first)[0] if first.startswith(_MARK) else 1


def join(first: str | None, entry: Callable[[int], str | None]) -> str | None:
    """The value whose first entry is `first`; `entry(n)` gives the others, n from 1. None when a part is missing or of another value."""
    if first is None or not first.startswith(_MARK):
        return first
    total, tag, piece = _head(first)
    pieces = [piece]
    for number in range(1, total):
        found = entry(number) or ""
        if not found.startswith(f"{tag}:"):
            return None
        pieces.append(found.removeprefix(f"{tag}:"))
    return "".join(pieces) if total else None


def _head(first: str) -> tuple[int, str, str]:
    _mark, _colon, rest = first.partition(":")
    total, _colon, rest = rest.partition(":")
    tag, _colon, piece = rest.partition(":")
    return (int(total) if total.isascii() and total.isdecimal() and len(total) <= len(str(_MOST_PARTS)) else 0), tag, piece
