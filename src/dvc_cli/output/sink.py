"""The last step of everything shown: text onto a stream, as UTF-8, without a fuss when nobody reads any more."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO


def speak_utf8(stream: TextIO) -> None:
    """Make `stream` write UTF-8 and replace what cannot be written; streams without an encoding stay as they are."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace")


def write(stream: TextIO, text: str) -> None:
    """Write and flush `text`; a reader that went away is no error."""
    try:
        stream.write(text)
        stream.flush()
    except UnicodeEncodeError:
        stream.write(text.encode("utf-8", "replace").decode("utf-8"))
        stream.flush()
    except BrokenPipeError:
        _forget(stream)


def _forget(stream: TextIO) -> None:
    """Point a broken standard stream at the null device, so that the interpreter's last flush stays silent."""
    if stream in (sys.stdout, sys.__stdout__):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
