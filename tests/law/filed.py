"""Worked case A filed from one workstation, for tests of what comes after."""

from __future__ import annotations

from typing import Any

import yaml

from conftest import Dvc
from flows import CASES

MOTHER = "092196999001"


def case(name: str, **changes: Any) -> dict[str, Any]:
    """The answers of a worked case, every scalar as text, without groups."""
    grouped = yaml.load((CASES / f"{name}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    answers: dict[str, Any] = {}
    for key, value in grouped.items():
        answers |= value if isinstance(value, dict) and key != "acknowledge" else {key: value}
    return answers | changes


def case_a(**changes: Any) -> dict[str, Any]:
    """The answers of worked case A of the births."""
    return case("birth_a", **changes)


def file_a(dvc: Dvc) -> str:
    """File it as the mother; the dossier's code."""
    dvc.sign_in_vneid(MOTHER)
    filed = dvc("khai-sinh", answers=case_a())
    assert filed.exit_code == 0, filed.out
    return str(filed.data["dossier"]["code"])
