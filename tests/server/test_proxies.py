"""Through the proxies of an office: a proxy learns where, never what; nothing meant for it goes to the server, nor the other way."""

from __future__ import annotations

import base64
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from acceptance.counter import PERSON, PHUONG, Counter
from acceptance.test_nothing_leaks import found_in
from acceptance.test_over_http import frozen
from conftest import NOW, PASSPHRASE, Dvc, Outcome
from dvc_cli.backends import Network
from dvc_cli.backends.sandbox import SandboxBackend
from dvc_cli.clock import FrozenClock, parse_now
from dvc_cli.errors import UnavailableError
from dvc_cli.paths import find_paths
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.web.app import create_app
from dvc_cli.portal.web.house import House
from dvc_cli.tokens import open_store
from server.papers import Papers
from server.recording_proxy import Recorder, recording
from server.served import ADMIN, Lines, serving_app
from server.test_tls import SUBMISSION, TOKEN, ask, refused

HOST = "cong.example"
USER, PASSWORD = "ten-quay", "mat-khau-cua-proxy"
BASIC = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
OURS = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def _no_proxy_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*OURS, *map(str.lower, OURS)):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def proxy() -> Iterator[Recorder]:
    with recording() as recorder:
        yield recorder


@dataclass
class Watched:
    """What the server was shown: the headers of each request."""

    app: ASGIApp
    headers: list[dict[str, str]]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self.headers.append({name.decode(): value.decode() for name, value in scope["headers"]})
        await self.app(scope, receive, send)


@dataclass
class Office:
    """A desk, the server that it speaks to, and what was said: every run, every header that came to the server, its log, its secrets."""

    desk: Counter
    port: int
    headers: list[dict[str, str]]
    log: Lines
    runs: list[Outcome] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)

    def run(self, *words: str, answers: object = None) -> Outcome:
        """One command of the citizen's case; its tokens are remembered."""
        outcome = self.desk(*words, "--verbose", answers=answers)
        self.runs.append(outcome)
        self.secrets |= set(tokens(self.desk))
        return outcome

    def whole_case(self) -> None:
        """Sign in with VNeID, look at the profile, file case A, list it, sign out."""
        password = str(self.desk.person(PHUONG)["vneid_password"])
        self.secrets |= {password, PASSWORD, BASIC, PASSPHRASE}
        assert self.run("login-vneid", answers={"id_number": PHUONG, "password": password}).status == "pending"
        code = self.desk.code()
        self.secrets |= {code, ADMIN.value}
        assert self.run("verify-otp", answers={"otp": code}).exit_code == 0
        assert self.run("profile", "show").exit_code == 0
        filed = self.desk.file("--verbose")
        self.runs.append(filed)
        assert filed.exit_code == 0, filed.document
        assert len(self.run("ho-so", "list").data["dossiers"]) == 1
        assert self.run("logout", "--all").exit_code == 0

    def logs(self) -> bytes:
        """What this workstation wrote down in the clear."""
        return b"".join(path.read_bytes() for path in (self.desk.home / "logs").iterdir())


def tokens(desk: Dvc) -> Iterable[str]:
    paths = find_paths({"DVC_HOME": str(desk.home)})
    if (paths.data / "tokens.db").exists():
        store = open_store("file", paths, lambda: PASSPHRASE)
        tables = [json.loads(store.get(record) or "{}") for record in store.records() if record.startswith("session-")]
        yield from (table[key] for table in tables for key in ("token", "refresh"))


@contextmanager
def office(tmp_path: Path, seed: Path, certificate: tuple[str, str], where: str) -> Iterator[Office]:
    """A desk before a training server; `where` is the server's address, with PORT for its port."""
    shutil.copytree(seed / "data" / "sandbox", tmp_path / "server")
    (tmp_path / "desk").mkdir()
    headers, lines = list[dict[str, str]](), Lines()
    house = House(lambda: Portal(tmp_path / "server", FrozenClock(parse_now(NOW))), SandboxBackend, lines.log, ADMIN, threads=2)
    app = create_app(house)
    app.add_middleware(Watched, headers=headers)
    with serving_app(app, *certificate) as url:
        port = urlsplit(url).port or 0
        desk = Counter(tmp_path / "desk", DVC_BACKEND="http", DVC_URL=where.replace("PORT", str(port)), DVC_ADMIN_TOKEN=ADMIN.value)
        desk.wire = frozen(NOW)
        if certificate:
            assert desk("config", "set", "ca_file", str(tmp_path / "ca.pem")).exit_code == 0
        yield Office(desk, port, headers, lines)


@pytest.fixture
def by_name(tmp_path: Path, sandbox_seed: Path, papers: Papers, proxy: Recorder) -> Iterator[Office]:
    """A server whose name only the proxy can resolve."""
    with office(tmp_path, sandbox_seed, papers.issue("server", HOST), f"https://{HOST}:PORT") as made:
        proxy.goal = made.port
        yield made


def write_setting(desk: Dvc, name: str, value: str) -> None:
    """As a person does who edits the file."""
    path = desk.home / "config" / "config.toml"
    path.write_text(path.read_text(encoding="utf-8") + f'{name} = "{value}"\n', encoding="utf-8")


@pytest.mark.parametrize("told_by", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "proxy"])
def test_a_proxy_sees_where_the_desk_goes_and_nothing_else(
    by_name: Office, proxy: Recorder, told_by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if told_by == "proxy":
        write_setting(by_name.desk, "proxy", proxy.url(f"{USER}:{PASSWORD}"))
        monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    else:
        monkeypatch.setenv(told_by, proxy.url(f"{USER}:{PASSWORD}"))
    by_name.whole_case()
    goal = f"{HOST}:{by_name.port}"
    asked = {"CONNECT {goal} HTTP/1.1", "Host: {goal}", "Accept: */*", f"Proxy-Authorization: Basic {BASIC}"}
    for head in proxy.heads:
        assert set(head.decode().strip().split("\r\n")) == {line.format(goal=goal) for line in asked}
    assert len(by_name.secrets) >= 8
    assert found_in(proxy.seen(), (by_name.secrets - {BASIC}) | {PHUONG, PERSON["phone"], PERSON["full_name"], "/v1/"}) == []
    assert b"proxy" not in proxy.through.lower()
    shown = {header.get("authorization", "") for header in by_name.headers}
    assert shown >= {"", f"Bearer {ADMIN.value}"}
    assert len(shown) == 3, "nothing, the administrator's token, the session's"
    assert not [header for header in by_name.headers if "proxy-authorization" in header]
    assert found_in(str(by_name.headers).encode(), (PASSWORD, BASIC)) == []


def test_no_log_of_either_side_holds_a_secret_afterwards(by_name: Office, proxy: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy.url(f"{USER}:{PASSWORD}"))
    by_name.whole_case()
    assert by_name.log.getvalue().count('"event": "call"') > 10
    people = (PHUONG, PERSON["full_name"], PERSON["phone"])
    assert found_in(by_name.log.getvalue().encode(), (*by_name.secrets, *people)) == []
    assert b'"event": "call"' in by_name.logs()
    assert found_in(by_name.logs(), (*by_name.secrets, *people)) == []
    for outcome in by_name.runs:
        assert found_in(outcome.out.encode(), by_name.secrets) == []
        assert found_in(outcome.err.encode(), (*by_name.secrets, *people)) == []
    audit = by_name.desk.plain("audit", "list", "--json", "--no-input")
    assert "sign_in" in audit.out
    assert found_in(audit.out.encode(), (*by_name.secrets, *people)) == []


def test_a_host_that_is_excepted_is_reached_directly(
    tmp_path: Path, sandbox_seed: Path, papers: Papers, proxy: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """0.0.0.0 reaches this machine, but is none of its loopback addresses."""
    monkeypatch.setenv("HTTPS_PROXY", proxy.url())
    with office(tmp_path, sandbox_seed, papers.issue("server", "0.0.0.0"), "https://0.0.0.0:PORT") as made:
        proxy.goal = made.port
        assert made.desk("sandbox", "people").exit_code == 0
        assert len(proxy.heads) == 1
        monkeypatch.setenv("NO_PROXY", "may-khac.example,0.0.0.0")
        made.whole_case()
        assert len(proxy.heads) == 1


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_nothing_for_this_very_machine_goes_through_a_proxy(
    tmp_path: Path, sandbox_seed: Path, papers: Papers, proxy: Recorder, scheme: str, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in OURS[:3]:
        monkeypatch.setenv(name, proxy.url())
    certificate = papers.issue("server", host) if scheme == "https" else ()
    with office(tmp_path, sandbox_seed, certificate, f"{scheme}://{host}:PORT") as made:
        proxy.goal = made.port
        made.whole_case()
        (made.desk.home / "config").mkdir(exist_ok=True)
        (made.desk.home / "config" / "config.toml").touch()
        write_setting(made.desk, "proxy", proxy.url())
        assert made.desk("sandbox", "people").exit_code == 0
    assert proxy.seen() == b""


def test_plain_http_to_another_machine_goes_nowhere(dvc: Dvc, proxy: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in OURS[:3]:
        monkeypatch.setenv(name, proxy.url())
    outcome = dvc("login-vneid", "--backend", "http", "--url", f"http://{HOST}", answers={"id_number": PHUONG, "password": "x"})
    assert (outcome.exit_code, outcome.codes, proxy.heads) == (2, ["A-USAGE"], [])


BROKEN = {
    "wants a password": (
        b"HTTP/1.1 407 mat-khau-cua-proxy\r\nProxy-Authenticate: Basic realm=q\r\nContent-Length: 0\r\n\r\n",
        "Proxy đòi tên",
    ),
    "cannot reach it": (b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nmay", "Proxy từ chối."),
    "sends on": (b"HTTP/1.1 302 Found\r\nLocation: https://khac.example/\r\nContent-Length: 0\r\n\r\n", "Proxy từ chối."),
    "hangs up": (b"", "Proxy không trả lời đúng cách."),
    "speaks something else": (b"\x00\xff220 mail.example ESMTP\r\n\r\n", "Proxy không trả lời đúng cách."),
    "hangs up after its yes": (b"HTTP/1.1 200 OK\r\n\r\n", ""),
    "answers for the server": (b"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", ""),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_proxy_that_does_not_let_through_is_told_and_nothing_was_sent(
    by_name: Office, proxy: Recorder, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy.url(f"{USER}:{PASSWORD}"))
    assert by_name.desk.sign_in_vneid(PHUONG).exit_code == 0
    by_name.secrets |= {*tokens(by_name.desk), PASSWORD, BASIC, PASSPHRASE}
    proxy.heads.clear()
    proxy.through.clear()
    by_name.headers.clear()
    proxy.answer, said = BROKEN[how]
    error = refused(by_name.desk.extra["DVC_URL"], Network(ca_file=str(by_name.desk.folder / "ca.pem")))
    assert said in error.problems[0].message
    filed = by_name.desk.file("--verbose")
    assert (filed.exit_code, filed.codes) == (5, ["BE-UNREACHABLE"])
    assert (filed.data["outbox"]["state"], filed.data["outbox"]["tries"]) == ("queued", 0)
    (told,) = filed.document["problems"]
    assert said in told["message"]
    assert ("HTTPS_PROXY" in told["hint"]) is bool(said)
    lost = by_name.desk("login-vneid", "--verbose", answers={"id_number": PHUONG, "password": "Mat-Khau-9!"})
    assert (lost.exit_code, lost.codes) == (5, ["BE-UNREACHABLE"])
    assert by_name.headers == []
    assert b"".join(proxy.heads).count(b"CONNECT ") == len(proxy.heads)
    for shown in (filed.out, filed.err, lost.out, lost.err, by_name.logs().decode(), proxy.seen().decode()):
        assert found_in(shown.encode(), (by_name.secrets | {"Mat-Khau-9!"}) - ({BASIC} if "CONNECT" in shown else set())) == []
    proxy.answer = None
    assert by_name.desk("outbox", "send", filed.data["draft"]["id"]).data["sent"] == 1


def test_a_password_that_a_proxy_does_not_take_is_shown_to_it_once(papers: Papers, proxy: Recorder) -> None:
    proxy.answer = BROKEN["wants a password"][0]
    refused(f"https://{HOST}", Network(ca_file=papers.ca_file, proxy=proxy.url(f"{USER}:{PASSWORD}")))
    assert len(proxy.heads) == 1


def test_a_proxy_that_is_away_is_told_as_what_it_is(papers: Papers) -> None:
    with recording() as gone:
        pass
    error = refused(f"https://{HOST}", Network(ca_file=papers.ca_file, proxy=gone.url()))
    assert "Không tới được proxy." in error.problems[0].message


def test_an_encrypted_proxy_is_believed_by_its_certificate_only(papers: Papers) -> None:
    app = Starlette()
    with serving_app(app, *papers.issue("proxy", "127.0.0.1")) as url:
        error = refused(f"https://{HOST}", Network(ca_file=papers.ca_file, proxy=url.replace("https://", f"https://{USER}:{PASSWORD}@")))
    assert "Chứng thư của proxy không được tin cậy." in error.problems[0].message


def test_a_tunnel_that_breaks_under_a_request_leaves_it_open_whether_it_arrived(papers: Papers, proxy: Recorder) -> None:
    async def break_off(_request: Request) -> Response:
        proxy.cut()
        return Response()

    app = Starlette(routes=[Route("/{path:path}", break_off, methods=["GET", "POST"])])
    with serving_app(app, *papers.issue("server", HOST)) as url:
        proxy.goal = urlsplit(url).port or 0
        network = Network(ca_file=papers.ca_file, proxy=proxy.url())
        with pytest.raises(UnavailableError) as caught:
            ask(f"https://{HOST}", network, lambda backend: backend.submit_dossier(TOKEN, SUBMISSION, "khoa-1"))
    assert ([item.code for item in caught.value.problems], caught.value.maybe_done) == (["BE-TIMEOUT-UNKNOWN"], True)


LOOKING = [("backend", "show"), ("doctor",), ("config", "list"), ("backend", "list"), ("login-vneid",), ("ho-so", "list"), ("today",)]


@pytest.mark.parametrize(
    "address",
    [
        "http://NAME@127.0.0.1:PORT",
        "NAME@127.0.0.1:PORT",
        "socks5://NAME@127.0.0.1:PORT",
        "http://NAME@127.0.0.1:khong-so",
        "http://NAME@[",
    ],
)
@pytest.mark.parametrize("told_by", ["HTTPS_PROXY", "proxy"])
def test_the_password_in_a_proxys_address_is_never_shown_or_written(
    by_name: Office, proxy: Recorder, address: str, told_by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy.answer = BROKEN["wants a password"][0]
    set_to = address.replace("NAME", f"{USER}:{PASSWORD}").replace("PORT", str(proxy.port))
    if told_by == "proxy":
        write_setting(by_name.desk, "proxy", set_to)
    else:
        monkeypatch.setenv("HTTPS_PROXY", set_to)
    for words in LOOKING:
        for way in (("--json",), ()):
            shown = by_name.desk.plain(*words, "--no-input", "--verbose", *way)
            assert found_in((shown.out + shown.err).encode(), (PASSWORD, BASIC)) == [], words
    checked = by_name.desk("doctor")
    assert checked.exit_code in {2, 5}
    assert checked.codes == ["BE-UNREACHABLE" if checked.exit_code == 5 else "A-USAGE"]
    files = [path for path in by_name.desk.home.rglob("*") if path.is_file() and path.name != "config.toml"]
    assert [path.name for path in files if found_in(path.read_bytes(), (PASSWORD, BASIC))] == []


@pytest.mark.parametrize("address", [f"http://{USER}:{PASSWORD}@127.0.0.1:3128", f"{USER}:{PASSWORD}@127.0.0.1:3128"])
def test_the_password_of_a_proxy_is_not_taken_from_the_command_line(dvc: Dvc, address: str) -> None:
    for way in (("--json",), ()):
        refused_ = dvc.plain("config", "set", "proxy", address, "--no-input", *way)
        assert refused_.exit_code == 2
        assert PASSWORD not in refused_.out + refused_.err
    assert not (dvc.home / "config" / "config.toml").exists()
    named = dvc("config", "set", "proxy", f"http://{USER}@127.0.0.1:3128")
    assert (named.exit_code, named.data["setting"]["value"]) == (0, "http://***@127.0.0.1:3128")
    assert re.search(rf"{USER}@127", (dvc.home / "config" / "config.toml").read_text(encoding="utf-8"))
