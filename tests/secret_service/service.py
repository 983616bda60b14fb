"""Starting, locking, stopping and ending a Secret Service; see `conftest`."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import secretstorage

PASSWORD = b"mat-khau-may"
# No folder of services: what was ended must not be started again by the bus.
CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
"""


class SecretService:
    """One bus and at most one keyring daemon on it, of which we know the pid."""

    def __init__(self, folder: Path) -> None:
        (folder / "run").mkdir(mode=0o700, parents=True)
        (folder / "bus.conf").write_text(CONFIG)
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        self.environ = kept | {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder / "run")}
        words = ["dbus-daemon", f"--config-file={folder / 'bus.conf'}", "--nofork", "--print-address=1"]
        self._bus = subprocess.Popen(words, env=self.environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self._bus.stdout is not None
        self.environ["DBUS_SESSION_BUS_ADDRESS"] = self._bus.stdout.readline().strip()
        self._daemon: subprocess.Popen[bytes] | None = None

    def start(self, *, unlocked: bool) -> None:
        """Start the daemon; its first start, unlocked, makes the collection and its password."""
        words = ["gnome-keyring-daemon", "--foreground", "--components=secrets", *(["--unlock"] if unlocked else [])]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._daemon = subprocess.Popen(words, env=self.environ, stdin=subprocess.PIPE, **quiet)
        assert self._daemon.stdin is not None
        self._daemon.stdin.write(PASSWORD if unlocked else b"")
        self._daemon.stdin.close()
        deadline = time.monotonic() + 20
        while not self._answers():
            assert time.monotonic() < deadline, "the keyring daemon does not come up"
            time.sleep(0.02)

    def stop(self) -> None:
        """The daemon still has its name and answers nothing."""
        assert self._daemon is not None
        os.kill(self._daemon.pid, signal.SIGSTOP)

    def end(self) -> None:
        """No daemon any more."""
        if self._daemon is not None:
            os.kill(self._daemon.pid, signal.SIGCONT)
            self._daemon.terminate()
            self._daemon.wait(20)
            self._daemon = None

    def close(self) -> None:
        """Neither daemon nor bus."""
        self.end()
        self._bus.terminate()
        self._bus.wait(20)
        assert self._bus.stdout is not None
        self._bus.stdout.close()

    def labels(self) -> list[str]:
        """What stands in the collection; its names, not its secrets."""
        connection = secretstorage.dbus_init()
        try:
            return sorted(item.get_label() for item in secretstorage.get_default_collection(connection).get_all_items())
        finally:
            connection.close()

    def _answers(self) -> bool:
        connection = secretstorage.dbus_init()
        try:
            return secretstorage.check_service_availability(connection)
        finally:
            connection.close()
