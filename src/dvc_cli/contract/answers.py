"""What each method of the contract's protocols answers, read from its signature; and whether a value is that, down to its last part.

Needs `typing` alone and reads a signature when its answer is first looked at, so that a short command pays for little.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache

from dvc_cli.contract.backend import Backend
from dvc_cli.lazy_dataclasses import class_fields

MOST_DEPTH = 12  # of a payload, here and on a wire

# Where in the value, what the contract has there, what came: names of members and types, never a value.
_Flaw = tuple[str, str, str]
_Judge = Callable[[object], _Flaw | None]


def is_method(name: str) -> bool:
    """Whether a protocol of the contract has a method of this name."""
    return callable(_member(name))


@cache
def answer_type(name: str) -> object:
    """The type of what a method answers or a property is; NoneType for a method that answers nothing.

    KeyError when no protocol of the contract has this name.
    """
    member = _member(name)
    if member is None:
        raise KeyError(name)
    told = member.fget if isinstance(member, property) else member
    hints: Mapping[str, object] = typing.get_type_hints(told)
    return hints["return"]


def flaw_of(name: str, value: object) -> str:
    """What is wrong with the answer of a method, as "get_profile.birth_date: expected date, got str".

    '' when it has its type, and for a name that no protocol has. A part of a collection is told by its place.
    """
    found = _judge(answer_type(name))(value) if _member(name) is not None else None
    if found is None:
        return ""
    where, expected, came = found
    return f"{name}{where}: expected {expected}, got {came}"


def can_be_told(facts: object) -> bool:
    """Whether the facts of an error can stand in an answer's `data`: values of JSON, dates and instants, under texts."""
    return isinstance(facts, Mapping) and _anything(facts, (str, int, date)) is None


@cache
def _member(name: str) -> object:
    """What the protocol that has `name` holds under it; None when none has."""
    if name.startswith("_"):
        return None
    if name in vars(Backend):
        return vars(Backend)[name]
    from dvc_cli.contract.oauth import BrowserLogins, QrLogins
    from dvc_cli.contract.training import Training
    from dvc_cli.contract.uploads import Uploads

    return next((vars(each)[name] for each in (QrLogins, BrowserLogins, Training, Uploads) if name in vars(each)), None)


@cache
def _judge(kind: object) -> _Judge:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        judge = _judge(inner[0])  # the contract knows `X | None` alone
        return lambda value: None if value is None else judge(value)
    if origin in (tuple, frozenset):
        return _collection(origin, _judge(inner[0]))
    if origin is Mapping:
        return _mapping(_judge(inner[1]))
    if isinstance(kind, type) and class_fields(kind):
        return _value_class(kind)
    return _PLAIN[kind]


def _collection(kind: type, judge: _Judge) -> _Judge:
    def judged(value: object) -> _Flaw | None:
        if not isinstance(value, kind) or not isinstance(value, Iterable):
            return _other(kind.__name__, value)
        for at, part in enumerate(value):
            if found := judge(part):
                return _within(f"[{at}]", found)
        return None

    return judged


def _mapping(judge: _Judge) -> _Judge:
    def judged(value: object) -> _Flaw | None:
        if not isinstance(value, Mapping):
            return _other("mapping", value)
        for at, (key, part) in enumerate(value.items()):
            if found := _text(key) or judge(part):
                return _within(f"[{at}]", found)
        return None

    return judged


def _value_class(kind: type) -> _Judge:
    hints: Mapping[str, object] = typing.get_type_hints(kind)
    parts = [(name, f".{name}", _judge(hints[name])) for name in class_fields(kind)]

    def judged(value: object) -> _Flaw | None:
        if not isinstance(value, kind):
            return _other(kind.__name__, value)
        for name, where, judge in parts:
            if found := judge(getattr(value, name, _MISSING)):
                return _within(where, found)
        return None

    return judged


def _within(here: str, found: _Flaw) -> _Flaw:
    where, expected, came = found
    return here + where, expected, came


def _text(value: object) -> _Flaw | None:
    return None if isinstance(value, str) else _other("str", value)


def _whole(value: object) -> _Flaw | None:
    return None if isinstance(value, int) and not isinstance(value, bool) else _other("int", value)


def _day(value: object) -> _Flaw | None:
    return None if isinstance(value, date) and not isinstance(value, datetime) else _other("date", value)


def _instant(value: object) -> _Flaw | None:
    if not isinstance(value, datetime):
        return _other("datetime", value)
    return ("", "datetime with offset", "one without") if value.utcoffset() is None else None


def _anything(value: object, leaves: tuple[type, ...] = (str, int), depth: int = MOST_DEPTH) -> _Flaw | None:
    """Texts, whole numbers, truth values and nothing; lists and mappings of these: what a payload holds."""
    if value is None or isinstance(value, leaves):
        return None
    if not isinstance(value, list | tuple | Mapping):
        return _other("a value of JSON", value)
    if not depth:
        return "", f"{MOST_DEPTH} levels at most", "more"
    inner: _Judge = lambda part: _anything(part, leaves, depth - 1)  # noqa: E731 - as short as it is
    return _mapping(inner)(value) if isinstance(value, Mapping) else _collection(type(value), inner)(value)


def _is(kind: type, name: str) -> _Judge:
    return lambda value: None if isinstance(value, kind) else _other(name, value)


def _other(expected: str, value: object) -> _Flaw:
    return "", expected, "nothing" if value is _MISSING else type(value).__name__


_MISSING = object()
_PLAIN: Mapping[object, _Judge] = {
    str: _text,
    int: _whole,
    date: _day,
    datetime: _instant,
    object: _anything,
    bool: _is(bool, "bool"),
    bytes: _is(bytes, "bytes"),
    types.NoneType: _is(types.NoneType, "None"),
}
