"""Groups: an answer of any number of rows, each a small form of its own (`Field.parts`).

As an answer a group is one JSON text, a list of tables of texts; so drafts, flags and answers files hold it like any other answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from dvc_cli.forms.evaluate import Evaluation, evaluate
from dvc_cli.forms.model import Field, Form
from dvc_cli.forms.parsing import ValueFault
from dvc_cli.forms.values import Context, Rows
from dvc_cli.language import _
from dvc_cli.text import clean

MOST_ROWS = 50

Row = dict[str, str]


def given_rows(text: str) -> tuple[Row, ...]:
    """The rows in the text of an answer, empty ones left out. Raises ValueFault A-INVALID for a text that is no list of tables."""
    try:
        raw = json.loads(text, parse_int=str, parse_float=str, parse_constant=str) if text.strip() else []
    except (ValueError, RecursionError):
        raise _no_rows() from None
    if not isinstance(raw, list):
        raise _no_rows()
    return tuple(row for row in map(_row, raw) if row)


def row_form(item: Field) -> Form:
    """The form of one row. ValueFault A-INVALID for a field that is no group."""
    if item.parts is None:
        raise _no_rows()
    return item.parts


def judge_row(item: Field, row: Mapping[str, str], context: Context) -> Evaluation:
    """What the form of one row says to it; nothing in it comes from the session."""
    return evaluate(row_form(item), row, Context(context.on, context.now, context.calendar, context.lang))


def read_rows(item: Field, text: str, context: Context) -> Rows:
    """The value in the text of an answer. Raises ValueFault with everything that is wrong, row by row."""
    rows = given_rows(text)
    if len(rows) > MOST_ROWS:
        raise ValueFault("A-INVALID", _("Tối đa {limit} dòng.").format(limit=MOST_ROWS))
    judged = [judge_row(item, row, context) for row in rows]
    faults = [fault for number, (row, found) in enumerate(zip(rows, judged, strict=True), 1) for fault in _faults(number, row, found)]
    if faults:
        raise ValueFault("A-INVALID", " ".join(faults))
    return Rows(tuple(dict(found.values) for found in judged))


def _faults(number: int, row: Mapping[str, str], found: Evaluation) -> Iterator[str]:
    form = found.form
    for key in row:
        if key not in form:
            yield _("Dòng {number}: không có mục {key}.").format(number=number, key=clean(key, 40))
    for problem in found.problems:
        if problem.field and problem.severity == "error":
            line = _("Dòng {number}, {label}: {message}")
            yield line.format(number=number, label=form[problem.field].label, message=problem.message)


def _row(raw: object) -> Row:
    if not isinstance(raw, dict) or not all(isinstance(value, str | bool) for value in raw.values()):
        raise _no_rows()
    texts = {key: str(value).lower() if isinstance(value, bool) else value for key, value in raw.items()}
    return {key: value for key, value in texts.items() if clean(value)}


def _no_rows() -> ValueFault:
    return ValueFault("A-INVALID", _("Cần một danh sách, mỗi dòng gồm các mục của bảng."))
