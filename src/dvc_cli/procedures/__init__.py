"""The procedures as data: forms, rules, papers, and the assessment of a set of answers."""

from __future__ import annotations

from dvc_cli.procedures.assess import Assessment, assess
from dvc_cli.procedures.registry import (
    Procedure,
    lint_procedure,
    procedure,
    procedure_of_version,
    procedures,
    subject_name,
    versions,
)
from dvc_cli.procedures.tables import ProcedureError

__all__ = [
    "Assessment",
    "Procedure",
    "ProcedureError",
    "assess",
    "lint_procedure",
    "procedure",
    "procedure_of_version",
    "procedures",
    "subject_name",
    "versions",
]
