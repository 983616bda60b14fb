"""A server that is told to stop: what is idle is let go at once, what is under way is finished, with and without TLS."""

from __future__ import annotations

import asyncio
import io
import signal
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from conftest import Dvc
from dvc_cli.portal.web.log import Log
from dvc_cli.portal.web.run import Listening, Server, make_server
from server.papers import Papers
from server.served import wait_until
from server.test_serving_command import listening, started

LONG = "x" * 20_000_000
"""More than the system's buffers on the way hold."""


class Looked(set[object]):
    """The connections of a server, and how often it looked at them all."""

    looks = 0

    def __iter__(self) -> Iterator[object]:
        self.looks += 1
        return super().__iter__()


@dataclass
class Slow:
    """A server whose answer to /slow waits until it is let go."""

    server: Server
    port: int
    context: ssl.SSLContext | None
    connections: Looked
    begun: threading.Event = field(default_factory=threading.Event)
    may_end: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def connection(self) -> Iterator[socket.socket]:
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as plain:
            if self.context is None:
                yield plain
            else:
                with self.context.wrap_socket(plain, server_hostname="127.0.0.1", suppress_ragged_eofs=False) as secure:
                    yield secure


def ask(connection: socket.socket, path: str) -> None:
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())


def read_reply(connection: socket.socket) -> tuple[str, str]:
    """Head and body of one reply."""
    content = b""
    while b"\r\n\r\n" not in content:
        content += connection.recv(65_536)
    head, _gap, body = content.partition(b"\r\n\r\n")
    length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
    while len(body) < length:
        part = connection.recv(65_536)
        assert part, "the reply broke off"
        body += part
    return head.decode(), body.decode()


@pytest.fixture(params=["plain", "TLS"])
def slow(request: pytest.FixtureRequest, papers: Papers) -> Iterator[Slow]:
    encrypted = request.param == "TLS"
    bound_to = Listening("127.0.0.1", 0, *(papers.issue("here", "127.0.0.1") if encrypted else ()))

    async def quick(_request: Request) -> Response:
        return PlainTextResponse("quick")

    async def wait(_request: Request) -> Response:
        made.begun.set()
        await asyncio.to_thread(made.may_end.wait, 20)
        return PlainTextResponse(LONG)

    bound = bound_to.bind()
    app = Starlette(routes=[Route("/quick", quick), Route("/slow", wait)])
    context = ssl.create_default_context(cafile=papers.ca_file) if encrypted else None
    made = Slow(make_server(app, bound_to, Log(io.StringIO())), bound.getsockname()[1], context, Looked())
    made.server.server_state.connections = made.connections
    thread = threading.Thread(target=made.server.run, kwargs={"sockets": [bound]})
    thread.start()
    wait_until(lambda: made.server.started)
    try:
        yield made
    finally:
        made.may_end.set()
        made.server.should_exit = True
        thread.join(timeout=10)
        assert not thread.is_alive()


def test_idle_connections_are_closed_while_a_call_is_still_under_way_which_is_then_finished(slow: Slow) -> None:
    with slow.connection() as busy, slow.connection() as idle, slow.connection() as silent:
        ask(idle, "/quick")
        assert read_reply(idle)[1] == "quick"
        ask(busy, "/slow")
        assert slow.begun.wait(10)
        slow.server.should_exit = True
        assert idle.recv(1) == b""
        assert silent.recv(1) == b""
        wait_until(lambda: len(slow.connections) == 1)
        (last,) = slow.connections
        slow.may_end.set()
        wait_until(lambda: last.cycle.response_complete)
        seen = slow.connections.looks
        wait_until(lambda: slow.connections.looks > seen + 2)
        assert read_reply(busy)[1] == LONG
        assert busy.recv(1) == b""


def test_a_process_ends_while_a_client_holds_an_idle_connection_open(dvc: Dvc, papers: Papers) -> None:
    certificate, key = papers.issue("server", "127.0.0.1")
    server = started(dvc.home, "--certificate", certificate, "--key", key)
    try:
        url, _token = listening(server)
        context = ssl.create_default_context(cafile=papers.ca_file)
        with (
            socket.create_connection(("127.0.0.1", int(url.rsplit(":", 1)[1]))) as plain,
            context.wrap_socket(plain, server_hostname="127.0.0.1") as idle,
        ):
            ask(idle, "/healthz")
            assert "200" in read_reply(idle)[0]
            server.send_signal(signal.SIGTERM)
            assert server.wait(timeout=10) == 0
    finally:
        server.kill()
        server.communicate(timeout=30)
