"""The server's log waits for nobody, and nobody waits for the log."""

from __future__ import annotations

import io
import json
import os
import signal
import threading
from collections.abc import Iterator
from itertools import pairwise

import httpx
import pytest

from conftest import Dvc
from dvc_cli.portal.web.log import Log
from server.test_serving_command import listening, started

PIPE = 65_536
"""What a pipe holds on Linux."""


def told(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def lost(events: list[dict[str, object]]) -> int:
    return sum(int(str(each["lost"])) for each in events if each["event"] == "lost")


@pytest.fixture
def pipe() -> Iterator[tuple[int, io.TextIOWrapper]]:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        yield reading, stream


def read_to_the_end(handle: int) -> str:
    with os.fdopen(handle, encoding="utf-8") as stream:
        return stream.read()


def test_a_server_whose_log_nobody_reads_answers_all_the_same(dvc: Dvc) -> None:
    server, calls = started(dvc.home), 500
    try:
        url, _token = listening(server)
        with httpx.Client(headers={"X-Correlation-ID": "c" * 80}) as client:
            assert {client.get(f"{url}/v1/now").status_code for _call in range(calls)} == {200}
            assert client.get(f"{url}/readyz").status_code == 200
    finally:
        server.send_signal(signal.SIGTERM)
        out, err = server.communicate(timeout=30)
    events = told(err)
    assert (server.returncode, json.loads(out)["data"]) == (0, {"stopped": True})
    assert len(err) > PIPE
    assert (len([each for each in events if each["event"] == "call"]), events[-1]["event"]) == (calls, "stopped")


def test_a_server_whose_log_is_never_read_ends(dvc: Dvc) -> None:
    server = started(dvc.home)
    url, _token = listening(server)
    with httpx.Client(headers={"X-Correlation-ID": "c" * 80}) as client:
        assert {client.get(f"{url}/v1/now").status_code for _call in range(600)} == {200}
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=30) == 0
    out, _err = server.communicate()
    assert json.loads(out)["data"] == {"stopped": True}


def test_what_did_not_fit_is_counted_where_it_would_have_stood(pipe: tuple[int, io.TextIOWrapper]) -> None:
    reading, stream = pipe
    log, lines = Log(stream, most=3), 5_000
    for number in range(lines):
        log.line("call", number=number)
    content: list[str] = []
    reader = threading.Thread(target=lambda: content.append(read_to_the_end(reading)))
    reader.start()
    assert log.flush(20)
    log.line("call", number=lines)
    log.close(20)
    stream.close()
    reader.join(20)
    events = told(content[0])
    numbers = [int(str(each["number"])) for each in events if each["event"] == "call"]
    assert 0 < len(numbers) < lines
    assert lost(events) == lines + 1 - len(numbers)
    assert numbers == sorted(numbers)
    for before, after in pairwise(events):
        if after["event"] == "call" and before["event"] == "call":
            assert after["number"] == int(str(before["number"])) + 1


def test_what_was_lost_last_is_told_at_the_end(pipe: tuple[int, io.TextIOWrapper]) -> None:
    reading, stream = pipe
    log = Log(stream, most=0)
    for _time in range(7):
        log.line("call")
    log.close(20)
    stream.close()
    assert lost(told(read_to_the_end(reading))) == 7


def test_a_log_that_nobody_reads_is_given_up_at_the_end(pipe: tuple[int, io.TextIOWrapper]) -> None:
    (reading, stream), before = pipe, set(threading.enumerate())
    log = Log(stream)
    for _time in range(2_000):
        log.line("call", correlation="c" * 80)
    (writer,) = set(threading.enumerate()) - before
    log.close(0.01)
    log.line("too late")
    assert writer.is_alive()
    os.close(reading)
    writer.join(20)
    assert not writer.is_alive()


class Failing(io.StringIO):
    """A full disk for its first writes."""

    failures = 2

    def write(self, text: str) -> int:
        if self.failures:
            self.failures -= 1
            raise OSError
        return super().write(text)


def test_a_stream_that_failed_is_told_of_its_loss_when_it_works_again() -> None:
    log = Log(stream := Failing())
    for number in range(4):
        log.line("call", number=number)
        assert log.flush(20)
    events = told(stream.getvalue())
    assert [(each["event"], each.get("lost", each.get("number"))) for each in events] == [("lost", 2), ("call", 2), ("call", 3)]


@pytest.mark.parametrize("broken", ["closed", "nobody reads"])
def test_a_stream_that_is_gone_stops_nothing(pipe: tuple[int, io.TextIOWrapper], broken: str) -> None:
    reading, stream = pipe
    os.close(reading)
    if broken == "closed":
        stream.close()
    log = Log(stream)
    for _time in range(3):
        log.line("call")
    assert log.flush(20)
    log.close(20)


def test_a_log_begins_no_thread_before_its_first_line() -> None:
    before = set(threading.enumerate())
    log = Log(io.StringIO())
    assert set(threading.enumerate()) == before
    log.line("call")
    (writer,) = set(threading.enumerate()) - before
    log.close(20)
    assert writer.daemon
    assert not writer.is_alive()
