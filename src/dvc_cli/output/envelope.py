"""The JSON envelope: one document, published keys, and nothing in it that a terminal or a parser would choke on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime

from dvc_cli.errors import Problem
from dvc_cli.output.result import Result
from dvc_cli.text import unseen

VERSION = 1


def envelope(result: Result) -> dict[str, object]:
    """The published document of a result; dates and instants become text."""
    return {
        "dvc": VERSION,
        "command": result.command,
        "status": result.status,
        "data": jsonable(result.data),
        "problems": [problem_document(item) for item in result.problems],
        "next": [_scrub(command) for command in result.next],
    }


def problem_document(item: Problem) -> dict[str, str | None]:
    """One entry of `problems[]`."""
    return {
        "code": item.code,
        "severity": item.severity,
        "field": None if item.field is None else _scrub(item.field),
        "message": _scrub(item.message),
        "source": _scrub(item.source),
        "hint": _scrub(item.hint),
    }


def dump(result: Result, *, indent: bool) -> str:
    """The document as text with one final newline; Vietnamese stays readable, what nobody sees is a JSON escape."""
    separators = None if indent else (",", ":")
    text = json.dumps(envelope(result), ensure_ascii=False, indent=2 if indent else None, separators=separators)
    return text.translate({ord(letter): json.dumps(letter)[1:-1] for letter in unseen(text) if letter != "\n"}) + "\n"


def jsonable(value: object) -> object:
    """`value` in JSON's own types: dates ISO, instants RFC 3339 with offset, mappings and sequences all the way down."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return _scrub(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {_scrub(str(key)): jsonable(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [jsonable(entry) for entry in (sorted(value) if isinstance(value, set | frozenset) else value)]
    raise TypeError(type(value).__name__)


def _scrub(text: str) -> str:
    """Half a surrogate pair cannot be written as UTF-8: it becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text
