"""The ASGI application: routes from the operation table, health, the front page. One call is worked on in one thread with one portal."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from dvc_cli.contract.faults import fault_of, malformed, unknown_version
from dvc_cli.contract.messages import CORRELATION_HEADER, JSON_TYPE, PROBLEM_TYPE, TRAINING_HEADER
from dvc_cli.contract.operations import MAJOR, OPERATIONS, PREFIX, Operation, raw_argument
from dvc_cli.contract.uploads import MOST_BYTES
from dvc_cli.contract.wire import WireError
from dvc_cli.errors import DvcError, NotFoundError, UnavailableError, problem
from dvc_cli.portal.web.asking import SAFE, Endpoint, body_of, correlation_of, given_up, where
from dvc_cli.portal.web.house import House, Portals
from dvc_cli.portal.web.login_routes import login_routes
from dvc_cli.portal.web.pages import front_page, policy
from dvc_cli.portal.web.serving import Answered, Asked, failed, serve, told

MOST_JSON = 2 * 1024 * 1024

_VERSION = re.compile(r"/v([0-9]{1,6})(/|$)")


def create_app(house: House) -> Starlette:
    """The application; its portals are opened when it starts and closed when it ends."""
    portals = Portals(house)
    workers = ThreadPoolExecutor(house.threads, thread_name_prefix="portal")

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.ready = True
        try:
            yield
        finally:
            app.state.ready = False
            workers.shutdown()
            portals.close()

    routes = [Route(f"{PREFIX}{row.path}", _endpoint(house, portals, workers, row), methods=[row.verb]) for row in OPERATIONS]
    routes += login_routes(house, portals, workers)
    routes += [
        Route("/", _front(house), methods=["GET"]),
        Route("/healthz", _healthy, methods=["GET"]),
        Route("/readyz", _ready(portals, workers), methods=["GET"]),
    ]
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={HTTPException: _lost(house)})
    app.router.redirect_slashes = False
    return app


def _endpoint(house: House, portals: Portals, workers: ThreadPoolExecutor, row: Operation) -> Endpoint:
    async def answer(request: Request) -> Response:
        begun, correlation, asked = time.monotonic(), correlation_of(request), None
        try:
            asked = Asked(
                row=row,
                path={name: str(value) for name, value in request.path_params.items()},
                query=dict(request.query_params),
                headers=dict(request.headers),
                body=await body_of(request, MOST_BYTES if raw_argument(row.name) else MOST_JSON),
                address=request.client.host if request.client else "",
                correlation=correlation,
            )
            answered = await asyncio.get_running_loop().run_in_executor(workers, _work, house, portals, asked)
        except WireError as error:
            answered = told(fault_of(malformed(error), correlation, kind="malformed"))
        except ClientDisconnect:
            answered = Answered(499, b"")
        except asyncio.CancelledError:
            answered = failed(given_up(begun=asked is not None), correlation)
        spent = round((time.monotonic() - begun) * 1000, 1)
        trouble = {"trouble": answered.trouble} if answered.trouble else {}
        house.log.line("call", correlation=correlation, operation=row.name, status=answered.status, ms=spent, **trouble)
        return _response(house, answered, correlation)

    return answer


def _work(house: House, portals: Portals, asked: Asked) -> Answered:
    try:
        with portals.borrow() as portal:
            return serve(house, portal, asked)
    except Exception as error:  # noqa: BLE001 - the last net: a number for the caller, the place in the log, no value anywhere
        house.log.line("crash", correlation=asked.correlation, operation=asked.row.name, where=where(error))
        return told(fault_of(UnavailableError(problem("BE-TIMEOUT-UNKNOWN"), maybe_done=True), asked.correlation))


def _response(house: House, answered: Answered, correlation: str) -> Response:
    headers = {**SAFE, **answered.headers, CORRELATION_HEADER: correlation}
    if house.training:
        headers[TRAINING_HEADER] = "true"
    if answered.status == 401:  # noqa: PLR2004 - HTTP wants the scheme named
        headers["WWW-Authenticate"] = "Bearer"
    kind = PROBLEM_TYPE if answered.problem else JSON_TYPE if answered.body else None
    return Response(answered.body, answered.status, headers, media_type=kind)


def _lost(house: House) -> Callable[[Request, Exception], Response]:
    """Where no route leads: another version of the contract, or nothing that the contract has."""

    def answer(request: Request, _error: Exception) -> Response:
        correlation, version = correlation_of(request), _VERSION.match(request.url.path)
        error: DvcError = NotFoundError(problem("BE-REFUSED", source="http"))
        kind = ""
        if version and int(version[1]) != MAJOR:
            error, kind = unknown_version(f"v{version[1]}"), "version"
        house.log.line("lost", correlation=correlation, status=404)
        return _response(house, told(fault_of(error, correlation, kind=kind)), correlation)

    return answer


def _front(house: House) -> Endpoint:
    async def answer(_request: Request) -> Response:
        return HTMLResponse(front_page(training=house.training), headers={"Content-Security-Policy": policy()})

    return answer


async def _healthy(_request: Request) -> Response:
    return JSONResponse({"status": "ok"}, headers=SAFE)


def _ready(portals: Portals, workers: ThreadPoolExecutor) -> Endpoint:
    def look() -> bool:
        try:
            with portals.borrow() as portal, portal.read() as connection:
                connection.execute("SELECT 1").fetchone()
                portal.now()  # not ready either where the tables have become newer than the program
        except DvcError:
            return False
        return True

    async def answer(request: Request) -> Response:
        ready = request.app.state.ready and await asyncio.get_running_loop().run_in_executor(workers, look)
        return JSONResponse({"status": "ready" if ready else "waiting"}, 200 if ready else 503, headers=SAFE)

    return answer
