"""Running the application with uvicorn until it is told to stop; calls that are under way are finished first."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from starlette.applications import Starlette

from dvc_cli.errors import UsageError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.portal.web.house import House

_GRACE_SECONDS = 15
_MOST_WAITING = 512
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Listening:
    """Where a server listens, and with which certificate ("" for none: this machine only, or a proxy in front)."""

    host: str
    port: int
    certificate: str = ""
    key: str = ""
    behind_proxy: bool = False

    def bind(self) -> socket.socket:
        """A listening socket; port 0 takes a free one. UsageError A-USAGE when the address cannot be had."""
        wrong = UsageError(problem("A-USAGE", detail=_("Không mở được địa chỉ {where}.").format(where=f"{self.host}:{self.port}")))
        if not 0 <= self.port <= _LAST_PORT:  # the standard library would leave a socket behind
            raise wrong
        try:
            family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
            bound = socket.create_server((self.host, self.port), family=family, backlog=_MOST_WAITING)
        except OSError:
            raise wrong from None
        # Handed on to every accepted connection. Without it the body of each answer waits some 40 ms for the word that its head arrived.
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return bound

    def url(self, bound: socket.socket) -> str:
        """The address for `--url`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.certificate else 'http'}://{host}:{bound.getsockname()[1]}"


def run(app: Starlette, house: House, listening: Listening, bound: socket.socket) -> None:
    """Serve until SIGINT or SIGTERM, then finish what is under way."""
    house.log.line("listening", url=listening.url(bound), training=str(house.training).lower())
    make_server(app, listening).run(sockets=[bound])
    house.log.line("stopped")


def make_server(app: Starlette, listening: Listening) -> uvicorn.Server:
    """The server that `run` runs."""
    config = uvicorn.Config(
        app,
        access_log=False,
        log_config=None,
        log_level="critical",
        proxy_headers=listening.behind_proxy,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        ssl_certfile=listening.certificate or None,
        ssl_keyfile=listening.key or None,
    )
    return _Server(config)


class _Server(uvicorn.Server):
    """Ends by returning: uvicorn's own way is to send itself the signal again, which would skip the command's answer."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():  # signals are the main thread's
            yield
            return
        before = {which: signal.signal(which, self._stop) for which in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for which, handler in before.items():
                signal.signal(which, handler)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.force_exit = self.should_exit
        self.should_exit = True
