"""A call for which a server that ends waits no longer: its caller is told what became of it."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from dvc_cli.contract.oauth import DEVICE_PATH
from dvc_cli.portal.web.app import create_app
from dvc_cli.portal.web.house import House
from server.served import Lines


@dataclass
class SlowPortal:
    """Works on a call until it may end."""

    begun: threading.Event = field(default_factory=threading.Event)
    may_end: threading.Event = field(default_factory=threading.Event)

    def begin_call(self) -> None:
        self.begun.set()
        self.may_end.wait(20)
        raise ZeroDivisionError

    def close(self) -> None: ...


@dataclass
class Caller:
    """One call, and what it was answered. With `stalls` its body never ends."""

    stalls: bool
    waits: bool = False
    answer: list[MutableMapping[str, Any]] = field(default_factory=list)
    begun: bool = False

    async def receive(self) -> MutableMapping[str, Any]:
        if self.begun:
            self.waits = True
            await asyncio.get_running_loop().create_future()
        self.begun = True
        return {"type": "http.request", "body": b"", "more_body": self.stalls}

    async def send(self, message: MutableMapping[str, Any]) -> None:
        self.answer.append(message)


def told(verb: str, path: str, *, stalls: bool) -> tuple[int, bool, str]:
    """Status, `maybe_done` and code of a call that is given up while it arrives (`stalls`) or is worked on; the log has the status too."""
    lines, portal, caller = Lines(), SlowPortal(), Caller(stalls)
    app = create_app(House(lambda: portal, lambda _portal, _who: None, lines.log, threads=1))
    scope = {
        "type": "http",
        "method": verb,
        "path": path,
        "query_string": b"",
        "headers": [],
        "client": None,
        "server": ("x", 80),
        "app": app,
    }

    async def call() -> None:
        async with app.router.lifespan_context(app):
            task = asyncio.create_task(app(scope, caller.receive, caller.send))
            while not (caller.waits if stalls else portal.begun.is_set()):
                await asyncio.sleep(0)
            task.cancel()
            await task
            portal.may_end.set()

    asyncio.run(call())
    start, content = caller.answer
    assert f'"status": {start["status"]}' in lines.getvalue()
    lines.log.close()
    document = json.loads(content["body"])
    return start["status"], document["maybe_done"], document["problems"][0]["code"]


@pytest.mark.parametrize("path", ["/v1/vneid-logins", DEVICE_PATH])
def test_one_that_had_not_wholly_arrived_was_not_carried_out(path: str) -> None:
    assert told("POST", path, stalls=True) == (503, False, "BE-UNREACHABLE")


@pytest.mark.parametrize(("verb", "path"), [("GET", "/v1/capabilities"), ("POST", DEVICE_PATH)])
def test_one_that_is_worked_on_may_have_been(verb: str, path: str) -> None:
    assert told(verb, path, stalls=False) == (503, True, "BE-TIMEOUT-UNKNOWN")
