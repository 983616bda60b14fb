from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dvc_cli.tokens.parts import LIMIT_UNITS, count, join, split


def joined(entries):
    return join(entries[0], lambda number: entries[number] if number < len(entries) else None)


@given(st.text(max_size=5000))
def test_every_value_comes_back_and_no_entry_is_longer_than_windows_takes(value):
    entries = split(value)
    assert joined(entries) == value
    assert count(entries[0]) == len(entries)
    assert all(len(entry.encode("utf-16-le", "surrogatepass")) // 2 <= LIMIT_UNITS for entry in entries)


def test_a_value_that_fits_stands_in_one_entry_as_it_is():
    assert split("x" * LIMIT_UNITS) == ("x" * LIMIT_UNITS,)


def test_one_more_letter_needs_several_entries():
    assert len(split("x" * (LIMIT_UNITS + 1))) == 3


def test_a_value_that_looks_like_a_first_part_is_not_taken_for_one():
    assert joined(split("dvc-parts:9:abcd:rest")) == "dvc-parts:9:abcd:rest"


def test_a_missing_part_is_no_value():
    entries = split("x" * 3000)
    assert joined(entries[:-1]) is None


def test_a_part_of_another_value_is_no_value():
    older, newer = split("x" * 3000), split("y" * 3000)
    assert joined((newer[0], older[1], *newer[2:])) is None


def test_a_head_that_nobody_wrote_is_no_value():
    assert joined(("dvc-parts:many:tag:x",)) is None
    assert joined(("dvc-parts",)) is None
