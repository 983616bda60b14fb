"""Values of fields: what they are, their canonical text, what is sent, and how a person reads them.

A value is a text (also codes of choices, places, countries and peoples), a whole number, a boolean, a date, a partial date, or several
codes. The canonical text of a value is what conditions compare and what drafts keep; `parse_value` reads it back to the same value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from dvc_cli.domain.dates import PartialDate, format_date, format_partial_date
from dvc_cli.forms.choices import options
from dvc_cli.forms.model import BOOLEAN, LIST_TYPES, PROVINCE, SECRET, WARD, Field, Form
from dvc_cli.language import ENGLISH, language
from dvc_cli.lazy_dataclasses import dataclass, field

if TYPE_CHECKING:
    from dvc_cli.domain.calendar import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a group, each with the values of its answered parts."""

    rows: tuple[Mapping[str, Value], ...]


Value = str | int | bool | date | PartialDate | tuple[str, ...] | Rows
Answer = str | tuple[str, ...]
"""What was given for one field: a text, or a list of texts; not yet parsed."""

Plain = str | int | bool | list[str] | list[dict[str, "Plain"]]
"""A value as it stands in the payload."""


@dataclass(frozen=True, slots=True)
class Context:
    """What an evaluation may know of the world.

    `on` is the filing day (places and rules are those of that day), `now` the filing instant. `session_values` holds the signed-in
    person's values as canonical texts, None without a session. `known` holds facts from look-ups, for rules, papers and default values.
    """

    on: date
    now: datetime
    calendar: WorkingCalendar
    lang: str = "vi"
    session_values: Mapping[str, str] | None = None
    known: Mapping[str, str] = field(default_factory=dict)


def texts_of(value: Value) -> tuple[str, ...]:
    """The canonical texts of a value: one, or one per choice."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, tuple):
        return value
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, PartialDate):
        return (value.iso(),)
    if isinstance(value, date):
        return (value.isoformat(),)
    if isinstance(value, Rows):
        return (rows_text({key: ", ".join(texts_of(part)) for key, part in row.items()} for row in value.rows),)
    return (str(value),)


def rows_text(rows: Iterable[Mapping[str, str]]) -> str:
    """Rows of part texts as the one text that a group's answer is kept as."""
    import json

    return json.dumps([dict(row) for row in rows], ensure_ascii=False, separators=(",", ":"))


def format_value(item: Field, value: Value) -> str:  # noqa: ARG001 - pairs with parse_value
    """The canonical text of a value; several choices are separated by commas, rows are a JSON text."""
    return ", ".join(texts_of(value))


def plain_value(value: Value) -> Plain:
    """The value as it is sent: codes, ISO dates, whole numbers, booleans, lists of codes, rows as a list of tables."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Rows):
        return [{key: plain_value(part) for key, part in row.items()} for row in value.rows]
    if isinstance(value, bool | int | str):
        return value
    return texts_of(value)[0]


def display_value(item: Field, value: Value, lang: str = "", on: date = date.max) -> str:
    """The value as a person reads it: labels, official place names as of `on`, dd/mm/yyyy, Có/Không; a secret is never shown."""
    english = (lang or language()) == ENGLISH
    if item.type == SECRET:
        return "••••••"
    if item.type == BOOLEAN:
        return (("Yes" if english else "Có") if value else ("No" if english else "Không")) if isinstance(value, bool) else str(value)
    if item.type in LIST_TYPES:
        labels = {option.code: option.label_en if english else option.label_vi for option in options(item)}
        return "; ".join(labels.get(code, code) for code in texts_of(value))
    if item.type in (PROVINCE, WARD):
        return place_name(item.type, str(value), on) or str(value)
    if isinstance(value, PartialDate):
        return format_partial_date(value)
    if isinstance(value, Rows) and item.parts:
        return "; ".join(f"({number}) {display_row(item.parts, row, lang, on)}" for number, row in enumerate(value.rows, 1))
    return format_date(value) if isinstance(value, date) else str(value)


def display_row(form: Form, row: Mapping[str, Value], lang: str = "", on: date = date.max) -> str:
    """One row of a group as a person reads it: its values in the order of the parts."""
    return ", ".join(display_value(part, row[part.key], lang, on) for part in form.fields if part.key in row)


def place_name(kind: str, code: str, on: date) -> str:
    """The official name of a province or ward by code on a day; "" when there is none."""
    from dvc_cli.domain.places import places

    table = places(on)
    found = table.province(code) if kind == PROVINCE else table.commune_by_code(code)
    return found.name if found else ""
