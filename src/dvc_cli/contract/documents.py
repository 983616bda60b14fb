"""JSON documents as bytes: what every call and answer is written as, and read from, whatever its members mean."""

from __future__ import annotations

import json

from dvc_cli.contract.answers import MOST_DEPTH
from dvc_cli.contract.wire import LARGEST, WireError


def to_bytes(document: object) -> bytes:
    """A JSON document. WireError when a text holds half a character (a lone surrogate)."""
    try:
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")
    except ValueError as error:  # UnicodeEncodeError is one
        raise WireError("", "text that is no Unicode") from error


def from_bytes(content: bytes, *, lenient: bool = False) -> object:
    """The JSON document in `content`; no repeated members, no numbers beyond JSON.

    `lenient`: a fraction is read, for it may stand in a member that nobody knows (`decode` refuses it anywhere else); a byte order mark
    is passed over.
    """
    try:
        text = content.decode("utf-8-sig" if lenient else "utf-8")
        whole = _whole_or_fraction if lenient else _whole
        document: object = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant, parse_float=whole)
    except WireError:
        raise
    except (ValueError, RecursionError) as error:
        raise WireError("", "no JSON document") from error
    _check_depth(document)
    return document


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise WireError("", "repeated member")
    return found


def _no_constant(_name: str) -> object:
    raise WireError("", "not a number of JSON")


def _whole(text: str) -> object:
    """1.0 and 1e3 are whole numbers of JSON, as of JSON Schema."""
    number = _whole_or_fraction(text)
    if isinstance(number, float):
        raise WireError("", "fractions are not used")
    return number


def _whole_or_fraction(text: str) -> int | float:
    number = float(text)
    return int(number) if number.is_integer() and abs(number) <= LARGEST else number


def _check_depth(document: object) -> None:
    level, depth = [document], 0
    while level:
        depth += 1
        if depth > MOST_DEPTH:
            raise WireError("", "nested too deeply")
        level = [part for item in level for part in _parts(item)]


def _parts(item: object) -> list[object]:
    return list(item.values()) if isinstance(item, dict) else item if isinstance(item, list) else []
