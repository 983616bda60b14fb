"""Keyrings that behave, hang, are locked or break; named by PYTHON_KEYRING_BACKEND as `tokens.helpers.token_rings.…`."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import ClassVar

from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringLocked, PasswordDeleteError


class MemoryRing(KeyringBackend):
    priority = 1
    entries: ClassVar[dict[tuple[str, str], str]] = {}

    def get_password(self, service, username):
        return self.entries.get((service, username))

    def set_password(self, service, username, password):
        assert len(password.encode("utf-16-le")) // 2 <= 1280, "longer than Windows takes"
        self.entries[service, username] = password

    def delete_password(self, service, username):
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError("not found")


class KeptRing(KeyringBackend):
    """Entries in the JSON file DVC_TEST_RING, for tests of several processes."""

    priority = 1

    def get_password(self, service, username):
        return self._read().get(f"{service} {username}")

    def set_password(self, service, username, password):
        self._write(self._read() | {f"{service} {username}": password})

    def delete_password(self, service, username):
        entries = self._read()
        if entries.pop(f"{service} {username}", None) is None:
            raise PasswordDeleteError("not found")
        self._write(entries)

    def _read(self):
        path = Path(os.environ["DVC_TEST_RING"])
        return json.loads(path.read_text("utf-8")) if path.exists() else {}

    def _write(self, entries):
        Path(os.environ["DVC_TEST_RING"]).write_text(json.dumps(entries), "utf-8")


class HangingRing(MemoryRing):
    def get_password(self, *entry):
        time.sleep(60)

    set_password = delete_password = get_password


class SlowToLoadRing(MemoryRing):
    def __init__(self):
        time.sleep(60)


class LockedRing(MemoryRing):
    def get_password(self, service, username):
        raise KeyringLocked("locked")

    def set_password(self, service, username, password):
        raise KeyringLocked("locked")


class NoCollectionRing(MemoryRing):
    def set_password(self, service, username, password):
        raise InitError("no default collection")


class OddlyBrokenRing(MemoryRing):
    """As Windows Credential Manager: its error is no KeyringError."""

    def set_password(self, service, username, password):
        raise OSError(1783, "CredWrite", "The stub received bad data")


class ForgetfulRing(MemoryRing):
    def set_password(self, service, username, password):
        pass

    def delete_password(self, service, username):
        pass
