"""The text of config.toml: a flat file of `name = value` lines that people edit too."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from dvc_cli.disk.files import write_file
from dvc_cli.errors import UsageError, problem
from dvc_cli.language import _


def read_toml_file(path: Path, limit: int) -> dict[str, object]:
    """The top level of the TOML file at `path`, {} when there is none.

    UsageError A-USAGE, A-ENCODING or A-TOO-LARGE (over `limit` bytes) names the file.
    """
    text = _read_text(path, limit)
    return _parse(text, path) if text else {}


def write_toml_line(path: Path, key: str, value: str | bool | None, expected: Mapping[str, object]) -> None:
    """Set `key` (None: take it out) and leave every other line as it is; afterwards the file reads as `expected`."""
    lines = _read_text(path, limit=0).splitlines()
    own = re.compile(rf"\s*(?:{key}|\"{key}\"|'{key}')\s*=")
    new = [] if value is None else [f"{key} = {_literal(value)}"]
    at = next((number for number, line in enumerate(lines) if own.match(line)), None)
    edited = [*lines, *new] if at is None else [*lines[:at], *new, *lines[at + 1 :]]
    text = _joined(edited)
    if not _reads_as(text, path, expected):  # a value that went over several lines: comments are lost, settings are not
        text = _joined([f"{name} = {_literal(item)}" for name, item in expected.items()])
    write_file(path, text.encode("utf-8"))


def _read_text(path: Path, limit: int) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise _wrong(path) from error
    if limit and len(content) > limit:
        raise UsageError(problem("A-TOO-LARGE", detail=str(path)))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(problem("A-ENCODING", detail=str(path))) from error


def _parse(text: str, path: Path) -> dict[str, object]:
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _wrong(path, str(error)) from error


def _reads_as(text: str, path: Path, expected: Mapping[str, object]) -> bool:
    try:
        return _parse(text, path) == dict(expected)
    except UsageError:
        return False


def _joined(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    # A JSON string is a TOML basic string, save that TOML wants DEL escaped; cleaned text has no DEL.
    return json.dumps(str(value), ensure_ascii=False)


def _wrong(path: Path, why: str = "") -> UsageError:
    detail = _("Tệp thiết lập {file} không đọc được.").format(file=path)
    return UsageError(problem("A-USAGE", detail=f"{detail} ({why})" if why else detail, hint=_("Sửa hoặc xóa tệp này.")))
