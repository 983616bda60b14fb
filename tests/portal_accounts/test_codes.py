"""A typed code is forgiven its spaces, hyphens and full-width digits, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dvc_cli.portal.codes import CODE_DIGITS, clean_code, new_code

CODES = st.integers(0, 10**CODE_DIGITS - 1).map(lambda number: f"{number:06d}")
FILLERS = st.text(alphabet=" \t\n\u00a0\u2009\u3000-‐‑–—−\u200b\ufeff", max_size=3)


@given(CODES, st.lists(FILLERS, min_size=7, max_size=7), st.booleans())
def test_fillers_and_wide_digits_do_not_change_a_code(code: str, fillers: list[str], wide: bool) -> None:
    digits = [chr(ord(digit) + 0xFEE0) if wide else digit for digit in code]
    typed = "".join(filler + digit for filler, digit in zip(fillers, [*digits, ""], strict=True))
    assert clean_code(typed) == code


@given(st.text())
def test_any_text_is_read_without_an_error_and_once_is_enough(text: str) -> None:
    assert clean_code(clean_code(text)) == clean_code(text)


@given(CODES, st.text(alphabet="0123456789aXЖ٣.,", min_size=1, max_size=3))
def test_anything_else_makes_another_code(code: str, more: str) -> None:
    assert clean_code(code + more) != code


def test_new_codes_have_six_digits_and_differ() -> None:
    made = {new_code() for _ in range(200)}
    assert all(len(code) == CODE_DIGITS and code.isascii() and code.isdigit() for code in made)
    assert len(made) > 190
