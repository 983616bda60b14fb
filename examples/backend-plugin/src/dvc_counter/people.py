"""Invented people: numbers of generated ones begin with 000, which no citizen has; the mother of the sample dossier is a worked example."""

from __future__ import annotations

from datetime import date

from dvc_cli.contract.values import Profile
from dvc_cli.testing.sample_birth import MOTHER
from dvc_counter.counter import Person

_NAMES = ("HỒ THỊ VÍ DỤ", "LÊ VĂN VÍ DỤ", "ĐỖ THUỲ VÍ DỤ", "NGUYỄN HỮU VÍ DỤ")
_HOW_MANY = 24
_VERIFIED = ("id_number", "full_name", "birth_date", "gender")


def invented_people() -> dict[str, Person]:
    """Everybody by number."""
    people = [_person(f"0001900{number:05d}", _NAMES[number % len(_NAMES)]) for number in range(_HOW_MANY)]
    return {person.profile.id_number: person for person in (*people, _person(MOTHER, "LÊ NGỌC HÀ"))}


def _person(number: str, name: str) -> Person:
    profile = Profile(number, name, date(1990, 1, 1), "nu", phone=f"09{number[-8:]}", verified=_VERIFIED)
    return Person(profile, f"Mat-khau-{number[-4:]}")
