"""The end of a sign-in by browser: a listener on a free port of this machine that takes one answer (RFC 8252 7.3)."""

from __future__ import annotations

import socketserver
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from dvc_cli.contract.oauth import REDIRECT_HOST, REDIRECT_PATH

_LONGEST = 8_192
_SLOWEST = 5.0
_LOOK = 0.5  # seconds between two looks at the clock, and at Ctrl-C

_PAGE = (
    '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"><title>{title}</title></head>'
    '<body>{banner}<main><h1>{title}</h1><p role="status">{text}</p></main></body></html>\n'
)
_BANNER = '<p role="note"><strong>ĐÀO TẠO</strong></p>'
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Connection": "close",
}

Ours = Callable[[Mapping[str, str]], bool]


class Loopback:
    """Listens while it is open; `address` is where the browser comes back to."""

    def __init__(self, *, training: bool) -> None:
        self._training = training
        self._answer: Mapping[str, str] | None = None
        self._ours: Ours = lambda _answer: False
        self._server = _Server((REDIRECT_HOST, 0), self._handler())
        self.address = f"http://{REDIRECT_HOST}:{self._server.server_address[1]}{REDIRECT_PATH}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self._server.server_close()

    def wait(self, ours: Ours, until: float) -> Mapping[str, str] | None:
        """The first answer that is `ours`; None when none came until then (monotonic clock). Others are refused and change nothing."""
        self._ours, self._server.timeout = ours, _LOOK
        while self._answer is None and time.monotonic() < until:
            self._server.handle_request()
        return self._answer

    def take(self, path: str) -> tuple[int, str]:
        """Status and page for what a browser asks for."""
        parts = urlsplit(path)
        if len(path) > _LONGEST or parts.path != REDIRECT_PATH:
            return 404, self._page("Không có trang này", "Quay lại màn hình dvc.")
        answer = dict(parse_qsl(parts.query, keep_blank_values=True))
        if not self._ours(answer):
            return 400, self._page("Không nhận", "Câu trả lời này không thuộc lần đăng nhập đang chờ.")
        self._answer = answer
        return 200, self._page("Đã xong", "Quay lại màn hình dvc; có thể đóng trang này.")

    def _page(self, title: str, text: str) -> str:
        return _PAGE.format(title=title, text=text, banner=_BANNER if self._training else "")

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            timeout = _SLOWEST

            def do_GET(self) -> None:
                status, page = loopback.take(self.path)
                self.send_response(status)
                for name, value in _HEADERS.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(page.encode())

            def log_message(self, *_given: object) -> None:
                """Nothing: what comes in holds a code."""

            def version_string(self) -> str:
                return "dvc"

        return Handler


class _Server(socketserver.TCPServer):
    def handle_error(self, _request: object, _address: object) -> None:
        """A browser that goes away in the middle is no event."""
