"""VNeID by another device: a counter begins and asks, a citizen answers on the pages (RFC 8628)."""

from __future__ import annotations

import re
from contextlib import contextmanager

import httpx
import pytest

from dvc_cli.contract.oauth import CLIENT, DEVICE_GRANT, DEVICE_PATH, DEVICE_SCOPE, PAGE_PATH, TOKEN_PATH
from dvc_cli.contract.secret import Secret
from dvc_cli.errors import RefusedError
from dvc_cli.portal import vneid_requests, vneid_visits
from portal_accounts.small_town import HUNG, LINH, MAI, MAI_PHONE
from server.served import Served, running
from server.visitor import agree, visit


@pytest.fixture
def counter(served: Served):
    with httpx.Client(base_url=served.url, trust_env=False) as client:
        yield client


def begin(counter: httpx.Client, **more: str) -> dict:
    reply = counter.post(DEVICE_PATH, data={"client_id": CLIENT, "scope": DEVICE_SCOPE, **more})
    assert reply.status_code == 200, reply.text
    return reply.json()


def ask(counter: httpx.Client, device_code: str, **more: str) -> httpx.Response:
    return counter.post(TOKEN_PATH, data={"grant_type": DEVICE_GRANT, "device_code": device_code, "client_id": CLIENT, **more})


def error(reply: httpx.Response) -> str:
    assert reply.status_code == 400
    return reply.json()["error"]


def test_a_server_says_that_it_can(served: Served):
    assert {"vneid_password", "vneid_qr", "vneid_browser"} <= served.backend().capabilities().logins


def test_the_counter_gets_a_session_once_after_the_citizen_agreed(served: Served, counter: httpx.Client):
    begun = begin(counter)
    assert re.fullmatch(r"[B-Z]{4}-[B-Z]{4}", begun["user_code"])
    assert begun["verification_uri"] == f"{served.url}{PAGE_PATH}"
    assert begun["verification_uri_complete"] == f"{served.url}{PAGE_PATH}?user_code={begun['user_code']}"
    assert (begun["expires_in"], begun["interval"]) == (300, 2)
    assert error(ask(counter, begun["device_code"])) == "authorization_pending"
    visitor = agree(served, begun["user_code"])
    assert visitor.title == "ĐÀO TẠO – Đã đăng nhập"
    given = ask(counter, begun["device_code"]).json()
    assert (given["token_type"], given["scope"], given["expires_in"]) == ("Bearer", DEVICE_SCOPE, 1800)
    assert served.backend().who_am_i(Secret(given["access_token"])).id_number == MAI
    renewed = served.backend().refresh_session(Secret(given["refresh_token"]))
    assert (renewed.refresh_until - served.town.clock.now()).total_seconds() == given["refresh_expires_in"]
    assert error(ask(counter, begun["device_code"])) == "invalid_grant"


def test_a_citizen_may_refuse_before_and_after_signing_in(served: Served, counter: httpx.Client):
    first, second = begin(counter), begin(counter)
    assert agree(served, first["user_code"], "refuse").title == "ĐÀO TẠO – Đã từ chối"
    visitor = visit(served, f"{PAGE_PATH}?user_code={second['user_code']}")
    visitor.send("begin")
    visitor.send("answer", answer="refuse")
    for begun in (first, second):
        assert error(ask(counter, begun["device_code"])) == "access_denied"
        assert error(ask(counter, begun["device_code"])) == "invalid_grant"


def test_who_asks_too_soon_is_slowed_down(served: Served, counter: httpx.Client):
    code = begin(counter)["device_code"]
    assert error(ask(counter, code)) == "authorization_pending"
    assert error(ask(counter, code)) == "slow_down"
    served.town.clock.pass_by(seconds=6)  # two seconds were asked for, five more since
    assert error(ask(counter, code)) == "slow_down"
    served.town.clock.pass_by(seconds=12)
    assert error(ask(counter, code)) == "authorization_pending"


def test_it_waits_five_minutes(served: Served, counter: httpx.Client):
    begun = begin(counter)
    served.town.clock.pass_by(seconds=301)
    assert error(ask(counter, begun["device_code"])) == "expired_token"
    visitor = visit(served, f"{PAGE_PATH}?user_code={begun['user_code']}")
    visitor.send("begin")
    assert visitor.page.status_code == 404
    assert 'role="alert"' in visitor.page.text


def test_what_was_granted_is_not_given_after_its_time(served: Served, counter: httpx.Client):
    begun = begin(counter)
    agree(served, begun["user_code"])
    served.town.clock.pass_by(seconds=301)
    assert error(ask(counter, begun["device_code"])) == "expired_token"


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"grant_type": DEVICE_GRANT, "client_id": CLIENT}, "invalid_request"),
        ({"grant_type": DEVICE_GRANT, "client_id": CLIENT, "device_code": "x" * 30}, "invalid_grant"),
        ({"grant_type": DEVICE_GRANT, "client_id": "khác", "device_code": "x" * 30}, "invalid_client"),
        ({"grant_type": "password", "client_id": CLIENT, "username": MAI, "password": "x"}, "unsupported_grant_type"),
        ({}, "unsupported_grant_type"),
    ],
)
def test_other_questions_are_refused_in_the_words_of_the_standard(counter: httpx.Client, form: dict, told: str):
    reply = counter.post(TOKEN_PATH, data=form)
    assert reply.status_code in {400, 401}
    assert reply.json()["error"] == told


@pytest.mark.parametrize("form", [{"client_id": "khác"}, {}, {"client_id": CLIENT, "scope": "all"}])
def test_another_program_or_another_scope_begins_nothing(counter: httpx.Client, form: dict):
    assert counter.post(DEVICE_PATH, data=form).status_code in {400, 401}


def test_a_code_is_taken_however_it_is_typed(served: Served, counter: httpx.Client):
    code = begin(counter)["user_code"]
    visitor = visit(served)
    visitor.page = visitor.client.post(PAGE_PATH, data={"step": "begin", "user_code": f" {code.lower().replace('-', ' ')} "})
    assert visitor.title == "ĐÀO TẠO – Đăng nhập VNeID"


def test_the_address_of_a_qr_code_asks_to_compare_the_code_first(served: Served, counter: httpx.Client):
    code = begin(counter)["user_code"]
    text = visit(served, f"{PAGE_PATH}?user_code={code}").page.text
    assert code in text
    assert "có đúng là mã đang hiện trên màn hình" in text
    assert "password" not in text


def test_nobody_agrees_who_has_not_signed_in(served: Served, counter: httpx.Client):
    begun = begin(counter)
    visitor = visit(served, f"{PAGE_PATH}?user_code={begun['user_code']}")
    visitor.send("begin")
    visitor.send("answer", answer="agree")
    assert visitor.page.status_code == 422
    visitor.send("sign in", id_number=MAI, password=served.town.vneid_password(MAI).value)
    visitor.send("answer", answer="agree")
    assert visitor.page.status_code == 422
    assert error(ask(counter, begun["device_code"])) == "authorization_pending"


@pytest.mark.parametrize(("number", "password"), [(MAI, "sai"), ("không phải số", "sai"), (LINH, "sai")])
def test_a_refusal_is_told_where_the_citizen_stands(served: Served, counter: httpx.Client, number: str, password: str):
    visitor = visit(served, f"{PAGE_PATH}?user_code={begin(counter)['user_code']}")
    visitor.send("begin")
    visitor.send("sign in", id_number=number, password=password)
    assert visitor.page.status_code in {404, 422}
    assert visitor.title == "ĐÀO TẠO – Lỗi: Đăng nhập VNeID"
    assert 'role="alert"' in visitor.page.text
    visitor.sign_in()
    assert "Bạn có đồng ý chia sẻ dữ liệu?" in visitor.title
    assert "NGUYỄN THỊ MAI HOÀ" in visitor.page.text


def test_wrong_codes_cost_tries_and_lock(served: Served, counter: httpx.Client):
    visitor = visit(served, f"{PAGE_PATH}?user_code={begin(counter)['user_code']}")
    visitor.send("begin")
    visitor.send("sign in", id_number=MAI, password=served.town.vneid_password(MAI).value)
    right = served.town.portal.newest_code(MAI_PHONE, None).code
    wrong = "000000" if right != "000000" else "111111"
    left = int(re.search(r"Còn ([0-9]+) lần nhập", visitor.page.text)[1])
    for now in range(left - 1, -1, -1):
        visitor.send("code", otp=wrong)
        assert f"Còn {now} lần nhập" in visitor.page.text
    visitor.send("code", otp=right)
    assert "Bạn có đồng ý" not in visitor.title


def test_a_visit_ends_with_its_answer_and_one_that_nobody_began_is_none(served: Served, counter: httpx.Client):
    begun = begin(counter)
    visitor = visit(served, f"{PAGE_PATH}?user_code={begun['user_code']}")
    visitor.send("begin")
    visitor.sign_in()
    consent = visitor.page
    visitor.send("answer", answer="refuse")
    visitor.page = consent
    visitor.send("answer", answer="agree")
    assert visitor.page.status_code == 404
    assert error(ask(counter, begun["device_code"])) == "access_denied"
    assert visitor.client.post(PAGE_PATH, data={"step": "answer", "visit": "x", "answer": "agree"}).status_code == 404


def test_pages_keep_to_themselves(served: Served, counter: httpx.Client):
    visitor = visit(served, f"{PAGE_PATH}?user_code={begin(counter)['user_code']}")
    visitor.send("begin")
    headers = visitor.page.headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "form-action 'self'; base-uri 'none'; frame-ancestors 'none'" in policy
    assert (headers["cache-control"], headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert "set-cookie" not in headers
    assert "<script" not in visitor.page.text
    assert "ĐÀO TẠO" in visitor.page.text


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", '"><img src=x>', "\x1b[2J\x00", "%", "&" * 5000, "=" * 20_000],
    ids=lambda text: repr(text)[:20],
)
def test_hostile_fields_end_in_a_page_not_in_a_crash(served: Served, hostile: str):
    visitor = visit(served)
    pages = [
        visitor.client.get(PAGE_PATH, params={"user_code": hostile[:3000]}),
        visitor.client.post(PAGE_PATH, data={"step": "begin", "user_code": hostile}),
        visitor.client.post(PAGE_PATH, data={"step": hostile, "visit": hostile}),
        visitor.client.post(PAGE_PATH, content=hostile.encode(), headers={"Content-Type": "application/x-www-form-urlencoded"}),
    ]
    assert all(page.status_code < 500 and "<script>" not in page.text and "<img" not in page.text for page in pages)
    assert "crash" not in served.log.getvalue()


def test_no_code_token_or_number_stands_in_the_log(served: Served, counter: httpx.Client):
    begun = begin(counter)
    agree(served, begun["user_code"])
    given = ask(counter, begun["device_code"]).json()
    log = served.log.getvalue()
    assert '"operation": "vneid_step"' in log
    assert '"operation": "oauth_token"' in log
    for secret in (begun["device_code"], begun["user_code"], given["access_token"], given["refresh_token"], MAI, "MAI HOÀ"):
        assert secret not in log


def test_who_is_in_no_training_hears_of_none(tmp_path):
    with running(tmp_path / "real", training=False) as served:
        assert "ĐÀO TẠO" not in visit(served).page.text


def test_pages_are_counted_by_address(served: Served):
    client = visit(served).client
    told = [client.post(PAGE_PATH, data={"step": "begin", "user_code": "BBBB-BBBB"}).status_code for _time in range(602)]
    assert told[0] == 404
    assert told[-1] == 429


class Overtaken:
    """A portal before which something happens after the first look, as another request may."""

    def __init__(self, portal, meanwhile) -> None:
        self._portal, self._meanwhile = portal, [meanwhile]

    def __getattr__(self, name: str):
        return getattr(self._portal, name)

    @contextmanager
    def read(self):
        with self._portal.read() as connection:
            yield connection
        while self._meanwhile:
            self._meanwhile.pop()()


def test_the_code_of_one_person_signs_in_nobody_else_who_took_over_the_visit(served: Served):
    town = served.town
    vneid_requests.begin_by_device(town.portal, Secret("d" * 30), "BCDF-GHJK")
    visit = vneid_visits.begin(town.portal, "BCDF-GHJK")
    vneid_visits.sign_in(town.portal, visit, MAI, town.vneid_password(MAI))
    code = Secret(town.portal.newest_code(MAI_PHONE).code)
    taken_over = Overtaken(town.portal, lambda: vneid_visits.sign_in(town.portal, visit, HUNG, town.vneid_password(HUNG)))
    vneid_visits.verify(taken_over, visit, code)
    assert vneid_visits.look(town.portal, visit).step == vneid_visits.CODE
    with pytest.raises(RefusedError):
        vneid_visits.answer(town.portal, visit, agreed=True)
