"""Clients that hold a connection and ask nothing, and what goes wrong where no call is to blame."""

from __future__ import annotations

import asyncio
import errno
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol
from weakref import WeakKeyDictionary

from dvc_cli.portal.web.log import Log

HEAD_SECONDS = 20.0
ANSWER_SECONDS = 60.0
_OF_OURS = 64  # files beside the connections: the database of each thread, pipes, the program's own
_FEWEST = 16
_BETWEEN_WORDS = 60.0


class Cycle(Protocol):
    """A request and its answer."""

    response_complete: bool


class Connection(Protocol):
    """A client, as uvicorn keeps it."""

    cycle: Cycle | None
    transport: asyncio.Transport


def most_connections() -> int:
    """How many connections the system's limit of open files leaves room for."""
    if sys.platform == "win32":
        return sys.maxsize
    import resource

    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return sys.maxsize if soft == resource.RLIM_INFINITY else max(soft - _OF_OURS, _FEWEST)


class IdleWatch:
    """Hangs up on clients who hold a connection and ask nothing; when more than `most` are connected, sooner.

    A whole head of a request has to come within HEAD_SECONDS; who has not fetched all of an answer is given ANSWER_SECONDS.
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._since: WeakKeyDictionary[Connection, tuple[Cycle | None, float]] = WeakKeyDictionary()

    def look(self, connections: Iterable[Connection]) -> None:
        """Look at all connections there are; those with a call under way are left alone."""
        now, everybody = self._clock(), tuple(connections)
        waiting = sorted((self._leaves_at(each, now), place) for place, each in enumerate(everybody) if _is_idle(each))
        too_many = len(everybody) - self._most
        for number, (end, place) in enumerate(waiting):
            if number < too_many or now > end:
                everybody[place].transport.abort()

    def _leaves_at(self, connection: Connection, now: float) -> float:
        cycle, since = self._since.get(connection, (None, now))
        if cycle is not connection.cycle:  # it has asked something since
            since = now
        self._since[connection] = connection.cycle, since
        return since + (ANSWER_SECONDS if unsent(connection.transport) else HEAD_SECONDS)


def unsent(transport: asyncio.Transport) -> int:
    """Bytes that wait to be sent. Under TLS what is encrypted waits one floor below, where asyncio has no public way to."""
    below: asyncio.Transport | None = getattr(getattr(transport, "_ssl_protocol", None), "_transport", None)
    return transport.get_write_buffer_size() + (below.get_write_buffer_size() if below is not None else 0)


def _is_idle(connection: Connection) -> bool:
    return connection.cycle is None or connection.cycle.response_complete


class Troubles:
    """Tells the log what failed in the event loop: its kind alone, each once a minute. No free file would fill the log in no time."""

    def __init__(self, log: Log, clock: Callable[[], float] = time.monotonic) -> None:
        self._log, self._clock = log, clock
        self._told: dict[str, float] = {}

    def note(self, _loop: asyncio.AbstractEventLoop, context: Mapping[str, object]) -> None:
        """As `asyncio` wants a handler of exceptions."""
        kind, now = _kind(context.get("exception")), self._clock()
        if now - self._told.get(kind, -_BETWEEN_WORDS) >= _BETWEEN_WORDS:
            self._told[kind] = now
            self._log.line("trouble", kind=kind)


def _kind(error: object) -> str:
    code = errno.errorcode.get(error.errno or 0) if isinstance(error, OSError) else None
    return code or type(error).__name__
