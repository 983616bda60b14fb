from __future__ import annotations

from datetime import date, datetime

import pytest

from dvc_cli.domain.calendar import working_calendar
from dvc_cli.domain.dates import VN_TZ
from dvc_cli.forms import Context, Evaluation, evaluate, lint_form
from dvc_cli.procedures.account import ACCOUNT_FORMS, account_form

CONTEXT = Context(on=date(2026, 11, 9), now=datetime(2026, 11, 9, 9, 30, tzinfo=VN_TZ), calendar=working_calendar())
PERSON = {
    "method": "thue_bao_di_dong",
    "id_number": "092196999001",
    "full_name": "TRẦN THỊ MAI PHƯƠNG",
    "birth_date": "14/03/1996",
    "phone": "0900000001",
}


def judge(name: str, answers: dict[str, str]) -> Evaluation:
    return evaluate(account_form(name), answers, CONTEXT)


@pytest.mark.parametrize("name", ACCOUNT_FORMS)
def test_the_forms_are_in_order(name: str) -> None:
    assert lint_form(account_form(name)) == ()
    assert not account_form(name).filing


def test_the_keys_are_those_that_scripts_rely_on() -> None:
    assert {name: account_form(name).keys for name in ACCOUNT_FORMS} == {
        "register": ("subject", "method", "id_number", "full_name", "birth_date", "phone", "email", "social_insurance_number"),
        "login": ("id_number", "password"),
        "login_vneid": ("id_number", "password", "consent"),
        "otp": ("otp",),
        "set_password": ("current_password", "password", "password_again"),
    }


def test_no_other_form() -> None:
    with pytest.raises(KeyError):
        account_form("khai_sinh")


def test_a_citizen_with_a_phone_registers_with_five_answers() -> None:
    found = judge("register", PERSON)
    assert (found.missing, found.problems) == ((), ())
    assert found.values["subject"] == "cong_dan"
    assert found.values["birth_date"] == date(1996, 3, 14)


def test_all_missing_answers_of_a_registration_are_told_at_once() -> None:
    assert judge("register", {}).missing == ("method", "id_number", "full_name", "birth_date", "phone")


def test_social_insurance_asks_for_its_number() -> None:
    assert judge("register", PERSON | {"method": "Bảo hiểm xã hội"}).missing == ("social_insurance_number",)
    assert judge("register", PERSON | {"method": "bao_hiem_xa_hoi", "social_insurance_number": "0123456789"}).problems == ()
    wrong = judge("register", PERSON | {"method": "bao_hiem_xa_hoi", "social_insurance_number": "012345678"})
    assert [(item.code, item.field) for item in wrong.problems] == [("A-INVALID", "social_insurance_number")]
    unused = judge("register", PERSON | {"social_insurance_number": "0123456789"})
    assert [(item.code, item.field) for item in unused.problems] == [("A-NOT-LIVE", "social_insurance_number")]


@pytest.mark.parametrize("subject", ["cong_dan", "doanh_nghiep", "co_quan_nha_nuoc"])
@pytest.mark.parametrize("method", ["buu_dien_viet_nam", "usb_ky_so", "sim_ky_so"])
def test_what_a_backend_does_not_support_is_still_a_fine_form(subject: str, method: str) -> None:
    assert judge("register", PERSON | {"subject": subject, "method": method}).problems == ()


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("id_number", "123456789", "A-INVALID"),
        ("birth_date", "1996", "A-DATE"),
        ("birth_date", "10/11/2026", "A-DATE"),
        ("phone", "0123", "A-INVALID"),
        ("email", "mai@vidu", "A-INVALID"),
        ("full_name", "x" * 101, "A-INVALID"),
        ("method", "facebook", "A-CHOICE"),
    ],
)
def test_wrong_answers(key: str, text: str, code: str) -> None:
    assert [(item.code, item.field) for item in judge("register", PERSON | {key: text}).problems] == [(code, key)]


def test_secrets_are_values_but_never_payload() -> None:
    found = judge("set_password", {"password": " Mật khẩu-1 ", "password_again": "x"})
    assert found.values["password"] == " Mật khẩu-1 "
    assert found.payload() == found.facts() == {}
    assert "Mật khẩu-1" not in found.display("password")


def test_a_login_needs_its_password_and_consent_is_left_to_the_command() -> None:
    assert judge("login", {"id_number": "092196999001"}).missing == ("password",)
    silent = judge("login_vneid", {"id_number": "092196999001", "password": "x"})
    assert (silent.missing, "consent" in silent.values) == ((), False)
    assert judge("login_vneid", {"id_number": "092196999001", "password": "x", "consent": "không"}).values["consent"] is False
