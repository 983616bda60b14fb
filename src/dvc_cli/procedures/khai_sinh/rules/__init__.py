"""The rules across fields of the linked birth procedure: small pure functions, one per code of `data/problem_codes.csv`.

Severity, texts, law and effective dates stand in that table. Shapes of single values (KS-I1, KS-I6) are checked by the form.
The look-up facts that rules and papers read are listed in `facts`.
"""

from __future__ import annotations

from dvc_cli.procedures.khai_sinh.rules import days, descent, names, offices, people

RULES = (*offices.RULES, *people.RULES, *names.RULES, *days.RULES, *descent.RULES)

__all__ = ["RULES"]
