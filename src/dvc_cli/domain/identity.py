"""The 12-digit personal number: it has structure (Nghị định 137/2015 Đ.13, Thông tư 07/2016/TT-BCA Đ.7) but no check digit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from dvc_cli.data import read_rows
from dvc_cli.domain.dates import PartialDate
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.text import clean, to_ascii_digits

LENGTH = 12

_SHAPE = re.compile(r"[0-9]{12}")
_INVENTED_PREFIX, _EXAMPLE_SERIAL = "000", "999"
_MINISTRY_SINCE = date(2024, 7, 1)  # Luật Căn cước 2023
_OLD_LENGTH = 9  # numbers of the cards before 2012, shown masked in receipts too


@dataclass(frozen=True, slots=True)
class NumberFacts:
    """What the digits say: place of birth registration (None: abroad or a new code), sex code `nam` or `nu`, birth year."""

    prefix: str
    province: str | None
    gender: str
    birth_year: int


def parse_personal_number(text: str) -> str:
    """Twelve ASCII digits; spaces are removed and full-width digits mapped. ValueError otherwise."""
    number = to_ascii_digits(clean(text)).replace(" ", "")
    if not _SHAPE.fullmatch(number):
        raise ValueError("personal number")
    return number


def number_facts(number: str) -> NumberFacts:
    """What the structure of a parsed number says."""
    century_and_sex = int(number[3])
    return NumberFacts(
        prefix=number[:3],
        province=_provinces().get(number[:3]),
        gender="nam" if century_and_sex % 2 == 0 else "nu",
        birth_year=1900 + 100 * (century_and_sex // 2) + int(number[4:6]),
    )


def disagreement(number: str, gender: str | None, birth: date | PartialDate | None) -> tuple[str, ...]:
    """Which known facts contradict a parsed number: any of `gender`, `century`, `year`; unknown facts contradict nothing."""
    facts = number_facts(number)
    found = []
    if gender in {"nam", "nu"} and gender != facts.gender:
        found.append("gender")
    if birth is not None and birth.year // 100 != facts.birth_year // 100:
        found.append("century")
    if birth is not None and birth.year % 100 != facts.birth_year % 100:
        found.append("year")
    return tuple(found)


def is_invented(number: str) -> bool:
    """Whether the number begins with 000, which no citizen has."""
    return number.startswith(_INVENTED_PREFIX)


def is_worked_example(number: str) -> bool:
    """Whether the serial is 999xxx, kept for the people of worked examples."""
    return len(number) == LENGTH and number[6:9] == _EXAMPLE_SERIAL


def card_issuer(issued_on: date) -> str:
    """Who issued identity cards on that day: the police department's name until 30/06/2024, the ministry's since."""
    if issued_on >= _MINISTRY_SINCE:
        return "Bộ Công an"
    return "Cục Cảnh sát quản lý hành chính về trật tự xã hội"


def mask_number(number: str) -> str:
    """`001190012345` as `001*******45`; anything shorter than an old number is hidden whole."""
    return f"{number[:3]}*******{number[-2:]}" if len(number) >= _OLD_LENGTH else "*******"


@cache
def _provinces() -> Mapping[str, str]:
    return {row["id_prefix"]: row["province_at_birth_registration"] for row in read_rows("id_province_codes.csv")}
