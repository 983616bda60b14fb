"""What a server believes about its callers: their own word never, that of the proxies that it was told of."""

from __future__ import annotations

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.served import serving_app

LOOPBACK = "127.0.0.1"


async def who(request: Request) -> Response:
    return JSONResponse([request.client.host if request.client else "", str(request.base_url)])


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")  # a variable that the library would take for an answer


def seen(proxies: tuple[str, ...], forwarded: str) -> tuple[str, str]:
    """The caller's address and the server's own, as a server behind `proxies` sees them."""
    headers = {"X-Forwarded-For": forwarded, "X-Forwarded-Proto": "https", "Host": "tap-huan.example"}
    with serving_app(Starlette(routes=[Route("/", who)]), proxies=proxies) as url:
        address, base = httpx.get(url, headers=headers).json()
    return address, base


@pytest.mark.parametrize("proxies", [(), ("10.84.80.1", "192.0.2.0/24")])
def test_a_caller_that_is_no_proxy_says_nothing_about_itself(proxies: tuple[str, ...]) -> None:
    assert seen(proxies, "203.0.113.7") == (LOOPBACK, "http://tap-huan.example/")


@pytest.mark.parametrize("proxies", [(LOOPBACK, "::1"), ("10.84.80.1", "127.0.0.0/8")])
def test_a_proxy_says_who_called_and_how(proxies: tuple[str, ...]) -> None:
    assert seen(proxies, "203.0.113.7") == ("203.0.113.7", "https://tap-huan.example/")


def test_the_address_is_the_one_that_the_proxy_added_not_the_one_that_its_caller_sent_along() -> None:
    assert seen((LOOPBACK,), "198.51.100.9, 203.0.113.7")[0] == "203.0.113.7"
