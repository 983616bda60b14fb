from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from dvc_cli.domain.dates import PartialDate
from dvc_cli.forms import Case, Finding, evaluate, rule, run_rules
from forms.toy import COMPLETE, FORM, PARTNER, context


def case(on: date = date(2026, 11, 9), **answers: str) -> Case:
    return Case(evaluate(FORM, COMPLETE | answers, context(on=on, known={"birth_notification": "found"})), frozenset({"ct01"}))


@rule("KS-D6", "KS-I8")
def two_remarks(found: Case) -> Iterable[Finding]:
    yield Finding("KS-I8", "relation", detail="Chi tiết.")
    if found.has("birth_date"):
        yield Finding("KS-D6", "birth_date", hint="Làm thế này.")


@rule("KS-D8")
def about_nothing(_found: Case) -> Iterable[Finding]:
    yield Finding("KS-D8")


def test_findings_come_in_form_order_and_those_without_a_field_last() -> None:
    found = run_rules((about_nothing, two_remarks), case())
    assert [(item.code, item.field) for item in found] == [("KS-D6", "birth_date"), ("KS-I8", "relation"), ("KS-D8", None)]
    assert found[0].hint == "Làm thế này."
    assert found[1].message.endswith(" Chi tiết.")


def test_a_rule_outside_its_days_is_silent() -> None:
    assert [item.code for item in run_rules((two_remarks,), case(date(2024, 6, 30), birth_date="01/06/2024"))] == ["KS-I8"]


def test_a_rule_keeps_to_the_codes_that_it_announced() -> None:
    @rule("KS-D8")
    def astray(_found: Case) -> Iterable[Finding]:
        yield Finding("KS-I8")

    with pytest.raises(LookupError):
        run_rules((astray,), case())


def test_a_code_that_nobody_knows_is_refused_at_once() -> None:
    with pytest.raises(KeyError):
        rule("KS-XX")


def test_what_a_rule_may_look_at() -> None:
    found = case(**PARTNER, partner_nationality="Lào", partner_passport="P1")
    assert found.text("partner_nationality") == "LA"
    assert found.get("copies_count") == found.number("copies_count") == 5
    assert found.flag("married")
    assert not found.flag("householder_is_me")
    assert found.number("married") is None
    assert found.day("birth_date") == date(2026, 11, 2)
    assert found.day("partner_birth") is None
    assert found.partial("partner_birth") == PartialDate(1990)
    assert found.partial("birth_date") == PartialDate(2026, 11, 2)
    assert found.partial("surname") is None
    assert found.chosen("funeral_groups") == ("none",)
    assert found.chosen("burial_date") == ()
    assert found.known["birth_notification"] == "found"
    assert found.papers == {"ct01"}
    assert found.now.date() == found.on
    assert found.calendar.is_working(found.on)


def test_a_rule_sees_no_dead_and_no_faulty_value() -> None:
    found = case(partner_birth="1990", birth_date="31/02/2026")
    assert not found.live("partner_birth")
    assert not found.has("partner_birth")
    assert found.live("birth_date")
    assert found.day("birth_date") is None
    assert found.text("birth_date") == ""
