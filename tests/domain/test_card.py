"""A card reads alike however the scanner spoils it; what is no card says why."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dvc_cli.domain.card import LIMIT, Card, CardError, looks_like_card, read_card

OLD = "001190999001|012345678|Nguyễn Thị An|15011990|Nữ|Số 1 Phố Ví Dụ, Phúc Xá, Ba Đình, Hà Nội|10052021"
WITHOUT = OLD.replace("012345678", "")
NEW = "001190999001|012345678|Nguyễn Thị An|15011990|Nữ|Số 1 Phố Ví Dụ, Hồng Hà, Hà Nội|02072025||||"
NEW_WITHOUT = NEW.replace("012345678", "")

CCCD = Card(
    "cccd_2021",
    "001190999001",
    "012345678",
    "Nguyễn Thị An",
    date(1990, 1, 15),
    "Nữ",
    "Số 1 Phố Ví Dụ, Phúc Xá, Ba Đình, Hà Nội",
    date(2021, 5, 10),
)
FULL_WIDTH = str.maketrans({**{chr(0x30 + at): chr(0xFF10 + at) for at in range(10)}, "|": "\uff5c"})


def test_a_card_of_2021_has_seven_fields():
    assert read_card(OLD) == CCCD
    assert read_card(WITHOUT).old_id_number is None


def test_a_card_of_2024_has_four_more():
    card = read_card(NEW)
    assert (card.kind, card.address, card.issue_date) == ("can_cuoc_2024", "Số 1 Phố Ví Dụ, Hồng Hà, Hà Nội", date(2025, 7, 2))
    assert read_card(NEW_WITHOUT).old_id_number is None
    assert read_card(NEW[:-4] + "|079190999001|||").kind == "can_cuoc_2024"
    assert read_card(NEW[:-4] + "|079190999001|Trần Văn B|Lê Thị C|").kind == "can_cuoc_2024"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text + "\r\n",
        lambda text: text + "\x00",
        lambda text: "\ufeff " + text + "\n\x00",
        lambda text: text.replace("|", "\t"),
        lambda text: text.replace("|", "\x1d"),
        lambda text: text.translate(FULL_WIDTH),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("|", "||"),
        lambda text: text.replace("|15011990|", "||15011990||"),
        lambda text: text.replace("|Nữ|", "| nữ |"),
        lambda text: text.replace("An|", "An||"),
    ],
    ids=["line end", "nul", "bom", "tab", "gs", "full width", "nfd", "all bars twice", "some bars twice", "case", "one bar twice"],
)
@pytest.mark.parametrize("text", [OLD, WITHOUT, NEW, NEW_WITHOUT], ids=["2021", "2021 without", "2024", "2024 without"])
def test_a_spoilt_scan_reads_as_the_clean_one(text, spoil):
    assert read_card(spoil(text)) == read_card(text)
    assert looks_like_card(spoil(text))


def test_one_bar_too_many_is_no_card_of_2024():
    assert read_card(OLD + "|") == CCCD
    assert read_card(OLD + "||").kind == "can_cuoc_2024"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "fields"),
        ("001190999001", "fields"),
        ("001190999001|Nguyễn Thị An|15011990|Nữ|Hà Nội|10052021", "fields"),
        (OLD + "|" * 20, "fields"),
        (OLD + "|a|b|c|d|e", "fields"),
        ("00119099900" + OLD[12:], "number"),
        (OLD.replace("012345678", "01234567"), "old_number"),
        (OLD.replace("Nguyễn Thị An", ""), "name"),
        (OLD.replace("Nguyễn Thị An", "Nguyễn Thị 4n"), "name"),
        (OLD.replace("Nữ", "Gái"), "gender"),
        (OLD.replace("15011990", "31021990"), "date"),
        (OLD.replace("15011990", "1990-01-15"), "date"),
        (OLD.replace("10052021", ""), "date"),
        (OLD.replace("Phố", "Phố" * LIMIT), "long"),
    ],
)
def test_what_is_no_card_says_why(text, reason):
    with pytest.raises(CardError) as caught:
        read_card(text)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "text", ["", "Nguyễn Thị An", "001190999001", "001190999001|Nguyễn|15011990", "a|b|c|d|e|f|g", "0011909990011|||||||"]
)
def test_ordinary_answers_do_not_look_like_a_card(text):
    assert not looks_like_card(text)


@given(st.one_of(st.text(st.characters(), max_size=60), st.text("0123456789|NamữnA ", max_size=80)))
def test_any_text_is_a_card_or_a_card_error(text):
    looks_like_card(text)
    with suppress(CardError):
        assert len(read_card(text).id_number) == 12
