"""VNeID by the browser of the counter's machine: code, PKCE, loopback redirect, state, nonce (RFC 6749, 7636, 8252, 9207)."""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import jwt
import pytest

from dvc_cli.contract.oauth import AUTHORIZE_PATH, CLIENT, CODE_GRANT, KEYS_PATH, TOKEN_PATH
from dvc_cli.contract.secret import Secret
from dvc_cli.errors import SessionError
from portal_accounts.small_town import MAI
from server.served import Served
from server.visitor import visit

VERIFIER = "v" * 50
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
BACK = "http://127.0.0.1:40999/callback"
ASKED = {
    "response_type": "code",
    "client_id": CLIENT,
    "redirect_uri": BACK,
    "scope": "openid dossiers",
    "state": "trang-thai-rat-dai",
    "nonce": "mot-lan-rat-dai-01",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}


def open_page(served: Served, **other: str):
    return visit(served, f"{AUTHORIZE_PATH}?{urlencode({**ASKED, **other})}")


def brought_back(page: httpx.Response) -> dict[str, str]:
    assert page.status_code == 303
    assert page.headers["location"].startswith(f"{BACK}?")
    return dict(parse_qsl(urlsplit(page.headers["location"]).query))


def granted(served: Served) -> str:
    visitor = open_page(served)
    visitor.sign_in()
    visitor.send("answer", answer="agree")
    found = brought_back(visitor.page)
    assert (found["state"], found["iss"]) == (ASKED["state"], served.url)
    return found["code"]


def exchange(served: Served, code: str, **other: str) -> httpx.Response:
    form = {"grant_type": CODE_GRANT, "code": code, "redirect_uri": BACK, "client_id": CLIENT, "code_verifier": VERIFIER, **other}
    return httpx.post(f"{served.url}{TOKEN_PATH}", data=form, trust_env=False)


def test_the_browser_brings_a_code_which_becomes_a_session(served: Served):
    given = exchange(served, granted(served)).json()
    assert served.backend().who_am_i(Secret(given["access_token"])).id_number == MAI
    key = jwt.PyJWK(httpx.get(f"{served.url}{KEYS_PATH}", trust_env=False).json()["keys"][0])
    identity = jwt.decode(given["id_token"], key, algorithms=["EdDSA"], audience=CLIENT, issuer=served.url)
    assert (identity["sub"], identity["nonce"]) == (MAI, ASKED["nonce"])


def test_a_code_that_comes_back_ends_the_session_that_it_opened(served: Served):
    code = granted(served)
    token = Secret(exchange(served, code).json()["access_token"])
    assert exchange(served, code).json()["error"] == "invalid_grant"
    with pytest.raises(SessionError):
        served.backend().who_am_i(token)


@pytest.mark.parametrize(
    "other", [{"code_verifier": "w" * 50}, {"redirect_uri": "http://127.0.0.1:40998/callback"}, {"code": "x" * 30}, {"client_id": "khac"}]
)
def test_a_code_is_good_for_who_asked_for_it_alone(served: Served, other: dict[str, str]):
    code = granted(served)
    assert exchange(served, **{"code": code, **other}).status_code in {400, 401}
    assert exchange(served, code).status_code == 200  # a stranger's try takes nothing away


def test_a_code_without_its_verifier_is_nothing(served: Served):
    form = {"grant_type": CODE_GRANT, "code": granted(served), "redirect_uri": BACK, "client_id": CLIENT}
    assert httpx.post(f"{served.url}{TOKEN_PATH}", data=form, trust_env=False).status_code == 400


def test_a_code_is_good_for_a_minute(served: Served):
    code = granted(served)
    served.town.clock.pass_by(seconds=61)
    assert exchange(served, code).json()["error"] == "invalid_grant"


def test_a_device_code_is_no_browsers_code(served: Served):
    from server.test_sign_in_by_device import ask

    with httpx.Client(base_url=served.url, trust_env=False) as counter:
        assert ask(counter, granted(served)).json()["error"] == "invalid_grant"


def test_a_refusal_goes_back_to_who_asked(served: Served):
    visitor = open_page(served)
    visitor.send("answer", answer="refuse")
    found = brought_back(visitor.page)
    assert (found["error"], found["state"], found["iss"]) == ("access_denied", ASKED["state"], served.url)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.vn/callback",
        "http://127.0.0.1/callback",
        "http://127.0.0.1:40999/khac",
        "http://127.0.0.1:40999/callback?x=1",
        "http://127.0.0.1:40999@example.vn/callback",
        "http://localhost:40999/callback",
        "javascript:alert(1)",
        "",
    ],
)
def test_nothing_is_ever_sent_elsewhere(served: Served, elsewhere: str):
    page = open_page(served, redirect_uri=elsewhere).page
    assert page.status_code == 400
    assert "location" not in page.headers
    assert "không hợp lệ" in page.text


def test_another_program_gets_a_page_and_no_answer(served: Served):
    assert open_page(served, client_id="khac").page.status_code == 400


@pytest.mark.parametrize(
    "other",
    [
        {"code_challenge_method": "plain"},
        {"code_challenge": "ngan"},
        {"code_challenge": ""},
        {"state": "ngan"},
        {"nonce": ""},
        {"response_type": "token"},
        {"scope": "openid all"},
        {"prompt": "none"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_a_weaker_request_is_sent_back(served: Served, other: dict[str, str]):
    assert "error" in brought_back(open_page(served, **other).page)


def test_forms_lead_to_this_server_and_back_to_who_asked(served: Served):
    policy = open_page(served).page.headers["content-security-policy"]
    assert "form-action 'self' http://127.0.0.1:40999;" in policy
