"""A server of its own for a test: the real application behind a free loopback port, in a thread of this process."""

from __future__ import annotations

import io
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Protocol

from starlette.applications import Starlette

from dvc_cli.backends import BackendOptions, Network
from dvc_cli.backends.http import open_backend
from dvc_cli.backends.sandbox import SandboxBackend
from dvc_cli.contract.backend import Backend
from dvc_cli.contract.secret import Secret
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.web.app import create_app
from dvc_cli.portal.web.house import House
from dvc_cli.portal.web.log import Log
from dvc_cli.portal.web.run import Listening, make_server
from portal_accounts.small_town import MAI, MovableClock, Town, settle_town

ADMIN = Secret("quan-tri-tap-huan")


class SupportsClose(Protocol):
    def close(self) -> None: ...


@dataclass
class Lines:
    """The log of a server, and where it goes."""

    stream: io.StringIO = field(default_factory=io.StringIO)
    log: Log = field(init=False)

    def __post_init__(self) -> None:
        self.log = Log(self.stream)

    def getvalue(self) -> str:
        """All that was told until now."""
        assert self.log.flush(20)
        return self.stream.getvalue()


@dataclass
class Served:
    """A running server, the town behind it, and the lines of its log."""

    url: str
    town: Town
    log: Lines = field(repr=False)
    opened: list[SupportsClose] = field(default_factory=list, repr=False)

    def backend(self, url: str = "") -> Backend:
        """A client of this server (or of what stands at `url` in front of it); closed with the server."""
        opened = open_backend(BackendOptions(url or self.url, self.town.folder, self.town.clock, Network(timeout="20")))
        self.opened.append(opened)
        return opened

    def sign_in(self, backend: Backend, number: str = MAI) -> Secret:
        challenge = backend.begin_vneid_login(number, self.town.vneid_password(number), share_data=True)
        return backend.verify_login(challenge.id, self.town.code(challenge)).token


@contextmanager
def running(folder: Path, *, training: bool = True) -> Iterator[Served]:
    """A server over a small town in `folder`."""
    clock, lines = MovableClock(), Lines()

    def open_portal() -> Portal:
        return Portal(folder, clock, populate=settle_town)

    house = House(open_portal, SandboxBackend, lines.log, ADMIN if training else None, threads=4)
    town = Town(folder, clock, open_portal())
    with serving(house) as url:
        served = Served(url, town, lines)
        yield served
        for client in served.opened:
            client.close()
    town.portal.close()


@contextmanager
def serving(house: House) -> Iterator[str]:
    """The address of the application of `house` while it runs."""
    with serving_app(create_app(house)) as url:
        yield url
    house.log.close()


@contextmanager
def serving_app(app: Starlette, certificate: str = "", key: str = "", client_ca: str = "", proxies: tuple[str, ...] = ()) -> Iterator[str]:
    """The address of an application; with `client_ca` only clients whose certificate it signed come in."""
    listening = Listening("127.0.0.1", 0, certificate, key, proxies)
    bound = listening.bind()
    server = make_server(app, listening, Log(io.StringIO()))
    if client_ca:
        server.config.ssl_ca_certs, server.config.ssl_cert_reqs = client_ca, ssl.CERT_REQUIRED
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
    thread.start()
    try:
        wait_until(lambda: server.started)
        yield listening.url(bound)
    finally:
        server.should_exit = True
        thread.join(timeout=30)
        assert not thread.is_alive()


def wait_until(condition: object, seconds: float = 20) -> None:
    """Until `condition()` holds; the clock is asked only to give up."""
    end, pause = monotonic() + seconds, threading.Event()
    while not condition():
        assert monotonic() < end, "waited in vain"
        pause.wait(0.01)
