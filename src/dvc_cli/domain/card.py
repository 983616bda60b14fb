"""The text that the QR code of an identity card holds, as cheap scanners deliver it.

Seven fields between bars on the card of 2021: number, old nine-digit number or nothing, name, birth date, gender, address, day of issue
(dates as ddmmyyyy). The card of 2024 appends four more, empty in all samples seen. Keyboard scanners send full-width digits and bars,
decomposed letters, tabs for bars, bars twice, and a line end or NUL behind.
"""

from __future__ import annotations

import re
from datetime import date

from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.text import clean, to_ascii_digits

CCCD_2021, CAN_CUOC_2024 = "cccd_2021", "can_cuoc_2024"
LIMIT = 1000  # characters; the longest real text seen is under 300

_SEPARATORS = re.compile("[\t\x1d\uff5c]")
_START = re.compile(r"(?P<number>[0-9]{12})\|")
_NUMBERS = re.compile(r"(?P<number>[0-9]{12}\|[0-9]*\|)\|*")
_DATE = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_BARS = re.compile(r"\|+")
_FIELDS, _MORE_FIELDS = 7, 4
_GENDERS = {"nam": "Nam", "nữ": "Nữ"}


class CardError(ValueError):
    """Raised for a text that is no card; `reason` is fields, number, old_number, name, date, gender or long."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Card:
    """One card; `kind` is cccd_2021 or can_cuoc_2024, `gender` as printed (Nam, Nữ), `old_id_number` nine digits or None."""

    kind: str
    id_number: str
    old_id_number: str | None
    full_name: str
    birth_date: date
    gender: str
    address: str
    issue_date: date


def looks_like_card(text: str) -> bool:
    """Whether the text begins as a card's does: twelve digits, a separator and at least five more separators."""
    barred = _barred(text[:LIMIT])
    return bool(_START.match(barred)) and barred.count("|") >= _FIELDS - 1


def read_card(text: str) -> Card:
    """Read a scanned card of either generation. CardError says why it is none."""
    if len(text) > LIMIT:
        raise CardError("long")
    barred = _barred(text)
    try:
        return _read(barred)
    except CardError:
        for mended in _with_single_bars(barred):
            try:
                return _read(mended)
            except CardError:
                continue
        raise


def _barred(text: str) -> str:
    return to_ascii_digits(_SEPARATORS.sub("|", text)).strip("\r\n\0 \ufeff")


def _with_single_bars(barred: str) -> tuple[str, ...]:
    """What was meant where bars came twice: all of them, or some behind the old number, which may itself be empty."""
    numbers = _NUMBERS.match(barred)
    if "||" not in barred or numbers is None:
        return ()
    rest = barred[numbers.end() :]
    last = len(rest.rstrip("|"))
    return barred.replace("||", "|"), numbers["number"] + _BARS.sub("|", rest[:last]) + rest[last:]


def _read(barred: str) -> Card:
    parts = [clean(part) for part in barred.split("|")]
    if len(parts) < _FIELDS or len(parts) > _FIELDS + 2 * _MORE_FIELDS or any(parts[_FIELDS + _MORE_FIELDS :]):
        raise CardError("fields")
    number, old_number, name, born, gender, address, issued = parts[:_FIELDS]
    if not re.fullmatch(r"[0-9]{12}", number):
        raise CardError("number")
    if not re.fullmatch(r"([0-9]{9})?", old_number):
        raise CardError("old_number")
    if not name or any(letter.isdigit() for letter in name):
        raise CardError("name")
    if gender.casefold() not in _GENDERS:
        raise CardError("gender")
    return Card(_kind(parts[_FIELDS:]), number, old_number or None, name, _day(born), _GENDERS[gender.casefold()], address, _day(issued))


def _kind(more: list[str]) -> str:
    # One empty field is a bar too many behind the seven, not a card with four more.
    return CAN_CUOC_2024 if len(more) > 1 or any(more) else CCCD_2021


def _day(text: str) -> date:
    matched = _DATE.fullmatch(text)
    if not matched:
        raise CardError("date")
    day, month, year = map(int, matched.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise CardError("date") from None
