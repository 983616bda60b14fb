"""The table of problem codes (`problem_codes.csv`), and beside it an example of each and the numbers it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from dvc_cli.data.tables import day, in_force, read_rows
from dvc_cli.lazy_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One problem code: severity `error`, `warning` or `hint`; Vietnamese texts; law; days between which it is judged.

    `fields` are field keys (`*` any, `requester_*` a family); `procedures` are command names or `all`; the effective days are
    compared with the filing day, None is open; `exit_code` of a warning is the one for a missing reason.
    """

    code: str
    severity: str
    fields: tuple[str, ...]
    procedures: tuple[str, ...]
    trigger: str
    message_vi: str
    todo_vi: str
    law: str
    confidence: str
    effective_from: date | None
    effective_to: date | None
    exit_code: int

    def in_force(self, on: date) -> bool:
        """Whether the code is judged for a filing on the day `on`."""
        return in_force(on, self.effective_from, self.effective_to)


@dataclass(frozen=True, slots=True)
class ProblemExample:
    """A case in which the code is found, in both languages; `numbers` are rows of dated tables as `limits:ID` or `amounts:ID`."""

    vi: str
    en: str
    numbers: tuple[str, ...]


def problem_row(code: str) -> ProblemRow:
    """The row of `code`; KeyError when the table has none."""
    return _rows()[code]


def problem_codes() -> tuple[str, ...]:
    """Every code, in the order of the table."""
    return tuple(_rows())


def problem_example(code: str) -> ProblemExample:
    """The example of `code`; KeyError when the table has none."""
    return _examples()[code]


@cache
def _examples() -> Mapping[str, ProblemExample]:
    rows = read_rows("problem_examples.csv")
    return {row["code"]: ProblemExample(row["example_vi"], row["example_en"], tuple(row["numbers"].split())) for row in rows}


@cache
def _rows() -> Mapping[str, ProblemRow]:
    return {row["code"]: _row(row) for row in read_rows("problem_codes.csv")}


def _row(cells: Mapping[str, str]) -> ProblemRow:
    return ProblemRow(
        code=cells["code"],
        severity=cells["severity"],
        fields=tuple(cells["fields"].split()),
        procedures=tuple(cells["procedure"].split()),
        trigger=cells["trigger"],
        message_vi=cells["message_vi"],
        todo_vi=cells["todo_vi"],
        law=cells["law"],
        confidence=cells["confidence"],
        effective_from=day(cells["effective_from"]),
        effective_to=day(cells["effective_to"]),
        exit_code=int(cells["exit_code"]),
    )
