"""A server that answers what a test wrote down, byte by byte, and remembers what it was asked."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

CAPABLE = b'{"registration":[],"logins":[],"lookups":[],"procedures":[],"invented_people":false}'


def reply(status: int, body: bytes = b"", **headers: str) -> bytes:
    """One whole HTTP reply."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", *(f"{key.replace('_', '-')}: {text}" for key, text in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@dataclass
class Scripted:
    """`asked` are the requests as they came, headers and body."""

    url: str
    asked: list[bytes] = field(default_factory=list)


@contextmanager
def scripted(replies: Sequence[bytes]) -> Iterator[Scripted]:
    """Each connection gets one request answered and is closed; b"" closes it without an answer. The last reply is for all that follow."""
    with socket.create_server(("127.0.0.1", 0)) as bound:
        server = Scripted(f"http://127.0.0.1:{bound.getsockname()[1]}")
        thread = threading.Thread(target=_serve, args=(bound, server, list(replies)))
        thread.start()
        try:
            yield server
        finally:
            with socket.create_connection(bound.getsockname()) as last:
                last.sendall(b"STOP")
            thread.join(timeout=20)
            assert not thread.is_alive()


def _serve(bound: socket.socket, server: Scripted, replies: list[bytes]) -> None:
    while True:
        connection, _address = bound.accept()
        with connection:
            request = read_request(connection)
            if request == b"STOP":
                return
            server.asked.append(request)
            answer = replies.pop(0) if len(replies) > 1 else replies[0]
            connection.sendall(answer)


def read_request(connection: socket.socket) -> bytes:
    """One whole request, or what came of it."""
    content = b""
    while b"\r\n\r\n" not in content and content != b"STOP":
        part = connection.recv(65536)
        if not part:
            return content
        content += part
    head, _gap, body = content.partition(b"\r\n\r\n")
    lengths = [int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")]
    while lengths and len(body) < lengths[0]:
        part = connection.recv(65536)
        if not part:
            return b""
        body += part
    return head + b"\r\n\r\n" + body if head != b"STOP" else head
