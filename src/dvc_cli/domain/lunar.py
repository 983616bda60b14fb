"""Lunar dates as Viet Nam counts them: new moons and solar terms by the clock at UTC+7, the country's since 1968.

After Jean Meeus, "Astronomical Algorithms", and the rules of the lunisolar calendar as Hồ Ngọc Đức published them. Good from 1968 to 2100;
before, north and south kept other clocks, so that a day may differ. China counts by UTC+8: some months begin a day apart, some a month.
"""

from __future__ import annotations

import re
from datetime import date
from math import floor, radians, sin

from dvc_cli.text import clean, fold_search

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_JULIAN_DAY_OF_ORDINAL = 1721425
_ZONE = 7 / 24
_EPOCH, _MONTH = 2415021.076998695, 29.530588853  # the new moon of 01/01/1900 and the mean length of a month
_YEAR_DAYS = 365
_SECTOR = 30  # degrees of the sun between two major terms
_WINTER_SECTOR = 9  # the sun's from 270°: the winter solstice has been

_STEMS = ("canh", "tan", "nham", "quy", "giap", "at", "binh", "dinh", "mau", "ky")
_BRANCHES = ("than", "dau", "tuat", "hoi", "ty", "suu", "dan", "mao", "thin", "ty", "ngo", "mui")
_SPELLINGS = {"ki": "ky", "ti": "ty", "meo": "mao"}
_NAMED_MONTHS = {"gieng": 1, "chap": 12}

_NUMBERS = re.compile(r"(?<!\d)(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})(?P<leap> nhuan)?[/.\-](?P<year>\d{4})(?!\d)", re.ASCII)
_WORDS = re.compile(
    r"(?<!\d)(?P<day>\d{1,2}) thang (?P<month>\d{1,2}|gieng|chap)(?P<leap> nhuan)?,? nam (?P<year>\d{4}|[a-z]+ [a-z]+)", re.ASCII
)


class LunarError(ValueError):
    """Raised for a lunar date that does not exist, or lies outside the years that the calculation is good for."""


def solar_date(day: int, month: int, year: int, *, leap: bool = False) -> date:
    """The day of the Gregorian calendar for a lunar one; `leap` names the second of two months of one number. Raises LunarError."""
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12 and 1 <= day <= 30):  # noqa: PLR2004 - months and days
        raise LunarError
    start, end = (_winter_month(year - 1), _winter_month(year)) if month < 11 else (_winter_month(year), _winter_month(year + 1))  # noqa: PLR2004
    behind = (month - 11) % 12
    if end - start > _YEAR_DAYS:
        leap_at = _leap_offset(start)
        if leap and behind + 1 != leap_at:
            raise LunarError
        behind += leap or behind >= leap_at
    elif leap:
        raise LunarError
    number = floor(0.5 + (start - _EPOCH) / _MONTH) + behind
    first = _new_moon_day(number)
    if first + day - 1 >= _new_moon_day(number + 1):
        raise LunarError
    return date.fromordinal(first + day - 1 - _JULIAN_DAY_OF_ORDINAL)


def read_lunar_date(text: str, on: date) -> date | None:
    """The Gregorian day of a lunar date in words or numbers ("15/8/2026 âm lịch", "mùng 3 tháng Giêng năm Bính Ngọ"); None when unclear.

    A year that has only its two names is the latest one up to `on`.
    """
    written = fold_search(clean(text))
    found = _NUMBERS.search(written) or _WORDS.search(written)
    if found is None:
        return None
    year = int(found["year"]) if found["year"].isdigit() else _named_year(found["year"], on)
    month = _NAMED_MONTHS.get(found["month"]) or int(found["month"])
    try:
        return solar_date(int(found["day"]), month, year, leap=bool(found["leap"])) if year else None
    except LunarError:
        return None


def _named_year(name: str, on: date) -> int | None:
    stem, branch = (_SPELLINGS.get(word, word) for word in name.split())
    for year in range(on.year, on.year - 60, -1):
        if (_STEMS[year % 10], _BRANCHES[year % 12]) == (stem, branch):
            return year
    return None


def _winter_month(year: int) -> int:
    """The day on which the month of the winter solstice of a year begins; it is always the eleventh."""
    number = floor((date(year, 12, 31).toordinal() + _JULIAN_DAY_OF_ORDINAL - 2415021) / _MONTH)
    first = _new_moon_day(number)
    return _new_moon_day(number - 1) if _sector(first) >= _WINTER_SECTOR else first


def _leap_offset(start: int) -> int:
    """How many months after the eleventh the leap month stands: the first without a major solar term."""
    number = floor((start - _EPOCH) / _MONTH + 0.5)
    behind = 1
    sector = _sector(_new_moon_day(number + behind))
    while True:
        behind += 1
        last, sector = sector, _sector(_new_moon_day(number + behind))
        if sector == last or behind >= 14:  # noqa: PLR2004 - no year has more months
            return behind - 1


def _sector(day: int) -> int:
    return int(_sun_longitude(day - 0.5 - _ZONE) / _SECTOR)


def _new_moon_day(number: int) -> int:
    return floor(_new_moon(number) + 0.5 + _ZONE)


def _sun_longitude(instant: float) -> float:
    """The sun's apparent longitude in degrees at a Julian instant."""
    t = (instant - 2451545.0) / 36525
    anomaly = radians(357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3)
    mean = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    centre = (1.914600 - 0.004817 * t - 0.000014 * t**2) * sin(anomaly)
    centre += (0.019993 - 0.000101 * t) * sin(2 * anomaly) + 0.000290 * sin(3 * anomaly)
    return (mean + centre) % 360


def _new_moon(number: int) -> float:
    """The Julian instant of the new moon so many months after that of 01/01/1900."""
    t = number / 1236.85
    mean = 2415020.75933 + 29.53058868 * number + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * sin(radians(166.56 + 132.87 * t - 0.009173 * t**2))
    sun = radians(359.2242 + 29.10535608 * number - 0.0000333 * t**2 - 0.00000347 * t**3)
    moon = radians(306.0253 + 385.81691806 * number + 0.0107306 * t**2 + 0.00001236 * t**3)
    node = radians(21.2964 + 390.67050646 * number - 0.0016528 * t**2 - 0.00000239 * t**3)
    true = (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun) - 0.4068 * sin(moon) + 0.0161 * sin(2 * moon)
    true += -0.0004 * sin(3 * moon) + 0.0104 * sin(2 * node) - 0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon)
    true += 0.0004 * sin(2 * node + sun) - 0.0004 * sin(2 * node - sun) - 0.0006 * sin(2 * node + moon)
    true += 0.0010 * sin(2 * node - moon) + 0.0005 * sin(2 * moon + sun)
    return mean + true - (-0.000278 + 0.000265 * t + 0.000262 * t**2)
