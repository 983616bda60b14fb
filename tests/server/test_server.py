"""The reference server over a real socket: the contract, its limits, and what it never tells."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest

from dvc_cli.contract.messages import etag_of
from dvc_cli.contract.oauth import CLIENT, DEVICE_PATH
from dvc_cli.contract.uploads import MOST_BYTES
from dvc_cli.contract.values import Secret
from dvc_cli.contract.wire import MOST_ITEMS, MOST_TEXT
from dvc_cli.errors import ConflictError, DvcError, NotFoundError, RefusedError, SessionError, TooManyTriesError
from dvc_cli.language import set_language
from dvc_cli.portal.people import find_person
from portal_accounts.small_town import LINH, MAI, MAI_PHONE, NOBODY, PASSWORD
from server.served import ADMIN, Served, running

NEW = Secret("Moi-Bong8-tim!")


def codes(error: pytest.ExceptionInfo[DvcError]) -> list[str]:
    return [item.code for item in error.value.problems]


def test_an_account_from_registration_to_sign_out(served: Served) -> None:
    backend, town = served.backend(), served.town
    begun = backend.begin_registration(town.registration())
    assert begun.sent_at == town.clock.now()
    assert backend.get_challenge(begun.id) == begun
    with pytest.raises(RefusedError) as wrong:
        backend.verify_registration(begun.id, town.wrong(begun))
    assert (codes(wrong), wrong.value.data["challenge"]["tries_left"]) == (["TK-OTP-WRONG"], 4)
    town.clock.pass_by(seconds=30)
    again = backend.resend_code(begun.id)
    account = backend.set_password(backend.verify_registration(again.id, town.code(again)).value, PASSWORD)
    login = backend.begin_login(MAI, PASSWORD)
    session = backend.verify_login(login.id, town.code(login))
    assert backend.who_am_i(session.token) == account == session.account
    backend.change_password(session.token, PASSWORD, NEW)
    renewed = backend.refresh_session(session.refresh_token)
    assert backend.get_profile(renewed.token).full_name == "NGUYỄN THỊ MAI HOÀ"
    assert "ethnicity" in backend.refresh_profile(renewed.token).verified
    assert backend.find_person(renewed.token, LINH) == find_person(town.portal, LINH)
    assert backend.find_birth_notification(renewed.token, "00412.GCS.99901.26", MAI).birth_date == date(2026, 11, 2)
    backend.log_out(renewed.token)
    with pytest.raises(SessionError) as over:
        backend.get_profile(renewed.token)
    assert codes(over) == ["TK-SESSION-REVOKED"]


def test_an_expired_session_is_told_as_such(served: Served) -> None:
    backend = served.backend()
    token = served.sign_in(backend)
    served.town.clock.pass_by(days=2)
    with pytest.raises(SessionError) as over:
        backend.who_am_i(token)
    assert (codes(over), over.value.exit_code) == (["TK-SESSION-EXPIRED"], 3)


def test_a_refusal_reads_the_same_as_in_the_sandbox_itself(served: Served) -> None:
    cases: tuple[Callable[[object], object], ...] = (
        lambda backend: backend.begin_registration(served.town.registration(full_name="AI KHÁC", birth_date=date(1990, 1, 1))),
        lambda backend: backend.begin_registration(served.town.registration(method="sim_ky_so")),
        lambda backend: backend.begin_vneid_login(NOBODY, PASSWORD, share_data=True),
        lambda backend: backend.begin_vneid_login(LINH, PASSWORD, share_data=True),
        lambda backend: backend.get_challenge("ch-khong-co"),
        lambda backend: backend.set_password(Secret("x"), PASSWORD),
        lambda backend: backend.get_dossier(served.sign_in(served.backend()), "G22.99.08-261109-000001"),
    )
    from dvc_cli.backends.sandbox import SandboxBackend

    here, there = SandboxBackend(served.town.portal), served.backend()
    for call in cases:
        for lang in ("vi", "en"):
            set_language(lang)
            with pytest.raises(DvcError) as embedded:
                call(here)
            with pytest.raises(DvcError) as remote:
                call(there)
            assert type(remote.value) is type(embedded.value)
            assert remote.value.problems == embedded.value.problems
            assert remote.value.data == embedded.value.data


def test_a_profile_that_changed_meanwhile_is_not_refreshed_over(served: Served) -> None:
    first, second = served.backend(), served.backend()
    token = served.sign_in(first)
    first.get_profile(token)
    second.refresh_profile(token)
    with pytest.raises(ConflictError) as conflict:
        first.refresh_profile(token)
    assert (codes(conflict), conflict.value.exit_code) == (["BE-CONFLICT"], 4)
    first.get_profile(token)
    first.refresh_profile(token)


def test_a_tag_is_that_of_what_was_answered(served: Served) -> None:
    token = served.sign_in(served.backend())
    reply = httpx.get(f"{served.url}/v1/profile", headers={"Authorization": f"Bearer {token.value}"})
    assert reply.headers["etag"] == etag_of(reply.content)


def test_a_file_is_kept_for_its_owner_under_its_hash(served: Served) -> None:
    backend = served.backend()
    token = served.sign_in(backend)
    digest = hashlib.sha256(b"%PDF to khai").hexdigest()
    with pytest.raises(NotFoundError):
        backend.has_attachment(token, digest)
    with pytest.raises(RefusedError):
        backend.put_attachment(token, digest, b"khac")
    backend.put_attachment(token, digest, b"%PDF to khai")
    backend.has_attachment(token, digest)
    with pytest.raises(NotFoundError):
        backend.has_attachment(served.sign_in(backend, "000088000015"), digest)
    assert httpx.put(f"{served.url}/v1/attachments/{'0' * 64}", content=b"x" * (MOST_BYTES + 1)).status_code == 400


def test_another_version_is_refused_by_name(served: Served) -> None:
    reply = httpx.get(f"{served.url}/v2/capabilities")
    assert (reply.status_code, reply.headers["content-type"]) == (404, "application/problem+json")
    assert reply.json()["problems"][0]["code"] == "BE-VERSION"


def test_a_call_carries_its_number_through(served: Served) -> None:
    reply = httpx.get(f"{served.url}/v1/now", headers={"X-Correlation-ID": "quay-7"})
    assert reply.headers["x-correlation-id"] == "quay-7"
    assert '"correlation": "quay-7"' in served.log.getvalue()
    for other in ("a b", MAI, "0900-000-001"):
        assert httpx.get(f"{served.url}/v1/now", headers={"X-Correlation-ID": other}).headers["x-correlation-id"] != other
    assert MAI not in served.log.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{}", b"[]", b'{"subject":"cong_dan"}', b"\xff", b"[" * 200_000, b'{"a":1}' * 2, b"x" * 3_000_000),
        json.dumps({"id_number": "0" * (MOST_TEXT + 1), "password": "x"}).encode(),
    ],
    ids=lambda body: repr(body[:10]),
)
def test_a_hostile_body_is_refused_with_a_problem(served: Served, body: bytes) -> None:
    for path in ("registrations", "logins"):
        reply = httpx.post(f"{served.url}/v1/{path}", content=body)
        assert (reply.status_code, reply.headers["content-type"]) == (400, "application/problem+json")


def test_an_address_that_calls_too_often_waits(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dvc_cli.portal.calls.call_limit", lambda kind, on: 3)
    backend = served.backend()
    for _time in range(3):
        with pytest.raises(NotFoundError):
            backend.begin_vneid_login(NOBODY, PASSWORD, share_data=True)
    with pytest.raises(TooManyTriesError) as error:
        backend.begin_vneid_login(NOBODY, PASSWORD, share_data=True)
    assert (error.value.retry_after, error.value.exit_code) == (60, 5)
    served.town.clock.pass_by(minutes=1)
    with pytest.raises(NotFoundError):
        backend.begin_vneid_login(NOBODY, PASSWORD, share_data=True)


def test_look_ups_of_one_account_are_limited_for_that_account_only(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = served.backend()
    mine, other = served.sign_in(backend), served.sign_in(backend, "000088000015")
    monkeypatch.setattr("dvc_cli.portal.calls.call_limit", lambda kind, on: 2)
    for _time in range(2):
        backend.find_person(mine, LINH)
    with pytest.raises(TooManyTriesError):
        backend.find_person(mine, LINH)
    assert backend.find_person(other, LINH)


def test_the_training_room_opens_for_the_administrator_only(served: Served) -> None:
    backend = served.backend()
    challenge = backend.begin_registration(served.town.registration())
    assert backend.newest_code(ADMIN, MAI_PHONE, "").code == served.town.code(challenge).value
    assert backend.list_people(ADMIN, MAI)[0].vneid_password == served.town.vneid_password(MAI).value
    assert backend.list_messages(ADMIN, MAI_PHONE)[0].challenge_id == challenge.id
    for token in (Secret(""), Secret("doan-mo"), served.sign_in(backend)):
        with pytest.raises(SessionError):
            backend.newest_code(token, MAI_PHONE, "")


def test_of_very_many_messages_the_newest_thousand_are_told(served: Served) -> None:
    backend = served.backend()
    backend.begin_registration(served.town.registration())
    with served.town.portal.write() as connection:
        for _time in range(12):
            connection.execute(
                "INSERT INTO messages (phone, sent_at, challenge_id, box) SELECT phone, sent_at, challenge_id, box FROM messages"
            )
        newest = connection.execute("SELECT max(number) AS newest FROM messages").fetchone()["newest"]
    assert newest > MOST_ITEMS
    assert [message.number for message in backend.list_messages(ADMIN, "")] == list(range(newest, newest - 1000, -1))


def test_a_training_server_says_so_everywhere(served: Served) -> None:
    page = httpx.get(served.url)
    assert "ĐÀO TẠO" in page.text
    assert "<script" not in page.text
    for path in ("/v1/now", "/v1/khong-co", "/v1/account"):
        assert httpx.get(served.url + path).headers["dvc-training"] == "true"


def test_a_server_that_is_not_for_training_takes_no_invented_person_and_has_no_training_room(tmp_path: Path) -> None:
    with running(tmp_path / "sandbox", training=False) as served:
        backend = served.backend()
        assert not backend.capabilities().invented_people
        with pytest.raises(RefusedError) as refused:
            backend.begin_vneid_login(MAI, PASSWORD, share_data=True)
        assert codes(refused) == ["A-INVENTED"]
        assert "begin_vneid_login" not in served.log.getvalue()
        assert httpx.post(f"{served.url}/v1/training/code", json={"phone": "", "challenge_id": ""}).status_code == 501
        assert "ĐÀO TẠO" not in httpx.get(served.url).text


def test_the_log_holds_nothing_about_anybody(served: Served) -> None:
    backend = served.backend()
    token = served.sign_in(backend)
    backend.find_person(token, LINH)
    served.town.portal.people(MAI)
    told = served.log.getvalue()
    assert [json.loads(line)["operation"] for line in told.splitlines() if "operation" in line]
    for word in (MAI, LINH, MAI_PHONE, token.value, served.town.vneid_password(MAI).value, "127.0.0.1:", "MAI"):
        assert word not in told.replace(served.url, "")


def test_it_says_when_it_is_alive_and_ready(served: Served) -> None:
    assert httpx.get(f"{served.url}/healthz").json() == {"status": "ok"}
    assert httpx.get(f"{served.url}/readyz").json() == {"status": "ready"}


def test_a_crash_inside_is_a_number_for_the_caller_and_a_place_in_the_log(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: object) -> None:
        raise ZeroDivisionError(MAI)

    monkeypatch.setattr("dvc_cli.portal.profiles.get_profile", fails)
    token = served.sign_in(served.backend())
    reply = httpx.get(f"{served.url}/v1/profile", headers={"Authorization": f"Bearer {token.value}"})
    assert (reply.status_code, reply.json()["maybe_done"]) == (503, True)
    assert "ZeroDivisionError" in served.log.getvalue()
    assert MAI not in reply.text + served.log.getvalue()


def test_the_registration_keeps_its_email_and_optional_members(served: Served) -> None:
    sent = replace(served.town.registration(), email="")
    assert served.backend().begin_registration(sent).tries_left == 5


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be taken away there")
def test_a_server_whose_file_is_gone_is_not_ready_and_its_log_says_why_until_it_is_back(served: Served) -> None:
    asked = {"client_id": CLIENT, "scope": "dossiers"}
    login = {"id_number": MAI, "password": "sai", "share_data": True}
    assert httpx.post(f"{served.url}{DEVICE_PATH}", data=asked).status_code == 200
    away = served.town.folder.with_name("away")
    served.town.folder.rename(away)
    gone = [httpx.post(f"{served.url}{DEVICE_PATH}", data=asked), httpx.post(f"{served.url}/v1/vneid-logins", json=login)]
    assert [reply.status_code for reply in gone] == [503, 503]
    assert [httpx.get(f"{served.url}/{path}").status_code for path in ("readyz", "healthz")] == [503, 200]
    away.rename(served.town.folder)
    assert httpx.get(f"{served.url}/readyz").json() == {"status": "ready"}
    lines = [json.loads(line) for line in served.log.getvalue().splitlines()]
    assert [(line["status"], line.get("trouble")) for line in lines] == [(200, None), (503, "DK-STORE-CORRUPT"), (503, "DK-STORE-CORRUPT")]
