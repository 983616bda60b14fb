from __future__ import annotations

import pytest

from dvc_cli.forms.conditions import ALWAYS, NEVER, ConditionError, both, parse_condition

TEXTS = {"case": ("du_cha_me",), "copies": ("true",), "groups": ("merit", "social_insurance")}


@pytest.mark.parametrize(
    ("raw", "holds"),
    [
        (True, True),
        (False, False),
        ({"case": ["du_cha_me", "bo_roi"]}, True),
        ({"case": "du_cha_me"}, True),
        ({"case": ["bo_roi"]}, False),
        ({"copies": True}, True),
        ({"copies": False}, False),
        ({"case": ["du_cha_me"], "copies": [False]}, False),
        ({"unanswered": ["x"]}, False),
        ({"unanswered": ["*"]}, False),
        ({"case": ["*"]}, True),
        ({"not": {"unanswered": ["x"]}}, True),
        ({"not": {"case": ["du_cha_me"]}}, False),
        ({"any": [{"case": ["bo_roi"]}, {"copies": True}]}, True),
        ({"any": [{"case": ["bo_roi"]}, {"copies": False}]}, False),
        ({"all": [{"case": ["du_cha_me"]}, {"copies": True}]}, True),
        ({"all": [{"case": ["du_cha_me"]}, {"copies": False}]}, False),
        ({"groups": ["merit"]}, True),
        ({"groups": ["none"]}, False),
        ({"not": {"groups": ["social_insurance"]}}, False),
    ],
)
def test_a_condition_holds_when_all_that_it_names_does(raw: object, holds: bool) -> None:
    assert parse_condition(raw).holds(TEXTS) is holds


@pytest.mark.parametrize(
    "raw", [{}, [], "case", {"case": []}, {"case": [1.5]}, {"any": []}, {"any": {"a": "b"}}, {"not": []}, {"case": ""}]
)
def test_what_is_no_condition_is_refused(raw: object) -> None:
    with pytest.raises(ConditionError):
        parse_condition(raw)


def test_a_condition_names_every_key_that_it_looks_at_once() -> None:
    condition = parse_condition({"a": "1", "any": [{"b": "1"}, {"a": "2"}], "not": {"c": "1"}})
    assert condition.keys() == ("a", "b", "c")


def test_both_keeps_constants_simple() -> None:
    one = parse_condition({"a": "1"})
    assert both(ALWAYS, one) == one == both(one, ALWAYS)
    assert both(NEVER, one) == NEVER == both(one, NEVER)
    assert both(one, parse_condition({"b": "1"})).holds({"a": ("1",), "b": ("1",)})
