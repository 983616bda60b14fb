"""What the grown members of an invented household have: a phone (own or somebody else's), a VNeID level, insurance, a portal account."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from dvc_cli.lazy_dataclasses import replace
from dvc_cli.portal.population_draws import Draws
from dvc_cli.portal.population_records import PersonRecord
from dvc_cli.text import fold_search

# By turns, so that every combination occurs whatever the seed; the lengths 9, 8, 11, 7 and 5 have no common divisor.
_LEVELS = (2, 2, 0, 2, 1, 2, 0, 2, 1)
_BORROWED_PHONE = (8, 5)
_ACCOUNT = (11, 3)
_INSURED_TURNS, _INSURED_OF = 4, 7
_EMAIL_EVERY = 5


class Means:
    """Hands out, in turn, what people have."""

    def __init__(self, draws: Draws) -> None:
        self._draws = draws
        self._turns = count()

    def equip(self, grown: Sequence[PersonRecord]) -> tuple[list[PersonRecord], list[str]]:
        """The grown members of one household with their means, and the numbers of those who have a portal account.

        A phone that is not one's own is registered to another of them, or to nobody for somebody who lives alone.
        """
        people, accounts = [], []
        for person in grown:
            turn = next(self._turns)
            others = [other.id_number for other in grown if other is not person]
            owner = person.id_number
            if _is_turn(turn, _BORROWED_PHONE):
                owner = others[0] if others else ""
            elif _is_turn(turn, _ACCOUNT):
                accounts.append(person.id_number)
            people.append(self._equipped(person, turn, owner))
        return people, accounts

    def _equipped(self, person: PersonRecord, turn: int, phone_owner: str) -> PersonRecord:
        level, phone = _LEVELS[turn % len(_LEVELS)], self._draws.phone()
        return replace(
            person,
            phone=phone,
            phone_owner=phone_owner,
            email=_email(person.full_name, turn) if turn % _EMAIL_EVERY == 0 else "",
            vneid_level=level,
            vneid_phone=phone if level else "",
            social_insurance_number=self._draws.insurance_number() if turn % _INSURED_OF < _INSURED_TURNS else "",
        )


def _is_turn(turn: int, every: tuple[int, int]) -> bool:
    return turn % every[0] == every[1]


def _email(full_name: str, turn: int) -> str:
    words = "".join(letter for letter in fold_search(full_name) if letter.isascii() and letter.isalnum())
    return f"{words}{turn}@example.org"
