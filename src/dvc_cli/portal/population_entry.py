"""Adding invented people that a tester describes: one, or a whole list, checked as the form `population_entry.toml` says."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from itertools import chain

from dvc_cli.domain.calendar import working_calendar
from dvc_cli.domain.dates import PartialDate
from dvc_cli.errors import ConflictError, DvcError, MissingAnswersError, Problem, RefusedError, UsageError, problem
from dvc_cli.forms import Answer, Context, Evaluation, Form, evaluate, load_form, unknown_key
from dvc_cli.language import _
from dvc_cli.portal.population_records import PersonRecord, Records
from dvc_cli.portal.registers import is_training_number, refused_number
from dvc_cli.portal.storage.connection import transaction
from dvc_cli.toml_tables import read_shipped

_FILE = "population_entry.toml"
_OWN_TEXTS = (
    *("id_number", "full_name", "gender", "ethnicity", "nationality", "id_issue_date", "id_issue_place", "residence_type"),
    *("province", "ward", "address_detail", "hometown_province", "hometown_ward", "phone", "email", "social_insurance_number"),
    "assistance_category",
)


@cache
def entry_form() -> Form:
    """The form of an added person; its keys are those that `add_person` takes."""
    return load_form(read_shipped("dvc_cli.portal", _FILE))


def add_person(connection: sqlite3.Connection, mapping: Mapping[str, Answer], now: datetime) -> PersonRecord:
    """Add one person; places and dates are judged on the day of `now`.

    UsageError A-UNKNOWN-KEY; MissingAnswersError A-MISSING; RefusedError A-INVALID, A-CHOICE, A-DATE, A-PLACE, or BE-REFUSED for a
    number that is neither 000… nor of serial 999xxx; ConflictError BE-CONFLICT when the number is taken.
    """
    return _add(connection, [mapping], now)[0]


def import_people(connection: sqlite3.Connection, rows: Iterable[Mapping[str, Answer]], now: datetime) -> int:
    """Add all rows or none, and return how many; failures as of `add_person`, all at once, each naming its row (from 1)."""
    return len(_add(connection, list(rows), now, numbered=True))


def _add(connection: sqlite3.Connection, rows: list[Mapping[str, Answer]], now: datetime, *, numbered: bool = False) -> list[PersonRecord]:
    context = Context(on=now.date(), now=now, calendar=working_calendar())
    seen: set[str] = set()
    records, faults = Records(), []
    with transaction(connection):
        for number, row in enumerate(rows, start=1):
            found = evaluate(entry_form(), row, context)
            new = [*_unknown(row), *found.problems, *_number_faults(connection, found, seen)]
            faults.append([_at_row(item, number) for item in new] if numbered else new)
            if not new:
                _keep(found, records)
        _refuse(tuple(chain.from_iterable(faults)))
        records.store(connection)
    return records.people


def _unknown(row: Mapping[str, Answer]) -> list[Problem]:
    form = entry_form()
    return [unknown_key(key, form.keys) for key in row if key not in form]


def _number_faults(connection: sqlite3.Connection, found: Evaluation, seen: set[str]) -> list[Problem]:
    number = found.text("id_number")
    if not number:
        return []
    if not is_training_number(number):
        return [refused_number("id_number")]
    known = connection.execute("SELECT 1 FROM people WHERE id_number = ?", (number,)).fetchone() is not None
    if known or number in seen:
        return [problem("BE-CONFLICT", "id_number", detail=_("Số định danh đã có trong dữ liệu tập huấn."))]
    seen.add(number)
    return []


def _keep(found: Evaluation, records: Records) -> None:
    texts = {key: found.text(key) for key in _OWN_TEXTS if found.text(key)}
    number, phone = texts["id_number"], texts.get("phone", "")
    level = int(found.text("vneid_level"))
    born, known = _birth(found)
    records.people.append(
        PersonRecord(
            **{**texts, "full_name": texts["full_name"].upper()},
            birth_date=born,
            birth_known=known,
            phone_owner=number if found.text("phone_owned") == "true" else "",
            vneid_level=level,
            vneid_phone=phone if level else "",
            household_id=number,
            origin="added",
        )
    )
    if found.text("portal_account") == "true":
        records.with_account.append(number)


def _birth(found: Evaluation) -> tuple[str, str]:
    """The birth date as registers hold it, and what is known of it when that is less."""
    value = found.values["birth_date"]
    if isinstance(value, PartialDate) and value.day is None:
        return value.earliest().isoformat(), value.iso()
    return found.text("birth_date"), ""


def _at_row(item: Problem, number: int) -> Problem:
    return Problem(item.code, item.severity, item.field, f"{item.message} ({_('dòng')} {number})", item.source, item.hint)


def _refuse(problems: tuple[Problem, ...]) -> None:
    if not problems:
        return
    kinds: tuple[tuple[str, type[DvcError]], ...] = (
        ("A-UNKNOWN-KEY", UsageError),
        ("A-MISSING", MissingAnswersError),
        ("BE-CONFLICT", ConflictError),
    )
    codes = {item.code for item in problems}
    raise next((kind for code, kind in kinds if code in codes), RefusedError)(*problems)
