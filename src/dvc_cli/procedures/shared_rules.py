"""Rules that several procedures have, each under its own codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dvc_cli.domain.identity import disagreement
from dvc_cli.forms import Case, Finding, Rule, rule


def filing_counts_later(code: str) -> Rule:
    """A filing after 15:00:00 or on a day off counts from a later day."""

    @rule(code)
    def check(case: Case) -> Iterable[Finding]:
        if case.calendar.counted_from(case.now) > case.on:
            yield Finding(code)

    return check


def told_from_its_day(code: str, field: str) -> Rule:
    """Told with every filing from the day on from which the problem table has the code in force."""

    @rule(code)
    def check(_case: Case) -> Iterable[Finding]:
        yield Finding(code, field)

    return check


def misfit_numbers(case: Case, code: str, genders: Mapping[str, str]) -> Iterator[Finding]:
    """One finding per personal number that contradicts sex or birth year of its person; `genders` by person, "" when not known.

    A number that is copied from another field is judged there.
    """
    for person, gender in genders.items():
        key = f"{person}_id_number"
        number = case.text(key)
        if number and not case.copied(key) and disagreement(number, gender or None, case.partial(f"{person}_birth_date")):
            yield Finding(code, key)
