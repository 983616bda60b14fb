"""`dvc explain`: every code says what, why, what to do, an example and its days; the list can be narrowed to one command."""

from __future__ import annotations

import json
from datetime import date

import jsonschema
import pytest

from conftest import Dvc
from dvc_cli.commands.explain import why
from dvc_cli.data import amount_row, limit, problem_codes, problem_example, problem_row
from dvc_cli.domain.dated_numbers import number_text, numbers_of
from dvc_cli.language import set_language
from flows import SCHEMA

TODAY = date(2026, 11, 9)


@pytest.mark.parametrize("code", problem_codes())
def test_every_code_has_an_example_in_both_languages_and_numbers_that_exist(code: str) -> None:
    example = problem_example(code)
    assert example.vi.strip()
    assert example.en.strip()
    assert len(numbers_of(code, TODAY)) == len(example.numbers)
    assert why(problem_row(code)).endswith(".")


def test_a_code_tells_what_why_what_to_do_an_example_and_its_days(dvc: Dvc) -> None:
    found = dvc("explain", "ks-d2").data["problem"]
    assert (found["message"], found["hint"]) == (problem_row("KS-D2").message_vi, problem_row("KS-D2").todo_vi)
    assert "Luật Hộ tịch 2014 Đ.15(1)" in found["why"]
    assert "14/09/2026" in found["example"]
    assert (found["effective_from"], found["effective_to"], found["in_force"]) == ("2016-01-01", None, True)
    assert [(number["id"], number["value"], number["label"]) for number in found["numbers"]] == [("birth_registration_duty", 60, "60 ngày")]


def test_an_unsure_law_and_a_rule_of_the_tool_are_told_apart() -> None:
    assert "kiểm tra lại" in why(problem_row("KS-W3"))
    assert "kiểm tra lại" not in why(problem_row("KS-W2"))
    assert why(problem_row("KS-D5")) == "Quy tắc của công cụ, không phải của luật."


@pytest.mark.parametrize(("now", "in_force"), [("2027-02-28T09:00", [True, False]), ("2027-03-01T09:00", [False, True])])
def test_whether_a_code_holds_today_follows_the_clock(dvc: Dvc, now: str, in_force: list[bool]) -> None:
    assert [dvc("explain", code, DVC_NOW=now).data["problem"]["in_force"] for code in ("KS-W2", "KS-W8")] == in_force
    shown = dvc.plain("explain", "KS-W2", "--no-input", DVC_NOW=now).out
    assert ("hôm nay không áp dụng" in shown) is not in_force[0]
    assert "28/02/2027" in shown


def test_the_list_holds_every_code_in_the_order_of_the_table(dvc: Dvc) -> None:
    outcome = dvc("explain", "--list")
    SCHEMA.validate(json.loads(outcome.out))
    assert [each["code"] for each in outcome.data["codes"]] == list(problem_codes())
    assert "KS-W2" in dvc.plain("explain", "--list", "--no-input").out


def test_the_list_of_a_command_holds_its_codes_and_those_of_all(dvc: Dvc) -> None:
    codes = [each["code"] for each in dvc("explain", "--list", "--procedure", "khai-sinh").data["codes"]]
    assert {"KS-D2", "A-PLEDGE", "BE-UNREACHABLE", "A-MISSING"} <= set(codes)
    assert not [code for code in codes if code.startswith(("KT-", "TK-PW"))]
    refused = dvc("explain", "--list", "--procedure", "khai-sin")
    assert (refused.exit_code, refused.codes, refused.document["problems"][0]["hint"]) == (2, ["A-USAGE"], "khai-sinh")


@pytest.mark.parametrize("words", [[], ["KS-D2", "--list"], ["KS-D2", "--procedure", "khai-sinh"], ["--procedure", "khai-sinh"]])
def test_a_code_or_the_list_is_asked_for(dvc: Dvc, words: list[str]) -> None:
    assert (dvc("explain", *words).exit_code, dvc("explain", *words).codes) == (2, ["A-USAGE"])


def test_one_answer_fits_the_published_shape_and_the_other_does_not(dvc: Dvc) -> None:
    document = json.loads(dvc("explain", "KT-16").out)
    SCHEMA.validate(document)
    del document["data"]["problem"]["numbers"]
    with pytest.raises(jsonschema.ValidationError):
        SCHEMA.validate(document)


def test_numbers_read_as_people_write_them() -> None:
    assert [number_text(limit(name, TODAY)) for name in ("attachment_row", "supplement_duty", "can_cuoc")] == [
        "2.600.000 byte",
        "7 ngày làm việc",
        "",
    ]
    assert number_text(amount_row("copies", TODAY)) == "8.000 đồng"
    set_language("en")
    assert number_text(limit("supplement_duty", TODAY)) == "7 working days"
