"""Reading an answers file: TOML, YAML or JSON, every scalar as text, nothing guessed.

YAML is read from its events, without tags, anchors and aliases; so `no` stays "no" and 001190012345 keeps its zeros. JSON numbers keep
their digits, and numbers with leading zeros, which TOML and JSON do not know, are read as they are written. One key stands once in a
table. Raises `UsageError` with A-USAGE, A-ENCODING or A-TOO-LARGE.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, time

from dvc_cli.errors import UsageError, problem
from dvc_cli.language import _
from dvc_cli.text import safe

RawValue = str | list["RawValue"] | dict[str, "RawValue"]
Answers = Mapping[str, RawValue]

TOML, YAML, JSON, STANDARD_INPUT = "toml", "yaml", "json", "-"
MAX_BYTES = 1 << 20
MAX_DEPTH = 8

_FORMATS = {".toml": TOML, ".yaml": YAML, ".yml": YAML, ".json": JSON}
# Strings and comments are matched whole (to their line's end, or the text's, when they never close), so that only bare numbers remain.
_LEADING_ZERO = re.compile(
    r'"""(?:\\.|[^\\])*?(?:"""|\Z)' + r"|'''.*?(?:'''|\Z)" + r'|"(?:\\[^\n]|[^"\\\n])*"?' + r"|'[^'\n]*'?|#[^\n]*"
    r"|(?<![\w.+-])(?P<number>0[0-9]+)(?=[ \t\r]*(?:[,}\]#\n]|\Z))",
    re.DOTALL | re.ASCII,
)


def answers_format(name: str) -> str:
    """The format that a file name tells; `-` is standard input (YAML or JSON). UsageError for another ending."""
    if name == STANDARD_INPUT:
        return STANDARD_INPUT
    dot = name.rfind(".")
    found = _FORMATS.get(name[dot:].lower()) if dot >= 0 else None
    if found is None:
        raise fault(_("Tệp trả lời phải là .toml, .yaml hoặc .json."))
    return found


def parse_answers(content: bytes | str, fmt: str) -> Answers:
    """The table in an answers text; `fmt` is toml, yaml, json or `-` (YAML or JSON). An empty text is an empty table."""
    text = _decode(content)
    if fmt == STANDARD_INPUT:
        fmt = JSON if text.lstrip().startswith("{") and _is_json(text) else YAML
    if not text.strip():
        return {}
    try:
        raw = _read(text, fmt)
    except RecursionError:
        raise _too_deep() from None
    if not isinstance(raw, dict):
        raise fault(_("Tệp trả lời phải là một bảng khóa và giá trị."))
    if _depth(raw) > MAX_DEPTH:
        raise _too_deep()
    return raw


def fault(detail: str, field: str | None = None) -> UsageError:
    """The usage error that says what is wrong with an answers text."""
    return UsageError(problem("A-USAGE", field, detail=detail))


def _decode(content: bytes | str) -> str:
    try:
        encoded = content.encode("utf-8") if isinstance(content, str) else content
        if len(encoded) > MAX_BYTES:
            raise UsageError(problem("A-TOO-LARGE", detail=_("Tối đa 1 MiB.")))
        return encoded.decode("utf-8-sig")
    except UnicodeError:
        raise UsageError(problem("A-ENCODING")) from None


def _read(text: str, fmt: str) -> RawValue:
    """Read the text; where the format refuses it, once more with the numbers in quotes that begin with 0."""
    try:
        return _READERS[fmt](text)
    except UsageError:
        quoted = text if fmt == YAML else _LEADING_ZERO.sub(_in_quotes, text)
        if quoted == text:
            raise
    return _READERS[fmt](quoted)


def _in_quotes(found: re.Match[str]) -> str:
    return f'"{found["number"]}"' if found["number"] else found[0]


def _read_yaml(text: str) -> RawValue:
    from dvc_cli.forms.yaml_events import YamlError, read_yaml

    try:
        return read_yaml(text, MAX_DEPTH)
    except YamlError as error:
        raise fault(_at_line(error.reason, error.line)) from None


def _read_toml(text: str) -> RawValue:
    import tomllib

    try:
        return _as_text(tomllib.loads(text, parse_float=str))
    except ValueError as error:
        line = re.search(r"at line ([0-9]+)", str(error))
        raise fault(_at_line(_("TOML sai cú pháp."), int(line[1]) if line else 0)) from None


def _read_json(text: str) -> RawValue:
    try:
        return _as_text(json.loads(text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_unique))
    except json.JSONDecodeError as error:
        raise fault(_at_line(_("JSON sai cú pháp."), error.lineno)) from None


def _is_json(text: str) -> bool:
    try:
        _read_json(text)
    except UsageError as error:
        # A key that stands twice is a fault of JSON too; anything else may still be YAML in braces.
        return any(item.field is not None for item in error.problems)
    except RecursionError:
        return True
    return True


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table: dict[str, object] = {}
    for key, value in pairs:
        if key in table:
            raise fault(twice(key), safe(key, 60))
        table[key] = value
    return table


def twice(key: str) -> str:
    """The sentence for a key that stands twice."""
    return _("Khóa {key} xuất hiện hai lần.").format(key=safe(key, 60))


def _as_text(raw: object) -> RawValue:
    """A parsed value with every scalar as text; nothing (JSON null) is the empty text."""
    if isinstance(raw, dict):
        return {str(key): _as_text(value) for key, value in raw.items()}
    if isinstance(raw, list):
        return [_as_text(value) for value in raw]
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, datetime):
        return raw.isoformat(timespec="minutes" if not raw.second and not raw.microsecond else "auto")
    if isinstance(raw, date | time):
        return raw.isoformat()
    return "" if raw is None else str(raw)


def _depth(raw: RawValue) -> int:
    """How many tables and lists lie in each other; counting stops above the bound."""
    deepest, waiting = 0, [(raw, 1)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, str):
            continue
        deepest = max(deepest, depth)
        if depth <= MAX_DEPTH:
            inner = value.values() if isinstance(value, dict) else value
            waiting.extend((part, depth + 1) for part in inner)
    return deepest


def _too_deep() -> UsageError:
    return fault(_("Tệp trả lời lồng quá nhiều cấp."))


def _at_line(reason: str, line: int) -> str:
    return _("{reason} (dòng {line})").format(reason=reason, line=line) if line else reason


_READERS = {TOML: _read_toml, YAML: _read_yaml, JSON: _read_json}
