"""Dated tables of the field with their sources, and the loaders that read them; the package's own files only."""

from __future__ import annotations

from dvc_cli.data.choices import Choice, choice_fields, choices, countries, ethnic_groups, nationalities, religions
from dvc_cli.data.dated import (
    Allowance,
    Contact,
    DayRow,
    Limit,
    ProvinceChange,
    allowance,
    amount,
    amount_row,
    calendar_days,
    contacts,
    fixed_holidays,
    limit,
    limit_ids,
    limit_or_none,
    province_changes,
)
from dvc_cli.data.problems import ProblemExample, ProblemRow, problem_codes, problem_example, problem_row
from dvc_cli.data.tables import read_cells, read_rows, read_text, read_toml

__all__ = [
    "Allowance",
    "Choice",
    "Contact",
    "DayRow",
    "Limit",
    "ProblemExample",
    "ProblemRow",
    "ProvinceChange",
    "allowance",
    "amount",
    "amount_row",
    "calendar_days",
    "choice_fields",
    "choices",
    "contacts",
    "countries",
    "ethnic_groups",
    "fixed_holidays",
    "limit",
    "limit_ids",
    "limit_or_none",
    "nationalities",
    "problem_codes",
    "problem_example",
    "problem_row",
    "province_changes",
    "read_cells",
    "read_rows",
    "read_text",
    "read_toml",
    "religions",
]
