"""The operation table covers the protocol, and the committed OpenAPI document is made from it."""

from __future__ import annotations

import inspect
import json
import re
import typing
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from contract.test_wire import DOSSIER, REGISTRATION
from dvc_cli.contract import operations
from dvc_cli.contract.backend import Backend
from dvc_cli.contract.faults import KINDS, error_of, fault_of
from dvc_cli.contract.meanings import explained
from dvc_cli.contract.messages import Page, answer_body, answer_of, call_of, page_body, page_of, values_of
from dvc_cli.contract.openapi import openapi_document
from dvc_cli.contract.operations import OPERATIONS, Operation, operation
from dvc_cli.contract.training import Training
from dvc_cli.contract.values import Secret
from dvc_cli.contract.wire import WireError, members
from dvc_cli.errors import (
    BadReplyError,
    ConflictError,
    DvcError,
    NotFoundError,
    NotSupportedError,
    RefusedError,
    SessionError,
    StoreError,
    TooManyTriesError,
    UnavailableError,
    problem,
)

COMMITTED = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"
STAY_HOME = {"name", "close"}
TOKEN = Secret("bi-mat")


def test_every_method_of_the_protocol_has_a_row() -> None:
    methods = {
        name
        for name, member in vars(Backend).items()
        if not name.startswith("_") and (callable(member) or inspect.isdatadescriptor(member))
    }
    assert {row.name for row in OPERATIONS if row.protocol is Backend} == methods - STAY_HOME


def test_no_class_is_asked_for_strictly_and_answered_with_as_well() -> None:
    """The document holds each class once: read strictly in a request, or open to members that a newer server adds."""
    asked, answered = set[str](), set[str]()
    for path in openapi_document()["paths"].values():
        for row in path.values():
            asked |= named(row.get("requestBody"))
            answered |= named(row["responses"])
    assert {"Submission", "Attachment", "Registration"} <= asked
    assert asked & answered == {"Anything"}


def named(part: object) -> set[str]:
    """The schemas that a part of the document refers to, near and far."""
    schemas = openapi_document()["components"]["schemas"]
    found, waiting = set[str](), re.findall(r"schemas/(\w+)", json.dumps(part))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += re.findall(r"schemas/(\w+)", json.dumps(schemas[name]))
    return found


def test_the_committed_document_is_current() -> None:
    assert json.loads(COMMITTED.read_text(encoding="utf-8")) == openapi_document(), "run scripts/openapi.py"


def test_the_document_tells_every_member_of_every_value() -> None:
    """Tokens included: a member called `token` is no argument."""
    schemas = openapi_document()["components"]["schemas"]
    kinds = {kind for row in OPERATIONS for kind in classes_of(operations.answer(row.name), *operations.arguments(row.name).values())}
    assert {"Session", "Submission", "Dossier", "InventedPerson"} <= {kind.__name__ for kind in kinds}
    for kind in kinds:
        told = schemas[kind.__name__]
        assert [*told["properties"]] == [member.name for member in members(kind)]
        assert told["required"] == [member.name for member in members(kind) if member.required]


def classes_of(*kinds: object) -> set[type]:
    """The value classes that travel as objects, near and far."""
    found, waiting = set[type](), list(kinds)
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and is_dataclass(kind) and kind is not Secret and kind not in found:
            found.add(kind)
            waiting += [member.kind for member in members(kind)]
        waiting += typing.get_args(kind)
    return found


def test_what_the_document_explains_is_a_member() -> None:
    schemas = openapi_document()["components"]["schemas"]
    assert explained() <= {f"{name}.{member}" for name, told in schemas.items() for member in told.get("properties", {})}
    gender = schemas["Profile"]["properties"]["gender"]
    assert (gender["type"], gender["enum"]) == ("string", ["nam", "nu"])
    assert "duoc_tiep_nhan" in schemas["Dossier"]["properties"]["status"]["x-codes"]
    assert "maxItems" in schemas["Capabilities"]["properties"]["logins"]


def test_what_an_answer_of_dvc_may_hold_alone_a_server_may_answer_alone() -> None:
    """Members that `docs/answer.schema.json` closes are closed in the contract's document too."""
    asked = openapi_document()["components"]["schemas"]
    told = json.loads((COMMITTED.parent / "answer.schema.json").read_text(encoding="utf-8"))["$defs"]
    pairs = {"account": "Account", "paper": "PaperLine", "allowance": "AllowanceLine", "profile": "Profile"}
    for name, kind in pairs.items():
        closed = {member: each["enum"] for member, each in told[name]["properties"].items() if "enum" in each}
        assert closed
        assert {member: asked[kind]["properties"][member]["enum"] for member in closed} == closed


def test_the_training_room_is_opened_by_its_administrator_alone() -> None:
    rows = {row["operationId"]: row for path in openapi_document()["paths"].values() for row in path.values()}
    doors = {name: [*row["security"][0]] for name, row in rows.items() if "security" in row}
    assert {name for name, door in doors.items() if door == ["administrator"]} == {
        row.name for row in OPERATIONS if row.protocol is Training
    }
    assert doors["submit_dossier"] == ["session"]


def test_the_document_names_the_failures_that_a_call_may_meet_and_no_others() -> None:
    names = {kind.name for kind in KINDS}
    assert {kind for row in OPERATIONS for kind in row.failures} == names - {"version"}, "that stands in the path, before any operation"
    told = {
        name: documented_failures(name) for name in ("now", "get_profile", "log_out", "begin_login", "list_dossiers", "supplement_dossier")
    }
    assert told == {
        "now": {502, 503},
        "get_profile": {401, 502, 503},
        "log_out": {401, 502, 503},
        "begin_login": {400, 422, 429, 501, 502, 503},
        "list_dossiers": {400, 401, 502, 503},
        "supplement_dossier": {400, 401, 404, 409, 412, 422, 501, 502, 503},
    }


@pytest.mark.parametrize("row", OPERATIONS, ids=lambda row: row.name)
def test_what_a_method_promises_to_raise_stands_in_its_row(row: Operation) -> None:
    promised = set(re.findall(r"\b(\w+Error)\b", row.description))
    assert promised <= {kind.error.__name__ for kind in KINDS if kind.name in row.failures}
    assert "Capability" not in row.description or "not-supported" in row.failures
    assert "efuse" not in row.description or "refused" in row.failures


def documented_failures(name: str) -> set[int]:
    """The statuses of failures that the document lists for an operation; `default` stands beside them."""
    found = next(row for path in openapi_document()["paths"].values() for row in path.values() if row["operationId"] == name)
    return {int(status) for status in found["responses"].keys() - {"default", str(operation(name).status)}}


def test_no_two_operations_answer_the_same_request() -> None:
    assert len({(row.verb, row.path) for row in OPERATIONS}) == len(OPERATIONS)


def test_personal_data_stands_in_no_path() -> None:
    told = {name for row in OPERATIONS for name in operations.path_arguments(row.name)}
    assert told <= {"challenge_id", "code", "sha256"}


def test_what_spends_a_try_or_sends_a_message_is_never_repeated() -> None:
    once = {row.name for row in OPERATIONS if not row.may_repeat}
    assert once >= {
        "begin_registration",
        "resend_code",
        "verify_registration",
        "verify_login",
        "begin_login",
        "begin_vneid_login",
        "set_password",
    }
    assert operation("submit_dossier").may_repeat


def test_a_call_is_read_as_it_was_built() -> None:
    for name, given in {
        "begin_registration": {"registration": REGISTRATION},
        "verify_login": {"challenge_id": "ch/../ế 1", "code": Secret("042137")},
        "begin_vneid_login": {"id_number": "000196000011", "password": Secret("x"), "share_data": True},
        "get_dossier": {"token": TOKEN, "code": "G22.99.08-261109-000001"},
        "put_attachment": {"token": TOKEN, "sha256": "ab", "content": b"%PDF"},
    }.items():
        row = operation(name)
        call = call_of(row, given)
        headers = {key.lower(): value for key, value in call.headers.items()}
        path = {key: str(given[key]) for key in operations.path_arguments(name)}
        assert values_of(row, path, headers, call.body) == given
        assert "/.." not in call.path


@pytest.mark.parametrize("token", ["a\r\nX-Admin: 1", " x", "ế"])
def test_no_token_becomes_a_second_header(token: str) -> None:
    with pytest.raises(WireError):
        call_of(operation("who_am_i"), {"token": Secret(token)})


def test_a_submission_needs_a_key() -> None:
    for headers in ({}, {"idempotency-key": ""}, {"idempotency-key": "x" * 201}):
        with pytest.raises(WireError, match="Idempotency-Key"):
            values_of(operation("submit_dossier"), {}, headers, b"{}")


def test_answers_and_pages_come_back() -> None:
    assert answer_of(operation("get_dossier"), answer_body(DOSSIER)) == DOSSIER
    assert answer_of(operation("log_out"), b"") is None
    listing = operation("list_dossiers")
    assert page_of(listing, page_body(Page((DOSSIER,), "tiep"))) == Page((DOSSIER,), "tiep")
    assert page_of(listing, page_body(Page((), ""))) == Page((), "")
    for broken in (b"[]", b'{"items":{}}', b'{"items":[1]}', b'{"items":[],"next":5}'):
        with pytest.raises(WireError):
            page_of(listing, broken)


ERRORS: tuple[DvcError, ...] = (
    SessionError(problem("TK-SESSION-EXPIRED")),
    NotFoundError(problem("TK-NO-CHALLENGE")),
    ConflictError(problem("BE-CONFLICT")),
    NotSupportedError(problem("TK-METHOD", "method")),
    RefusedError(problem("TK-OTP-WRONG", "otp"), data={"challenge": {"id": "ch-1", "tries_left": 4}}),
    TooManyTriesError(problem("BE-TOO-MANY"), retry_after=60),
    UnavailableError(problem("BE-TIMEOUT-UNKNOWN"), maybe_done=True),
    UnavailableError(problem("BE-UNREACHABLE")),
    BadReplyError(problem("BE-BAD-REPLY")),
)


@pytest.mark.parametrize("error", ERRORS, ids=str)
def test_an_error_comes_back_as_itself(error: DvcError) -> None:
    fault = fault_of(error, "c-1")
    read = error_of(fault.status, fault.body, fault.retry_after)
    assert (type(read), read.problems, read.exit_code) == (type(error), error.problems, error.exit_code)
    assert {**error.data, **read.data} == {**read.data}
    assert getattr(read, "retry_after", None) == getattr(error, "retry_after", None)
    assert getattr(read, "maybe_done", None) == getattr(error, "maybe_done", None)


def test_a_store_that_fails_on_the_server_is_a_server_that_cannot_work() -> None:
    fault = fault_of(StoreError(problem("DK-DISK-FULL")), "c-1")
    read = error_of(fault.status, fault.body, None)
    assert (type(read), [item.code for item in read.problems], read.data["correlation_id"]) == (UnavailableError, ["BE-UNREACHABLE"], "c-1")


def test_the_system_that_is_down_is_named() -> None:
    fault = fault_of(UnavailableError(problem("BE-UNREACHABLE")), "c-1", upstream="sms")
    (told,) = error_of(fault.status, fault.body, None).problems
    assert (told.source, "tổng đài tin nhắn" in told.message) == ("sms", True)


def test_a_code_of_the_server_alone_is_told_in_source_and_hint() -> None:
    body = json.dumps(
        {
            "type": "urn:dvc-cli:problem:refused",
            "problems": [{"code": "M-17", "severity": "error", "field": None, "message": "Bảo trì.", "source": "", "hint": "Đợi."}],
        }
    ).encode()
    (told,) = error_of(422, body, None).problems
    assert (told.code, told.source, told.hint) == ("BE-REFUSED", "M-17", "Bảo trì. Đợi.")


@pytest.mark.parametrize(
    ("kind", "status", "code", "exit_code"),
    [
        ("session", 401, "TK-SESSION-REVOKED", 3),
        ("conflict", 409, "BE-CONFLICT", 4),
        ("stale", 412, "BE-CONFLICT", 4),
        ("not-supported", 501, "BE-NOT-SUPPORTED", 4),
        ("version", 404, "BE-VERSION", 4),
        ("too-many-tries", 429, "BE-TOO-MANY", 5),
        ("bad-reply", 502, "BE-BAD-REPLY", 5),
    ],
)
def test_a_code_of_the_server_alone_changes_nothing_about_the_kind_of_failure(kind: str, status: int, code: str, exit_code: int) -> None:
    item = {"code": "M-17", "severity": "error", "field": None, "message": "Bảo trì.", "source": "", "hint": "Đợi."}
    read = error_of(status, json.dumps({"type": f"urn:dvc-cli:problem:{kind}", "problems": [item]}).encode(), None)
    (told,) = read.problems
    assert (told.code, told.source, told.hint, read.exit_code) == (code, "M-17", "Bảo trì. Đợi.", exit_code)


def test_a_session_that_is_over_is_one_whatever_the_server_calls_it() -> None:
    item = {"code": "BE-REFUSED", "severity": "error", "field": None, "message": "Hết phiên.", "source": "", "hint": ""}
    read = error_of(401, json.dumps({"type": "urn:dvc-cli:problem:session", "problems": [item]}).encode(), None)
    assert (type(read), [told.code for told in read.problems], read.exit_code) == (SessionError, ["TK-SESSION-REVOKED"], 3)


def test_a_kind_that_is_not_known_yet_is_a_refusal_with_its_words() -> None:
    item = {"code": "M-17", "severity": "error", "field": None, "message": "Không.", "source": "", "hint": ""}
    read = error_of(418, json.dumps({"type": "urn:dvc-cli:problem:teapot", "problems": [item]}).encode(), None)
    assert (type(read), read.problems[0].hint) == (RefusedError, "Không.")


def test_problems_that_cannot_be_read_take_nothing_from_what_the_document_says() -> None:
    document = {"type": "urn:dvc-cli:problem:unavailable", "problems": [{"code": "M-17"}], "maybe_done": False}
    read = error_of(503, json.dumps(document).encode(), None)
    assert (type(read), getattr(read, "maybe_done", None)) == (UnavailableError, False)


@pytest.mark.parametrize(
    ("detail", "hint"), [("Hết giờ nhận hồ sơ.", "Hết giờ nhận hồ sơ."), (7, "Đọc lý do kèm theo."), (None, "Đọc lý do kèm theo.")]
)
def test_where_no_problem_is_listed_the_detail_is_the_reason(detail: object, hint: str) -> None:
    document = {"type": "urn:dvc-cli:problem:refused", "title": "x", "status": 422, "detail": detail, "problems": []}
    (told,) = error_of(422, json.dumps(document).encode(), None).problems
    assert (told.code, told.hint) == ("BE-REFUSED", hint)


def test_how_long_to_wait_is_said_where_the_server_says_nothing_else() -> None:
    (told,) = error_of(429, b"", 120).problems
    assert told.hint == "Đợi 120 giây rồi thử lại."


@pytest.mark.parametrize(
    ("status", "body", "kind", "maybe_done"),
    [
        (503, b"<html>down</html>", UnavailableError, True),
        (500, b"", UnavailableError, True),
        (504, b"[]", UnavailableError, True),
        (502, b"<html>bad gateway</html>", UnavailableError, True),
        (404, b"<html>nothing here</html>", BadReplyError, None),
        (404, b'{"detail":"Not Found"}', BadReplyError, None),
        (408, b"", UnavailableError, True),
        (403, b'{"message":"Forbidden"}', BadReplyError, None),
        (400, b'{"message":"Bad Request"}', BadReplyError, None),
        (413, b"<html>too large</html>", RefusedError, None),
        (500, b'{"error":"boom"}', UnavailableError, True),
        (409, b'{"message":"Conflict"}', ConflictError, None),
        (412, b"", ConflictError, None),
        (400, b"", BadReplyError, None),
        (429, b"slow down", TooManyTriesError, None),
        (418, b"teapot", BadReplyError, None),
    ],
)
def test_where_there_is_no_problem_document_the_status_decides(
    status: int, body: bytes, kind: type[DvcError], maybe_done: bool | None
) -> None:
    read = error_of(status, body, None)
    assert (type(read), getattr(read, "maybe_done", None)) == (kind, maybe_done)
    assert read.problems


def test_a_reply_without_a_body_may_say_that_there_is_nothing() -> None:
    assert isinstance(error_of(404, b"", None, bodiless=True), NotFoundError)


def test_the_values_hold_nothing_that_the_codec_does_not_know() -> None:
    for row in OPERATIONS:
        for kind in operations.arguments(row.name).values():
            assert isinstance(kind, type) or fields(kind)
