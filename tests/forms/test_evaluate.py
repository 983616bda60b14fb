from __future__ import annotations

from datetime import date

import pytest

from dvc_cli.domain.dates import PartialDate
from dvc_cli.forms import Evaluation, evaluate, load_form
from forms.toy import COMPLETE, CONTEXT, FORM, PARTNER, context, with_field


def judge(*takes_away: str, **answers: object) -> Evaluation:
    given = {key: value for key, value in (COMPLETE | answers).items() if key not in takes_away}
    return evaluate(FORM, given, CONTEXT)


def codes(found: Evaluation) -> list[tuple[str, str | None]]:
    return [(item.code, item.field) for item in found.problems]


def test_complete_answers_have_no_problem() -> None:
    found = judge()
    assert (found.problems, found.missing) == ((), ())


def test_the_payload_holds_plain_values_and_leaves_out_what_only_the_tool_uses() -> None:
    found = judge(relation="nguoi_giam_ho", relation_other="ông nội", funeral_groups="merit, social_assistance", burial_date="10/2026")
    payload = found.payload()
    assert payload["province"] == "92"
    assert payload["birth_date"] == "2026-11-02"
    assert payload["burial_date"] == "2026-10"
    assert payload["married"] is False
    assert payload["copies_count"] == 5
    assert payload["funeral_groups"] == ["merit", "social_assistance"]
    assert payload["ethnicity"] == "01"
    assert "relation_other" not in payload
    assert found.facts() == {"relation_other": "ông nội"}
    assert list(payload) == [key for key in FORM.keys if key in payload]


def test_every_missing_answer_is_told_at_once_in_form_order() -> None:
    found = judge("surname", "copies_count", "ward")
    assert found.missing == ("surname", "ward", "copies_count")
    assert codes(found) == [("A-MISSING", key) for key in found.missing]


def test_an_empty_answer_is_no_answer() -> None:
    assert judge(surname="  ", copies_count=("",)).missing == ("surname", "copies_count")


def test_a_value_that_cannot_be_read_is_a_fault_and_not_missing() -> None:
    found = judge(birth_date="31/02/2026", id_number="12", copies_count="0")
    assert found.missing == ()
    assert codes(found) == [("KS-I1", "id_number"), ("A-DATE", "birth_date"), ("A-INVALID", "copies_count")]
    assert "birth_date" in found.live
    assert "birth_date" not in found.values


def test_what_is_given_for_a_dead_field_is_a_hint_and_is_not_sent() -> None:
    found = judge(partner_birth="xyz", want_copies="không")
    assert codes(found) == [("A-NOT-LIVE", "partner_birth"), ("A-NOT-LIVE", "copies_count")]
    assert {item.severity for item in found.problems} == {"hint"}
    assert "copies_count" not in found.payload()
    assert "copies_count" not in found.live


def test_presets_count_where_nothing_is_answered() -> None:
    found = judge()
    assert found.values["country"] == "VN"
    assert found.origin["country"] == "preset"
    assert judge(country="Lào").origin["country"] == "answer"


def test_a_preset_that_must_be_answered_does_not_count() -> None:
    assert judge("ethnicity").missing == ("ethnicity",)


def test_a_preset_of_a_dead_field_gives_life_to_nothing() -> None:
    assert "same_address" not in judge().values


def test_a_copied_preset_can_be_changed() -> None:
    assert judge(**PARTNER).origin["partner_nationality"] == "preset"
    changed = judge(**PARTNER, partner_nationality="Lào")
    assert changed.values["partner_nationality"] == "LA"
    assert changed.missing == ("partner_passport",)


def test_a_field_that_dies_with_a_fault_takes_its_followers_along() -> None:
    found = judge(want_copies="chắc thế")
    assert codes(found) == [("A-INVALID", "want_copies"), ("A-NOT-LIVE", "copies_count")]


def test_derived_values_are_filled_in_and_locked() -> None:
    found = judge()
    assert found.values["birth_date_words"] == "Ngày hai tháng mười một năm hai nghìn không trăm hai mươi sáu"
    assert found.values["office"] == "UBND phường Cái Khế"
    assert found.origin["office"] == "derived"
    assert {"birth_date_words", "office", "nationality"} <= found.locked
    assert "householder" not in found.locked


@pytest.mark.parametrize("text", ["UBND phường Cái Khế", "ubnd Phường Cái Khế"])
def test_a_derived_value_may_be_given_if_it_is_equal(text: str) -> None:
    assert judge(office=text).problems == ()


def test_another_derived_value_is_invalid_and_never_sent() -> None:
    found = judge(office="UBND phường Ví Dụ", nationality="Lào")
    assert codes(found) == [("A-INVALID", "office"), ("A-INVALID", "nationality")]
    assert found.payload()["office"] == "UBND phường Cái Khế"
    assert found.payload()["nationality"] == "VN"
    assert "Ví Dụ" not in "".join(item.message + item.hint for item in found.problems)


def test_a_derived_field_is_not_missing_when_its_source_is() -> None:
    found = judge("birth_date")
    assert found.missing == ("birth_date",)
    assert judge(birth_date="31/02/2026", birth_date_words="gì đó").missing == ()


def test_without_its_condition_a_derived_field_is_an_ordinary_one() -> None:
    assert judge().values["householder"] == "Trần Văn Ví"
    mine = judge("householder", householder_is_me="có")
    assert mine.values["householder"] == "Trần Dụ"
    assert judge("householder").missing == ("householder",)
    assert codes(judge(householder_is_me="có")) == [("A-INVALID", "householder")]


def test_a_read_only_field_without_any_derivation_is_nobodys_to_fill() -> None:
    form = load_form(
        with_field(
            type="text",
            max_length=250,
            readonly=True,
            required=True,
            derive=[
                {"rule": "office_name", "kind": "cong_an", "inputs": ["province"], "when": {"relation": ["cha"]}},
                {"rule": "office_name", "kind": "bhxh", "inputs": ["province"], "when": {"relation": ["me"]}},
            ],
        )
    )
    assert evaluate(form, COMPLETE, CONTEXT).values["extra"] == "Bảo hiểm xã hội thành phố Cần Thơ"
    assert evaluate(form, COMPLETE | {"relation": "cha"}, CONTEXT).values["extra"] == "Công an thành phố Cần Thơ"
    without = {key: value for key, value in COMPLETE.items() if key != "relation"}
    assert evaluate(form, without, CONTEXT).missing == ("relation",)
    other = evaluate(form, COMPLETE | {"relation": "nguoi_giam_ho", "extra": "Công an xã Ví Dụ"}, CONTEXT)
    assert [(item.code, item.field) for item in other.problems] == [("A-INVALID", "extra")]
    assert "extra" in other.locked


def test_half_a_name_is_nobodys_name() -> None:
    found = judge("householder", "surname", householder_is_me="có")
    assert "householder" not in found.values
    assert found.missing == ("surname",)


def test_a_copied_address_follows_and_locks() -> None:
    found = judge(**{**PARTNER, "partner_province": "", "partner_ward": ""}, same_address="có")
    assert found.values["partner_ward"] == found.values["ward"]
    assert {"partner_province", "partner_ward"} <= found.locked
    assert found.problems == ()


def test_a_copy_of_nothing_is_explained_by_its_source() -> None:
    found = judge("ward", **{**PARTNER, "partner_province": "", "partner_ward": ""}, same_address="có")
    assert found.missing == ("ward",)


def test_a_copy_of_a_dead_source_is_missing() -> None:
    found = judge("province", "ward", **{**PARTNER, "partner_province": "", "partner_ward": ""}, same_address="có", country="Lào")
    assert found.missing == ("partner_province", "partner_ward")


def test_a_ward_waits_for_its_province() -> None:
    assert judge("province").missing == ("province",)
    assert codes(judge(province="Hậu Giang")) == [("A-PLACE", "province")]
    assert judge(province="Hà Nội").problems[0].code == "A-PLACE"


def test_with_a_session_the_requester_comes_from_it() -> None:
    with_session = context(session_values={"requester_full_name": "TRẦN THỊ VÍ DỤ", "requester_phone": "0900000009"})
    same = evaluate(FORM, COMPLETE, with_session)
    assert same.problems == ()
    assert same.values["requester_full_name"] == "TRẦN THỊ VÍ DỤ"
    assert same.origin["requester_full_name"] == "session"
    assert "requester_full_name" in same.locked
    other = evaluate(FORM, COMPLETE | {"requester_full_name": "Lê Thị Khác"}, with_session)
    assert codes(other) == [("A-REQUESTER", "requester_full_name")]
    assert other.payload()["requester_full_name"] == "TRẦN THỊ VÍ DỤ"


def test_the_sessions_phone_is_only_an_offer() -> None:
    with_session = context(session_values={"requester_full_name": "Trần Thị Ví Dụ", "requester_phone": "0900000009"})
    assert evaluate(FORM, COMPLETE, with_session).values["requester_phone"] == "0900000001"
    silent = evaluate(FORM, {key: value for key, value in COMPLETE.items() if key != "requester_phone"}, with_session)
    assert silent.values["requester_phone"] == "0900000009"
    assert silent.origin["requester_phone"] == "session"
    assert "requester_phone" not in silent.locked


def test_without_a_session_the_requester_is_an_ordinary_field() -> None:
    assert judge("requester_full_name").missing == ("requester_full_name",)
    assert "requester_full_name" not in judge().locked


def test_a_field_that_the_session_does_not_know_is_ordinary() -> None:
    found = evaluate(FORM, COMPLETE, context(session_values={"requester_full_name": ""}))
    assert found.origin["requester_full_name"] == "answer"


def test_a_session_value_that_cannot_be_read_leaves_an_ordinary_field() -> None:
    long = "x" * 101
    assert evaluate(FORM, COMPLETE, context(session_values={"requester_full_name": long})).origin["requester_full_name"] == "answer"


def test_texts_for_programs_and_for_people() -> None:
    found = judge(**PARTNER)
    assert found.text("partner_birth") == "1990"
    assert found.values["partner_birth"] == PartialDate(1990)
    assert found.text("birth_date") == "2026-11-02"
    assert found.display("birth_date") == "02/11/2026"
    assert found.display("ward") == "Phường Cái Khế"
    assert (found.text("burial_date"), found.display("burial_date")) == ("", "")


def test_keys_that_the_form_does_not_have_are_left_to_the_reader() -> None:
    assert judge(nobody="x").problems == ()


def test_places_are_those_of_the_filing_day() -> None:
    later = evaluate(FORM, COMPLETE | {"province": "Tỉnh Bắc Ninh", "ward": ""}, context(on=date(2026, 11, 9)))
    assert later.values["province"] == "24"
