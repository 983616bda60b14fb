"""A proxy that loses, breaks, repeats and refuses: it stands between a client and a server and does to each request what its plan says."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from server.accepting import accepting
from server.scripted import read_request, reply

PASS, DROP_BEFORE, DROP_AFTER, TRUNCATE, DELAY, DUPLICATE = "pass", "drop before", "drop after", "truncate", "delay", "duplicate"
BUSY, BUSY_AFTER, GATEWAY, GATEWAY_AFTER, LIMIT = "503 before", "503 after", "502 before", "502 after", "429"

BEFORE = {DROP_BEFORE, BUSY, GATEWAY, LIMIT}
"""Faults after which the request has not reached the server."""

FAULTS = (DROP_BEFORE, DROP_AFTER, TRUNCATE, DUPLICATE, BUSY, BUSY_AFTER, GATEWAY, GATEWAY_AFTER, LIMIT)
"""Those that need no waiting; DELAY holds the reply back until the client has given up."""

_ANSWERS = {
    BUSY: reply(503, Retry_After="0"),
    BUSY_AFTER: reply(503),
    GATEWAY: reply(502, b"<html>bad gateway</html>", Content_Type="text/html"),
    GATEWAY_AFTER: reply(502, b"<html>bad gateway</html>", Content_Type="text/html"),
    LIMIT: reply(429, Retry_After="0"),
}

Plan = Callable[[bytes], str]


@dataclass
class Proxy:
    """`url` is the proxy's; `done` lists the faults in the order of the requests."""

    url: str
    done: list[str] = field(default_factory=list)


@contextmanager
def faulty(upstream: str, plan: Plan) -> Iterator[Proxy]:
    """A proxy before `upstream`; `plan` names the fault for each request that comes."""
    target, proxy = urlsplit(upstream), Proxy("")
    goal = (target.hostname or "", target.port or 80)
    with accepting(lambda connection: _serve(connection, goal, plan, proxy)) as port:
        proxy.url = f"http://127.0.0.1:{port}"
        yield proxy


def _serve(connection: socket.socket, target: tuple[str, int], plan: Plan, proxy: Proxy) -> None:
    with connection, suppress(OSError):
        request = read_request(connection)
        if not request:
            return
        fault = plan(request)
        proxy.done.append(fault)
        if fault in BEFORE:
            connection.sendall(_ANSWERS.get(fault, b""))
            return
        answer = _forward(request, target)
        if fault == DUPLICATE:
            answer = _forward(request, target)
        if fault == DELAY:
            connection.recv(1)  # until the client gives up
        elif fault != DROP_AFTER:
            connection.sendall(_ANSWERS.get(fault, answer[: len(answer) - 7] if fault == TRUNCATE else answer))


def _forward(request: bytes, target: tuple[str, int]) -> bytes:
    with socket.create_connection(target) as upstream:
        upstream.sendall(request.replace(b"\r\n", b"\r\nConnection: close\r\n", 1).replace(b"\r\nConnection: keep-alive", b""))
        parts = []
        while part := upstream.recv(65536):
            parts.append(part)
    return b"".join(parts)
