"""The contract's document and the server, held against each other.

schemathesis draws requests from the document and sends them to a server process: what the document allows is read, and every answer is one
that the document tells of. The contract suite, which uses everything as it is meant to be used, has its answers compared as well.
"""

from __future__ import annotations

import io
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import requests
import schemathesis
import stamina
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi import checks

from dvc_cli.backends import BackendOptions, Network
from dvc_cli.backends.http import HttpBackend, open_backend
from dvc_cli.backends.http_address import read_address
from dvc_cli.backends.http_login import PageLogins
from dvc_cli.backends.http_wire import Reply, Wire
from dvc_cli.backends.sandbox import SandboxBackend
from dvc_cli.clock import SystemClock
from dvc_cli.contract.messages import Call
from dvc_cli.contract.secret import Secret
from dvc_cli.portal.web.house import House
from dvc_cli.portal.web.log import Log
from dvc_cli.testing import pages
from dvc_cli.testing.checking import FAILED, run
from dvc_cli.testing.sample_birth import MOTHER
from dvc_cli.testing.suite import CHECKS
from server.served import ADMIN, serving
from server.test_serving_command import listening, started
from suite.benches import MovableTown

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"
OPERATIONS = {
    found.ok().definition.raw["operationId"]: found.ok() for found in schemathesis.openapi.from_path(DOCUMENT).get_all_operations()
}
CONFORMING = [checks.content_type_conformance, checks.response_headers_conformance, checks.response_schema_conformance]
BROKEN = {500, 502, 503}
FITTING = {"list_dossiers": {400}, "refresh_session": {401}}
"""What no schema can say: a cursor is one that the server gave, a refresh token one of a session."""
DRAWN = settings(
    max_examples=8,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


@dataclass
class Server:
    """A training server in a process of its own: `token` is a citizen's session, `admin` opens the training room."""

    url: str
    admin: str
    token: str
    calls: requests.Session


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, sandbox_seed: Path) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("document") / "home"
    shutil.copytree(sandbox_seed, home)
    log: list[str] = []
    with started(home, "--training") as process, requests.Session() as calls:
        try:
            url, admin = listening(process)
            reader = threading.Thread(target=log.extend, args=(process.stderr,))  # a full pipe would hold the server up
            reader.start()
            calls.trust_env = False
            found = Server(url, admin, _session(url, Secret(admin), home), calls)
            yield found
        finally:
            process.terminate()
            process.wait(timeout=30)
        reader.join(timeout=30)
    told = "".join(log)
    assert '"crash"' not in told
    assert found.token not in told
    assert found.admin not in told


def _session(url: str, admin: Secret, folder: Path) -> str:
    backend = open_backend(BackendOptions(url, folder, SystemClock()))
    person = backend.list_people(admin, MOTHER)[0]
    challenge = backend.begin_vneid_login(MOTHER, Secret(person.vneid_password), share_data=True)
    code = backend.newest_code(admin, "", challenge.id).code
    token = backend.verify_login(challenge.id, Secret(code)).token
    backend.close()
    return token.value


def statuses(server: Server, name: str, mode: GenerationMode, token: str) -> set[int]:
    """Draw requests from the document, hold each answer against it; the statuses that came."""
    operation, seen = OPERATIONS[name], set[int]()
    headers = {"Authorization": f"Bearer {token}"} if token else {}

    @DRAWN
    @given(case=operation.as_strategy(generation_mode=mode))
    def draw(case: Case) -> None:
        answer = case.call(base_url=server.url, session=server.calls, headers=headers)
        seen.add(answer.status_code)
        compare(operation, answer, case)

    draw()
    return seen


def compare(operation: APIOperation, answer: schemathesis.Response, case: Case) -> None:
    """The answer's status stands in the document by number, and its type, headers and body are those that stand there."""
    assert str(answer.status_code) in operation.definition.raw["responses"]
    case.validate_response(answer, checks=CONFORMING)
    if answer.status_code >= 400 and case.method != "HEAD":
        assert answer.headers["content-type"] == ["application/problem+json"]
        assert answer.json()["status"] == answer.status_code


@pytest.mark.parametrize("name", sorted(OPERATIONS.keys() - {"log_out"}))
def test_what_the_document_allows_is_read_and_answered_as_it_says(server: Server, name: str) -> None:
    token = server.admin if "/training/" in OPERATIONS[name].path else server.token
    seen = statuses(server, name, GenerationMode.POSITIVE, token)
    assert not (seen - FITTING.get(name, set())) & {400, 401, *BROKEN}


@pytest.mark.parametrize("name", sorted(OPERATIONS.keys() - {"log_out"}))
def test_what_the_document_does_not_allow_is_answered_as_it_says(server: Server, name: str) -> None:
    token = server.admin if "/training/" in OPERATIONS[name].path else server.token
    assert not statuses(server, name, GenerationMode.NEGATIVE, token) & BROKEN


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_without_a_session_nothing_is_done_that_needs_one(server: Server, name: str) -> None:
    seen = statuses(server, name, GenerationMode.POSITIVE, "")
    assert not seen & BROKEN
    if OPERATIONS[name].definition.raw.get("security") and name != "log_out":  # ending a session that is over is no error
        assert seen == {401}


@dataclass
class Compared:
    """A wire whose answers are held against the document; `wrong` tells of those that differ."""

    inner: Wire
    wrong: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def send(self, call: Call, deadline: float) -> Reply:
        reply = self.inner.send(call, deadline)
        path = call.path.partition("?")[0]
        name, operation, parts = next(
            (name, each, found.groupdict())
            for name, each in OPERATIONS.items()
            if each.method.upper() == call.verb and (found := re.fullmatch(re.sub(r"\{(.*?)\}", r"(?P<\1>[^/]*)", each.path), path))
        )
        answer = httpx.Response(reply.status, headers=dict(reply.headers), content=reply.body, request=httpx.Request(call.verb, "http://x"))
        answer.elapsed = timedelta()
        try:
            compare(operation, schemathesis.Response.from_any(answer), operation.Case(path_parameters=parts))
        except (AssertionError, BaseExceptionGroup) as error:
            self.wrong.append(f"{name} {reply.status}: {error}")
        self.seen.add(f"{name} {reply.status}")
        return reply

    def close(self) -> None:
        self.inner.close()


def test_everything_that_the_contract_suite_is_answered_stands_in_the_document(tmp_path: Path, sandbox_seed: Path) -> None:
    shutil.copytree(sandbox_seed / "data" / "sandbox", tmp_path / "sandbox")
    town, wires = MovableTown(tmp_path / "sandbox"), list[Compared]()
    with (
        stamina.set_testing(True, attempts=4, cap=True),
        serving(House(town.portal, SandboxBackend, Log(io.StringIO()), ADMIN, threads=4)) as url,
    ):

        def client() -> HttpBackend:
            wires.append(Compared(Wire(read_address(url), Network())))
            return HttpBackend(wires[-1], 30, PageLogins(wires[-1], url, 30, town.clock), town.clock)

        verdicts = list(run(CHECKS[: -len(pages.CHECKS)], town.bench(client)))  # those speak as the standards say, not by the document
    town.room.close()
    assert [each for each in verdicts if each.outcome == FAILED] == []
    assert [text for wire in wires for text in wire.wrong] == []
    seen = {text for wire in wires for text in wire.seen}
    assert {"submit_dossier 201", "submit_dossier 409", "list_dossiers 200", "verify_login 422", "get_dossier 404"} <= seen
