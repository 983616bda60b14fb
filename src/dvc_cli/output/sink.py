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


def write(stream: TextIO | None, text: str) -> bool:
    """Write and flush `text`; False when there was no room for it. A reader that went away, or never was, is no error."""
    if stream is None or stream.closed:
        return True
    try:
        stream.write(text)
        stream.flush()
    except UnicodeEncodeError:
        stream.write(text.encode("utf-8", "replace").decode("utf-8"))
        stream.flush()
    except BrokenPipeError:
        _forget(stream)
    except OSError:
        _forget(stream)
        return False
    return True


def _forget(stream: TextIO) -> None:
    """Point a broken standard stream at the null device, so that the interpreter's last flush stays silent."""
    if stream in (sys.stdout, sys.__stdout__, sys.stderr):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
