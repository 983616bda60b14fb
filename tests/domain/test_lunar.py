"""The lunar calendar by Viet Nam's clock: years in which it differs from China's, leap months, and dates that do not exist."""

from datetime import date
from itertools import pairwise

import pytest

from dvc_cli.domain.lunar import LunarError, read_lunar_date, solar_date

# New Year's Day here, and in China where that is another day.
NEW_YEARS = [
    (1968, "1968-01-29", "1968-01-30"),
    (1985, "1985-01-21", "1985-02-20"),
    (2007, "2007-02-17", "2007-02-18"),
    (2030, "2030-02-02", "2030-02-03"),
    (2053, "2053-02-18", "2053-02-19"),
    (2025, "2025-01-29", ""),
    (2026, "2026-02-17", ""),
    (2027, "2027-02-06", ""),
]


@pytest.mark.parametrize(("year", "here", "china"), NEW_YEARS)
def test_new_year_s_day(year, here, china):
    assert solar_date(1, 1, year) == date.fromisoformat(here)
    assert here != china


LEAP_MONTHS = {1985: 2, 1987: 7, 2004: 2, 2012: 4, 2017: 6, 2020: 4, 2023: 2, 2025: 6, 2028: 5, 2033: 11}


@pytest.mark.parametrize(("year", "month"), LEAP_MONTHS.items())
def test_a_leap_month_follows_the_month_of_its_number(year, month):
    behind = solar_date(1, month, year, leap=True) - solar_date(1, month, year)
    assert behind.days in {29, 30}
    for other in range(1, 13):
        if other != month:
            with pytest.raises(LunarError):
                solar_date(1, other, year, leap=True)


def test_a_common_year_has_none():
    for month in range(1, 13):
        with pytest.raises(LunarError):
            solar_date(1, month, 2026, leap=True)


def test_each_day_of_a_century_follows_the_one_before():
    days = [solar_date(1, month, year) for year in range(1968, 2068) for month in range(1, 13)]
    assert days == sorted(days)
    gaps = {(later - earlier).days for earlier, later in pairwise(days)}
    assert gaps <= {29, 30, 58, 59, 60}


@pytest.mark.parametrize("day", [(31, 1, 2026), (0, 1, 2026), (1, 13, 2026), (30, 12, 2024), (1, 1, 1899), (1, 1, 2101)])
def test_what_is_no_day_of_the_calendar_is_refused(day):
    with pytest.raises(LunarError):
        solar_date(*day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15/8/2026 âm lịch", "2026-09-25"),
        ("15-08-2026 (AL)", "2026-09-25"),
        ("mùng 3 tháng Giêng năm Bính Ngọ", "2026-02-19"),
        ("ngày 10 tháng 6 nhuận năm Ất Tỵ", "2025-08-03"),
        ("5 tháng Chạp năm 2025", "2026-01-23"),
        ("1 tháng 1 năm Tân Tỵ", "2001-01-24"),
        ("30/12/2024 âm lịch", None),
        ("năm Bính Ngọ", None),
        ("3 tháng 3 năm Giáp Sửu", None),
        ("âm lịch", None),
    ],
)
def test_what_people_write(text, day):
    found = read_lunar_date(text, date(2026, 11, 25))
    assert found == (date.fromisoformat(day) if day else None)


def test_a_named_year_is_the_latest_one():
    assert read_lunar_date("1 tháng 1 năm Bính Ngọ", date(2025, 12, 1)) == solar_date(1, 1, 1966)
