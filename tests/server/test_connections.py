"""Clients that hold a connection for nothing, and troubles that no call has."""

from __future__ import annotations

import asyncio
import errno
import io
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from starlette.applications import Starlette

from dvc_cli.portal.web.connections import ANSWER_SECONDS, HEAD_SECONDS, IdleWatch, Troubles
from dvc_cli.portal.web.log import Log
from dvc_cli.portal.web.run import Listening, Server, make_server
from server.served import wait_until


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Cycle:
    response_complete: bool = False


@dataclass(eq=False)
class Client:
    """A connection and the line that carries it."""

    cycle: Cycle | None = None
    unsent: int = 0
    aborted: bool = False
    transport: Client = field(init=False)

    def __post_init__(self) -> None:
        self.transport = self

    def abort(self) -> None:
        self.aborted = True

    def get_write_buffer_size(self) -> int:
        return self.unsent


def test_who_asks_nothing_is_hung_up_on_after_a_while_and_who_waits_for_an_answer_never() -> None:
    clock, silent, asking, asked = Clock(), Client(), Client(Cycle()), Client(Cycle(response_complete=True))
    watch, everybody = IdleWatch(100, clock), [silent, asking, asked]
    watch.look(everybody)
    clock.now += HEAD_SECONDS
    watch.look(everybody)
    assert not any(each.aborted for each in everybody)
    asked.cycle = Cycle(response_complete=True)  # between two looks
    clock.now += 1
    watch.look(everybody)
    assert [each.aborted for each in everybody] == [True, False, False]


def test_who_fetches_an_answer_slowly_is_given_longer_and_not_for_ever() -> None:
    clock, slow = Clock(), Client(Cycle(response_complete=True), unsent=1)
    watch = IdleWatch(100, clock)
    watch.look([slow])
    clock.now += ANSWER_SECONDS
    watch.look([slow])
    assert not slow.aborted
    clock.now += 1
    watch.look([slow])
    assert slow.aborted


def test_where_there_are_too_many_the_longest_idle_make_room() -> None:
    clock = Clock()
    watch, everybody = IdleWatch(3, clock), [Client(Cycle()), Client(), Client()]
    watch.look(everybody)
    clock.now += 1
    everybody = [Client(), *everybody, Client(Cycle())]
    watch.look(everybody)
    assert [each.aborted for each in everybody] == [False, False, True, True, False]


@contextmanager
def running() -> Iterator[tuple[Server, int]]:
    listening = Listening("127.0.0.1", 0)
    bound = listening.bind()
    server = make_server(Starlette(), listening, Log(io.StringIO()))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
    thread.start()
    try:
        wait_until(lambda: server.started)
        yield server, bound.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        assert not thread.is_alive()


def test_a_server_hangs_up_on_heads_that_never_end_when_there_are_too_many() -> None:
    with running() as (server, port), ExitStack() as opened:
        server.watch = IdleWatch(2)
        clients = [opened.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20)) for _number in range(6)]
        for client in clients:
            client.sendall(b"GET / HTTP/1.1\r\nX-A: ")
        wait_until(lambda: len(server.server_state.connections) == 2)


def test_a_signal_that_comes_with_the_word_to_stop_cuts_nothing_off_and_a_second_does() -> None:
    server = make_server(Starlette(), Listening("127.0.0.1", 0), Log(io.StringIO()))
    server.should_exit = True  # the word of the first process
    server._stop(15, None)
    assert not server.force_exit
    server._stop(15, None)
    assert server.force_exit


def test_a_trouble_of_no_call_is_told_by_its_kind_alone_once_a_minute() -> None:
    stream, clock, loop = io.StringIO(), Clock(), asyncio.new_event_loop()
    loop.close()
    log = Log(stream)
    troubles = Troubles(log, clock)
    for _time in range(2000):
        troubles.note(loop, {"message": "socket.accept() out of system resource", "exception": OSError(errno.EMFILE, "203.0.113.7")})
    troubles.note(loop, {"message": "203.0.113.7", "exception": ZeroDivisionError("203.0.113.7")})
    clock.now += 60
    troubles.note(loop, {"exception": OSError(errno.EMFILE, "")})
    assert log.flush(20)
    log.close()
    told = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(line["event"], line["kind"]) for line in told] == [
        ("trouble", "EMFILE"),
        ("trouble", "ZeroDivisionError"),
        ("trouble", "EMFILE"),
    ]
    assert "203.0.113.7" not in stream.getvalue()


def test_the_loop_of_a_server_tells_its_troubles_to_the_log() -> None:
    stream = io.StringIO()
    server = make_server(Starlette(), Listening("127.0.0.1", 0), Log(stream))

    async def fail() -> None:
        await server.startup(sockets=[])
        asyncio.get_running_loop().call_exception_handler({"message": "", "exception": OSError(errno.EMFILE, "")})

    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    asyncio.run(fail())
    wait_until(lambda: '"kind": "EMFILE"' in stream.getvalue())
