"""One JSON line for each call: what was asked and how it went, nothing about whom it was for."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from typing import TextIO

from dvc_cli.lazy_dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Log:
    """Lines to a stream; a stream that is closed or full loses its line and stops no call."""

    stream: TextIO
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def line(self, event: str, **facts: str | int | float) -> None:
        """Write one event. Facts are names, numbers and codes of the program; never a value that somebody sent."""
        text = json.dumps({"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **facts}, ensure_ascii=False)
        with self._lock:
            try:
                self.stream.write(text + "\n")
                self.stream.flush()
            except (OSError, ValueError):
                return
