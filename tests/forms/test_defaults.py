"""Values that a form derives when nothing is answered: an answer wins over them, unlike over a derivation."""

from dataclasses import replace

import pytest

from dvc_cli.forms import evaluate, lint_form, load_form
from forms.toy import COMPLETE, CONTEXT, changed, with_field

COPY = load_form(with_field(type="name", max_length=60, default={"rule": "copy", "inputs": ["householder"]}))


def extra(form, known=None, **answers):
    found = evaluate(form, {**COMPLETE, **answers}, replace(CONTEXT, known=known or {}))
    return found.text("extra"), found.origin.get("extra"), "extra" in found.missing


def test_a_default_is_taken_when_nothing_is_answered():
    assert extra(COPY) == ("Trần Văn Ví", "preset", False)


def test_an_answer_wins():
    assert extra(COPY, extra="Khác") == ("Khác", "answer", False)


def test_a_look_up_fact_fills_in_and_says_so():
    form = load_form(with_field(type="partial_date", required=True, default={"rule": "known", "value": "died"}))
    assert extra(form, {"died": "2026-10-05"}) == ("2026-10-05", "lookup", False)
    assert extra(form) == ("", None, True)
    assert extra(form, {"died": "hôm qua"}) == ("", None, True)


@pytest.mark.parametrize(
    ("day", "value"), [("02/11/2026", "true"), ("25/10/2026", "true"), ("23/10/2026", "true"), ("22/10/2026", "false")]
)
def test_a_duty_decides_by_the_day(day, value):
    rule = {"rule": "by_duty", "limit": "death_registration_duty", "inputs": ["birth_date"], "value": "true", "late": "false"}
    form = load_form(with_field(derive=rule, readonly=True))
    assert extra(form, birth_date=day)[0] == value


@pytest.mark.parametrize(
    ("rule", "text"),
    [("surname", "Trần"), ("middle_name", "Thị Ví"), ("given_name", "Dụ"), ("account_holder", "TRAN THI VI DU")],
)
def test_parts_of_a_name(rule, text):
    form = load_form(with_field(type="name", max_length=60, default={"rule": rule, "inputs": ["requester_full_name"]}))
    assert extra(form)[0] == text


@pytest.mark.parametrize(("day", "issuer"), [("30/06/2024", "Cục Cảnh sát"), ("01/07/2024", "Bộ Công an")])
def test_the_issuer_of_a_card_follows_its_day(day, issuer):
    form = load_form(with_field(type="text", max_length=90, default={"rule": "id_issuer", "inputs": ["birth_date"]}))
    assert extra(form, birth_date=day)[0].startswith(issuer)


@pytest.mark.parametrize(
    ("default", "finding"),
    [
        ({"rule": "known"}, "`known` names no fact"),
        ({"rule": "by_duty", "inputs": ["birth_date"], "limit": "x", "value": "1", "late": "2"}, "`by_duty` takes a limit"),
        ({"rule": "copy", "inputs": ["nobody"]}, "unknown field `nobody`"),
    ],
)
def test_the_linter_reads_defaults_and_suggestions_too(default, finding):
    for attribute in ("default", "suggest"):
        assert any(finding in line for line in lint_form(load_form(changed("relation_other", **{attribute: default}))))
