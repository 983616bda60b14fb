"""What is drawn at random for the invented people: numbers and phones that nobody has yet, birth days, issue dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from dvc_cli.data import read_rows
from dvc_cli.portal.population_names import MALE

AS_OF = date(2026, 11, 1)
"""The day on which the ages of the invented people hold."""

INVENTED_PREFIX = "000"

# Phones of the worked examples begin so; generated ones keep out of their way.
_EXAMPLE_PHONES = "0900000"

_FIRST_ISSUE = date(2021, 3, 1)
_LAST_ISSUE = date(2026, 8, 31)
_CARD_AGE = 14


class Draws:
    """Draws from one seed; what was drawn or is named in `taken` never comes again."""

    def __init__(self, seed: str, taken: Iterable[str] = ()) -> None:
        self.chance = Random(seed)  # noqa: S311 - invented people, no secret: the same seed must give the same people
        self._taken = set(taken)
        rows = read_rows("mobile_prefixes.csv")
        self._prefixes = [row["prefix"] for row in rows if row["confidence"] == "high" and row["fourth_digit_valid"] == "all"]

    def personal_number(self, gender: str, birth: date) -> str:
        """A number that no citizen has (000…), agreeing with sex and birth year."""
        century = 2 * (birth.year // 100 - 19) + (gender != MALE)
        return self._fresh(f"{INVENTED_PREFIX}{century}{birth.year % 100:02d}", 6)

    def phone(self) -> str:
        """A mobile number of an operator's range."""
        while True:
            phone = self._fresh(self.chance.choice(self._prefixes), 7)
            if not phone.startswith(_EXAMPLE_PHONES):
                return phone

    def insurance_number(self) -> str:
        """A social insurance number of ten digits."""
        return self._fresh("99", 8)

    def serial(self, prefix: str, digits: int) -> str:
        """Digits that did not yet follow `prefix`, without it."""
        return self._fresh(prefix, digits).removeprefix(prefix)

    def number_in(self, book: str, most: int) -> str:
        """A running number from 1 to `most` that `book` does not yet have."""
        while True:
            number = str(self.chance.randint(1, most))
            if f"{book}{number}" not in self._taken:
                self._taken.add(f"{book}{number}")
                return number

    def birthday(self, age: int) -> date:
        """A birth date of somebody who is `age` on `AS_OF`."""
        last = AS_OF.replace(year=AS_OF.year - age)
        return last - timedelta(days=self.chance.randrange(365))

    def between(self, first: date, last: date) -> date:
        """A day from `first` to `last`, both included."""
        return first + timedelta(days=self.chance.randrange((last - first).days + 1))

    def card_issue(self, birth: date) -> date | None:
        """When the identity card was issued; None for a child that has none yet."""
        entitled = birth.replace(year=birth.year + _CARD_AGE, day=min(birth.day, 28))
        first = max(entitled, _FIRST_ISSUE)
        return self.between(first, _LAST_ISSUE) if first <= _LAST_ISSUE else None

    def _fresh(self, prefix: str, digits: int) -> str:
        while True:
            drawn = f"{prefix}{self.chance.randrange(10**digits):0{digits}d}"
            if drawn not in self._taken:
                self._taken.add(drawn)
                return drawn
