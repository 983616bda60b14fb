"""A sign-in that waits for the citizen's phone between two calls."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import TYPE_CHECKING

from dvc_cli.commands.deps import Deps
from dvc_cli.commands.stores import readable_store
from dvc_cli.contract.secret import Secret

if TYPE_CHECKING:
    from dvc_cli.contract.oauth import QrLogin

_PREFIX = "vneid-"


class KeptLogin:
    """The sign-in that waits between two calls; its device code lies where the session's tokens do."""

    def __init__(self, deps: Deps) -> None:
        self._store, self._record = deps.store, _record(deps.place)

    def read(self) -> QrLogin | None:
        """What waits; None when nothing does."""
        from dvc_cli.contract.oauth import QrLogin

        kept = self._store.get(self._record)
        if kept is None:
            return None
        found: dict[str, str] = json.loads(kept)
        until, interval = datetime.fromisoformat(found["expires_at"]), int(found["interval"])
        return QrLogin(Secret(found["device_code"]), found["user_code"], found["address"], found["full_address"], until, interval)

    def write(self, login: QrLogin) -> None:
        """Keep it for the next call."""
        kept = {
            "device_code": login.device_code.value,
            "user_code": login.user_code,
            "address": login.address,
            "full_address": login.full_address,
            "expires_at": login.expires_at.isoformat(),
            "interval": str(login.interval),
        }
        self._store.put(self._record, json.dumps(kept))

    def forget(self) -> None:
        """It is over."""
        self._store.delete(self._record)


def forget_kept(deps: Deps, *, everywhere: bool) -> int:
    """Forget the sign-ins that wait, at the chosen backend or at all of them; how many. A store that would have to ask is left alone."""
    store = readable_store(deps)
    if store is None:
        return 0
    found = [each for each in store.records() if (each.startswith(_PREFIX) if everywhere else each == _record(deps.place))]
    for each in found:
        store.delete(each)
    return len(found)


def _record(place: str) -> str:
    return f"{_PREFIX}{hashlib.sha256(place.encode()).hexdigest()[:16]}"
