"""One JSON line for each call: what was asked and how it went, nothing about whom it was for. Whoever tells it waits for no stream."""

from __future__ import annotations

import json
import os
import threading
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TextIO

MOST_LINES = 10_000  # some two megabytes
FAREWELL = 2.0  # seconds


class Log:
    """Lines to a stream, written by a thread of their own that begins with the first of them.

    A stream that is slow, full or closed stops no call: at most `most` lines wait, what comes beside them is lost, and how many were lost
    is told (event `lost`) by a line of its own where they would have stood.
    """

    def __init__(self, stream: TextIO, most: int = MOST_LINES) -> None:
        self._stream, self._most = stream, most
        self._waiting: deque[tuple[int, str]] = deque()  # how many were lost before, and the line
        self._lost = 0
        self._writing = self._ended = False
        self._changed = threading.Condition()
        self._writer: threading.Thread | None = None

    def line(self, event: str, **facts: str | int | float) -> None:
        """Tell one event. Facts are names, numbers and codes of the program; never a value that somebody sent."""
        text = _text(event, facts)
        with self._changed:
            if self._ended or len(self._waiting) >= self._most:
                self._lost += 1
                return
            self._push(text)

    def flush(self, seconds: float) -> bool:
        """Wait until everything that was told is written or given up; False when it takes longer than `seconds`."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting and not self._writing, seconds)

    def close(self, seconds: float = FAREWELL) -> None:
        """Write what waits, for at most `seconds`; what is told afterwards is lost."""
        with self._changed:
            if self._lost and not self._ended:
                self._push("")
        written = self.flush(seconds)
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        if written and self._writer is not None:
            self._writer.join(seconds)

    def _push(self, text: str) -> None:
        self._waiting.append((self._lost, text))
        self._lost = 0
        if self._writer is None:
            # A daemon: one that a full pipe holds must not hold the end of the process.
            self._writer = threading.Thread(target=self._write, name="log", daemon=True)
            self._writer.start()
        self._changed.notify_all()

    def _write(self) -> None:
        put = _writing_to(self._stream)
        while True:
            with self._changed:
                self._writing = False
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._waiting or self._ended)
                if self._ended:
                    return
                lost, text = self._waiting.popleft()
                self._writing = True
            try:
                put((_text("lost", {"lost": lost}) if lost else "") + text)
            except (OSError, ValueError):
                with self._changed:
                    self._lost += lost + bool(text)


def _writing_to(stream: TextIO) -> Callable[[str], None]:
    """How to write to a stream: to its file itself where it has one, for a thread that waits inside a stream holds the stream's lock."""
    try:
        handle = stream.fileno()
    except (OSError, ValueError):
        return partial(_write_text, stream)
    return partial(_write_bytes, handle)


def _write_text(stream: TextIO, text: str) -> None:
    stream.write(text)
    stream.flush()


def _write_bytes(handle: int, text: str) -> None:
    content = text.encode("ascii")
    while content:
        content = content[os.write(handle, content) :]


def _text(event: str, facts: dict[str, str | int | float]) -> str:
    return json.dumps({"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **facts}) + "\n"
