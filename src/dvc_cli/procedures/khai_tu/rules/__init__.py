"""The rules across fields of the linked death procedure: small pure functions, one per code of `data/problem_codes.csv`.

Severity, texts, law and effective dates stand in that table. Single values are judged by the form: lunar dates (KT-17), account numbers
(KT-21), wards (KT-23), personal numbers (KT-27), groups that exclude each other (KT-04).

Look-up facts (texts; a key that is absent means "not looked up"): `deceased` and `notice` are `found` or `missing`; `deceased_…` is what
the population register tells, `notice_…` what the electronic death notice does.
"""

from __future__ import annotations

from dvc_cli.procedures.khai_tu.rules import days, money, notice, offices, people

RULES = (*days.RULES, *offices.RULES, *people.RULES, *notice.RULES, *money.RULES)

__all__ = ["RULES"]
