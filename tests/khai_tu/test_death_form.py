"""The form holds every control of the portal, with its control recorded, and nothing else but the tool's own fields."""

import pytest

from dvc_cli.data import choices, read_rows
from dvc_cli.forms import lint_form
from dvc_cli.procedures import lint_procedure, procedure
from khai_tu.death import judge

FORM = procedure("khai-tu").form
TOOL_ONLY = {
    "death_registration_kind",
    "deceased_ethnicity_other",
    "si_survivors",
    "recipient_org_name",
    "recipient_org_address",
    "recipient_org_representative",
    "recipient_org_representative_title",
}
NO_FIELDS = {"dossier_code", "appointment_date", "pledge"}  # results, and the citizen's pledge that every filing form takes
CONTROLS = {
    row["our_field"]: row for row in read_rows("portal_controls_death.csv") if row["our_field"] and row["our_field"] not in NO_FIELDS
}


def test_every_control_has_its_field_and_every_field_its_control():
    assert {item.key for item in FORM.fields if not item.tool_only} == set(CONTROLS)


def test_the_tools_own_fields_are_those_and_no_more():
    assert {item.key for item in FORM.fields if item.tool_only} == TOOL_ONLY


@pytest.mark.parametrize("key", CONTROLS)
def test_the_control_is_recorded(key):
    field, row = FORM[key], CONTROLS[key]
    recorded = (field.page, field.control, field.portal_kind, field.confidence)
    assert recorded == (int(row["page"]), row["control"], row["kind"], row["confidence"])


@pytest.mark.parametrize("key", [key for key, row in CONTROLS.items() if row["required"] == "yes"])
def test_what_the_portal_requires_is_required_or_filled_here(key):
    field = FORM[key]
    assert field.derive or not field.required.never


KIND_TYPES = {
    "place.province": {"province"},
    "place.ward": {"ward"},
    "place.detail": {"text"},
    "date": {"date"},
    "partial_date": {"partial_date", "partial_datetime"},
    "checkbox": {"boolean", "choices"},
    "number": {"integer"},
    "radio": {"choice", "boolean"},
    "select": {"choice", "text"},
    "select_or_text": {"text"},
    "select_short": {"choice"},
    "select_search": {"country", "nationality", "ethnicity", "choice"},
    "multi_select": {"choices"},
    "text": {"text", "name", "personal_number", "phone", "email", "code"},
    "unknown": {"boolean", "code", "choices", "choice", "text", "name"},
}


@pytest.mark.parametrize("key", CONTROLS)
def test_the_type_fits_the_control(key):
    assert FORM[key].type in KIND_TYPES[CONTROLS[key]["kind"]]


def test_the_linter_finds_nothing():
    assert lint_form(FORM) == ()
    assert lint_procedure(procedure("khai-tu")) == ()


def test_only_the_number_of_the_deceased_leaves_the_portal_s_order():
    order = {key: int(row["order"]) for key, row in CONTROLS.items()}
    walked = [key for key in FORM.keys if key in order and key != "deceased_id_number"]
    moved = ("payment_", "cash_", "bank_", "merit_", "recipient_", "assistance_", "burial_")
    assert [key for key in walked if not key.startswith(moved)] == sorted(
        (key for key in walked if not key.startswith(moved)), key=order.get
    )


def test_labels_that_nobody_saw_are_marked():
    unseen = {key for key, row in CONTROLS.items() if row["label"].startswith("(") and row["kind"] in {"unknown", "select"}}
    assert unseen <= {item.key for item in FORM.fields if item.unsure}
    assert {item.key for item in FORM.fields if item.unsure} >= {key for key in FORM.keys if key.startswith(("si_", "merit_"))}


PRESETS = {
    "residence_same_area": "true",
    "deceased_input_mode": "manual",
    "last_residence_type": "thuong_tru",
    "result_residence": "qua_cong_thong_tin",
    **dict.fromkeys(("deceased_nationality", "requester_country", "last_residence_country", "death_country"), "VN"),
    **dict.fromkeys(("recipient_home_country", "merit_home_country"), "VN"),
    **dict.fromkeys(("death_place_same_as_residence", "death_notice_not_issued", "household_single_member"), "false"),
    **dict.fromkeys(("householder_is_requester", "si_has_documents", "si_recipient_is_org", "recipient_is_requester"), "false"),
}


def test_presets_are_those_written_down():
    assert {item.key: item.preset for item in FORM.fields if item.preset} == PRESETS
    assert {item.key for item in FORM.fields if item.must_answer} == {"want_copies"}


def test_what_is_printed_on_no_paper_is_asked_although_it_has_a_default():
    asked = {item.key for item in FORM.fields if item.ask}
    assert {"last_residence_type", "residence_same_area", "death_notice_not_issued", "householder_is_requester"} <= asked
    assert all(FORM[key].preset for key in asked)


def test_the_requester_comes_from_the_session_but_for_relation_and_contact():
    own = {"requester_relation_to_deceased", "requester_phone", "requester_email"}
    assert {item.key for item in FORM.section_fields("requester") if not item.from_session} == own


def test_read_only_fields_are_those_written_down():
    offices = {"death_office_name", "residence_office_name", "funeral_office_name"}
    assert {item.key for item in FORM.fields if item.readonly} == {*offices, "death_registration_kind"}


def test_every_choice_has_its_list():
    for item in FORM.fields:
        if item.type in {"choice", "choices"}:
            assert choices(item.choices), item.key


def test_a_person_s_parts_are_marked_for_the_card_scan():
    parts = {person: {item.part for item in FORM.fields if item.person == person} for person in {item.person for item in FORM.fields}}
    assert parts["deceased"] == {"surname", "middle_name", "given_name", "birth_date", "gender", "id_number", "id_issue_date"}
    assert {"full_name", "id_number"} <= parts["requester"] & parts["householder"] & parts["recipient"]


def live(case, changes):
    return set(judge(case, changes).evaluation.live)


@pytest.mark.parametrize(
    ("groups", "sections"),
    [
        (("none",), set()),
        (("social_insurance",), {"insurance"}),
        (("merit",), {"merit", "recipient", "payment"}),
        (("social_assistance",), {"assistance", "recipient", "payment"}),
        (("emergency_relief",), {"assistance", "recipient", "payment"}),
        (("social_insurance", "merit"), {"insurance", "merit", "recipient", "payment"}),
    ],
)
def test_the_groups_decide_the_money_blocks(groups, sections):
    alive = live("a", {"funeral_groups": groups})
    for block in ("insurance", "merit", "assistance", "recipient", "payment"):
        assert bool({item.key for item in FORM.section_fields(block)} & alive) is (block in sections)


@pytest.mark.parametrize(
    ("key", "case", "changes", "alive"),
    [
        ("funeral_office_ward", "a", {}, False),
        ("funeral_office_ward", "a", {"funeral_groups": ("social_insurance", "merit")}, False),
        ("funeral_office_ward", "a", {"funeral_groups": "merit"}, True),
        ("funeral_office_ward", "a", {"funeral_groups": "none"}, False),
        ("result_allowance_copies", "a", {"funeral_groups": "none"}, False),
        ("result_allowance_copies", "a", {}, True),
        ("death_notice_type", "b", {}, False),
        ("death_notice_type", "a", {}, True),
        ("householder_full_name", "a", {"household_single_member": "true"}, False),
        ("si_survivors", "a", {}, True),
        ("si_survivors", "a", {"si_benefit_types": "funeral"}, False),
        ("si_org_name", "a", {}, False),
        ("si_bank_name", "a", {"si_payment_method": "tien_mat"}, False),
        ("cash_pickup", "c", {}, False),
        ("bank_name", "b", {}, False),
        ("recipient_org_name", "b", {"recipient_type": "organisation"}, True),
        ("recipient_home_country", "b", {"recipient_type": "organisation"}, False),
        ("recipient_relation_to_deceased", "b", {"recipient_type": "organisation"}, False),
        ("recipient_phone", "b", {"recipient_type": "organisation"}, True),
        ("death_ward", "a", {"death_country": "LA"}, False),
        ("copies_count", "b", {}, False),
        ("deceased_ethnicity_other", "a", {"deceased_ethnicity": "khac"}, True),
    ],
)
def test_fields_live_when_written(key, case, changes, alive):
    assert (key in live(case, changes)) is alive


@pytest.mark.parametrize(
    ("case", "changes", "missing"),
    [
        ("a", {"want_copies": None, "copies_count": None}, {"want_copies"}),
        ("a", {"si_benefit_types": None}, {"si_benefit_types"}),
        ("a", {"deceased_relation_to_householder": None}, set()),
        ("c", {"deceased_relation_to_householder": None}, {"deceased_relation_to_householder"}),
        ("b", {"assistance_category": None}, {"assistance_category"}),
        ("c", {"recipient_relation_to_deceased": None}, set()),
        ("b", {"recipient_type": None}, {"recipient_type"}),
        ("b", {"cash_pickup": None}, {"cash_pickup"}),
        ("c", {"bank_account_number": None}, {"bank_account_number"}),
        ("b", {"recipient_type": "organisation"}, {"recipient_org_name", "recipient_org_address", "recipient_org_representative"}),
        ("a", {"residence_same_area": "false"}, {"residence_office_province", "residence_office_ward"}),
        ("a", {"householder_is_requester": "false", "householder_full_name": None, "householder_id_number": None},
         {"householder_full_name", "householder_id_number"}),
        ("a", {"last_residence_detail": None, "death_cause": None, "deceased_surname": None, "deceased_middle_name": None}, set()),
    ],
)  # fmt: skip
def test_fields_are_required_when_written(case, changes, missing):
    assert set(judge(case, changes).missing) == missing


def test_the_householder_is_copied_from_the_requester_and_the_relation_turned_round():
    gone = dict.fromkeys(("householder_full_name", "householder_id_number", "deceased_relation_to_householder"))
    payload = judge("a", gone).payload
    assert payload["householder_full_name"] == "TRẦN THỊ HẢI YẾN"
    assert payload["deceased_relation_to_householder"] == "cha"


def test_what_cannot_be_turned_round_is_asked():
    changes = {"requester_relation_to_deceased": "chau", "deceased_relation_to_householder": None}
    assert judge("a", changes).missing == ("deceased_relation_to_householder",)


def test_a_recipient_without_residence_in_the_list_is_asked_for_it():
    changes = {"requester_residence_type": "noi_o_hien_tai"}
    assert judge("b", changes).missing == ("recipient_residence_type",)


WIFE = '{"full_name":"LÊ THỊ MẪU","birth_date":"1950","relation":"Vợ","id_number":"048150999103"}'
SON = '{"full_name":"TRẦN MẪU","birth_date":"05/2015","relation":"con"}'
SURVIVORS = f"[{WIFE},{SON}]"


def test_survivors_are_rows_and_facts_of_the_tool():
    result = judge("a", {"si_survivors": SURVIVORS})
    assert result.facts["si_survivors"] == [
        {"full_name": "LÊ THỊ MẪU", "birth_date": "1950", "relation": "vo", "id_number": "048150999103"},
        {"full_name": "TRẦN MẪU", "birth_date": "2015-05", "relation": "con"},
    ]
    assert "si_survivors" not in result.payload
    assert result.complete


def test_a_survivor_without_a_name_is_told_with_its_row():
    found = [item for item in judge("a", {"si_survivors": SURVIVORS.replace("TRẦN MẪU", " ")}).problems if item.field == "si_survivors"]
    assert [item.code for item in found] == ["A-INVALID"]
    assert "Dòng 2, Họ và tên" in found[0].message


NOTICE = {
    "notice": "found",
    "notice_surname": "TRẦN",
    "notice_given_name": "MINH",
    "notice_death_datetime": "2026-10-05T14:35",
    "notice_number": "GBT.09901",
    "notice_date": "2026-10-05",
    "notice_type": "giay_bao_tu",
    "notice_issuer": "Bệnh viện Đa khoa Mẫu Số Hai",
}
FILLED = ("deceased_given_name", "death_datetime", "death_notice_number", "death_notice_date", "death_notice_type", "death_notice_issuer")


def test_the_electronic_notice_fills_in_what_was_not_answered():
    result = judge("a", dict.fromkeys(FILLED), known=NOTICE)
    assert result.complete
    assert result.payload["death_datetime"] == "2026-10-05T14:35"
    assert result.evaluation.origin["deceased_given_name"] == "lookup"


def test_an_answer_wins_over_the_notice():
    assert judge("a", {"deceased_given_name": "MINH HAI"}, known=NOTICE).payload["deceased_given_name"] == "MINH HAI"


def test_without_a_notice_the_scan_is_needed_although_the_data_were_chosen():
    def states(known):
        return {line.id: line.state for line in judge("a", known=known, files=()).papers}

    assert states({"notice": "found"}) == {"death_notice_scan": "from_data"}
    assert states({}) == {"death_notice_scan": "from_data"}
    assert states({"notice": "missing"}) == {"death_notice_scan": "needed"}
