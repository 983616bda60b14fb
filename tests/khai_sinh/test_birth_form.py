"""The form holds every control of the portal, with its control recorded, and nothing else but the tool's own questions."""

from dataclasses import replace

import pytest

from dvc_cli.data import choices, read_rows
from dvc_cli.forms import lint_form
from dvc_cli.procedures import lint_procedure, procedure

FORM = procedure("khai-sinh").form
TOOL_ONLY = {"birth_place_kind", "has_birth_witness", "parents_married", "multiple_birth", "surrogacy", "requester_relation_other"}
NO_FIELDS = {"dossier_code", "appointment_date", "pledge"}  # results, and the citizen's pledge that every filing form takes
CONTROLS = {
    row["our_field"]: row for row in read_rows("portal_controls_birth.csv") if row["our_field"] and row["our_field"] not in NO_FIELDS
}
SECTIONS = ["agencies", "requester", "child", "mother", "father", "marriage", "residence", "bhyt", "results"]


def test_every_control_has_its_field_and_every_field_its_control():
    assert {item.key for item in FORM.fields if not item.tool_only} == set(CONTROLS)


def test_the_tools_own_fields_are_those_and_no_more():
    assert {item.key for item in FORM.fields if item.tool_only} == TOOL_ONLY


@pytest.mark.parametrize("key", CONTROLS)
def test_the_control_is_recorded(key):
    field, row = FORM[key], CONTROLS[key]
    assert (field.page, field.control, field.portal_kind, field.confidence) == (
        int(row["page"]), row["control"], row["kind"], row["confidence"],
    )  # fmt: skip


@pytest.mark.parametrize("key", [key for key, row in CONTROLS.items() if row["required"] == "yes"])
def test_what_the_portal_requires_is_required_or_filled_here(key):
    field = FORM[key]
    assert field.derive or not field.required.never


KIND_TYPES = {
    "place.province": {"province"},
    "place.ward": {"ward"},
    "place.detail": {"text"},
    "date": {"date"},
    "partial_date": {"partial_datetime"},
    "checkbox": {"boolean"},
    "number": {"integer"},
    "radio": {"choice", "boolean"},
    "select": {"choice"},
    "select_short": {"choice"},
    "select_search": {"country", "nationality", "ethnicity", "choice", "code"},
    "text": {"text", "name", "personal_number", "phone", "email", "code"},
    "unknown": {"choice"},
}


@pytest.mark.parametrize("key", CONTROLS)
def test_the_type_fits_the_control(key):
    assert FORM[key].type in KIND_TYPES[CONTROLS[key]["kind"]]


def test_sections_are_those_of_the_answers_files():
    assert [section.id for section in FORM.sections] == SECTIONS


def test_every_field_speaks_both_languages_and_names_its_source():
    for item in FORM.fields:
        texts = [item.label.vi, item.label.en, *((item.help.vi, item.help.en) if item.help else ("",)), item.source, item.confidence]
        assert all(texts), item.key


def test_labels_tell_the_fields_apart():
    labels = [item.label.vi for item in FORM.fields]
    assert len(labels) == len(set(labels))


def test_the_linter_has_nothing_to_say():
    assert lint_form(FORM) == ()
    assert lint_procedure(procedure("khai-sinh")) == ()


PRESETS = {
    "birth_data_source": "nhap_tay",
    "residence_same_area": "false",
    "requester_country": "VN",
    "birth_place_country": "VN",
    "hometown_country": "VN",
    "mother_country": "VN",
    "father_country": "VN",
    "mother_nationality": "VN",
    "child_nationality": "VN",
    "identity_card_level": "cap_xa_phuong",
    "want_identity_card": "false",
    "mother_deceased": "false",
    "father_deceased": "false",
    "father_same_residence_as_mother": "false",
    "householder_is_father": "false",
    "householder_is_mother": "false",
    "bhyt_paper": "false",
    "multiple_birth": "false",
    "surrogacy": "false",
    "has_birth_witness": "true",
}


def test_presets_are_those_written_down():
    assert {item.key: item.preset for item in FORM.fields if item.preset} == PRESETS
    copied = {item.key: item.preset_from for item in FORM.fields if item.preset_from}
    assert copied == {"identity_card_province": "birth_office_province", "identity_card_ward": "birth_office_ward"}


def test_three_presets_of_the_portal_must_be_answered_here():
    assert {item.key for item in FORM.fields if item.must_answer} == {"child_ethnicity", "want_copies", "residence_confirm_mode"}


def test_the_requester_comes_from_the_session_but_for_relation_and_contact():
    own = {"requester_relation", "requester_relation_other", "requester_phone", "requester_email"}
    assert {item.key for item in FORM.section_fields("requester") if not item.from_session} == own


def test_read_only_fields_are_those_written_down():
    read_only = {"child_birth_date_words", "residence_province", "residence_ward", "result_place", "birth_result_method", "bhyt_electronic"}
    offices = {"birth_office_name", "residence_office_name", "bhyt_office_name", "identity_card_office_name"}
    assert {item.key for item in FORM.fields if item.readonly} == read_only | offices


def test_every_choice_has_its_list():
    for item in FORM.fields:
        if item.type == "choice":
            assert choices(item.choices), item.key


def test_a_person_s_parts_are_marked_for_the_card_scan():
    parts = {person: {item.part for item in FORM.fields if item.person == person} for person in {item.person for item in FORM.fields}}
    card = {"surname", "middle_name", "given_name", "birth_date", "id_number"}
    register = {"nationality", "ethnicity", "residence_type", "province", "ward", "address_detail"}
    assert parts["mother"] == parts["father"] == card | register
    assert {"full_name", "id_number"} <= parts["requester"] & parts["householder"] & parts["confirmer"]


def test_the_linter_sees_a_paper_on_a_field_that_the_form_lacks():
    whole = procedure("khai-sinh")
    kept = tuple(item for item in FORM.fields if item.key != "surrogacy")
    form = replace(FORM, fields=kept, by_key={item.key: item for item in kept})
    assert lint_procedure(replace(whole, form=form)) == ("surrogacy_confirmation: no field `surrogacy`",)
