"""What a filed dossier is made of, computed from its case: procedure code, members with office and due day, fees, reminders."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Protocol, TypeVar

from dvc_cli.data import amount, limit
from dvc_cli.domain.calendar import WorkingCalendar
from dvc_cli.domain.dossier import FeeLine, MemberLine
from dvc_cli.forms.conditions import NEVER, Condition
from dvc_cli.language import Text
from dvc_cli.lazy_dataclasses import dataclass, replace
from dvc_cli.procedures.papers import Texts
from dvc_cli.procedures.tables import ALWAYS_VALID, DATES, ProcedureError, Row, Span, rows

_TABLES = {
    "codes": ("code", "when", *DATES),
    "due": ("limit", "when", *DATES),
    "members": ("procedure", "agency", "office", "due", "with_dossier", "when", *DATES),
    "fees": ("id", "rate", "each", "when", "when_problem", "zero_when", "note", "law", *DATES),
    "reminders": ("text", "when"),
    "same_person": (),
    "lookups": (),
    "allowances": (),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that is taken when its condition is the first to hold."""

    text: str
    when: Condition
    span: Span = ALWAYS_VALID


@dataclass(frozen=True, slots=True)
class Member:
    """One linked procedure; `agency` is the key of the field with its office, `office` its name while that field has no value.

    `due` is a row of the limits table or empty; a member `with_dossier` is due with the whole dossier.
    """

    procedure: str
    agency: str
    office: Text
    due: str
    with_dossier: bool
    when: Condition
    span: Span = ALWAYS_VALID


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee line: `rate` is a row of the amounts table (empty: not the tool's to compute), times the number in field `each`."""

    id: str
    rate: str
    each: str
    when: Condition
    when_problem: str
    zero_when: Condition
    note: Text
    law: str
    span: Span = ALWAYS_VALID


@dataclass(frozen=True, slots=True)
class Reminder:
    """A sentence that the receipt ends with."""

    text: Text
    when: Condition


@dataclass(frozen=True, slots=True)
class Plan:
    """The parsed dossier.toml of a procedure. Of `codes` the first that holds is taken, of `due` the longest limit that holds."""

    codes: tuple[Candidate, ...]
    due: tuple[Candidate, ...]
    members: tuple[Member, ...]
    fees: tuple[Fee, ...]
    reminders: tuple[Reminder, ...] = ()

    def on(self, day: date) -> Plan:
        """The rows that hold for a filing on that day."""
        return replace(
            self,
            codes=_holding(self.codes, day),
            due=_holding(self.due, day),
            members=_holding(self.members, day),
            fees=_holding(self.fees, day),
        )


def load_plan(raw: Mapping[str, object]) -> Plan:
    """The plan that a parsed dossier.toml describes. Raises ProcedureError."""
    Row(raw, "dossier", _TABLES)
    plan = Plan(
        codes=tuple(Candidate(row.text("code"), row.condition("when"), row.span()) for row in _rows(raw, "codes")),
        due=tuple(Candidate(row.text("limit"), row.condition("when"), row.span()) for row in _rows(raw, "due")),
        members=tuple(_member(row) for row in _rows(raw, "members")),
        fees=tuple(_fee(row) for row in _rows(raw, "fees")),
        reminders=tuple(Reminder(row.label("text"), row.condition("when")) for row in _rows(raw, "reminders")),
    )
    for name, candidates in (("codes", plan.codes), ("due", plan.due)):
        if not candidates or not (candidates[-1].when.always and candidates[-1].span.always):
            msg = f"the last of `{name}` has no `when` and no days: one must hold in every case"
            raise ProcedureError(msg)
    return plan


class _Dated(Protocol):
    @property
    def span(self) -> Span: ...


Dated = TypeVar("Dated", bound=_Dated)


def _holding(rows: tuple[Dated, ...], day: date) -> tuple[Dated, ...]:
    return tuple(row for row in rows if row.span.holds(day))


def _rows(raw: Mapping[str, object], name: str) -> tuple[Row, ...]:
    return rows(raw, name, _TABLES[name])


def _member(row: Row) -> Member:
    return Member(
        procedure=row.text("procedure"),
        agency=row.text("agency"),
        office=row.label("office"),
        due=row.text("due", ""),
        with_dossier=row.flag("with_dossier"),
        when=row.condition("when"),
        span=row.span(),
    )


def _fee(row: Row) -> Fee:
    return Fee(
        id=row.text("id"),
        rate=row.text("rate", ""),
        each=row.text("each", ""),
        when=row.condition("when"),
        when_problem=row.text("when_problem", ""),
        zero_when=row.condition("zero_when", NEVER),
        note=row.label("note"),
        law=row.text("law"),
        span=row.span(),
    )


def first(candidates: tuple[Candidate, ...], texts: Texts) -> str:
    """The text of the first candidate that holds; the last one always does."""
    return next(item.text for item in candidates if item.when.holds(texts))


def dossier_days(plan: Plan, texts: Texts, on: date) -> int:
    """The working days of the whole dossier: the longest limit of those that hold."""
    return max(working_days(item.text, on) or 0 for item in plan.due if item.when.holds(texts))


def reminders(plan: Plan, texts: Texts) -> tuple[str, ...]:
    """The sentences that the receipt of this case ends with, in the current language."""
    return tuple(str(item.text) for item in plan.reminders if item.when.holds(texts))


def working_days(limit_id: str, on: date) -> int | None:
    """The working days of a limit on that day, None when the table leaves it to the portal."""
    return limit(limit_id, on).value if limit_id else None


def member_lines(plan: Plan, texts: Texts, start: date, on: date, calendar: WorkingCalendar) -> tuple[MemberLine, ...]:
    """The members of this case; `start` is the day from which the office counts, `on` the filing day."""
    lines = []
    for member in plan.members:
        if member.when.holds(texts):
            days = dossier_days(plan, texts, on) if member.with_dossier else working_days(member.due, on)
            due = None if days is None else calendar.add(start, days)
            lines.append(MemberLine(member.procedure, " ".join(texts.get(member.agency, ())) or str(member.office), None, due))
    return tuple(lines)


def fee_lines(plan: Plan, texts: Texts, codes: Collection[str], on: date) -> tuple[FeeLine, ...]:
    """The fees of this case; `codes` are the problem codes that hold, `on` the filing day."""
    return tuple(_fee_line(fee, texts, on) for fee in plan.fees if _is_charged(fee, texts, codes))


def _is_charged(fee: Fee, texts: Texts, codes: Collection[str]) -> bool:
    return fee.when.holds(texts) and (not fee.when_problem or fee.when_problem in codes)


def _fee_line(fee: Fee, texts: Texts, on: date) -> FeeLine:
    if fee.zero_when.holds(texts):
        return FeeLine(fee.id, 0)
    rate = amount(fee.rate, on) if fee.rate else None
    if rate is None:
        return FeeLine(fee.id, None, str(fee.note))
    count = int("".join(texts.get(fee.each, ())) or 0) if fee.each else 1
    return FeeLine(fee.id, rate * count, str(fee.note))
