"""What text looks like after the input edge, the output gate and the folds."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dvc_cli import text

anything = st.text(st.characters(), max_size=60)


def decomposed(value: str) -> str:
    return unicodedata.normalize("NFD", value)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Trần \t Thị\r\n Mai ", "Trần Thị Mai"),
        (decomposed("Nguyễn Hữu Nghĩa"), "Nguyễn Hữu Nghĩa"),
        ("Ð\u1ed7 \u0189ình", "Đỗ Đình"),
        ("\u00f0ường", "đường"),
        ("\u200bLê\u200e Na\u202e\ufeff", "Lê Na"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("\ud800Hà\udfff", "Hà"),
        ("\uff10\uff19\uff11 234", "091 234"),
        ("a\u00a0\u3000b\u2028c", "a b c"),
        ("H\u2019Hen Niê", "H\u2019Hen Niê"),
        ("n\u200d\u0303", "ñ"),
        ("\uff21", "\uff21"),
        ("", ""),
    ],
)
def test_input_is_kept_as_one_clean_line(typed, kept):
    assert text.clean(typed) == kept


def test_clean_cuts_to_the_limit_without_a_trailing_space():
    assert text.clean("An Bình", 3) == "An"
    assert text.clean("An Bình", 4) == "An B"


@given(anything)
def test_cleaning_twice_changes_nothing(value):
    once = text.clean(value)
    assert text.clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


def test_usual_letters_are_kept_as_they_are_whatever_stands_beside_them():
    # An invisible character in front has the same words read the long way.
    letters = [
        chr(code)
        for code in range(0x21, 0x1F00)
        if text.clean(chr(code)) == chr(code) and unicodedata.name(chr(code), "").startswith("LATIN")
    ]
    assert len(letters) > 700
    for one in letters:
        for other in (*letters[:60], "Ð", "ạ", "\u0301"):
            for between in ("", " "):
                assert text.clean(one + between + other) == text.clean(f"\u200b{one}{between}{other}")


def test_lines_stay_apart_in_multiline_text():
    assert text.clean_multiline("\r\n Một  hai\r\n\r\nba\u2028bốn \n\n") == "Một hai\n\nba\nbốn"
    assert text.clean_multiline("Một\nhai", 4) == "Một"


def test_terminal_text_has_no_escape_and_is_cut_with_an_ellipsis():
    assert text.safe("\x1b]0;chiếm\x07tên\u202e\n\nhai") == "tên hai"
    assert text.safe("Một hai ba", 5) == "Một…"
    assert text.safe("Một", 3) == "Một"
    assert text.safe("x" * 600, 0) == "x" * 600
    assert len(text.safe("x" * 600)) == 500


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("a\x1b[2J\x1b[1;31mb\x1b[0m", "ab"),
        ("a\x9b31mb", "ab"),
        ("\x1b]8;;https://la.example\x1b\\bấm\x1b]8;;\x1b\\", "bấm"),
        ("\x1b]52;c;Y2Vo\x07a\x9d0;b\x9cc", "ac"),
        ("\x1bP$q\x1b\\a\x1b(0b\x1bcd", "abd"),
        ("\x1b]0;không có chỗ kết thúc", "0;không có chỗ kết thúc"),
        ("a\u2028b\u2029c\x85d\r\ne", "a b c d e"),
        ("a\ufe0fb\U000e0101c\U000e0041\U000e007fd\u034fe\u3164f", "abcdef"),
        ("\u2066a\u2069\u061cb\u200ec\u180ed", "abcd"),
        ("\x7fa\x80\x9fb\ud800c", "abc"),
    ],
)
def test_what_a_terminal_obeys_and_what_nobody_sees_goes(hostile, shown):
    assert text.safe(hostile) == shown


def test_a_huge_text_is_cut_before_it_is_read():
    assert len(text.safe("\u0301\u0323" * 10_000_000 + "x", 10)) <= 10


def test_a_tower_of_marks_is_cut_down():
    assert text.safe("z" + "\u0335" * 50 + "b") == "z" + "\u0335" * 4 + "b"


@given(anything)
def test_terminal_text_is_always_printable_utf8(value):
    shown = text.safe(value)
    shown.encode("utf-8")
    assert not any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for letter in shown)
    assert text.unseen(shown) == frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà", "Hòa"),
        ("THUẬN HOÀ", "thuận hòa"),
        ("Thuỷ", "Thủy"),
        ("Thuỵ", "Thụy"),
        ("Uý", "Úy"),
        ("Khoẻ", "Khỏe"),
        ("Xoè", "Xòe"),
        ("Quý", "Qúy"),
        ("Ea H\u2019Leo", "ea h'leo"),
        ("K\u02bcSor", "K'sor"),
        ("Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng  Tàu"),
        (decomposed("Hoá"), "hóa"),
        ("Ðỗ", "đỗ"),
        ("Hoà-An", "Hòa-An"),
    ],
)
def test_spellings_of_one_name_fold_to_one_form(one, other):
    assert text.fold(one) == text.fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hòa", "Hoa"), ("Hòa", "Hóa"), ("Nguyễn", "Nguyển"), ("Đông", "Dong"), ("Hoàn", "Hòan"), ("Quy", "Quý"), ("Ân", "An")],
)
def test_different_names_stay_different(one, other):
    assert text.fold(one) != text.fold(other)


@given(anything)
def test_folds_are_stable(value):
    for fold in (text.fold, text.fold_search):
        assert fold(fold(value)) == fold(value)


def test_search_form_has_neither_marks_nor_d_with_stroke():
    assert text.fold_search("Phường Đống Đa, Hoà H’Leo Ŏ Ñ") == "phuong dong da, hoa h'leo o n"


def test_initials_are_those_of_the_words():
    assert text.initials("Cái Khế") == "ck"
    assert text.initials("Bà Rịa - Vũng Tàu") == "brvt"
    assert text.initials("Đắk Lắk") == "dl"
    assert text.initials("") == ""


def test_cells_count_what_a_terminal_shows():
    assert text.cells("abc") == 3
    assert text.cells("Nguyễn") == 6
    assert text.cells(decomposed("Nguyễn")) == 6
    assert text.cells("日本") == 4
    assert text.cells("a\x1bb") == 2


def test_nearest_names_what_was_meant():
    keys = ("child_surname", "child_given_name", "Cái Khế")
    assert text.nearest("chld_surname", keys) == "child_surname"
    assert text.nearest("cai khe", keys) == "Cái Khế"
    assert text.nearest("zzz", keys) is None
    assert text.nearest("zzz", ()) is None
