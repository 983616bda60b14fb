"""Values ↔ JSON, by the classes of `contract.values` alone: what goes over a wire, read strictly and within bounds.

A date is YYYY-MM-DD, an instant RFC 3339 with offset, a set a sorted list, a secret its text. A member that has its default may be left
out. The content of a file is never part of a document: it travels by its hash and is put back by `Reading.content`.
Reading anything that is not exactly this raises WireError, whatever it is; no other error.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from functools import cache, partial

from dvc_cli.contract.secret import Secret
from dvc_cli.domain.dates import VN_TZ
from dvc_cli.lazy_dataclasses import dataclass

MOST_TEXT = 20_000
MOST_ITEMS = 2_000
LARGEST = 2**53

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNKEPT = re.compile("[\0\ud800-\udfff]")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})")


class WireError(ValueError):
    """What was read breaks the contract; `where` is the path of the member, `what` the rule. Neither holds a value that was read."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where or '.'}: {what}")
        self.where, self.what = where, what


@dataclass(frozen=True, slots=True)
class Member:
    """One member of an object: its name, its type, whether it may be left out."""

    name: str
    kind: object
    required: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read: `lenient` passes over unknown members (a reply of a newer minor version); `content` gives a file by its hash."""

    lenient: bool = False
    content: Callable[[str], bytes] | None = None


_Reader = Callable[[object, Reading, str], object]


def encode(value: object) -> object:
    """`value` as JSON knows it: dict, list, str, int, bool, None. TypeError for what no value holds."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Secret):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {member.name: encode(getattr(value, member.name)) for member in members(type(value))}
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(str(item) for item in value)
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    raise TypeError(type(value).__name__)


def decode(kind: object, raw: object, reading: Reading | None = None, where: str = "") -> object:
    """`raw` as a value of the type `kind`; `where` is the path told in errors."""
    return _reader(kind)(raw, reading or Reading(), where)


@cache
def _reader(kind: object) -> _Reader:
    """How a type is read, found out once: a dossier has some eighty members of three types."""
    if isinstance(kind, type) and is_dataclass(kind) and kind is not Secret:
        return partial(_decode_object, kind)
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        read = _reader(inner[0])
        return lambda raw, reading, where: None if raw is None else read(raw, reading, where)
    if origin in (tuple, frozenset):
        return partial(_decode_items, tuple if origin is tuple else frozenset, _reader(inner[0]))
    if origin is Mapping:
        return partial(_decode_mapping, _reader(inner[1]))
    plain = _PLAIN.get(kind)
    return plain if plain is not None else partial(_refuse, kind)


def _decode_items(gather: Callable[[list[object]], object], read: _Reader, raw: object, reading: Reading, where: str) -> object:
    return gather([read(item, reading, f"{where}[{at}]") for at, item in enumerate(_list(raw, where))])


def _decode_mapping(read: _Reader, raw: object, reading: Reading, where: str) -> object:
    return {_text(key, where): read(item, reading, f"{where}.{key}"[:80]) for key, item in _mapping(raw, where).items()}


@cache
def members(kind: type) -> tuple[Member, ...]:
    """The members of the JSON object of a value class: its fields, without the content of files."""
    hints: Mapping[str, object] = typing.get_type_hints(kind)
    return tuple(Member(item.name, hints[item.name], _is_required(item)) for item in _fields(kind) if hints[item.name] is not bytes)


@cache
def by_hash(kind: type) -> bool:
    """Whether values of this class hold a file that travels by its hash (members `content` and `sha256`)."""
    hints: Mapping[str, object] = typing.get_type_hints(kind)
    return hints.get("content") is bytes


def _fields(kind: type) -> tuple[Field[object], ...]:
    return fields(kind) if is_dataclass(kind) else ()


def _is_required(item: Field[object]) -> bool:
    return item.default is MISSING and item.default_factory is MISSING


def _decode_object(kind: type, raw: object, reading: Reading, where: str) -> object:
    found = _mapping(raw, where)
    known = members(kind)
    unknown = set(found) - {member.name for member in known}
    if unknown and not reading.lenient:
        raise WireError(where, "unknown member")
    values: dict[str, object] = {}
    for member in known:
        path = f"{where}.{member.name}".lstrip(".")
        if member.name in found:
            values[member.name] = _reader(member.kind)(found[member.name], reading, path)
        elif member.required:
            raise WireError(path, "missing")
    if by_hash(kind):
        values["content"] = reading.content(str(values["sha256"])) if reading.content else b""
    return kind(**values)


def _refuse(kind: object, _raw: object, _reading: Reading, where: str) -> object:
    raise WireError(where, f"not {getattr(kind, '__name__', 'of this type')}")


def _flag(raw: object, where: str) -> bool:
    if not isinstance(raw, bool):
        raise WireError(where, "not bool")
    return raw


def _number(raw: object, where: str) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool) or abs(raw) > LARGEST:
        raise WireError(where, "not int")
    return raw


def _anything(raw: object, where: str) -> object:
    """A JSON value of any shape, each part within bounds."""
    if isinstance(raw, str):
        return _text(raw, where)
    if raw is None or isinstance(raw, bool):
        return raw
    if isinstance(raw, list):
        return [_anything(item, where) for item in _list(raw, where)]
    if isinstance(raw, dict):
        return {_text(key, where): _anything(item, where) for key, item in _mapping(raw, where).items()}
    return _number(raw, where)


def _text(raw: object, where: str) -> str:
    if not isinstance(raw, str):
        raise WireError(where, "not a text")
    if len(raw) > MOST_TEXT:
        raise WireError(where, "text too long")
    if _UNKEPT.search(raw):
        raise WireError(where, "text that cannot be kept")
    return raw


def _list(raw: object, where: str) -> list[object]:
    if not isinstance(raw, list):
        raise WireError(where, "not a list")
    if len(raw) > MOST_ITEMS:
        raise WireError(where, "too many items")
    return raw


def _mapping(raw: object, where: str) -> dict[str, object]:
    if not isinstance(raw, dict):
        raise WireError(where, "not an object")
    if len(raw) > MOST_ITEMS:
        raise WireError(where, "too many members")
    return raw


def _date(raw: object, where: str) -> date:
    text = _text(raw, where)
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise WireError(where, "not a date")


def _instant(raw: object, where: str) -> datetime:
    text = _text(raw, where)
    try:
        if _INSTANT.fullmatch(text):
            return datetime.fromisoformat(text).astimezone(VN_TZ)
    except (ValueError, OverflowError):
        pass
    raise WireError(where, "not an instant with offset")


_PLAIN: Mapping[object, _Reader] = {
    str: lambda raw, _reading, where: _text(raw, where),
    bool: lambda raw, _reading, where: _flag(raw, where),
    int: lambda raw, _reading, where: _number(raw, where),
    Secret: lambda raw, _reading, where: Secret(_text(raw, where)),
    date: lambda raw, _reading, where: _date(raw, where),
    datetime: lambda raw, _reading, where: _instant(raw, where),
    object: lambda raw, _reading, where: _anything(raw, where),
}


@typing.runtime_checkable
class File(typing.Protocol):
    """A value that is a file: its content and the hash under which it travels."""

    @property
    def sha256(self) -> str:
        """The SHA-256 of the content, in hex."""
        ...

    @property
    def content(self) -> bytes:
        """The bytes."""
        ...


def files_of(value: object) -> tuple[File, ...]:
    """The files in a value, each content once."""
    found: dict[str, File] = {}
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if is_dataclass(item) and not isinstance(item, type):
            if by_hash(type(item)) and isinstance(item, File):
                found[item.sha256] = item
            waiting.extend(getattr(item, member.name) for member in members(type(item)))
        elif isinstance(item, tuple):
            waiting.extend(item)
    return tuple(found.values())
