"""When two dossiers are for the same person: by name, near date and what else must be equal, compared without being read."""

from __future__ import annotations

import pytest

from dvc_cli.procedures import ProcedureError, procedure
from dvc_cli.procedures.likeness import Likeness, like_texts, load_likeness, own_texts

CHILD = {
    "child_surname": "NGUYỄN",
    "child_middle_name": "TRẦN AN",
    "child_given_name": "NHIÊN",
    "child_birth_date": "2026-11-02",
    "mother_id_number": "092196999001",
}


def alike(command, kept, new):
    rules = procedure(command).likeness
    return bool(set(own_texts(rules, lambda key: kept.get(key, ""))) & set(like_texts(rules, lambda key: new.get(key, ""))))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"child_given_name": "nhiên"}, True),
        ({"child_given_name": "NHIEN"}, True),
        ({"child_surname": "", "child_middle_name": "NGUYỄN TRẦN AN"}, True),
        ({"child_birth_date": "2026-11-07"}, True),
        ({"child_birth_date": "2026-10-28"}, True),
        ({"mother_id_number": ""}, True),
        ({"child_birth_date": "2026-11-08"}, False),
        ({"child_birth_date": "2026-11"}, False),
        ({"child_birth_date": ""}, False),
        ({"child_birth_date": "0001-01-01"}, False),
        ({"child_birth_date": "9999-12-31"}, False),
        ({"child_given_name": "NHI"}, False),
        ({"mother_id_number": "092196999002"}, False),
        ({"child_surname": "", "child_middle_name": "", "child_given_name": ""}, False),
    ],
)
def test_the_same_child_is_known_by_name_near_date_and_mother(changes, expected):
    assert alike("khai-sinh", CHILD, CHILD | changes) is expected
    assert alike("khai-sinh", CHILD | changes, CHILD) is expected


def test_a_twin_with_a_name_of_their_own_is_another_child():
    assert not alike("khai-sinh", CHILD, CHILD | {"child_given_name": "HÒA"})


def test_the_same_deceased_is_known_by_number_alone():
    kept = {"deceased_id_number": "092050999001"}
    assert alike("khai-tu", kept, kept)
    assert not alike("khai-tu", kept, {"deceased_id_number": "092050999002"})
    assert not alike("khai-tu", {}, {})


def test_rules_of_one_procedure_do_not_answer_each_other():
    rules = (Likeness((), "", 0, ("a",)), Likeness((), "", 0, ("b",)))
    assert not set(own_texts(rules, lambda key: "1" if key == "a" else "")) & set(like_texts(rules, lambda key: "1" if key == "b" else ""))


@pytest.mark.parametrize("rule", [{}, {"date": "a"}, {"name": "a"}, {"same": []}, {"same": ["a"], "days": "5"}, {"same": ["a"], "x": 1}])
def test_a_rule_that_is_none_is_refused(rule):
    with pytest.raises(ProcedureError):
        load_likeness({"same_person": [rule]})
