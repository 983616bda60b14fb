"""Phones are normalised to ten digits; money is written with points."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dvc_cli.data import read_rows
from dvc_cli.domain.money import format_dong
from dvc_cli.domain.phones import is_known_prefix, mask_phone, normalise_phone, operator


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "+84912345678",
        "84912345678",
        "0084912345678",
        "+84 0912345678",
        "+84 (0) 912-345-678",
        "091.234.5678",
        " 091 234 5678 ",
        "\uff10\uff19\uff11 2345678",
    ],
)
def test_one_phone_has_many_spellings(text):
    assert normalise_phone(text) == "0912345678"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "912345678",
        "01234567890",
        "0212345678",
        "02438255555",
        "18001096",
        "+85912345678",
        "09123456789",
        "091234567",
        "09123a5678",
        "+8409123456789",
    ],
)
def test_what_is_no_mobile_number_is_refused(text):
    with pytest.raises(ValueError, match="phone"):
        normalise_phone(text)


@given(st.from_regex(r"\A0[35789][0-9]{8}\Z", fullmatch=True).filter(str.isascii), st.sampled_from(["0", "+84", "84", "0084", "+84 0"]))
def test_every_prefix_form_gives_the_same_number(phone, prefix):
    assert normalise_phone(prefix + phone[1:]) == phone


@given(st.text(st.characters(), max_size=30))
def test_any_text_is_a_phone_or_a_value_error(text):
    with suppress(ValueError):
        assert len(normalise_phone(text)) == 10


def test_the_prefix_hints_at_the_operator():
    assert operator("0912345678") == "VinaPhone"
    assert operator("0951234567") is None
    assert operator("0101234567") is None


@pytest.mark.parametrize(
    ("phone", "known"),
    [("0912345678", True), ("0522345678", True), ("0512345678", True), ("0542345678", False), ("0529345678", False), ("052", False)],
)
def test_a_known_prefix_has_a_valid_fourth_digit(phone, known):
    assert is_known_prefix(phone) is known


@pytest.mark.parametrize("row", read_rows("mobile_prefixes.csv"), ids=lambda row: row["prefix"])
def test_every_prefix_of_the_table_is_known(row):
    digit = "0" if row["fourth_digit_valid"] == "all" else row["fourth_digit_valid"][0]
    assert is_known_prefix(f"{row['prefix']}{digit}000000")


def test_a_masked_phone_shows_three_digits_at_each_end():
    assert mask_phone("0912345678") == "091****678"
    assert mask_phone("1414") == "****"


@pytest.mark.parametrize(("amount", "text"), [(0, "0 đồng"), (8000, "8.000 đồng"), (40000, "40.000 đồng"), (1234567, "1.234.567 đồng")])
def test_money_is_whole_dong_with_points(amount, text):
    assert format_dong(amount) == text
