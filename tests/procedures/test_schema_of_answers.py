"""The schema of a procedure's answers takes its worked cases, written canonically, and refuses what the form refuses."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from dvc_cli.forms import flatten, json_schema, parse_answers
from dvc_cli.procedures import procedure, procedures
from procedures.test_any_answers import CONTEXT, evaluate

CASES = Path(__file__).resolve().parents[1] / "cases"
FILES = {"khai-sinh": "birth", "khai-tu": "death"}


def schema(command: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json_schema(procedure(command).form, "vi"))


def canonical(command: str, case: str, **changes: str) -> dict[str, object]:
    form = procedure(command).form
    text = (CASES / f"{FILES[command]}_{case}.yaml").read_text(encoding="utf-8")
    found = evaluate(form, {**flatten(form, parse_answers(text, "yaml")).values, **changes}, CONTEXT)
    return found.payload() | found.facts() | {"pledge": True}


@pytest.mark.parametrize("command", procedures())
def test_it_is_a_schema(command: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema(procedure(command).form, "en"))


@pytest.mark.parametrize("command", procedures())
@pytest.mark.parametrize("case", "abc")
def test_the_worked_cases_fit(command: str, case: str) -> None:
    assert [error.message for error in schema(command).iter_errors(canonical(command, case))] == []


RELATIVE = {"full_name": "LÊ THỊ MẪU", "birth_date": "1950", "relation": "vo"}


@pytest.mark.parametrize(
    ("rows", "fits"),
    [
        ([RELATIVE], True),
        ([RELATIVE, {**RELATIVE, "id_number": "048150999103"}], True),
        ([{**RELATIVE, "id_number": "48150999103"}], False),
        ([{"full_name": "LÊ THỊ MẪU"}], False),
        ([{**RELATIVE, "shoe": "44"}], False),
        ([{**RELATIVE, "relation": "hàng xóm"}], False),
    ],
)
def test_rows_of_relatives(rows: list[dict[str, str]], fits: bool) -> None:
    assert schema("khai-tu").is_valid(canonical("khai-tu", "a") | {"si_survivors": rows}) is fits


@pytest.mark.parametrize(
    ("case", "key"),
    [("a", "si_benefit_types"), ("b", "assistance_category"), ("b", "cash_pickup"), ("c", "bank_name"), ("c", "death_notice_type")],
)
def test_what_a_case_requires_the_schema_requires(case: str, key: str) -> None:
    answers = canonical("khai-tu", case)
    del answers[key]
    assert not schema("khai-tu").is_valid(answers)
