"""What a process was given: its three streams, its environment, and what is known of the terminal behind them."""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import TextIO

from dvc_cli.lazy_dataclasses import dataclass, field
from dvc_cli.output.blocks import clean
from dvc_cli.output.sink import speak_utf8, write

DEFAULT_WIDTH = 80
CLEAR = "\x1b[H\x1b[2J\x1b[3J"


@dataclass(frozen=True, slots=True)
class World:
    """Streams, environment and working folder; tests hand in their own. `*_tty` says whether a person is at that stream."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    environ: MutableMapping[str, str] = field(default_factory=dict)
    folder: Path = field(default_factory=Path.cwd)
    stdin_tty: bool = False
    stdout_tty: bool = False
    stderr_tty: bool = False

    def width(self) -> int:
        """Columns of the screen, 80 when nobody knows."""
        if not self.stdout_tty:
            return DEFAULT_WIDTH
        try:
            return os.get_terminal_size(self.stdout.fileno()).columns or DEFAULT_WIDTH
        except (OSError, ValueError):
            return DEFAULT_WIDTH

    def dumb(self) -> bool:
        """Whether the terminal cannot move its cursor."""
        return self.environ.get("TERM", "") == "dumb"

    def colour(self) -> bool:
        """Whether standard output may be coloured (NO_COLOR, FORCE_COLOR, TERM=dumb, a terminal)."""
        if self.environ.get("NO_COLOR"):
            return False
        return bool(self.environ.get("FORCE_COLOR")) or (self.stdout_tty and not self.dumb())

    def clear_screen(self) -> bool:
        """Wipe the screen and what can be scrolled back to; False where there is no screen that can be wiped."""
        stream = self.stderr if self.stderr_tty else self.stdout if self.stdout_tty else None
        return stream is not None and not self.dumb() and write(stream, CLEAR)

    def remark(self, text: str) -> None:
        """One cleaned line on standard error."""
        write(self.stderr, "\n".join(clean(line) for line in text.split("\n")) + "\n")

    def read_stdin(self, limit: int) -> bytes:
        """At most `limit` + 1 bytes of standard input: one more tells the caller that it was too much; b"" when it is closed."""
        if self.stdin is None or self.stdin.closed:
            return b""
        binary = getattr(self.stdin, "buffer", None)
        if binary is not None:
            content: bytes = binary.read(limit + 1)
            return content
        return self.stdin.read(limit + 1).encode("utf-8", "surrogateescape")


def process_world() -> World:
    """The world of this process, its output forced to UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        speak_utf8(stream)
    return World(
        sys.stdin,
        sys.stdout,
        sys.stderr,
        os.environ,
        Path.cwd(),
        stdin_tty=_is_tty(sys.stdin),
        stdout_tty=_is_tty(sys.stdout),
        stderr_tty=_is_tty(sys.stderr),
    )


def _is_tty(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed by whoever started us
        return False
