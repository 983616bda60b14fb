"""What must hold whatever people answer."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dvc_cli.data import choices
from dvc_cli.domain.dates import PartialDate
from dvc_cli.domain.places import places
from dvc_cli.errors import UsageError
from dvc_cli.forms import Field, Rows, ValueFault, evaluate, flatten, format_value, is_empty, options, parse_answers, parse_value
from dvc_cli.forms.model import TYPES
from forms.toy import COMPLETE, CONTEXT, FORM, PARTNER

ANYTHING = st.text(max_size=40) | st.lists(st.text(max_size=10), max_size=3).map(tuple)
GOOD = (
    COMPLETE
    | PARTNER
    | {
        "married": "có",
        "partner_nationality": "Lào",
        "partner_passport": "P1",
        "funeral_groups": "social_assistance",
        "burial_date": "10/2026",
        "relation": "nguoi_giam_ho",
        "relation_other": "ông nội",
        "ethnicity": "khac",
        "ethnicity_other": "Cil",
    }
)
LIVELY = {
    "heirs": st.sampled_from(["", '[{"name":"Trần Ví","born":"05/1990"},{"name":"Trần Dụ","is_child":true}]', "[{}]", "[[", '[{"x":1}]']),
    "married": st.sampled_from(["có", "không", "?"]),
    "want_copies": st.sampled_from(["có", "không", ""]),
    "same_address": st.sampled_from(["có", "không", ""]),
    "householder_is_me": st.sampled_from(["có", "không", ""]),
    "country": st.sampled_from(["VN", "Lào", ""]),
    "ethnicity": st.sampled_from(["Kinh", "khac", ""]),
    "relation": st.sampled_from(["me", "nguoi_giam_ho", "x"]),
    "funeral_groups": st.sampled_from(["none", "merit", "merit, emergency_relief", ("none", "merit")]),
    "partner_nationality": st.sampled_from(["VN", "LA", ""]),
}
ANSWERS = st.fixed_dictionaries(
    {},
    optional={key: LIVELY.get(key, st.just(GOOD.get(key, "x")) | st.just("") | ANYTHING) for key in FORM.keys},
)
RUNS = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

CAN_THO = places(CONTEXT.on).province("92")
WARDS = places(CONTEXT.on).communes("92")
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=CONTEXT.on)
PARTIAL = st.one_of(
    DAYS.map(lambda day: PartialDate(day.year)),
    DAYS.map(lambda day: PartialDate(day.year, day.month)),
    DAYS.map(lambda day: PartialDate(day.year, day.month, day.day)),
)
TIMED = st.builds(
    lambda day, hour, minute: PartialDate(day.year, day.month, day.day, hour, minute), DAYS, st.integers(0, 23), st.integers(0, 59)
)


def readable(item: Field) -> st.SearchStrategy[object]:
    """Any value that some text gives for a field."""

    def parsed(text: str) -> object:
        try:
            return None if is_empty(item, text) else parse_value(item, text, CONTEXT, {"province": "92"})
        except ValueFault:
            return None

    return st.text(min_size=1, max_size=40).map(parsed).filter(lambda value: value is not None)


HEIRS = st.lists(
    st.fixed_dictionaries(
        {"name": st.text("abcđêô ", min_size=1, max_size=20).map(str.strip).filter(bool).map(lambda name: " ".join(name.split()))},
        optional={"born": PARTIAL, "is_child": st.booleans()},
    ).map(lambda row: {"is_child": False} | row),
    min_size=1,
    max_size=4,
).map(lambda rows: Rows(tuple(rows)))

FIELDS = {
    "text": (FORM["ethnicity_other"], readable(FORM["ethnicity_other"])),
    "name": (FORM["surname"], readable(replace(FORM["surname"], max_length=0))),
    "personal_number": (FORM["id_number"], st.from_regex("[0-9]{12}", fullmatch=True)),
    "phone": (FORM["requester_phone"], st.from_regex("0[35789][0-9]{8}", fullmatch=True)),
    "email": (FORM["requester_email"], st.from_regex(r"[a-z0-9.+]{1,20}@[a-z]{1,9}(\.[a-z]{1,5}){1,2}", fullmatch=True)),
    "integer": (FORM["copies_count"], st.integers(1, 99)),
    "boolean": (FORM["married"], st.booleans()),
    "date": (FORM["birth_date"], DAYS),
    "partial_date": (FORM["partner_birth"], PARTIAL),
    "partial_datetime": (FORM["burial_date"], PARTIAL | TIMED),
    "choice": (FORM["relation"], st.sampled_from([option.code for option in options(FORM["relation"])])),
    "choices": (
        replace(FORM["funeral_groups"], excludes=()),
        st.sets(st.sampled_from([option.code for option in options(FORM["funeral_groups"])]), min_size=1).map(
            lambda chosen: tuple(option.code for option in options(FORM["funeral_groups"]) if option.code in chosen)
        ),
    ),
    "country": (FORM["country"], st.sampled_from([option.code for option in choices("country")])),
    "nationality": (FORM["nationality"], st.sampled_from([option.code for option in choices("nationality")])),
    "ethnicity": (FORM["ethnicity"], st.sampled_from([option.code for option in choices("ethnicity")])),
    "province": (FORM["province"], st.sampled_from([place.code for place in places(CONTEXT.on).provinces()])),
    "ward": (FORM["ward"], st.sampled_from([place.code for place in WARDS])),
    "code": (FORM["notification"], readable(FORM["facility"]) | readable(FORM["notification"])),
    "group": (FORM["heirs"], HEIRS),
    "secret": (replace(FORM["surname"], type="secret", max_length=0), st.text(st.characters(exclude_categories=["Cs"]), min_size=1)),
}


def test_every_type_has_its_turn_below() -> None:
    assert set(FIELDS) == TYPES


@RUNS
@given(st.data())
def test_the_canonical_text_reads_back_to_the_same_value(data: st.DataObject) -> None:
    for item, values in FIELDS.values():
        value = data.draw(values)
        if item.type == "name" and len(value) > item.max_length:
            item = replace(item, max_length=0)  # noqa: PLW2901
        assert parse_value(item, format_value(item, value), CONTEXT, {"province": CAN_THO.code}) == value


@RUNS
@given(st.sampled_from(sorted(FIELDS)), ANYTHING)
def test_any_text_is_a_value_or_a_fault(kind: str, text: object) -> None:
    item = FIELDS[kind][0]
    if is_empty(item, text):
        return
    with suppress(ValueFault):
        parse_value(item, text, CONTEXT, {"province": "92"})


@RUNS
@given(ANSWERS)
def test_a_payload_holds_live_values_only(answers: dict[str, object]) -> None:
    found = evaluate(FORM, answers, CONTEXT)
    texts = {key: tuple(found.text(key).split(", ")) for key in found.values}
    for key in found.payload() | found.facts():
        assert key in found.live
        assert FORM.lives_when(FORM[key]).holds(texts)
    assert set(found.values) <= set(found.live)
    assert all(item.severity == "hint" for item in found.problems if item.field not in found.live)


@RUNS
@given(ANSWERS)
def test_nothing_is_complete_while_a_live_required_answer_is_absent(answers: dict[str, object]) -> None:
    found = evaluate(FORM, answers, CONTEXT)
    texts = {key: tuple(found.text(key).split(", ")) for key in found.values}
    faulty = {item.field for item in found.problems if item.severity == "error"}
    bare = [item.key for item in FORM.fields if item.key in found.live and item.key not in found.values and item.required.holds(texts)]
    assert set(found.missing) <= set(bare)
    if bare:
        assert faulty
    answered = {key for key, value in answers.items() if not is_empty(FORM[key], value)}
    for key in bare:
        if key not in answered and key not in found.locked:
            assert key in found.missing


@RUNS
@given(ANSWERS)
def test_evaluating_the_canonical_answers_again_changes_nothing(answers: dict[str, object]) -> None:
    # Half a name is copied nowhere, so a faulty part is taken away first: then it is not answered instead of wrong.
    faulty = {item.field for item in evaluate(FORM, answers, CONTEXT).problems if item.code != "A-MISSING"}
    found = evaluate(FORM, {key: value for key, value in answers.items() if key not in faulty}, CONTEXT)
    if any(item.code != "A-MISSING" for item in found.problems):
        return
    again = evaluate(FORM, {key: format_value(FORM[key], value) for key, value in found.values.items()}, CONTEXT)
    assert again.payload() == found.payload()
    assert again.facts() == found.facts()


@RUNS
@given(
    st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from(["toml", "yaml", "json", "-"]),
)
def test_any_bytes_are_answers_or_a_usage_fault(content: bytes, fmt: str) -> None:
    with suppress(UsageError):
        evaluate(FORM, flatten(FORM, parse_answers(content, fmt)).values, CONTEXT)


@RUNS
@given(st.text(alphabet="ab:-,[]{}&*!|>'\"%@`#\n\t ?\\0x~.", max_size=40))
def test_any_punctuation_is_yaml_or_a_usage_fault(text: str) -> None:
    with suppress(UsageError):
        flatten(FORM, parse_answers(text, "-"))
