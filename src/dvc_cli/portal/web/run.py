"""Running the application with uvicorn until it is told to stop; calls that are under way are finished first."""

from __future__ import annotations

import asyncio
import signal
import socket
import ssl
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import cast

import uvicorn
from starlette.applications import Starlette

from dvc_cli.errors import UsageError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.portal.web.app import create_app
from dvc_cli.portal.web.connections import Connection, IdleWatch, Troubles, most_connections, unsent
from dvc_cli.portal.web.house import House
from dvc_cli.portal.web.log import Log
from dvc_cli.text import safe

GRACE_SECONDS = 15
_LOOK_SECONDS = 0.1
_MOST_WAITING = 512
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Listening:
    """Where a server listens, and with which certificate ("" for none: this machine only, or a proxy in front).

    `proxies` are the addresses and networks whose word is taken for the caller's address and scheme (`X-Forwarded-For`, `-Proto`).
    """

    host: str
    port: int
    certificate: str = ""
    key: str = ""
    proxies: tuple[str, ...] = ()

    def check(self) -> None:
        """Read the certificate and its key. UsageError A-USAGE where they cannot be had or do not belong together."""
        if not self.certificate:
            return
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(self.certificate, self.key or None, lambda: "")
        except (OSError, ValueError) as error:  # ssl.SSLError is an OSError; a key that wants a passphrase is a ValueError
            detail = _("Không đọc được chứng thư hoặc khóa của nó ({why}).").format(why=safe(_reason(error), 80))
            hint = _("--certificate và --key là tệp PEM thuộc về nhau, khóa không có mật khẩu.")
            raise UsageError(problem("A-USAGE", "certificate", detail=detail, hint=hint)) from error

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


def run(house: House, listening: Listening, bound: socket.socket) -> None:
    """Serve until SIGINT or SIGTERM, then finish what is under way; the log ends with it."""
    house.log.line("listening", url=listening.url(bound), training=str(house.training).lower())
    make_server(create_app(house), listening, house.log).run(sockets=[bound])
    house.log.line("stopped")
    house.log.close()


def _reason(error: Exception) -> str:
    """Why, without the path: `KEY_VALUES_MISMATCH`, `No such file or directory`."""
    if isinstance(error, ssl.SSLError):
        return error.reason or "PEM"
    return getattr(error, "strerror", "") or type(error).__name__


def make_server(app: Starlette, listening: Listening, log: Log) -> Server:
    """The server that `run` runs."""
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http="h11",
        ws="none",
        backlog=_MOST_WAITING,
        access_log=False,
        log_config=None,
        log_level="critical",
        proxy_headers=bool(listening.proxies),
        forwarded_allow_ips=list(listening.proxies),  # never what a variable of the environment says
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        ssl_certfile=listening.certificate or None,
        ssl_keyfile=listening.key or None,
    )
    return Server(config, log)


class Server(uvicorn.Server):
    """Ends by returning: uvicorn's own way is to send itself the signal again, which would skip the command's answer.

    Told to stop, it closes what is idle at once. Under TLS asyncio says goodbye and waits up to half a minute for the client's own
    goodbye, which a client sends when it next uses the connection: uvicorn would wait for it as for a call under way.
    """

    def __init__(self, config: uvicorn.Config, log: Log) -> None:
        super().__init__(config)
        self.watch = IdleWatch(most_connections())
        self._troubles = Troubles(log)
        self._signalled = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve; what fails beside the calls goes to the log."""
        asyncio.get_running_loop().set_exception_handler(self._troubles.note)
        await super().startup(sockets)

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second."""
        self.watch.look(cast("Iterable[Connection]", self.server_state.connections))  # no other protocol than h11's
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Finish what is under way."""
        leaving = asyncio.create_task(self._leave_idle())
        await super().shutdown(sockets)
        leaving.cancel()
        with suppress(asyncio.CancelledError):
            await leaving

    async def _leave_idle(self) -> None:
        """Once uvicorn has told them all, and again while calls under way end: hang up where nothing is left to be sent."""
        while True:
            for connection in tuple(self.server_state.connections):
                cycle, transport = getattr(connection, "cycle", None), connection.transport
                if (cycle is None or cycle.response_complete) and transport.is_closing() and not unsent(transport):
                    transport.abort()
            await asyncio.sleep(_LOOK_SECONDS)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop by SIGINT and SIGTERM meanwhile."""
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
        # A second signal does not wait. One that follows the word of the first process is none: a manager may send it to everybody.
        self.force_exit, self._signalled = self._signalled, True
        self.should_exit = True
