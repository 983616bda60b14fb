from __future__ import annotations

import jsonschema
import pytest

from dvc_cli.forms import evaluate, json_schema
from dvc_cli.procedures.account import ACCOUNT_FORMS, account_form
from forms.toy import COMPLETE, CONTEXT, FORM, PARTNER

SCHEMA = json_schema(FORM, "vi")
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

CASES = {
    "single": COMPLETE,
    "married": COMPLETE | PARTNER,
    "foreign partner": COMPLETE | PARTNER | {"partner_nationality": "LA", "partner_passport": "P1"},
    "same address": COMPLETE | {**PARTNER, "same_address": "có", "partner_province": "", "partner_ward": ""},
    "abroad": {key: value for key, value in COMPLETE.items() if key not in {"province", "ward"}} | {"country": "LA"},
    "burial": COMPLETE | {"funeral_groups": "merit, social_assistance", "burial_date": "10/2026"},
    "other people": COMPLETE | {"ethnicity": "khac", "ethnicity_other": "Cil"},
    "own householder": {key: value for key, value in COMPLETE.items() if key != "householder"} | {"householder_is_me": "có"},
}


def canonical(answers: dict[str, str]) -> dict[str, object]:
    found = evaluate(FORM, answers, CONTEXT)
    assert (found.missing, found.problems) == ((), ())
    return found.payload() | found.facts()


def typed(answers: dict[str, str]) -> dict[str, object]:
    """The canonical answers without what the form fills in by itself."""
    found = evaluate(FORM, answers, CONTEXT)
    return {key: value for key, value in canonical(answers).items() if found.origin[key] == "answer"}


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for name in ACCOUNT_FORMS:
        jsonschema.Draft202012Validator.check_schema(json_schema(account_form(name)))


def test_every_key_is_a_property_and_nothing_else() -> None:
    assert set(SCHEMA["properties"]) == {*FORM.keys, "attachments", "acknowledge", "pledge"}
    assert not VALIDATOR.is_valid(typed(COMPLETE) | {"nobody": "x"})
    assert set(json_schema(account_form("login"))["properties"]) == {"id_number", "password"}


def test_what_nobody_types_is_read_only() -> None:
    locked = {key for key, value in SCHEMA["properties"].items() if value.get("readOnly")}
    assert locked == {"requester_full_name", "birth_date_words", "office", "nationality"}
    assert json_schema(account_form("login"))["properties"]["password"]["writeOnly"] is True


@pytest.mark.parametrize("case", CASES)
def test_complete_answers_validate_with_and_without_what_the_form_fills_in(case: str) -> None:
    VALIDATOR.validate(canonical(CASES[case]))
    VALIDATOR.validate(typed(CASES[case]))
    VALIDATOR.validate(
        typed(CASES[case]) | {"pledge": True, "acknowledge": {"KS-D2": "nhà xa"}, "attachments": [{"slot": 1, "id": "ct01", "file": "a"}]}
    )


@pytest.mark.parametrize("case", CASES)
def test_without_a_live_required_answer_nothing_validates(case: str) -> None:
    answers = typed(CASES[case])
    found = evaluate(FORM, CASES[case], CONTEXT)
    texts = {key: (found.text(key),) for key in found.values}
    tried = 0
    for key in answers:
        # The signed-in person's values and those with a default may be absent from a file.
        if FORM[key].required.holds(texts) and key not in {"requester_full_name", "country", "partner_nationality"}:
            assert not VALIDATOR.is_valid({name: value for name, value in answers.items() if name != key}), key
            tried += 1
    assert tried > 8


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("relation", "bà nội"),
        ("married", "perhaps"),
        ("copies_count", 0),
        ("copies_count", 1.5),
        ("id_number", "12"),
        ("facility", "1"),
        ("birth_date", "2026"),
        ("surname", "x" * 21),
        ("funeral_groups", []),
        ("requester_phone", "12"),
        ("requester_phone", "0212345678"),
        ("requester_email", "a@b"),
        ("attachments", [{"slot": 1, "id": "a", "file": "b", "size_kb": 1}]),
        ("acknowledge", {"KS-D2": "xa"}),
        ("pledge", "maybe"),
    ],
)
def test_a_value_of_the_wrong_shape_does_not_validate(key: str, value: object) -> None:
    assert not VALIDATOR.is_valid(typed(COMPLETE) | {key: value})


def test_labels_and_portal_values_are_accepted_and_decide_the_same() -> None:
    answers = typed(COMPLETE) | {"ethnicity": "Khác"}
    assert not VALIDATOR.is_valid(answers)
    assert VALIDATOR.is_valid(answers | {"ethnicity_other": "Cil"})
    assert VALIDATOR.is_valid(typed(COMPLETE) | {"relation": "Mẹ", "country": "Việt Nam"})


def test_codes_come_with_their_titles_in_both_languages() -> None:
    assert {"const": "me", "title": "Mẹ"} in SCHEMA["properties"]["relation"]["anyOf"]
    assert {"const": "me", "title": "Mother"} in json_schema(FORM, "en")["properties"]["relation"]["anyOf"]


def test_sections_are_described_beside() -> None:
    assert [section["id"] for section in SCHEMA["x-sections"]] == ["who", "partner_block", "rest"]
    assert [key for section in SCHEMA["x-sections"] for key in section["fields"]] == list(FORM.keys)


def test_presets_are_defaults() -> None:
    assert SCHEMA["properties"]["country"]["default"] == "VN"
    assert SCHEMA["properties"]["same_address"]["default"] is False
