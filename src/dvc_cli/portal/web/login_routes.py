"""The routes of signing in on a page: the endpoints of OAuth, and the citizen's pages."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from dvc_cli.contract.faults import fault_of, malformed
from dvc_cli.contract.messages import CORRELATION_HEADER, JSON_TYPE, PROBLEM_TYPE, TRAINING_HEADER
from dvc_cli.contract.oauth import AUTHORIZE_PATH, DEVICE_PATH, KEYS_PATH, PAGE_PATH, TOKEN_PATH
from dvc_cli.contract.wire import WireError
from dvc_cli.errors import DvcError, TooManyTriesError, UnavailableError, problem
from dvc_cli.language import speaking
from dvc_cli.lazy_dataclasses import dataclass, field
from dvc_cli.portal import calls
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.web import oauth, vneid_room
from dvc_cli.portal.web.asking import SAFE, Endpoint, body_of, correlation_of, given_up, where
from dvc_cli.portal.web.house import House, Portals
from dvc_cli.portal.web.serving import Answered, failed, told
from dvc_cli.portal.web.vneid_room import Shown

_MOST_FORM = 16 * 1024
_MOST_QUERY = 4 * 1024
_MOST_FIELDS = 30
_PAGE_HEADERS = {"Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin"}
_GONE = 499


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request as the work needs it; `base` is this server's address as its caller knows it."""

    base: str
    query: str = field(repr=False)
    body: str = field(repr=False)
    content_type: str
    address: str = field(repr=False)
    language: str
    correlation: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Content-Type": self.content_type}


_Work = Callable[[House, Portal, _Asked], Response]


def login_routes(house: House, portals: Portals, workers: ThreadPoolExecutor) -> list[Route]:
    """All of them; each call is worked on in one thread with one portal, as those of the contract are."""

    def route(path: str, verb: str, name: str, work: _Work) -> Route:
        return Route(path, _endpoint(house, portals, workers, name, work), methods=[verb])

    return [
        route(DEVICE_PATH, "POST", "oauth_device", _device),
        route(TOKEN_PATH, "POST", "oauth_token", _token),
        route(AUTHORIZE_PATH, "GET", "oauth_authorize", _authorize),
        route(KEYS_PATH, "GET", "oauth_keys", _keys),
        route(PAGE_PATH, "GET", "vneid_page", _first),
        route(PAGE_PATH, "POST", "vneid_step", _step),
    ]


def _endpoint(house: House, portals: Portals, workers: ThreadPoolExecutor, name: str, work: _Work) -> Endpoint:
    async def answer(request: Request) -> Response:
        begun, correlation, asked = time.monotonic(), correlation_of(request), None
        try:
            asked = await _read(request, correlation)
            response = await asyncio.get_running_loop().run_in_executor(workers, _run, house, portals, name, work, asked)
        except WireError as error:
            response = _problem(told(fault_of(malformed(error), correlation, kind="malformed")))
        except ClientDisconnect:
            response = Response(b"", _GONE)
        except asyncio.CancelledError:
            response = _problem(failed(given_up(begun=asked is not None), correlation))
        response.headers.update({**SAFE, CORRELATION_HEADER: correlation})
        if house.training:
            response.headers[TRAINING_HEADER] = "true"
        spent = round((time.monotonic() - begun) * 1000, 1)
        trouble = {"trouble": response.trouble} if isinstance(response, _Failed) and response.trouble else {}
        house.log.line("call", correlation=correlation, operation=name, status=response.status_code, ms=spent, **trouble)
        return response

    return answer


async def _read(request: Request, correlation: str) -> _Asked:
    body = await body_of(request, _MOST_FORM)
    query = request.scope["query_string"]
    if len(query) > _MOST_QUERY:
        raise WireError("", f"query longer than {_MOST_QUERY} bytes")
    try:
        return _Asked(
            base=str(request.base_url).rstrip("/"),
            query=query.decode("ascii"),
            body=body.decode("ascii"),
            content_type=request.headers.get("content-type", "")[:100],
            address=request.client.host if request.client else "",
            language="en" if request.headers.get("accept-language", "").startswith("en") else "vi",
            correlation=correlation,
        )
    except UnicodeDecodeError:
        raise WireError("", "not a form") from None


def _run(house: House, portals: Portals, name: str, work: _Work, asked: _Asked) -> Response:
    try:
        with portals.borrow() as portal:
            return work(house, portal, asked)
    except Exception as error:  # noqa: BLE001 - the last net: a number for the caller, the place in the log, no value anywhere
        house.log.line("crash", correlation=asked.correlation, operation=name, where=where(error))
        return _problem(failed(UnavailableError(problem("BE-TIMEOUT-UNKNOWN"), maybe_done=True), asked.correlation))


def _device(_house: House, portal: Portal, asked: _Asked) -> Response:
    return _machine(portal, asked, lambda: oauth.begin_device(portal, asked.base, asked.body, asked.headers), counted=True)


def _token(_house: House, portal: Portal, asked: _Asked) -> Response:
    # Not counted by address: a waiting counter asks every two seconds, and who asks too soon is slowed down by its code.
    return _machine(portal, asked, lambda: oauth.give_token(portal, asked.base, asked.body, asked.headers), counted=False)


def _keys(_house: House, portal: Portal, asked: _Asked) -> Response:
    return _machine(portal, asked, lambda: oauth.keys(portal), counted=False)


def _machine(portal: Portal, asked: _Asked, work: Callable[[], oauth.Reply], *, counted: bool) -> Response:
    """An endpoint that programs speak to: the standard's errors from the library, ours as problem documents."""
    with speaking(asked.language):
        try:
            if counted:
                calls.count_call(portal, calls.ADDRESS, asked.address)
            reply = work()
        except DvcError as error:
            return _problem(failed(error, asked.correlation))
    return Response(reply.body, reply.status, dict(reply.headers), media_type=JSON_TYPE)


def _first(house: House, _portal: Portal, asked: _Asked) -> Response:
    with speaking("vi"):
        return _shown(vneid_room.first_page(_fields(asked.query).get("user_code", ""), training=house.training))


def _authorize(house: House, portal: Portal, asked: _Asked) -> Response:
    return _page(house, portal, asked, lambda: vneid_room.begin_browser(portal, asked.base, asked.query, training=house.training))


def _step(house: House, portal: Portal, asked: _Asked) -> Response:
    form = _fields(asked.body)
    return _page(house, portal, asked, lambda: vneid_room.take(portal, form, training=house.training))


def _page(house: House, portal: Portal, asked: _Asked, work: Callable[[], Shown]) -> Response:
    """A page that people see: always Vietnamese, counted by address."""
    with speaking("vi"):
        try:
            calls.count_call(portal, calls.ADDRESS, asked.address)
            return _shown(work())
        except DvcError as error:
            response = _shown(vneid_room.refused(error, training=house.training))
            if isinstance(error, TooManyTriesError):
                response.headers["Retry-After"] = str(error.retry_after)
            return response


def _shown(shown: Shown) -> Response:
    if shown.location:
        return RedirectResponse(shown.location, shown.status, _PAGE_HEADERS)
    return HTMLResponse(shown.html, shown.status, {**_PAGE_HEADERS, "Content-Security-Policy": shown.policy})


def _fields(text: str) -> dict[str, str]:
    """The fields of a form; of one that is there twice the last, of one that cannot be read none."""
    try:
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        return {}


class _Failed(Response):
    """A problem document; `trouble` is for the log."""

    trouble = ""


def _problem(answered: Answered) -> Response:
    response = _Failed(answered.body, answered.status, dict(answered.headers), media_type=PROBLEM_TYPE)
    response.trouble = answered.trouble
    return response
