"""One request, one reply: the only module that knows httpx. Every way to fail becomes an error of the tree."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime

import httpx

from dvc_cli.backends.http_address import Address, trust
from dvc_cli.backends.http_retry import InVainError
from dvc_cli.backends.options import Network
from dvc_cli.contract.messages import Call
from dvc_cli.errors import BadReplyError, UnavailableError, UsageError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass, field

MOST_BYTES = 4 * 1024 * 1024

_CONNECT, _SEND, _WAIT = 5.0, 20.0, 20.0

FIRST_ERROR = 400
_LONGEST_WAIT = 999_999  # seconds

_UNTRUSTED = "CERTIFICATE_VERIFY_FAILED"
_WANTS_PASSWORD = "407"  # noqa: S105 - a status


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def retry_after(self) -> int | None:
        """The seconds that the server asks to wait; None when it names none. A proxy may name a day and time instead."""
        wait = self.headers.get("retry-after", "").strip()
        return int(wait) if re.fullmatch(r"[0-9]{1,6}", wait) else _seconds_between(self.headers.get("date", ""), wait)


class Wire:
    """Connections to one server, kept open between calls. A redirect is never followed: a token stays with its host."""

    def __init__(self, address: Address, network: Network) -> None:
        self._address = address
        self._client = _client(address, network)

    def send(self, call: Call, deadline: float) -> Reply:
        """The reply to one request, `deadline` on the monotonic clock.

        UnavailableError with `maybe_done` False when the request never left, True when it may have arrived; BadReplyError for a reply that
        is too long or no HTTP.
        """
        left = deadline - time.monotonic()
        if left <= 0:
            raise _lost(maybe_done=False)
        limits = httpx.Timeout(min(left, _WAIT), connect=min(left, _CONNECT), write=min(left, _SEND))
        trip = _Trip(self._address)
        request = self._client.build_request(
            call.verb,
            f"{self._address.base}{call.path}",
            headers=dict(call.headers),
            content=call.body or None,
            timeout=limits,
            extensions={"trace": trip},
        )
        with _told(trip):
            response = self._client.send(request, stream=True)
            try:
                return Reply(response.status_code, dict(response.headers), _body(response, deadline))
            finally:
                response.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _seconds_between(sent: str, until: str) -> int | None:
    """From one date of HTTP to another, by the server's clock alone; None when one of them is none."""
    try:
        wait = (parsedate_to_datetime(until) - parsedate_to_datetime(sent)).total_seconds()
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(math.ceil(wait), 0), _LONGEST_WAIT)


class _Trip:
    """How far one request came; httpcore tells it of each step (the request extension `trace`).

    `sent`: its first byte was on its way to the server. `at_proxy`: it has come to a proxy, which has not let it through yet.
    """

    def __init__(self, address: Address) -> None:
        self._host = address.host
        self.sent = self.at_proxy = False

    def __call__(self, step: str, facts: Mapping[str, object]) -> None:
        if step == "connection.connect_tcp.started":
            self.at_proxy = (facts.get("host"), facts.get("port")) != self._host
        elif step == "proxy.start_tls.started":
            self.at_proxy = False
        elif step.endswith(".send_request_headers.started"):
            self.sent = getattr(facts.get("request"), "method", b"") != b"CONNECT"


def _client(address: Address, network: Network) -> httpx.Client:
    # What goes to this machine goes there directly, whatever proxy is set: behind a proxy "this machine" is another one.
    direct = address.loopback
    headers = {"Accept-Encoding": "identity", "User-Agent": "dvc"}
    try:
        return httpx.Client(
            verify=trust(network),
            trust_env=not direct and not network.proxy,
            proxy=None if direct else network.proxy or None,
            headers=headers,
            follow_redirects=False,
        )
    except (ImportError, ValueError, httpx.InvalidURL):
        detail = _("Không dùng được proxy đã đặt (chỉ nhận http:// và https://).")
        raise UsageError(problem("A-USAGE", "proxy", detail=detail, hint=_look_at_proxy())) from None


def _body(response: httpx.Response, deadline: float) -> bytes:
    if response.headers.get("content-encoding", "").strip().lower() not in {"", "identity"}:
        if response.status_code >= FIRST_ERROR:  # a page of some proxy: its status says enough
            return b""
        raise BadReplyError(problem("BE-BAD-REPLY", detail="(Content-Encoding)"))
    parts, size = [], 0
    for part in response.iter_raw():
        size += len(part)
        if size > MOST_BYTES:
            raise BadReplyError(problem("BE-BAD-REPLY", detail=_("Trả lời dài quá {most} byte.").format(most=MOST_BYTES)))
        if time.monotonic() > deadline:
            raise _lost(maybe_done=True)
        parts.append(part)
    return b"".join(parts)


@contextmanager
def _told(trip: _Trip) -> Iterator[None]:
    try:
        yield
    except httpx.LocalProtocolError:  # what no request can hold
        raise _lost(maybe_done=False) from None
    except httpx.TransportError as error:
        if trip.sent:
            raise _lost(maybe_done=True) from None
        raise _unsent(error, trip) from None
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        raise BadReplyError(problem("BE-BAD-REPLY", detail=f"({type(error).__name__})")) from None


def _unsent(error: httpx.TransportError, trip: _Trip) -> UnavailableError:
    """The request never left for the server. What a proxy says in its own words is not repeated."""
    strange = _UNTRUSTED in str(error)
    hint = _look_at_proxy() if trip.at_proxy else _look_at_certificates() if strange else ""
    told = problem("BE-UNREACHABLE", detail=_why(error, trip), hint=hint)
    if strange or (isinstance(error, httpx.ProxyError) and str(error).startswith(_WANTS_PASSWORD)):
        return InVainError(told)
    return UnavailableError(told)


def _why(error: httpx.TransportError, trip: _Trip) -> str:
    if _UNTRUSTED in str(error):
        return _("Chứng thư của proxy không được tin cậy.") if trip.at_proxy else _("Chứng thư của máy chủ không được tin cậy.")
    if isinstance(error, httpx.ProxyError):
        return _("Proxy đòi tên và mật khẩu.") if str(error).startswith(_WANTS_PASSWORD) else _("Proxy từ chối.")
    if not trip.at_proxy:
        return ""
    gone = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
    return _("Không tới được proxy.") if gone else _("Proxy không trả lời đúng cách.")


def _look_at_certificates() -> str:
    return _("Máy chủ dùng chứng thư riêng của đơn vị thì đặt: dvc config set ca_file TỆP. Không thì báo người quản trị.")


def _look_at_proxy() -> str:
    return _("Xem thiết lập proxy và biến HTTPS_PROXY, ALL_PROXY.")


def _lost(*, maybe_done: bool) -> UnavailableError:
    return UnavailableError(problem("BE-TIMEOUT-UNKNOWN" if maybe_done else "BE-UNREACHABLE"), maybe_done=maybe_done)
