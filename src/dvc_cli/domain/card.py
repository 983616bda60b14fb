"""The text that the QR code of an identity card holds (accounts.md 5.1), as cheap scanners deliver it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dvc_cli.text import clean, to_ascii_digits

CCCD_2021, CAN_CUOC_2024 = "cccd_2021", "can_cuoc_2024"
LIMIT = 1000  # characters; the longest real text seen is under 300

_SEPARATORS = re.compile(r"[\t\x1d]")
_START = re.compile(r"\s*[0-9]{12}\|")
_DATE = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_FIELDS_2021, _FIELDS_2024 = 7, 11
_GENDERS = {"nam": "Nam", "nữ": "Nữ"}


class CardError(ValueError):
    """The text is no card; `reason` is fields, number, old_number, name, date, gender or long."""

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
    return bool(_START.match(barred)) and barred.count("|") >= _FIELDS_2021 - 1


def read_card(text: str) -> Card:
    """Read a scanned card of either generation. CardError says why it is none."""
    if len(text) > LIMIT:
        raise CardError("long")
    barred = _barred(text)
    try:
        return _read(barred)
    except CardError:
        if "||" not in barred:
            raise
        # Some scanners type every bar twice.
        return _read(barred.replace("||", "|"))


def _barred(text: str) -> str:
    return to_ascii_digits(_SEPARATORS.sub("|", text)).strip("\r\n\0 \ufeff")


def _read(barred: str) -> Card:
    parts = [clean(part) for part in barred.split("|")]
    if len(parts) != _FIELDS_2021 and not _FIELDS_2021 < len(parts) <= _FIELDS_2024:
        raise CardError("fields")
    number, old_number, name, born, gender, address, issued = parts[:_FIELDS_2021]
    if not re.fullmatch(r"[0-9]{12}", number):
        raise CardError("number")
    if old_number and not re.fullmatch(r"[0-9]{9}", old_number):
        raise CardError("old_number")
    if not name or any(letter.isdigit() for letter in name):
        raise CardError("name")
    if gender.casefold() not in _GENDERS:
        raise CardError("gender")
    kind = CCCD_2021 if len(parts) == _FIELDS_2021 else CAN_CUOC_2024
    return Card(kind, number, old_number or None, name, _day(born), _GENDERS[gender.casefold()], address, _day(issued))


def _day(text: str) -> date:
    matched = _DATE.fullmatch(text)
    if not matched:
        raise CardError("date")
    day, month, year = map(int, matched.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise CardError("date") from None
