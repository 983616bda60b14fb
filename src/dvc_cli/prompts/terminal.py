"""The few terminal modes that reading a line of Vietnamese or a secret needs. Does nothing where standard input is no terminal."""

from __future__ import annotations

import atexit
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

_IUTF8 = 0x4000  # the same bit on Linux and macOS; the termios module names it only from 3.13 on
_LOCAL_FLAGS = 3  # the place of the local modes in the list of tcgetattr


def terminal_of(stream: BinaryIO) -> int | None:
    """The file descriptor of `stream` when it is a terminal, else None."""
    try:
        return stream.fileno() if stream.isatty() else None
    except (OSError, ValueError):
        return None


def settle_line_editing(terminal: int, *, echo: bool) -> None:
    """Set how the kernel edits lines, until the process ends.

    Its erase key takes a letter, not a byte (else `ê` loses only its last byte). Without `echo`, what is typed ahead between two redrawn
    questions does not litter the screen.
    """
    if sys.platform == "win32":
        return
    import termios

    try:
        modes = termios.tcgetattr(terminal)
        before = (modes[0] & _IUTF8, modes[_LOCAL_FLAGS] & termios.ECHO)
        modes[0] |= _IUTF8
        if not echo:
            modes[_LOCAL_FLAGS] &= ~termios.ECHO
        termios.tcsetattr(terminal, termios.TCSANOW, modes)
    except termios.error:
        return
    atexit.register(_restore, terminal, *before)


def _restore(terminal: int, utf8: int, echo: int) -> None:
    if sys.platform == "win32":
        return
    import termios

    try:
        modes = termios.tcgetattr(terminal)
        modes[0] = (modes[0] & ~_IUTF8) | utf8
        modes[_LOCAL_FLAGS] = (modes[_LOCAL_FLAGS] & ~termios.ECHO) | echo
        termios.tcsetattr(terminal, termios.TCSANOW, modes)
    except termios.error:
        return


@contextmanager
def hidden(terminal: int) -> Iterator[None]:
    """Typing is not shown while the block runs; what was typed ahead is kept."""
    if sys.platform == "win32":
        yield
        return
    import termios

    before = termios.tcgetattr(terminal)
    modes = [*before]
    modes[_LOCAL_FLAGS] &= ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSADRAIN, modes)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def read_hidden_console() -> str:
    """One line from the Windows console, not shown, erasures still in it. Raises EOFError at the end of input (Ctrl-Z) and elsewhere."""
    if sys.platform != "win32":
        raise EOFError
    import msvcrt

    typed: list[str] = []
    while (key := msvcrt.getwch()) not in "\r\n":
        if key == "\x03":
            raise KeyboardInterrupt
        if key == "\x1a" and not typed:
            raise EOFError
        typed.append(key)
    return "".join(typed)


def another_line_waits(terminal: int) -> bool:
    """Whether a further line has already arrived, as when a scanner ends its burst with two line ends."""
    if sys.platform == "win32":
        return False
    import select

    return bool(select.select([terminal], [], [], 0.05)[0])
