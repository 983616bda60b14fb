"""Real handshakes: who is trusted, who is let in, and that nothing is said before."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from conftest import Dvc
from dvc_cli.backends import BackendOptions, Network
from dvc_cli.backends.http import open_backend
from dvc_cli.backends.http_retry import InVainError
from dvc_cli.clock import SystemClock
from dvc_cli.contract.backend import Backend
from dvc_cli.contract.messages import answer_body
from dvc_cli.contract.values import Account, Secret, Submission
from dvc_cli.errors import DvcError, UnavailableError
from server.papers import Papers
from server.scripted import scripted
from server.served import serving_app
from server.test_serving_command import listening, started

TOKEN = Secret("bi-mat-cua-phien")
ACCOUNT = Account("092196999001", "TRẦN THỊ MAI PHƯƠNG", "portal", "m2")
SUBMISSION = Submission("khai-sinh", "1", {}, {}, (), {}, pledge=True)


class Asked(list[str]):
    """The application of a server that tells who is signed in, or sends on to `elsewhere`; what it was asked stands in the list."""

    def __init__(self, elsewhere: str = "") -> None:
        super().__init__()

        async def answer(request: Request) -> Response:
            self.append(f"{request.method} {request.url.path} {request.headers.get('authorization')}")
            return RedirectResponse(f"{elsewhere}/v1/account") if elsewhere else JSONResponse(None, 200)

        async def account(request: Request) -> Response:
            answered = await answer(request)
            return answered if elsewhere else Response(answer_body(ACCOUNT), media_type="application/json")

        self.app = Starlette(routes=[Route("/v1/account", account), Route("/{path:path}", answer, methods=["GET", "POST"])])


def ask(url: str, network: Network, call: Callable[[Backend], object]) -> object:
    """What a client of its own is answered."""
    backend = open_backend(BackendOptions(url, Path(), SystemClock(), network))
    try:
        return call(backend)
    finally:
        backend.close()


def who_am_i(url: str, network: Network) -> object:
    return ask(url, network, lambda backend: backend.who_am_i(TOKEN))


def refused(url: str, network: Network, call: Callable[[Backend], object] | None = None) -> DvcError:
    """How a submit (or `call`) fails that was never said to anybody."""
    with pytest.raises(UnavailableError) as caught:
        ask(url, network, call or (lambda backend: backend.submit_dossier(TOKEN, SUBMISSION, "khoa-1")))
    error = caught.value
    assert ([item.code for item in error.problems], error.maybe_done, error.exit_code) == (["BE-UNREACHABLE"], False, 5)
    return error


def test_a_server_is_believed_only_by_the_certificate_of_its_host(papers: Papers) -> None:
    asked = Asked()
    with serving_app(asked.app, *papers.issue("here", "127.0.0.1", "localhost")) as url:
        stranger = refused(url, Network())
        assert "không được tin cậy" in stranger.problems[0].message
        assert "dvc config set ca_file" in stranger.problems[0].hint
        assert isinstance(stranger, InVainError), "asked again at once, the certificate would be the same"
        other = trustme.CA()
        other.cert_pem.write_to_path(papers.folder / "other.pem")
        refused(url, Network(ca_file=str(papers.folder / "other.pem")))
        assert asked == []
        for where in (url, url.replace("127.0.0.1", "localhost")):
            assert who_am_i(where, Network(ca_file=papers.ca_file)) == ACCOUNT
    assert asked == [f"GET /v1/account Bearer {TOKEN.value}"] * 2


def test_the_certificate_of_another_host_is_none(papers: Papers) -> None:
    asked = Asked()
    with serving_app(asked.app, *papers.issue("elsewhere", "cong.example")) as url:
        error = refused(url, Network(ca_file=papers.ca_file))
        assert "không được tin cậy" in error.problems[0].message
    assert asked == []


def test_a_certificate_that_is_over_is_none(papers: Papers) -> None:
    from datetime import UTC, datetime

    over = papers.ca.issue_cert("127.0.0.1", not_before=datetime(2020, 1, 1, tzinfo=UTC), not_after=datetime(2020, 2, 1, tzinfo=UTC))
    certificate, key = papers.folder / "over.pem", papers.folder / "over.key"
    over.cert_chain_pems[0].write_to_path(certificate)
    over.private_key_pem.write_to_path(key)
    asked = Asked()
    with serving_app(asked.app, str(certificate), str(key)) as url:
        refused(url, Network(ca_file=papers.ca_file))
    assert asked == []


def test_a_server_that_wants_to_know_the_workstation_is_shown_its_certificate(papers: Papers) -> None:
    asked = Asked()
    with serving_app(asked.app, *papers.issue("here", "127.0.0.1"), client_ca=papers.ca_file) as url:
        forged, forged_key = papers.issue("forged", "quay-7", ca=trustme.CA())
        for network in (
            Network(ca_file=papers.ca_file),
            Network(ca_file=papers.ca_file, client_certificate=forged, client_key=forged_key),
        ):
            refused(url, network, lambda backend: backend.who_am_i(TOKEN))
            # Since TLS 1.3 a client may write before it hears that it is not wanted: of a submit it cannot say that nobody read it.
            with pytest.raises(UnavailableError):
                ask(url, network, lambda backend: backend.submit_dossier(TOKEN, SUBMISSION, "khoa-1"))
        assert asked == []
        certificate, key = papers.issue("client", "quay-7")
        assert who_am_i(url, Network(ca_file=papers.ca_file, client_certificate=certificate, client_key=key)) == ACCOUNT
    assert len(asked) == 1


def test_a_redirect_takes_no_token_to_another_host_nor_out_of_tls(papers: Papers) -> None:
    with scripted([b""]) as plain:
        asked, other = Asked(plain.url), Asked()
        here, there = papers.issue("here", "127.0.0.1"), papers.issue("there", "localhost")
        with serving_app(other.app, *there) as elsewhere:
            on = Asked(elsewhere.replace("127.0.0.1", "localhost"))
            for app in (asked, on):
                with serving_app(app.app, *here) as url:
                    with pytest.raises(DvcError) as caught:
                        who_am_i(url, Network(ca_file=papers.ca_file))
                    assert [item.code for item in caught.value.problems] == ["BE-BAD-REPLY"]
                assert app == [f"GET /v1/account Bearer {TOKEN.value}"]
        assert (plain.asked, other) == ([], [])


def test_the_served_portal_speaks_tls_to_who_trusts_it(dvc: Dvc, papers: Papers) -> None:
    certificate, key = papers.issue("server", "127.0.0.1")
    desk, log = Dvc(dvc.home.parent / "desk"), list[str]()
    with started(dvc.home, "--training", "--certificate", certificate, "--key", key) as server:
        try:
            url, token = listening(server)
            reader = threading.Thread(target=log.extend, args=(server.stderr,))
            reader.start()
            assert url.startswith("https://127.0.0.1:")
            people = ("sandbox", "people", "--url", url)
            away = desk(*people, DVC_ADMIN_TOKEN=token)
            assert (away.exit_code, away.codes) == (5, ["BE-UNREACHABLE"])
            desk("config", "set", "ca_file", papers.ca_file)
            assert desk(*people, DVC_ADMIN_TOKEN=token).data["people"] == dvc("sandbox", "people").data["people"]
        finally:
            server.terminate()
            server.wait(timeout=30)
        reader.join(timeout=30)
    assert "".join(log).count('"event": "call"') == 1
    assert token not in "".join(log)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_certificate_that_cannot_be_used_is_told_before_anything_is_served(dvc: Dvc, papers: Papers, workers: str) -> None:
    certificate, key = papers.issue("server", "127.0.0.1")
    _other, other_key = papers.issue("other", "127.0.0.1")
    no_pem = papers.folder / "no.pem"
    no_pem.write_text("xin chào", encoding="utf-8")
    for given in ((str(papers.folder / "absent.pem"), key), (str(no_pem), key), (certificate, other_key), (certificate, str(no_pem))):
        refused = dvc("sandbox", "serve", "--port", "0", "--workers", workers, "--certificate", given[0], "--key", given[1])
        assert (refused.exit_code, [(item["code"], item["field"]) for item in refused.document["problems"]]) == (
            2,
            [("A-USAGE", "certificate")],
        )
        assert str(papers.folder) not in refused.out + refused.err


def test_several_processes_serve_over_tls(dvc: Dvc, papers: Papers) -> None:
    certificate, key = papers.issue("server", "127.0.0.1")
    server = started(dvc.home, "--training", "--workers", "2", "--certificate", certificate, "--key", key)
    try:
        url, token = listening(server)
        desk = Dvc(dvc.home.parent / "other")
        assert desk("config", "set", "ca_file", papers.ca_file).exit_code == 0
        people = desk("sandbox", "people", "--url", url, DVC_ADMIN_TOKEN=token)
        assert (people.exit_code, len(people.data["people"]) > 100) == (0, True)
    finally:
        server.terminate()
        server.communicate(timeout=30)
    assert server.returncode == 0
