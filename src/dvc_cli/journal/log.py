"""JSON lines in a file of the run's own, readable by its owner alone; the newest are kept."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from pathlib import Path

from dvc_cli import __version__
from dvc_cli.disk.files import make_folder
from dvc_cli.errors import StoreError
from dvc_cli.journal.redaction import Redaction
from dvc_cli.lazy_dataclasses import dataclass

KEPT = 10
RUNS, CRASHES = "run", "crash"

Fact = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Crash:
    """What a person is told of a crash: its number, the same wherever the same thing goes wrong, and the log (None: not written)."""

    number: str
    log: Path | None


class Journal:
    """The log of one run below `folder`. A log that cannot be written is no failure of the run: nothing here raises.

    The `KEPT` newest logs are kept, and as many of runs that crashed.
    """

    def __init__(self, folder: Path, command: str | None) -> None:
        self._folder, self._command = folder, command
        self._redaction = Redaction()
        self._path: Path | None = None
        self._handle: int | None = None
        self._failed = False

    @property
    def is_open(self) -> bool:
        """Whether an event was written."""
        return self._handle is not None

    def know(self, texts: Iterable[str]) -> None:
        """Texts of a person that no line of this log may hold."""
        self._redaction.know(texts)

    def note(self, event: str, /, **facts: Fact) -> None:
        """Write an event. Texts are redacted by the name of their field and by what they look like."""
        self._write({"event": event} | {name: self._redacted(name, value) for name, value in facts.items()})

    def crash(self, error: BaseException) -> Crash:
        """Write what the program was doing: types, files, lines and functions, never a value."""
        from dvc_cli.journal.frames import chain, fingerprint

        number = fingerprint(error)
        self._write({"event": CRASHES, "error": number, "chain": chain(error)})
        if self._path is not None and self.is_open:
            self._keep_as_crash(self._path)
        return Crash(number, self._path if self.is_open else None)

    def end(self, exit_code: int) -> None:
        """Write the exit code when anything was written, and let the file go."""
        if self._handle is not None:
            self._write({"event": "end", "exit": exit_code})
            os.close(self._handle)
            self._handle = None

    def _redacted(self, name: str, value: Fact) -> Fact:
        return self._redaction.field(name, value) if isinstance(value, str) else value

    def _write(self, line: dict[str, object]) -> None:
        try:
            if self._handle is None and not self._failed:
                self._handle = self._open()
                self._put({"event": "begin", "command": self._command, "dvc": __version__, "pid": os.getpid()})
            self._put(line)
        except (OSError, StoreError):
            self._failed = True

    def _put(self, line: dict[str, object]) -> None:
        if self._handle is not None:
            stamp = {"at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}
            os.write(self._handle, json.dumps(stamp | line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")

    def _open(self) -> int:
        make_folder(self._folder)
        self._path = self._folder / f"{RUNS}-{self._own_name()}.jsonl"
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        self._prune(RUNS)
        return handle

    def _own_name(self) -> str:
        import hashlib  # loads OpenSSL, which a run without a log does not need

        now = time.time_ns()
        seconds = time.strftime("%Y%m%dT%H%M%S", time.gmtime(now // 1_000_000_000))
        return f"{seconds}{now // 1000 % 1_000_000:06}-{hashlib.blake2b(f'{now} {os.getpid()}'.encode(), digest_size=3).hexdigest()}"

    def _keep_as_crash(self, path: Path) -> None:
        try:
            self._path = path.replace(path.with_name(path.name.replace(RUNS, CRASHES, 1)))
            self._prune(CRASHES)
        except OSError:  # Windows keeps an open file's name
            return

    def _prune(self, kind: str) -> None:
        for path in sorted(self._folder.glob(f"{kind}-*.jsonl"), reverse=True)[KEPT:]:
            path.unlink(missing_ok=True)
