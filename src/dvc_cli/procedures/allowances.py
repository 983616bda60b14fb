"""What may be paid after a filing: computed from the dated tables, each with its source and how sure it is. Never a promise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dvc_cli.data import allowance
from dvc_cli.domain.dates import PartialDate
from dvc_cli.domain.dossier import AllowanceLine
from dvc_cli.forms import Value
from dvc_cli.forms.conditions import Condition
from dvc_cli.language import Text, _
from dvc_cli.lazy_dataclasses import dataclass, replace
from dvc_cli.procedures.papers import Texts
from dvc_cli.procedures.tables import Row, rows

_ATTRIBUTES = ("id", "rate", "on", "when", "label", "note", "one_of", "source", "confidence")
_SURE = frozenset({"A", "B"})


@dataclass(frozen=True, slots=True)
class Allowance:
    """One allowance: `rate` is a row of the table of allowances (empty: only the paying office can tell), as of the date in field `on`.

    Of those with the same `one_of` only the highest is paid.
    """

    id: str
    rate: str
    on: str
    when: Condition
    label: Text
    note: Text
    one_of: str
    source: str
    confidence: str


def load_allowances(raw: Mapping[str, object]) -> tuple[Allowance, ...]:
    """The allowances that a parsed dossier.toml lists. Raises ProcedureError."""
    return tuple(_allowance(row) for row in rows(raw, "allowances", _ATTRIBUTES))


def _allowance(row: Row) -> Allowance:
    return Allowance(
        id=row.text("id"),
        rate=row.text("rate", ""),
        on=row.text("on"),
        when=row.condition("when"),
        label=row.label("label"),
        note=row.label("note"),
        one_of=row.text("one_of", ""),
        source=row.text("source", ""),
        confidence=row.text("confidence", ""),
    )


def allowance_lines(items: tuple[Allowance, ...], texts: Texts, values: Mapping[str, Value]) -> tuple[AllowanceLine, ...]:
    """The allowances of this case; in each set of which only one is paid, the highest is marked."""
    asked = [(item, _line(item, values)) for item in items if item.when.holds(texts)]
    highest: dict[str, int] = {}
    for item, line in asked:
        highest[item.one_of] = max(highest.get(item.one_of, 0), line.amount or 0)
    return tuple(replace(line, paid=not item.one_of or (line.amount or 0) == highest[item.one_of]) for item, line in asked)


def _line(item: Allowance, values: Mapping[str, Value]) -> AllowanceLine:
    row = allowance(item.rate) if item.rate else None
    source, confidence = (row.source, row.confidence) if row else (item.source, item.confidence)
    amounts = {row.value(day) for day in _days(values.get(item.on))} if row else set()
    amount = amounts.pop() if len(amounts) == 1 else None
    notes = [str(item.note)] if str(item.note) else []
    if amounts:
        notes.append(_("tùy tháng chết"))
    if confidence not in _SURE:
        notes.append(_("kiểm tra lại"))
    return AllowanceLine(item.id, str(item.label), amount, "; ".join(notes), source, confidence)


def _days(value: Value | None) -> tuple[date, ...]:
    if isinstance(value, PartialDate):
        return value.earliest(), value.latest()
    return (value,) if isinstance(value, date) else ()
