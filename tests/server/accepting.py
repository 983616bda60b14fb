"""A listener for a test: each connection is handed to a thread."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager


@contextmanager
def accepting(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    """The port of this machine on which `serve` is given every connection, until the end of the block."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as bound, ThreadPoolExecutor(16) as workers:
        ending = threading.Event()

        def accept() -> None:
            while True:
                connection, _address = bound.accept()
                if ending.is_set():
                    connection.close()
                    return
                workers.submit(serve, connection)

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield bound.getsockname()[1]
        finally:
            ending.set()
            socket.create_connection(bound.getsockname()).close()
            thread.join(timeout=20)
