"""Dated tables of the field with their sources, and the loaders that read them; the package's own files only."""

from __future__ import annotations

from dvc_cli.data.problems import ProblemRow, problem_codes, problem_row
from dvc_cli.data.tables import read_rows, read_text, read_toml

__all__ = [
    "ProblemRow",
    "problem_codes",
    "problem_row",
    "read_rows",
    "read_text",
    "read_toml",
]
