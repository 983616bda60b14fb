"""Dates are read as papers write them and never guessed."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dvc_cli.domain.dates import (
    DateError,
    PartialDate,
    age_in_years,
    date_in_words,
    format_date,
    format_partial_date,
    parse_date,
    parse_partial_date,
)


@st.composite
def partial_dates(draw):
    day = draw(st.dates())
    parts = [day.year, day.month, day.day, draw(st.integers(0, 23)), draw(st.integers(0, 59))]
    return PartialDate(*parts[: draw(st.sampled_from([1, 2, 3, 5]))])


@pytest.mark.parametrize(
    "text",
    [
        "02/11/2026",
        "2/11/2026",
        " 2-11-2026 ",
        "02.11.2026",
        "2026-11-02",
        "ngày 2 tháng 11 năm 2026",
        "Ngày 02  tháng 11 năm 2026",
        "2 tháng 11 năm 2026",
        "\uff10\uff12/11/2026",
        "02/11/2026\u200b",
    ],
)
def test_one_day_has_many_spellings(text):
    assert parse_date(text) == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "shape"),
        ("hôm qua", "shape"),
        ("02/11/26", "shape"),
        ("02/11-2026", "shape"),
        ("02112026", "shape"),
        ("2026/11/02", "shape"),
        ("٠٢/١١/٢٠٢٦", "shape"),
        ("31/02/2026", "calendar"),
        ("29/02/2025", "calendar"),
        ("00/11/2026", "calendar"),
        ("02/13/2026", "calendar"),
        ("02/00/2026", "calendar"),
        ("01/01/0000", "calendar"),
        ("11/2026", "partial"),
        ("2026-11", "partial"),
        ("2026", "partial"),
        ("02/11/2026 14:35", "partial"),
        ("2026-11-02T14:35", "partial"),
        ("10/3 âm lịch", "lunar"),
        ("02/11/2026 AL", "lunar"),
        ("02/11/2026AL", "lunar"),
        ("02/11/2026 (âl)", "lunar"),
        ("Giáp Tý", "lunar"),
        ("năm Quý Mão", "lunar"),
        ("mùng 3 tháng Giêng", "lunar"),
        ("tháng 2 nhuận", "lunar"),
    ],
)
def test_what_is_no_full_date_says_why(text, reason):
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1941", "1941"),
        ("năm 1941", "1941"),
        ("03/1941", "1941-03"),
        ("3-1941", "1941-03"),
        ("1941-03", "1941-03"),
        ("tháng 3 năm 1941", "1941-03"),
        ("02/03/1941", "1941-03-02"),
        ("05/10/2026 14:35", "2026-10-05T14:35"),
        ("05/10/2026, 14h35", "2026-10-05T14:35"),
        ("2026-10-05T14:35", "2026-10-05T14:35"),
        ("14:35 05/10/2026", "2026-10-05T14:35"),
        ("14 giờ 35 phút, ngày 5 tháng 10 năm 2026", "2026-10-05T14:35"),
        ("05/10/2026 0:00", "2026-10-05T00:00"),
    ],
)
def test_a_date_may_be_known_in_part(text, iso):
    assert parse_partial_date(text).iso() == iso


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("13/1941", "calendar"),
        ("0000", "calendar"),
        ("05/10/2026 24:00", "calendar"),
        ("05/10/2026 12:60", "calendar"),
        ("31/04/2026 12:00", "calendar"),
        ("10/2026 12:00", "shape"),
        ("12:00", "shape"),
        ("41", "shape"),
        ("05/10/2026 14:35:10", "shape"),
    ],
)
def test_what_is_no_partial_date_says_why(text, reason):
    with pytest.raises(DateError) as caught:
        parse_partial_date(text)
    assert caught.value.reason == reason


@pytest.mark.parametrize("parts", [(1941, None, 2), (1941, 3, None, 12, 0), (1941, 3, 2, 12, None), (1941, 3, 2, None, 5)], ids=str)
def test_a_partial_date_has_no_gaps(parts):
    with pytest.raises(DateError) as caught:
        PartialDate(*parts)
    assert caught.value.reason == "shape"


def test_a_partial_date_spans_the_days_it_may_mean():
    year, month, day = PartialDate(1941), PartialDate(2024, 2), PartialDate(2026, 10, 5, 14, 35)
    assert (year.earliest(), year.latest()) == (date(1941, 1, 1), date(1941, 12, 31))
    assert (month.earliest(), month.latest()) == (date(2024, 2, 1), date(2024, 2, 29))
    assert (day.earliest(), day.latest()) == (date(2026, 10, 5), date(2026, 10, 5))


@given(st.dates())
def test_a_formatted_date_reads_back(day):
    assert parse_date(format_date(day)) == parse_date(day.isoformat()) == day


@given(partial_dates())
def test_a_formatted_partial_date_reads_back(value):
    assert parse_partial_date(format_partial_date(value)) == parse_partial_date(value.iso()) == value


@given(st.one_of(st.text(st.characters(), max_size=30), st.text("0123456789/-.: tTh", max_size=20)))
def test_any_text_is_a_date_or_a_date_error(text):
    for parse in (parse_date, parse_partial_date):
        with suppress(DateError):
            assert parse(text) is not None


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 2), "Ngày hai tháng mười một năm hai nghìn không trăm hai mươi sáu"),
        (date(2026, 10, 20), "Ngày hai mươi tháng mười năm hai nghìn không trăm hai mươi sáu"),
        (date(2026, 7, 15), "Ngày mười lăm tháng bảy năm hai nghìn không trăm hai mươi sáu"),
        (date(2021, 4, 1), "Ngày một tháng tư năm hai nghìn không trăm hai mươi mốt"),
        (date(2000, 1, 31), "Ngày ba mươi mốt tháng một năm hai nghìn"),
        (date(2005, 12, 24), "Ngày hai mươi tư tháng mười hai năm hai nghìn không trăm linh năm"),
        (date(2010, 5, 14), "Ngày mười bốn tháng năm năm hai nghìn không trăm mười"),
        (date(1995, 5, 25), "Ngày hai mươi lăm tháng năm năm một nghìn chín trăm chín mươi lăm"),
        (date(1900, 8, 11), "Ngày mười một tháng tám năm một nghìn chín trăm"),
        (date(987, 6, 10), "Ngày mười tháng sáu năm chín trăm tám mươi bảy"),
        (date(5, 6, 4), "Ngày bốn tháng sáu năm năm"),
    ],
)
def test_a_date_is_written_in_words(day, words):
    assert date_in_words(day) == words


@given(st.dates(), st.dates())
def test_different_days_have_different_words(one, other):
    assert (date_in_words(one) == date_in_words(other)) == (one == other)


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        (date(2020, 11, 9), date(2026, 11, 8), 5),
        (date(2020, 11, 9), date(2026, 11, 9), 6),
        (date(2020, 2, 29), date(2026, 2, 28), 5),
        (date(2020, 2, 29), date(2026, 3, 1), 6),
        (date(2020, 2, 29), date(2024, 2, 29), 4),
        (date(2026, 11, 9), date(2026, 11, 8), -1),
    ],
)
def test_age_is_in_whole_years(birth, on, age):
    assert age_in_years(birth, on) == age
