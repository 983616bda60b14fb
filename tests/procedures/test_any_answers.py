"""What must hold for every procedure whatever people answer: the same properties, one after the other."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dvc_cli.domain.calendar import working_calendar
from dvc_cli.domain.dates import VN_TZ
from dvc_cli.forms import Context, Field, Form, evaluate, flatten, format_value, is_empty, options, parse_answers
from dvc_cli.forms.model import BOOLEAN, CHOICE, CHOICES, DATE_TYPES, GROUP
from dvc_cli.procedures import assess, procedure, procedures

CASES = Path(__file__).resolve().parents[1] / "cases"
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=VN_TZ)
CONTEXT = Context(on=NOW.date(), now=NOW, calendar=working_calendar())
RUNS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
WORKED = {"khai-sinh": "birth_a", "khai-tu": "death_b"}


def worked(form: Form) -> dict[str, object]:
    text = (CASES / f"{WORKED[form.command]}.yaml").read_text(encoding="utf-8")
    return dict(flatten(form, parse_answers(text, "yaml")).values)


def any_answer(item: Field) -> st.SearchStrategy[object]:
    odd = st.sampled_from(["", "?", "12/10/2026 âm lịch", "[[", '[{"full_name":"Ví"}]']) | st.text(max_size=20)
    if item.type == BOOLEAN:
        return st.sampled_from(["có", "không", ""]) | odd
    if item.type in {CHOICE, CHOICES}:
        return st.sampled_from([option.code for option in options(item)]) | odd
    if item.type in DATE_TYPES:
        return st.dates().map(str) | st.sampled_from(["2026", "10/2026", "05/10/2026 00:00"]) | odd
    if item.type == GROUP:
        return st.sampled_from(['[{"full_name":"Ví","birth_date":"1950","relation":"vo"}]', "[]"]) | odd
    return st.sampled_from(["92", "31120", "000196000001", "Trần", "5"]) | odd


@pytest.fixture(scope="module", params=procedures())
def form(request: pytest.FixtureRequest) -> Form:
    return procedure(request.param).form


def changed(data: st.DataObject, form: Form) -> dict[str, object]:
    """A worked case with some answers taken away and some replaced by anything."""
    answers = worked(form)
    for key in data.draw(st.sets(st.sampled_from(form.keys), max_size=12)):
        answers[key] = data.draw(any_answer(form[key]))
    for key in data.draw(st.sets(st.sampled_from(sorted(answers)), max_size=6)):
        del answers[key]
    return answers


@RUNS
@given(data=st.data())
def test_a_payload_holds_live_values_only(form: Form, data: st.DataObject) -> None:
    found = evaluate(form, changed(data, form), CONTEXT)
    assert set(found.payload() | found.facts()) <= set(found.live)
    assert set(found.values) <= set(found.live)
    assert all(item.severity == "hint" for item in found.problems if item.field not in found.live)


@RUNS
@given(data=st.data())
def test_nothing_is_complete_while_a_live_required_answer_is_absent(form: Form, data: st.DataObject) -> None:
    answers = changed(data, form)
    result = assess(procedure(form.command), answers, (), {}, True, CONTEXT)  # noqa: FBT003 - the pledge
    assert set(result.missing) <= set(result.evaluation.live) - set(result.evaluation.values)
    assert not (result.complete and result.missing)
    assert len({(item.code, item.field) for item in result.problems}) == len(result.problems)


@RUNS
@given(data=st.data())
def test_evaluating_the_canonical_answers_again_changes_nothing(form: Form, data: st.DataObject) -> None:
    answers = changed(data, form)
    faulty = {item.field for item in evaluate(form, answers, CONTEXT).problems if item.code != "A-MISSING"}
    found = evaluate(form, {key: value for key, value in answers.items() if key not in faulty}, CONTEXT)
    if any(item.code != "A-MISSING" for item in found.problems):
        return
    again = evaluate(form, {key: format_value(form[key], value) for key, value in found.values.items()}, CONTEXT)
    assert (again.payload(), again.facts()) == (found.payload(), found.facts())


@RUNS
@given(data=st.data())
def test_an_empty_answer_is_no_answer(form: Form, data: st.DataObject) -> None:
    answers = changed(data, form)
    bare = {key: value for key, value in answers.items() if not is_empty(form[key], value)}
    assert evaluate(form, answers, CONTEXT).payload() == evaluate(form, bare, CONTEXT).payload()
