"""Workers that never get to serve."""

from __future__ import annotations

import io
import json
import socket
from typing import TextIO

import pytest

from dvc_cli.errors import UnavailableError
from dvc_cli.portal.web.house import House
from dvc_cli.portal.web.log import Log
from dvc_cli.portal.web.run import Listening
from dvc_cli.portal.web.workers import SharedSocket, run_workers


def no_house(_stream: TextIO) -> House:
    raise ZeroDivisionError


def test_a_worker_that_cannot_begin_ends_the_server_and_is_told_of_without_a_traceback(capfd: pytest.CaptureFixture[str]) -> None:
    listening, unused = Listening("127.0.0.1", 0), House(lambda: None, lambda _portal, _who: None, Log(io.StringIO()))
    with listening.bind() as bound, pytest.raises(UnavailableError) as refused:
        run_workers(no_house, unused, listening, bound, 2)
    assert [item.code for item in refused.value.problems] == ["BE-UNREACHABLE"]
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert {(line["event"], line["operation"]) for line in lines} == {("crash", "worker")}
    assert all(line["where"].startswith("ZeroDivisionError < no_house:") for line in lines)


def test_of_two_connections_that_come_together_a_process_takes_one_and_leaves_the_other_for_a_moment() -> None:
    seconds = [10.0]
    with Listening("127.0.0.1", 0).bind() as bound, SharedSocket(bound, lambda: seconds[0]) as shared:
        shared.settimeout(0)
        with socket.create_connection(shared.getsockname()), socket.create_connection(shared.getsockname()):
            with shared.accept()[0], pytest.raises(BlockingIOError):
                shared.accept()
            seconds[0] += 0.002
            shared.accept()[0].close()
        seconds[0] += 0.002
        with pytest.raises(BlockingIOError):
            shared.accept()
