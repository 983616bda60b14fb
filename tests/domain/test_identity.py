"""A personal number has twelve digits with a meaning, and nothing that proves it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dvc_cli.domain.dates import PartialDate
from dvc_cli.domain.identity import (
    NumberFacts,
    disagreement,
    is_invented,
    is_worked_example,
    mask_number,
    number_facts,
    parse_personal_number,
)

NUMBERS = st.from_regex(r"[0-9]{12}", fullmatch=True).filter(str.isascii)


@pytest.mark.parametrize(
    "text", ["001190999001", " 001 190 999 001 ", "\uff10\uff10\uff11190999001", "001190999001\u200b", "001\u00a0190999001"]
)
def test_spaces_and_full_width_digits_are_forgiven(text):
    assert parse_personal_number(text) == "001190999001"


@pytest.mark.parametrize("text", ["", "00119099900", "0011909990011", "00119O999001", "001-190-999-001", "٠٠١١٩٠٩٩٩٠٠١", "CMND 012345678"])
def test_anything_but_twelve_digits_is_refused(text):
    with pytest.raises(ValueError, match="personal number"):
        parse_personal_number(text)


@pytest.mark.parametrize(
    ("number", "facts"),
    [
        ("001190999001", NumberFacts("001", "Hà Nội", "nu", 1990)),
        ("001090999001", NumberFacts("001", "Hà Nội", "nam", 1990)),
        ("092226999001", NumberFacts("092", "Cần Thơ", "nam", 2026)),
        ("010326999001", NumberFacts("010", "Lào Cai", "nu", 2026)),
        ("000999999001", NumberFacts("000", None, "nu", 2399)),
    ],
)
def test_the_digits_tell_place_sex_and_birth_year(number, facts):
    assert number_facts(number) == facts


@pytest.mark.parametrize(
    ("gender", "birth", "found"),
    [
        ("nu", date(1990, 1, 15), ()),
        ("nam", date(1990, 1, 15), ("gender",)),
        ("nu", date(2090, 1, 15), ("century",)),
        ("nu", date(1991, 1, 15), ("year",)),
        ("nam", date(2091, 1, 15), ("gender", "century", "year")),
        (None, None, ()),
        ("", PartialDate(1990), ()),
        (None, PartialDate(1989, 12), ("year",)),
    ],
)
def test_known_facts_are_held_against_the_number(gender, birth, found):
    assert disagreement("001190999001", gender, birth) == found


@given(NUMBERS)
def test_a_number_agrees_with_what_it_says_itself(number):
    facts = number_facts(number)
    assert disagreement(number, facts.gender, PartialDate(facts.birth_year)) == ()
    assert parse_personal_number(number) == number


def test_invented_and_example_numbers_are_told_apart():
    assert is_invented("000190123456")
    assert not is_invented("001190123456")
    assert is_worked_example("092196999001")
    assert not is_worked_example("092196123456")
    assert not is_worked_example("999")


def test_a_masked_number_shows_three_and_two_digits():
    assert mask_number("001190012345") == "001*******45"
    assert mask_number("012345678") == "012*******78"
    assert mask_number("1234") == "*******"


@given(st.text(st.characters(), max_size=30))
def test_any_text_is_a_number_or_a_value_error(text):
    with suppress(ValueError):
        assert len(parse_personal_number(text)) == 12
