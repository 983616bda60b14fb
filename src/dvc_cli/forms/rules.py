"""Rules across fields: small pure functions with a stable code.

    @rule("KS-I8")
    def vneid_level_two(case: Case) -> Iterable[Finding]:
        if case.text("residence_confirm_mode") == "vneid":
            yield Finding("KS-I8", "residence_confirm_mode")

Severity, texts, law and effective days stand in the problem table; a code outside its days is silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from dvc_cli.data import problem_row
from dvc_cli.domain.dates import PartialDate
from dvc_cli.errors import Problem, problem
from dvc_cli.forms.evaluate import DERIVED, Evaluation
from dvc_cli.forms.values import Value
from dvc_cli.lazy_dataclasses import dataclass

if TYPE_CHECKING:
    from dvc_cli.domain.calendar import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule may look at: the live values of one evaluation, the filing instant, the calendar, facts from look-ups, papers attached.

    Every getter answers "nothing" for a field that is dead, unanswered or faulty.
    """

    evaluation: Evaluation
    papers: frozenset[str] = frozenset()

    @property
    def on(self) -> date:
        """The filing day."""
        return self.evaluation.context.on

    @property
    def now(self) -> datetime:
        """The filing instant."""
        return self.evaluation.context.now

    @property
    def calendar(self) -> WorkingCalendar:
        """The working days."""
        return self.evaluation.context.calendar

    @property
    def known(self) -> Mapping[str, str]:
        """Facts from look-ups, by name."""
        return self.evaluation.context.known

    @property
    def values(self) -> Mapping[str, Value]:
        """The live values."""
        return self.evaluation.values

    def live(self, key: str) -> bool:
        """Whether the field is live."""
        return key in self.evaluation.live

    def has(self, key: str) -> bool:
        """Whether the field has a value."""
        return key in self.values

    def copied(self, key: str) -> bool:
        """Whether the value comes from other fields and nobody typed it."""
        return self.evaluation.origin.get(key) == DERIVED

    def lacks(self, key: str) -> bool:
        """Whether the field is asked for and has no value."""
        return key in self.evaluation.missing

    def get(self, key: str) -> Value | None:
        """The value, or None."""
        return self.values.get(key)

    def text(self, key: str) -> str:
        """The canonical text of the value, "" when there is none."""
        return self.evaluation.text(key)

    def chosen(self, key: str) -> tuple[str, ...]:
        """The codes of a field of several choices."""
        return self.evaluation.texts.get(key, ())

    def flag(self, key: str) -> bool:
        """Whether the value is true."""
        return self.values.get(key) is True

    def number(self, key: str) -> int | None:
        """The whole number, or None."""
        value = self.values.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def day(self, key: str) -> date | None:
        """The full date, or None."""
        value = self.values.get(key)
        return value if isinstance(value, date) else None

    def partial(self, key: str) -> PartialDate | None:
        """The partial date, or None; a full date counts as one."""
        value = self.values.get(key)
        if isinstance(value, date):
            return PartialDate(value.year, value.month, value.day)
        return value if isinstance(value, PartialDate) else None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found; `detail` goes behind the table's message, `hint` replaces the table's next step."""

    code: str
    field: str | None = None
    detail: str = ""
    hint: str = ""


Check = Callable[[Case], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule and the problem codes that it may find."""

    codes: tuple[str, ...]
    check: Check

    def __call__(self, case: Case) -> tuple[Finding, ...]:
        """What the rule finds in this case."""
        return tuple(self.check(case))


def rule(*codes: str) -> Callable[[Check], Rule]:
    """Make a rule of a function. KeyError at import for a code that the problem table does not have."""
    for code in codes:
        problem_row(code)

    def make(check: Check) -> Rule:
        return Rule(codes, check)

    return make


def run_rules(rules: Iterable[Rule], case: Case) -> tuple[Problem, ...]:
    """The problems that the rules find on the filing day, in form order; those without a field come last.

    LookupError when a rule finds a code that it did not announce.
    """
    found: list[Problem] = []
    for item in rules:
        if not any(problem_row(code).in_force(case.on) for code in item.codes):
            continue  # a rule may ask tables that have no row outside its days
        for finding in item(case):
            if finding.code not in item.codes:
                raise LookupError(finding.code)
            if problem_row(finding.code).in_force(case.on):
                found.append(problem(finding.code, finding.field, detail=finding.detail, hint=finding.hint))
    return tuple(sorted(found, key=lambda item: case.evaluation.form.place(item.field)))
