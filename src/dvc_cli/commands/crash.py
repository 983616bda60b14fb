"""When something nobody expected happens: one sentence for the person, a redacted file for the developer."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from traceback import extract_tb

from dvc_cli import __version__
from dvc_cli.language import _
from dvc_cli.paths import find_paths


def record_crash(error: Exception, command: str | None, environ: Mapping[str, str]) -> tuple[str, ...]:
    """Write the crash log and return what the person is told. Only types, files, lines and functions are kept, never a value."""
    lines = [f"dvc {__version__}", f"command: {command}", *describe(error)]
    sentence = _("dvc gặp lỗi ngoài dự kiến và đã dừng.")
    try:
        folder = find_paths(environ).logs
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.log"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        return (sentence,)
    return (sentence, _("Nhật ký lỗi (không có dữ liệu cá nhân): {path}").format(path=path))


def describe(error: BaseException) -> list[str]:
    """The chain of exceptions by type and frame."""
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(lines) < 200:  # noqa: PLR2004 - enough of any chain
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(seen.__traceback__)]
        seen = seen.__cause__ or seen.__context__
    return lines
