"""The http backend before a server that misbehaves: what is tried again, what is told, what never leaves."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from dvc_cli.backends import BackendOptions, Network
from dvc_cli.backends.http import open_backend
from dvc_cli.backends.http_retry import ATTEMPTS
from dvc_cli.backends.http_wire import MOST_BYTES
from dvc_cli.clock import SystemClock
from dvc_cli.contract.backend import Backend
from dvc_cli.contract.faults import fault_of
from dvc_cli.contract.messages import answer_body
from dvc_cli.contract.values import Account, Attachment, Profile, Registration, Secret, Submission
from dvc_cli.errors import BadReplyError, DvcError, RefusedError, SessionError, TooManyTriesError, UnavailableError, problem
from server.scripted import CAPABLE, Scripted, reply, scripted

TOKEN = Secret("bi-mat-cua-phien")
ACCOUNT = Account("092196999001", "TRẦN THỊ MAI PHƯƠNG", "portal", "m2")
PROFILE = Profile("092196999001", "TRẦN THỊ MAI PHƯƠNG", date(1996, 3, 14), "nu")
ACCOUNT_REPLY = reply(200, answer_body(ACCOUNT))
SUBMISSION = Submission("khai-sinh", "1", {}, {}, (), {}, pledge=True)
LOST = b""


@contextmanager
def asking(*replies: bytes) -> Iterator[tuple[Backend, Scripted]]:
    with scripted(replies) as server:
        backend = open_backend(BackendOptions(server.url, Path(), SystemClock(), Network(timeout="20")))
        try:
            yield backend, server
        finally:
            backend.close()


def failure(call: Callable[[], object]) -> DvcError:
    with pytest.raises(DvcError) as error:
        call()
    return error.value


def codes(error: DvcError) -> list[str]:
    return [item.code for item in error.problems]


def fault(error: DvcError, retry_after: str = "", upstream: str = "") -> bytes:
    told = fault_of(error, "c-1", upstream=upstream)
    return reply(told.status, told.body, **({"Retry_After": retry_after} if retry_after else {}))


def test_a_question_is_asked_again_until_it_is_answered() -> None:
    with asking(LOST, reply(503), ACCOUNT_REPLY) as (backend, server):
        assert backend.who_am_i(TOKEN) == ACCOUNT
        assert len(server.asked) == 3


def test_a_question_that_is_never_answered_was_not_carried_out() -> None:
    with asking(LOST) as (backend, server):
        error = failure(lambda: backend.who_am_i(TOKEN))
        assert (codes(error), error.maybe_done, error.exit_code) == (["BE-UNREACHABLE"], False, 5)
        assert len(server.asked) == ATTEMPTS


@pytest.mark.parametrize(
    "call",
    [
        lambda backend: backend.verify_login("ch-1", Secret("042137")),
        lambda backend: backend.begin_login("092196999001", Secret("x")),
        lambda backend: backend.resend_code("ch-1"),
        lambda backend: backend.refresh_session(TOKEN),
        lambda backend: backend.change_password(TOKEN, Secret("x"), Secret("y")),
        lambda backend: backend.begin_registration(Registration("a", "b", "092196999001", "X", date(1996, 3, 14), "0")),
    ],
)
def test_what_must_not_happen_twice_is_sent_once(call: Callable[[Backend], object]) -> None:
    with asking(LOST) as (backend, server):
        error = failure(lambda: call(backend))
        assert (codes(error), error.maybe_done, error.exit_code) == (["BE-TIMEOUT-UNKNOWN"], True, 5)
        assert len(server.asked) == 1


def test_a_dossier_is_sent_again_under_the_same_key() -> None:
    with asking(LOST, fault(RefusedError(problem("BE-REFUSED")))) as (backend, server):
        assert codes(failure(lambda: backend.submit_dossier(TOKEN, SUBMISSION, "khoa-1"))) == ["BE-REFUSED"]
        assert [b"Idempotency-Key: khoa-1" in asked for asked in server.asked] == [True, True]


def test_a_server_that_refuses_before_doing_anything_is_asked_again_even_for_a_code() -> None:
    busy = UnavailableError(problem("BE-UNREACHABLE"))
    with asking(fault(busy, "1"), fault(RefusedError(problem("TK-CREDENTIALS", "password")))) as (backend, server):
        assert codes(failure(lambda: backend.begin_login("092196999001", Secret("x")))) == ["TK-CREDENTIALS"]
        assert len(server.asked) == 2


def test_once_it_may_have_been_carried_out_no_later_failure_says_that_it_was_not() -> None:
    limited = fault(TooManyTriesError(problem("BE-TOO-MANY")), "600")
    for later in (limited, fault(UnavailableError(problem("BE-UNREACHABLE")))):
        with asking(LOST, later) as (backend, _server):
            error = failure(lambda: backend.submit_dossier(TOKEN, SUBMISSION, "khoa-1"))
            assert (codes(error), error.maybe_done) == (["BE-TIMEOUT-UNKNOWN"], True)


def test_a_file_that_was_lost_leaves_no_doubt_about_the_dossier() -> None:
    file = Attachment(1, "ct01", "ct01.pdf", "pdf", "ab" * 32, b"%PDF")
    sent = replace(SUBMISSION, attachments=(file,))
    with asking(reply(404), LOST) as (backend, server):
        error = failure(lambda: backend.submit_dossier(TOKEN, sent, "khoa-1"))
        assert (codes(error), error.maybe_done) == (["BE-UNREACHABLE"], False)
        assert {asked.split(b" ")[0] for asked in server.asked} == {b"HEAD", b"PUT"}


def test_a_limit_is_told_with_its_seconds_and_waited_for_only_when_short() -> None:
    limit = TooManyTriesError(problem("BE-TOO-MANY"))
    with asking(fault(limit, "600")) as (backend, server):
        error = failure(lambda: backend.who_am_i(TOKEN))
        assert isinstance(error, TooManyTriesError)
        assert (error.retry_after, len(server.asked)) == (600, 1)
    with asking(fault(limit, "2"), ACCOUNT_REPLY) as (backend, _server):
        assert backend.who_am_i(TOKEN) == ACCOUNT


def test_the_system_that_is_down_behind_the_server_is_named() -> None:
    with asking(fault(UnavailableError(problem("BE-UNREACHABLE")), upstream="vneid")) as (backend, _server):
        (told,) = failure(lambda: backend.begin_login("092196999001", Secret("x"))).problems
        assert (told.code, told.source, "VNeID" in told.message) == ("BE-UNREACHABLE", "vneid", True)


def test_no_redirect_is_followed_and_no_token_leaves_for_another_host() -> None:
    with scripted([ACCOUNT_REPLY]) as other:
        for status in (301, 302, 307, 308):
            with asking(reply(status, Location=f"{other.url}/v1/account")) as (backend, server):
                assert codes(failure(lambda: backend.who_am_i(TOKEN))) == ["BE-BAD-REPLY"]
                assert len(server.asked) == 1
        assert other.asked == []


@pytest.mark.parametrize(
    "answer",
    [
        reply(200, b"<html>"),
        reply(200, b"{}"),
        reply(200, answer_body(ACCOUNT), Content_Encoding="gzip"),
        reply(200, b" " * (MOST_BYTES + 1)),
        reply(200, b"[" * 100_000),
        reply(418, b"teapot"),
    ],
    ids=["html", "empty", "packed", "endless", "deep", "teapot"],
)
def test_an_answer_that_breaks_the_contract_is_refused_once(answer: bytes) -> None:
    with asking(answer) as (backend, server):
        error = failure(lambda: backend.who_am_i(TOKEN))
        assert isinstance(error, BadReplyError)
        assert (codes(error), error.exit_code, len(server.asked)) == (["BE-BAD-REPLY"], 5, 1)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"{}", "(who_am_i: id_number: missing)"),
        (b"null", "(who_am_i: .: not an object)"),
        (b'{"id_number":"a","full_name":7,"kind":"vneid","assurance":"x"}', "(who_am_i: full_name: not a text)"),
    ],
)
def test_the_operation_and_the_member_that_break_the_contract_are_named(body: bytes, told: str) -> None:
    with asking(reply(200, body)) as (backend, _server):
        (item,) = failure(lambda: backend.who_am_i(TOKEN)).problems
        assert told in item.message


def test_a_reply_that_breaks_off_is_a_lost_one() -> None:
    with asking(ACCOUNT_REPLY[:-5]) as (backend, _server):
        assert codes(failure(lambda: backend.who_am_i(TOKEN))) == ["BE-UNREACHABLE"]
    with asking(reply(201, b'{"id":1}')[:-3]) as (backend, _server):
        error = failure(lambda: backend.submit_dossier(TOKEN, SUBMISSION, "khoa-1"))
        assert (codes(error), error.maybe_done) == (["BE-TIMEOUT-UNKNOWN"], True)


def test_nobody_at_the_address_means_nothing_was_carried_out(tmp_path: Path) -> None:
    with scripted([LOST]) as server:
        url = server.url
    backend = open_backend(BackendOptions(url, tmp_path, SystemClock(), Network(timeout="20")))
    error = failure(lambda: backend.submit_dossier(TOKEN, SUBMISSION, "khoa-1"))
    assert (codes(error), error.maybe_done) == (["BE-UNREACHABLE"], False)
    backend.close()


def test_numbers_of_invented_people_stay_here_unless_the_server_is_for_training() -> None:
    sent = Submission("khai-sinh", "1", {"mother_id_number": "000196000011"}, {}, (), {}, pledge=True)
    with asking(reply(200, CAPABLE)) as (backend, server):
        for call in (
            lambda: backend.find_person(TOKEN, "000196000011"),
            lambda: backend.begin_login("000196000011", Secret("x")),
            lambda: backend.submit_dossier(TOKEN, sent, "khoa-1"),
        ):
            assert codes(failure(call)) == ["A-INVENTED"]
        assert [asked.split(b" ")[1] for asked in server.asked] == [b"/v1/capabilities"]
        assert not any(b"000196000011" in asked for asked in server.asked)


FILE = Attachment(1, "ct01", "ct01.pdf", "pdf", "ab" * 32, b"%PDF")
REGISTRATION = Registration("cong_dan", "thue_bao", "092196999001", "LÊ VÍ DỤ", date(1996, 3, 14), "0900000000")
ANYWHERE: dict[str, Callable[[Backend, str], object]] = {
    "an answer": lambda backend, text: submit(backend, payload={"mother_id_number": text}),
    "a list of rows": lambda backend, text: submit(backend, payload={"heirs": [{"note": ["x", {"y": text}]}]}),
    "a key": lambda backend, text: submit(backend, payload={text: "x"}),
    "a fact": lambda backend, text: submit(backend, facts={"device": {"user": text}}),
    "a reason": lambda backend, text: submit(backend, acknowledge={"KS-D2": f"mẹ là {text} đó"}),
    "a file's name": lambda backend, text: submit(backend, attachments=(replace(FILE, name=f"cccd{text}.jpg"),)),
    "an idempotency key": lambda backend, text: backend.submit_dossier(TOKEN, SUBMISSION, text),
    "a supplement": lambda backend, text: backend.supplement_dossier(TOKEN, "G22.1", replace(SUBMISSION, payload={"a": text}), "khoa-1"),
    "a look-up": lambda backend, text: backend.find_death_notice(TOKEN, text),
    "a look-up of a mother": lambda backend, text: backend.find_birth_notification(TOKEN, "00412.GCS", text),
    "a dossier's code": lambda backend, text: backend.get_dossier(TOKEN, text),
    "a challenge": lambda backend, text: backend.get_challenge(text),
    "a registration": lambda backend, text: backend.begin_registration(replace(REGISTRATION, id_number=text)),
    "an insurance number": lambda backend, text: backend.begin_registration(replace(REGISTRATION, social_insurance_number=text)),
    "an email": lambda backend, text: backend.begin_registration(replace(REGISTRATION, email=f"m{text}@vi-du.vn")),
    "a login": lambda backend, text: backend.begin_vneid_login(text, Secret("x"), share_data=True),
    "a password": lambda backend, text: backend.begin_login("092196999001", Secret(text)),
}
SPELLINGS = (
    "000196000011",
    "000 196 000 011",
    "000.196.000.011",
    "000 - 196 - 000011",
    "０００１９６００００１１",
    "٠٠٠١٩٦٠٠٠٠١١",
    "000196\u200b000011",
    "0\u00a000196000011",
    "000\u2013196\u2013000011",
)


def submit(backend: Backend, **changed: object) -> object:
    return backend.submit_dossier(TOKEN, replace(SUBMISSION, **changed), "khoa-1")


@pytest.mark.parametrize("place", ANYWHERE)
def test_an_invented_number_is_found_wherever_it_stands_and_however_it_is_written(place: str) -> None:
    with asking(reply(200, CAPABLE)) as (backend, server):
        for text in SPELLINGS:
            if not (place == "an idempotency key" and not text.isascii()):  # no header holds such a text
                assert codes(failure(lambda text=text: ANYWHERE[place](backend, text))) == ["A-INVENTED"], text
        assert [asked.split(b" ")[1] for asked in server.asked] == [b"/v1/capabilities"]


def test_the_files_of_such_a_dossier_stay_here_with_it() -> None:
    with asking(reply(200, CAPABLE)) as (backend, server):
        error = failure(lambda: submit(backend, payload={"mother_id_number": "000196000011"}, attachments=(FILE,)))
        assert codes(error) == ["A-INVENTED"]
        assert [asked.split(b" ")[0:2] for asked in server.asked] == [[b"GET", b"/v1/capabilities"]]


@pytest.mark.parametrize(
    "text", ["0001960000112", "1000196000011", "00019600001", "2026-11-09T00:00:00.00+07:00", "G22.99.08-261109-000001", "10.000.000.000"]
)
def test_other_numbers_are_no_invented_people(text: str) -> None:
    with asking(fault(RefusedError(problem("BE-REFUSED")))) as (backend, server):
        assert codes(failure(lambda: submit(backend, payload={"a": text}))) == ["BE-REFUSED"]
        assert len(server.asked) == 1


def test_digits_that_a_program_drew_are_no_person() -> None:
    with asking(fault(RefusedError(problem("BE-REFUSED")))) as (backend, server):
        drawn = replace(FILE, sha256="a000196000011b" + "0" * 50)
        assert codes(failure(lambda: backend.submit_dossier(Secret("000196000011"), SUBMISSION, "f000196000011c"))) == ["BE-REFUSED"]
        failure(lambda: submit(backend, attachments=(drawn,)))
        assert not any(b"capabilities" in asked for asked in server.asked)


def test_the_numbers_of_worked_examples_go_anywhere() -> None:
    with asking(fault(SessionError(problem("TK-SESSION-REVOKED")))) as (backend, server):
        assert codes(failure(lambda: backend.find_person(TOKEN, "092196999001"))) == ["TK-SESSION-REVOKED"]
        assert len(server.asked) == 1


def test_a_list_that_never_ends_is_refused() -> None:
    with asking(reply(200, b'{"items":[],"next":"a"}')) as (backend, server):
        assert codes(failure(lambda: backend.list_dossiers(TOKEN))) == ["BE-BAD-REPLY"]
        assert len(server.asked) == 2


@pytest.mark.parametrize("cursor", ["a&limit=1 /../x?#", "Zm9v+/bar==", "trang 2 – ế"])
def test_a_cursor_is_any_text_and_no_way_to_another_path(cursor: str) -> None:
    first = json.dumps({"items": [], "next": cursor}).encode()
    with asking(reply(200, first), reply(200, b'{"items":[],"next":null}')) as (backend, server):
        assert backend.list_dossiers(TOKEN) == ()
        parts = urlsplit(server.asked[1].split(b" ")[1].decode())
        assert (parts.path, parse_qsl(parts.query)) == ("/v1/dossiers", [("limit", "100"), ("cursor", cursor)])


def test_a_cursor_is_no_longer_than_the_contract_says() -> None:
    with asking(reply(200, json.dumps({"items": [], "next": "a" * 201}).encode())) as (backend, server):
        assert codes(failure(lambda: backend.list_dossiers(TOKEN))) == ["BE-BAD-REPLY"]
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("tag", "sent"), [('"' + "a" * 150 + '"', True), ('W/"abc"', False), ("abc", False), ('"' + "a" * 201 + '"', False), ("", False)]
)
def test_only_a_whole_strong_tag_is_asked_for_again(tag: str, sent: bool) -> None:
    given = reply(200, answer_body(PROFILE), ETag=tag, Connection="close")
    with asking(given) as (backend, server):
        backend.get_profile(TOKEN)
        backend.refresh_profile(TOKEN)
        assert (f"If-Match: {tag}\r\n".encode() in server.asked[1], b"If-Match" in server.asked[1]) == (sent, sent)


def test_what_is_asked_again_meets_no_conflict_with_itself() -> None:
    given = reply(200, answer_body(PROFILE), ETag='"a"', Connection="close")  # else the next call may meet a connection that is gone
    with asking(given, LOST, given) as (backend, server):
        backend.get_profile(TOKEN)
        backend.refresh_profile(TOKEN)
        assert [b"If-Match" in asked for asked in server.asked] == [False, True, False]


def test_a_wait_until_a_time_of_day_is_counted_by_the_clock_of_the_server() -> None:
    times = {"Date": "Mon, 09 Nov 2026 02:30:00 GMT", "Retry_After": "Mon, 09 Nov 2026 02:40:00 GMT"}
    with asking(reply(429, **times)) as (backend, server):
        error = failure(lambda: backend.who_am_i(TOKEN))
        assert (getattr(error, "retry_after", None), len(server.asked)) == (600, 1)
    for told in ("soon", "Mon, 39 Nov 2026 02:40:00 GMT", "-1", "99999999"):
        with asking(reply(429, Date=times["Date"], Retry_After=told)) as (backend, _server):
            assert getattr(failure(lambda: backend.who_am_i(TOKEN)), "retry_after", 0) is None


def test_a_refusal_that_something_in_between_tells_in_json_is_not_tried_again() -> None:
    with asking(reply(403, b'{"message":"Forbidden"}')) as (backend, server):
        error = failure(lambda: backend.submit_dossier(TOKEN, SUBMISSION, "khoa-1"))
        assert (codes(error), "HTTP 403" in error.problems[0].message, len(server.asked)) == (["BE-BAD-REPLY"], True, 1)


def test_an_address_where_something_else_answers_is_told_as_one() -> None:
    for answer in (reply(404, b"<html>"), reply(404, b'{"detail":"Not Found"}'), reply(404), reply(301, Location="https://x.example/")):
        with asking(answer) as (backend, _server):
            (told,) = failure(backend.capabilities).problems
            assert (told.code, "--url" in told.hint) == ("BE-BAD-REPLY", True)


def test_a_packed_page_of_a_proxy_is_judged_by_its_status() -> None:
    with asking(reply(502, b"\x1f\x8b", Content_Encoding="gzip"), ACCOUNT_REPLY) as (backend, _server):
        assert backend.who_am_i(TOKEN) == ACCOUNT
    with asking(reply(200, answer_body(ACCOUNT), Content_Encoding="Identity")) as (backend, _server):
        assert backend.who_am_i(TOKEN) == ACCOUNT


def test_what_is_no_operation_is_no_method() -> None:
    with asking(LOST) as (backend, _server):
        assert not hasattr(backend, "delete_everything")
        with pytest.raises(TypeError):
            backend.now("a")


@pytest.mark.parametrize("text", ["\ud800", "a\udcff"])
def test_a_text_that_cannot_travel_is_refused_here(text: str) -> None:
    with asking(LOST) as (backend, server):
        for call in (
            lambda: backend.get_dossier(TOKEN, text),
            lambda: backend.begin_login("092196999001", Secret(text)),
            lambda: backend.who_am_i(Secret(text)),
        ):
            error = failure(call)
            assert (codes(error), error.exit_code) == (["BE-REFUSED"], 4)
        assert server.asked == []
