"""What every route does with a request before it is worked on, and what every answer carries."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from dvc_cli.contract.messages import CORRELATION_HEADER
from dvc_cli.contract.wire import WireError
from dvc_cli.errors import UnavailableError, problem

SAFE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

_SLOWEST_BODY = 30.0
_CORRELATION = re.compile(r"(?=.*[A-Za-z])[0-9A-Za-z-]{1,80}")  # one of digits alone may be a citizen's number, and it is logged

Endpoint = Callable[[Request], Awaitable[Response]]


def where(error: Exception) -> str:
    """The place of a crash, without any value."""
    from traceback import extract_tb

    frames = extract_tb(error.__traceback__)[-6:]
    return f"{type(error).__name__} < " + " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))


async def body_of(request: Request, most: int) -> bytes:
    """The body of a request. WireError when it is longer than `most` bytes or too slow."""
    parts, size = [], 0
    try:
        async with asyncio.timeout(_SLOWEST_BODY):
            async for part in request.stream():
                size += len(part)
                if size > most:
                    raise WireError("", f"body longer than {most} bytes")
                parts.append(part)
    except TimeoutError as error:
        raise WireError("", "body too slow") from error
    return b"".join(parts)


def given_up(*, begun: bool) -> UnavailableError:
    """What a caller is told whose call a server that ends waits for no longer; one of which not all had arrived was not begun."""
    return UnavailableError(problem("BE-TIMEOUT-UNKNOWN" if begun else "BE-UNREACHABLE", source="portal"), maybe_done=begun)


def correlation_of(request: Request) -> str:
    """The number under which a request is logged: its own, where that can be shown, or a fresh one."""
    given = request.headers.get(CORRELATION_HEADER, "")
    return given if _CORRELATION.fullmatch(given) else secrets.token_hex(8)
