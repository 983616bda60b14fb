"""A proxy as an office has one: it opens tunnels (CONNECT) to whatever it is asked for, and keeps every byte that it sees."""

from __future__ import annotations

import select
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from server.accepting import accepting

OPEN = b"HTTP/1.1 200 Connection established\r\n\r\n"


@dataclass
class Recorder:
    """`heads` are the requests to the proxy itself, `through` what went through its tunnels, both ways.

    `goal` is the port of this machine to which every tunnel leads; `answer` is what CONNECT is answered instead of a tunnel.
    """

    port: int
    goal: int = 0
    answer: bytes | None = None
    heads: list[bytes] = field(default_factory=list)
    through: bytearray = field(default_factory=bytearray)
    _tunnels: list[socket.socket] = field(default_factory=list)

    def url(self, user: str = "") -> str:
        """The proxy's address, with a name and a password in it."""
        return f"http://{user}{'@' if user else ''}127.0.0.1:{self.port}"

    def seen(self) -> bytes:
        """All that it could read."""
        return b"".join(self.heads) + bytes(self.through)

    def cut(self) -> None:
        """Break every tunnel that is open."""
        for end in self._tunnels:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def serve(self, client: socket.socket) -> None:
        """One connection, to its end."""
        with client, suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head and (part := client.recv(65_536)):
                head += part
            if not head:
                return
            self.heads.append(head)
            if self.answer is not None:
                client.sendall(self.answer)
            elif head.startswith(b"CONNECT "):
                self._lead(client)

    def _lead(self, client: socket.socket) -> None:
        with socket.create_connection(("127.0.0.1", self.goal)) as server:
            client.sendall(OPEN)
            self._tunnels += [client, server]
            other = {client: server, server: client}
            while True:
                for end in select.select([client, server], [], [])[0]:
                    part = end.recv(65_536)
                    if not part:
                        return
                    self.through += part
                    other[end].sendall(part)


@contextmanager
def recording() -> Iterator[Recorder]:
    """A proxy on a free port of this machine."""
    recorder = Recorder(0)
    with accepting(recorder.serve) as recorder.port:
        try:
            yield recorder
        finally:
            recorder.cut()
