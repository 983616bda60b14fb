"""A program in a real pseudo-terminal of 80×24, read as a person reads it. Waits for text on the screen, never for time."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from functools import partial

import pexpect
import pyte

PATIENCE = 30.0  # seconds until a text that does not come is a failure


class PtyScreen:
    """One running program, its keyboard and its screen."""

    patience = PATIENCE

    def __init__(self, argv: Sequence[str], environ: Mapping[str, str], *, rows: int = 24, columns: int = 80) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.transcript = b""
        self._stream = pyte.ByteStream(self.screen)
        basic = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
        env = {"TERM": "xterm-256color", "LANG": "C.UTF-8", **basic, **environ}
        # A run of the tests in the background ignores SIGINT, and its children would with it: Ctrl-C must reach this one.
        heeding = partial(signal.signal, signal.SIGINT, signal.default_int_handler)
        self.child = pexpect.spawn(
            argv[0], list(argv[1:]), env=env, dimensions=(rows, columns), timeout=PATIENCE, echo=True, preexec_fn=heeding
        )
        self.child.delaybeforesend = None

    @classmethod
    def python(cls, *argv: str, environ: Mapping[str, str] | None = None, rows: int = 24, columns: int = 80) -> PtyScreen:
        """A Python program."""
        return cls([sys.executable, *argv], environ or {}, rows=rows, columns=columns)

    @property
    def text(self) -> str:
        """The screen now, trailing blanks cut."""
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()

    def send(self, keys: str | bytes) -> None:
        """Press keys."""
        self.child.send(keys)

    def answer(self, wanted: str, keys: str | bytes) -> None:
        """Wait for a text, then press keys and Return."""
        self.wait(wanted)
        self.send(keys)
        self.send("\r")

    def wait(self, wanted: str) -> None:
        """Read until the text stands on the screen."""
        self._until(lambda: wanted in self.text, wanted)

    def wait_gone(self, unwanted: str) -> None:
        """Read until the text is off the screen."""
        self._until(lambda: unwanted not in self.text, f"no {unwanted}")

    def wait_exit(self) -> int:
        """Read to the end; the exit status, or minus the signal."""
        while self._read():
            pass
        self.child.close()
        return self.child.exitstatus if self.child.exitstatus is not None else -self.child.signalstatus

    def _until(self, holds, wanted: str) -> None:
        deadline = time.monotonic() + self.patience
        while not holds():
            alive = self._read()
            if not holds() and (not alive or time.monotonic() > deadline):
                raise AssertionError(f"waited for {wanted!r}, the screen shows:\n{self.text}")

    def _read(self) -> bool:
        try:
            data = self.child.read_nonblocking(65536, timeout=1)
        except pexpect.TIMEOUT:
            return self.child.isalive()
        except pexpect.EOF:
            return False
        self.transcript += data
        self._stream.feed(data)
        return True
