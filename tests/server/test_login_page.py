"""`dvc login-vneid --qr` and `--browser` against a real server, and the client against answers that break the standard."""

from __future__ import annotations

import base64
import json
import threading
import time
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx
import jwt
import pytest

from conftest import PASSPHRASE, Dvc
from dvc_cli.backends import BackendOptions
from dvc_cli.backends.http import open_backend
from dvc_cli.commands.loopback import Loopback
from dvc_cli.contract.secret import Secret
from dvc_cli.errors import BadReplyError, DvcError, NotFoundError, RefusedError, TooManyTriesError
from dvc_cli.paths import find_paths
from dvc_cli.tokens import open_store
from portal_accounts.small_town import MAI
from server.served import Served, serving_app
from server.visitor import agree, visit


@pytest.fixture
def desk(served: Served, home: Path) -> Dvc:
    return Dvc(home, DVC_BACKEND="http", DVC_URL=served.url)


def test_a_tester_asks_until_the_citizen_agreed(served: Served, desk: Dvc):
    begun = desk("login-vneid", "--qr")
    assert (begun.status, begun.exit_code) == ("pending", 0)
    request = begun.data["vneid_request"]
    assert request["verification_uri_complete"] == f"{served.url}/vneid?user_code={request['user_code']}"
    assert desk("login-vneid", "--qr").data["vneid_request"] == request
    agree(served, request["user_code"])
    done = desk("login-vneid", "--qr")
    assert (done.status, done.data["account"]["kind"]) == ("ok", "vneid")
    assert desk("profile", "show").exit_code == 0
    assert desk("login-vneid", "--qr").data["vneid_request"]["user_code"] != request["user_code"]


def test_a_refusal_ends_the_request(served: Served, desk: Dvc):
    request = desk("login-vneid", "--qr").data["vneid_request"]
    agree(served, request["user_code"], "refuse")
    refused = desk("login-vneid", "--qr")
    assert (refused.exit_code, refused.codes) == (4, ["TK-CONSENT"])
    assert desk("login-vneid", "--qr").data["vneid_request"]["user_code"] != request["user_code"]


def test_a_citizen_who_does_not_agree_at_the_counter_is_sent_nowhere(served: Served, desk: Dvc):
    refused = desk("login-vneid", "--qr", "--set", "consent=false")
    assert (refused.exit_code, refused.codes) == (4, ["TK-CONSENT"])
    assert "oauth_device" not in served.log.getvalue()


def test_an_agreement_is_recorded_once_it_is_known_whose(served: Served, desk: Dvc):
    request = desk("login-vneid", "--qr", "--set", "consent=true").data["vneid_request"]
    assert desk("consent", "show").data["consents"] == []
    agree(served, request["user_code"])
    desk("login-vneid", "--qr", "--set", "consent=true")
    assert [entry["given"] for entry in desk("consent", "show").data["consents"]] == [True]


def test_nothing_secret_is_shown_or_logged(served: Served, desk: Dvc, home: Path):
    first = desk("login-vneid", "--qr", "--verbose")
    agree(served, first.data["vneid_request"]["user_code"])
    second = desk("login-vneid", "--qr", "--verbose")
    shown = first.out + first.err + second.out + second.err
    for file in home.rglob("*"):
        if file.is_file():
            shown += file.read_bytes().decode("utf-8", "replace")
    with served.town.portal.read() as connection:
        hashes = {bytes(row["token_hash"]) for row in connection.execute("SELECT token_hash FROM sessions").fetchall()}
        hashes |= {bytes(row["secret_hash"]) for row in connection.execute("SELECT secret_hash FROM vneid_requests").fetchall()}
    words = set(shown.replace('"', " ").replace("\\", " ").split())
    assert not {word for word in words if served.town.portal.vault.token_hash(word) in hashes}


@pytest.mark.parametrize("words", ["logout --all", "done --all --yes", "done --yes"])
def test_what_waits_for_a_phone_goes_with_who_leaves(served: Served, desk: Dvc, home: Path, words: str):
    def kept() -> list[str]:
        store = open_store("file", find_paths({"DVC_HOME": str(home)}), lambda: PASSPHRASE)
        return [each for each in store.records() if each.startswith("vneid-")]

    elsewhere = Dvc(home, DVC_BACKEND="http", DVC_URL=served.url.replace("127.0.0.1", "localhost"))
    first = desk("login-vneid", "--qr").data["vneid_request"]
    elsewhere("login-vneid", "--qr")
    assert len(kept()) == 2
    assert desk(*words.split()).exit_code == 0
    assert len(kept()) == (0 if "--all" in words else 1)
    assert desk("login-vneid", "--qr").data["vneid_request"]["user_code"] != first["user_code"]


def test_signing_out_asks_for_no_store_that_is_not_there(desk: Dvc, home: Path):
    (home / "data" / "tokens.db").unlink(missing_ok=True)
    assert desk("logout", "--all", DVC_PASSPHRASE="").data == {"ended": 0}
    assert not (home / "data" / "tokens.db").exists()


@pytest.mark.parametrize("words", [("--qr", "--browser")])
def test_one_way_at_a_time(desk: Dvc, words: tuple[str, ...]):
    assert (desk("login-vneid", *words).exit_code, desk("login-vneid", *words).codes) == (2, ["A-USAGE"])


@pytest.mark.parametrize("way", ["--qr", "--browser"])
def test_the_embedded_sandbox_has_no_pages(dvc: Dvc, way: str):
    refused = dvc("login-vneid", way)
    assert (refused.exit_code, refused.codes) == (4, ["BE-NOT-SUPPORTED"])
    assert (refused.document["next"], "dvc login-vneid" in refused.document["problems"][0]["hint"]) == (["dvc login-vneid"], True)


def test_what_waits_needs_a_place_to_wait_in(desk: Dvc):
    refused = desk("login-vneid", "--qr", DVC_TOKEN_STORE="memory")
    assert (refused.exit_code, refused.codes) == (2, ["A-USAGE"])


def test_a_terminal_waits_for_the_citizen(served: Served, home: Path):
    from dvc_cli.commands import login_page

    desk = Dvc(home, DVC_BACKEND="http", DVC_URL=served.url)
    backend = served.backend()
    login = backend.begin_qr_login()
    waited: list[float] = []

    def pause(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 1:  # too soon: the server's clock stands still
            return
        if len(waited) == 3:
            served.town.clock.pass_by(seconds=30)
            agree(served, login.user_code)

    class Desk:
        now = staticmethod(served.town.clock.now)

    session = login_page._wait(Desk(), backend, login, pause)
    assert session.account.id_number == MAI
    assert waited == [2, 2, 7]
    assert desk("whoami").exit_code == 3


def test_nobody_waits_for_ever(served: Served):
    from dvc_cli.commands import login_page

    backend = served.backend()
    login = backend.begin_qr_login()

    class Desk:
        now = staticmethod(served.town.clock.now)

    with pytest.raises(NotFoundError):
        login_page._wait(Desk(), backend, login, lambda seconds: served.town.clock.pass_by(seconds=100 * seconds))


def test_a_browser_signs_in(served: Served, home: Path):
    desk, came = Dvc(home, DVC_BACKEND="http", DVC_URL=served.url), []

    def browse(address: str) -> None:
        page = visit(served, address.removeprefix(served.url))
        page.sign_in()
        page.send("answer", answer="agree")
        back = page.page.headers["location"]
        wrong = back.replace("state=", "state=x")
        came.extend(httpx.get(each, trust_env=False) for each in (back.replace("/callback", "/khac"), wrong, back))

    process = threading.Thread(target=lambda: came.append(desk("login-vneid", "--browser")))
    address = _told_address(desk, process)
    browse(address)
    process.join(timeout=60)
    done = next(each for each in came if not isinstance(each, httpx.Response))
    replies = [each for each in came if isinstance(each, httpx.Response)]
    assert [reply.status_code for reply in replies] == [404, 400, 200]
    assert "ĐÀO TẠO" in replies[-1].text
    assert (done.status, done.data["account"]["kind"]) == ("ok", "vneid")


def _told_address(desk: Dvc, process: threading.Thread) -> str:
    """The address that the command tells; it listens by then."""
    from dvc_cli.commands.deps import Deps

    told: list[str] = []

    class Listening(Deps):
        def tell(self, text: str) -> None:
            told.extend(word for word in text.split() if word.startswith("http"))
            super().tell(text)

    desk.wire = Listening
    process.start()
    end = time.monotonic() + 30
    while not told:
        assert time.monotonic() < end
        process.join(timeout=0.02)
    return told[0]


def test_a_listener_takes_one_answer_and_tells_nothing(capsys: pytest.CaptureFixture[str]):
    with Loopback(training=False) as loopback:
        assert loopback.take("/callback?" + "x" * 9000)[0] == 404
        assert loopback.wait(lambda _answer: False, time.monotonic() - 1) is None
        assert loopback.take("/callback?state=1")[0] == 400
    assert capsys.readouterr() == ("", "")


class Upstream:
    """A server that answers as it is told."""

    def __init__(self) -> None:
        self.device = {"device_code": "d" * 30, "user_code": "BCDF-GHJK", "expires_in": 300, "interval": 2}
        self.token: dict[str, object] = {
            "access_token": "a" * 30,
            "token_type": "Bearer",
            "expires_in": 1800,
            "refresh_token": "r" * 30,
            "refresh_expires_in": 43_200,
        }
        self.status = 200
        self.claims: dict[str, object] = {}
        self.url = ""

    def app(self):
        from starlette.applications import Starlette
        from starlette.responses import JSONResponse
        from starlette.routing import Route

        able = {
            "registration": [],
            "logins": ["vneid_browser", "vneid_qr"],
            "lookups": [],
            "procedures": [],
            "invented_people": True,
            "codes_expire": True,
            "dossier_actions": [],
        }

        async def device(_request):
            page = f"{self.url}/vneid"
            return JSONResponse({"verification_uri": page, "verification_uri_complete": page, **self.device})

        async def token(_request):
            identity = {"id_token": jwt.encode(self.claims, "k" * 32, "HS256")} if self.claims else {}
            return JSONResponse({**self.token, **identity}, self.status)

        async def capabilities(_request):
            return JSONResponse(able)

        async def account(_request):
            return JSONResponse({"id_number": MAI, "full_name": "AI ĐÓ", "kind": "vneid", "assurance": "vneid_2"})

        return Starlette(
            routes=[
                Route("/v1/capabilities", capabilities),
                Route("/v1/account", account),
                Route("/oauth/device_authorization", device, methods=["POST"]),
                Route("/oauth/token", token, methods=["POST"]),
            ]
        )


@pytest.fixture
def upstream(tmp_path: Path):
    from portal_accounts.small_town import MovableClock

    found = Upstream()
    with serving_app(found.app()) as url:
        found.url = url
        found.backend = open_backend(BackendOptions(url, tmp_path, MovableClock()))
        yield found
        found.backend.close()


@pytest.mark.parametrize(
    "other",
    [
        {"verification_uri": "https://example.vn/vneid"},
        {"verification_uri_complete": "http://127.0.0.1:1/vneid"},
        {"user_code": "BC\x1b[2J"},
        {"user_code": "x" * 50},
        {"expires_in": -1},
        {"expires_in": 10**9},
        {"interval": 10**6},
        {"interval": "2"},
        {"device_code": 5},
    ],
    ids=lambda other: next(iter(other)),
)
def test_a_device_answer_that_leads_elsewhere_is_none(upstream: Upstream, other: dict[str, object]):
    upstream.device |= other
    with pytest.raises(BadReplyError):
        upstream.backend.begin_qr_login()


def test_the_member_of_a_device_answer_that_breaks_the_standard_is_named(upstream: Upstream):
    upstream.device["interval"] = "2"
    with pytest.raises(BadReplyError) as told:
        upstream.backend.begin_qr_login()
    assert "(OAuth: device: interval: not int)" in told.value.problems[0].message


@pytest.mark.parametrize(
    ("word", "error"),
    [
        ("slow_down", TooManyTriesError),
        ("access_denied", RefusedError),
        ("expired_token", NotFoundError),
        ("invalid_grant", NotFoundError),
        ("invalid_client", BadReplyError),
        ("\x1b[2J", BadReplyError),
    ],
)
def test_each_word_of_the_standard_has_its_error(upstream: Upstream, word: str, error: type[DvcError]):
    upstream.status, upstream.token = 400, {"error": word}
    with pytest.raises(error) as told:
        upstream.backend.ask_qr_login(Secret("d" * 30))
    assert "\x1b" not in str(told.value.problems)


@pytest.mark.parametrize(
    "other", [{"token_type": "mac"}, {"access_token": ""}, {"expires_in": -5}, {"refresh_expires_in": 10**12}, {"refresh_token": None}]
)
def test_tokens_that_are_none_open_nothing(upstream: Upstream, other: dict[str, object]):
    upstream.token |= other
    with pytest.raises(BadReplyError):
        upstream.backend.ask_qr_login(Secret("d" * 30))


def answered(upstream: Upstream, **other: str):
    login = upstream.backend.begin_browser_login("http://127.0.0.1:5/callback")
    asked = dict(parse_qsl(urlsplit(login.address).query))
    upstream.claims = {"iss": upstream.url, "aud": "dvc", "sub": MAI, "exp": time.time() + 300, "nonce": asked["nonce"], **upstream.claims}
    return login, {"code": "c" * 30, "state": asked["state"], "iss": upstream.url, **other}


def test_a_browsers_answer_opens_a_session(upstream: Upstream):
    session = upstream.backend.end_browser_login(*answered(upstream))
    assert session.account.id_number == MAI
    login, _answer = answered(upstream)
    assert all(secret.value not in repr((session, login)) for secret in (session.token, session.refresh_token, login.verifier, login.state))


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "khác"},
        {"iss": "https://example.vn"},
        {"aud": "khác"},
        {"sub": "000090000012"},
        {"exp": 1000},
        {"exp": None},
        {"nonce": 5},
    ],
    ids=lambda claims: str(claims)[:20],
)
def test_an_identity_of_somebody_else_is_none(upstream: Upstream, claims: dict[str, object]):
    upstream.claims = claims
    with pytest.raises(BadReplyError):
        upstream.backend.end_browser_login(*answered(upstream))


@pytest.mark.parametrize("other", [{"state": "khác"}, {"iss": "https://example.vn"}, {"iss": ""}, {"code": ""}], ids=str)
def test_an_answer_to_another_question_is_none(upstream: Upstream, other: dict[str, str]):
    with pytest.raises(BadReplyError):
        upstream.backend.end_browser_login(*answered(upstream, **other))


def test_a_refusal_in_the_browser_is_one(upstream: Upstream):
    with pytest.raises(RefusedError):
        upstream.backend.end_browser_login(*answered(upstream, error="access_denied", code=""))


def test_an_identity_that_cannot_be_read_is_none(upstream: Upstream):
    login, answer = answered(upstream)
    upstream.claims = {}
    upstream.token["id_token"] = base64.b64encode(json.dumps({"alg": "none"}).encode()).decode()
    with pytest.raises(BadReplyError):
        upstream.backend.end_browser_login(login, answer)
