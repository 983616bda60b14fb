"""A password keeps the portal's rule, is hard to guess, and holds nothing of the person."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dvc_cli.domain.passwords import PERSONAL, RULE, WEAK, PersonHints, judge_password, keeps_rule

NOBODY = PersonHints()
AN = PersonHints("001190999001", "Nguyễn Thị Ngọc-An", "0912345678", date(1990, 1, 15))


@pytest.mark.parametrize("password", ["Aa1!Aa1!", "aA1 aA1x", "Đường8!", "Ab1~efgh", "Ab1`efgh", "Xà1$lanes"])
def test_the_rule_is_eight_characters_of_four_kinds(password):
    assert keeps_rule(password) is (len(password) >= 8)


@pytest.mark.parametrize(
    "password", ["", "Aa1!Aa1", "AA1!AA1!", "aa1!aa1!", "Aaa!Aaa!", "Aa11Aa11", "Aa1€Aa1€", "Aa\uff11!aaaa", "Aa1\x7faaaa"]
)
def test_a_password_short_of_a_kind_breaks_the_rule(password):
    assert RULE in judge_password(password, NOBODY)


@pytest.mark.parametrize(
    "password",
    [
        "NguyenAn1990@",
        "Nguyenan@1990",
        "Matkhau@123",
        "M@tkhau123",
        "Qwerty@2026",
        "Anhyeuem1@",
        "anhYeuEm@01",
        "P@ssw0rd1",
        "Password1!",
        "Vietnam@2026",
        "Abcd@1234",
        "Abc@12345",
        "Aa@123456",
        "Hanoi2026@",
        "TranVanNam@90",
        "1Q2w3e4r!x",
        "Xz!12345678",
        "DichVuCong@1",
        "Taikhoan#2025",
        "Matkhau1!",
    ],
)
def test_taught_and_leaked_patterns_are_weak(password):
    assert judge_password(password, NOBODY) == (WEAK,)


@pytest.mark.parametrize(
    "password", ["Cau-thang9 mua bay", "tim-Lac7-song-Gio!", "rK8#vTqz!mW2", "Bep xanh 7 chen su!", "Đò ngang 4 chuyến?", "Gac-Bong7-tim!"]
)
def test_a_good_password_passes(password):
    assert judge_password(password, AN) == ()


@pytest.mark.parametrize(
    "part",
    [
        "001190999001",
        "0011-9099-9001",
        "0912345678",
        "+84912345678",
        "NGUYEN",
        "Nguyễn",
        "thi",
        "ngoc",
        "15011990",
        "15/01/1990",
        "1990-01-15",
        "150190",
    ],
)
def test_a_password_holds_nothing_of_the_person(part):
    password = f"rK#{part}vTq!mW"
    assert PERSONAL in judge_password(password, AN)
    assert PERSONAL not in judge_password(password, NOBODY)


def test_short_words_of_a_name_are_no_personal_information():
    assert PERSONAL not in judge_password("rK8#vTanz!mW2", AN)


def test_all_that_speaks_against_it_is_said_at_once():
    assert judge_password("nguyen", AN) == (RULE, PERSONAL, WEAK)


def test_a_long_password_is_judged_quickly():
    start = time.process_time()
    judge_password("aA1!" * 5000, AN)
    judge_password("a" + "1" * 5000 + "!", AN)
    judge_password("anh" * 5000, AN)
    assert time.process_time() - start < 5


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(), max_size=80))
def test_any_text_can_be_judged(text):
    assert set(judge_password(text, AN)) <= {RULE, PERSONAL, WEAK}
