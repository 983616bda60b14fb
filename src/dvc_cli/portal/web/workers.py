"""Several processes behind one listening socket. Each takes the calls that it has time for; all they share is the database.

The first process starts the others, replaces one that ends, and answers nothing itself. What a worker has to know reaches it through the
pipe that starts it, never through its arguments or environment; another pipe tells it to stop, also when it breaks with the first process.
"""

from __future__ import annotations

import multiprocessing
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import FrameType
from typing import TextIO

from dvc_cli.errors import UnavailableError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.portal.web.app import create_app
from dvc_cli.portal.web.asking import where
from dvc_cli.portal.web.house import House
from dvc_cli.portal.web.log import Log
from dvc_cli.portal.web.run import GRACE_SECONDS, Listening, make_server

MOST = 64

_READY = "ready"
_LOOK_SECONDS = 0.1
_BETWEEN_STARTS = 1.0
_OTHERS_TURN = 0.001
_SPAWN = multiprocessing.get_context("spawn")  # the same everywhere, and no thread or connection of this process is copied

OpenHouse = Callable[[TextIO], House]
"""Makes a worker's house, given where its log goes; sent to the worker, so it can be pickled."""


class SharedSocket(socket.socket):
    """A listening socket that several processes hold; who has taken a connection leaves the next to the others for a moment.

    Without it the process that looks first takes all that come together, and keeps them. Takes over the handle of `bound`.
    """

    def __init__(self, bound: socket.socket, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(fileno=bound.detach())
        self._clock, self._again = clock, 0.0

    def accept(self) -> tuple[socket.socket, object]:
        """As of any socket that does not block. BlockingIOError: nobody is there, or it is the others' turn."""
        if self._clock() < self._again:
            raise BlockingIOError
        taken = super().accept()
        self._again = self._clock() + _OTHERS_TURN
        return taken


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    line: Connection[str, str]
    begun: float
    ready: bool = False


def run_workers(open_house: OpenHouse, house: House, listening: Listening, bound: socket.socket, count: int) -> None:
    """Serve with `count` processes, each with its own from `open_house`, until SIGINT or SIGTERM; then they finish what is under way.

    A second signal does not wait. UnavailableError BE-UNREACHABLE when one ends before it has begun to serve.
    """

    def start() -> _Worker:
        return _start(open_house, listening, bound)

    with _signals() as signals:
        workers: list[_Worker] = []
        try:
            for _number in range(count):
                workers.append(start())  # noqa: PERF401 - those that have started are stopped when one cannot
            if _all_ready(workers, signals):
                house.log.line("listening", url=listening.url(bound), training=str(house.training).lower(), workers=count)
            while not signals:
                _replace_ended(workers, start, house.log)
                time.sleep(_LOOK_SECONDS)
        except OSError as error:
            raise _not_started() from error
        finally:
            _stop(workers, signals)
    house.log.line("stopped")
    house.log.close()


def _start(open_house: OpenHouse, listening: Listening, bound: socket.socket) -> _Worker:
    mine, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_work, args=(open_house, listening, bound, theirs), daemon=True)
    with _interrupts_held():
        process.start()
    theirs.close()
    return _Worker(process, mine, time.monotonic())


def _all_ready(workers: list[_Worker], signals: list[int]) -> bool:
    """Wait until every worker says so; False when a signal came first."""
    while not signals:
        waited_for = [each for each in workers if not _is_ready(each)]
        if not waited_for:
            return True
        if not all(each.process.is_alive() for each in waited_for):
            raise _not_started()
        time.sleep(_LOOK_SECONDS)
    return False


def _is_ready(worker: _Worker) -> bool:
    with suppress(EOFError, OSError):
        worker.ready = worker.ready or (worker.line.poll() and worker.line.recv() == _READY)
    return worker.ready


def _not_started() -> UnavailableError:
    return UnavailableError(problem("BE-UNREACHABLE", detail=_("Một tiến trình của máy chủ không khởi động được."), source="portal"))


def _replace_ended(workers: list[_Worker], start: Callable[[], _Worker], log: Log) -> None:
    """Start another for each that ended, none sooner than a second after the last try."""
    for place, each in enumerate(workers):
        if not each.process.is_alive() and time.monotonic() - each.begun > _BETWEEN_STARTS:
            log.line("worker_ended", exit=each.process.exitcode or 0)
            each.begun = time.monotonic()
            with suppress(OSError):  # no process to be had now; asked for again
                workers[place] = start()
                each.line.close()


def _stop(workers: list[_Worker], signals: list[int]) -> None:
    for each in workers:
        each.line.close()
    end = time.monotonic() + GRACE_SECONDS + 1
    for each in workers:
        while each.process.is_alive() and time.monotonic() < end and len(signals) < 2:  # noqa: PLR2004 - the second one
            each.process.join(_LOOK_SECONDS)
        each.process.kill()
        each.process.join()


def _work(open_house: OpenHouse, listening: Listening, bound: socket.socket, line: Connection[str, str]) -> None:
    """What a worker does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to everybody; the first process says when to stop
    _release_interrupts()
    log = Log(sys.stderr)
    try:
        house = open_house(sys.stderr)
        server = make_server(create_app(house), listening, house.log)

        def watch() -> None:
            with suppress(EOFError, OSError):
                line.recv()
            server.should_exit = True

        threading.Thread(target=watch, daemon=True).start()
        server.config.load()
        with suppress(OSError):  # stopped again before it began
            line.send(_READY)
        server.run(sockets=[SharedSocket(bound)])
        house.log.close()
    except Exception as error:  # noqa: BLE001 - the last net: the place in the log, no value anywhere
        log.line("crash", operation="worker", where=where(error))
        log.close()
        sys.exit(1)


@contextmanager
def _signals() -> Iterator[list[int]]:
    """The signals to stop that came meanwhile."""
    came: list[int] = []

    def note(which: int, _frame: FrameType | None) -> None:
        came.append(which)

    before = {which: signal.signal(which, note) for which in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield came
    finally:
        for which, handler in before.items():
            signal.signal(which, handler)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """A child that starts meanwhile is not interrupted before it can ignore it; this process gets its own a moment later."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _release_interrupts() -> None:
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
