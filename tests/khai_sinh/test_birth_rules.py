"""Every code of the problem table that concerns births: one dossier that fires it and one near miss that does not.

Each row starts from a worked case and changes answers (None: not answered), the filing instant or what the look-ups told.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from dvc_cli.data import problem_codes, problem_row
from khai_sinh.birth import codes, fields, judge

MOVED = {"mother_ward": "Phường Ninh Kiều", "mother_province": "92"}
FATHER_ELSEWHERE = {"father_same_residence_as_mother": "false", "father_province": "92", "father_ward": "Phường Ninh Kiều"}
FOUNDLING = {"birth_case": "bo_roi", "residence_case": "ve_voi_giam_ho", "requester_relation": "nguoi_giam_ho"}


@dataclass(frozen=True)
class Row:
    code: str
    case: str
    fires: dict[str, str | None] = field(default_factory=dict)
    near: dict[str, str | None] = field(default_factory=dict)
    at: str = ""
    near_at: str = ""
    known: dict[str, str] = field(default_factory=dict)
    near_known: dict[str, str] = field(default_factory=dict)
    on_field: str | None = ""
    note: str = ""


def day(text: str) -> str:
    return f"{text}T09:00"


ROWS = (
    Row("KS-N1", "a", {"child_given_name": "NHIÊN2"}, {"child_given_name": "NHIÊN-Y"}, on_field="child_given_name", note="digit"),
    Row(
        "KS-N1", "a", {"child_middle_name": "TRẦN & AN"}, {"child_middle_name": "TRẦN Ô AN"}, on_field="child_middle_name", note="lone sign"
    ),
    Row("KS-N1", "a", {"child_given_name": "NHI\u200bÊN"}, {"child_given_name": "NHIÊN\n"}, on_field="child_given_name", note="format"),
    Row("KS-N1", "a", {"child_surname": "NGUY\x01ỄN"}, {"child_surname": "\tNGUYỄN"}, on_field="child_surname", note="control"),
    Row("KS-N1", "c", {"child_given_name": "ПÁO"}, {"child_given_name": "P'ÁO"}, on_field="child_given_name", note="foreign alphabet"),
    Row("KS-N2", "a", {"child_surname": "PHẠM"}, {"child_surname": "trần"}, on_field="child_surname", note="mother's surname will do"),
    Row("KS-N2", "b", {"child_surname": "LỄ"}, {"child_surname": "Lê"}, on_field="child_surname", note="tone marks count"),
    Row(
        "KS-N2",
        "b",
        {"child_surname": "ĐÀO"},
        {"child_surname": "ĐÀO", "mother_surname": None},
        on_field="child_surname",
        note="no surname",
    ),
    Row("KS-N3", "a", {"child_middle_name": "TRẦN AN BÌNH MINH ANH"}, {"child_middle_name": "TRẦN AN BÌNH MINH"}, note="7 and 6 words"),
    Row(
        "KS-N3",
        "a",
        {"child_middle_name": "PHƯƠNGG NGHIÊNG NGHIÊNG"},
        {"child_middle_name": "PHƯƠNG NGHIÊN NGHIÊN"},
        note="31 and 30 letters or fewer",
    ),
    Row("KS-N4", "a", {"child_given_name": "JULIA"}, {"child_given_name": "JULIA", "child_ethnicity": "Mông"}, on_field="child_given_name"),
    Row("KS-N6", "a", {"child_given_name": "NHIEEN"}, {"child_given_name": "NHIÊN"}, on_field="child_given_name", note="telex"),
    Row("KS-N6", "a", {"child_middle_name": "Nguyeenx"}, {"child_middle_name": "Nguyễn"}, on_field="child_middle_name", note="telex tone"),
    Row("KS-N7", "a", {"child_given_name": "chưa đặt tên"}, {"child_given_name": "ĐẶT"}, on_field="child_given_name", note="placeholder"),
    Row(
        "KS-N7",
        "b",
        {"child_middle_name": "ngọc", "child_given_name": "hà"},
        {"child_middle_name": "ngọc", "child_given_name": "hạ"},
        note="the mother's own name",
    ),
    Row("KS-E1", "a", {"child_ethnicity": "Tày"}, {"child_ethnicity": "Tày", "father_ethnicity": "Tày"}, on_field="child_ethnicity"),
    Row(
        "KS-E1",
        "a",
        {"birth_case": "chua_co_me", "requester_relation": "cha", "father_ethnicity": "Nùng"},
        {"birth_case": "chua_co_me", "requester_relation": "cha"},
        note="the father alone",
    ),
    Row("KS-E2", "b", {"child_ethnicity": "Tày"}, {"child_ethnicity": "Tày", "mother_ethnicity": "Tày"}, on_field="child_ethnicity"),
    Row(
        "KS-E2",
        "b",
        {"birth_kind": "nuoc_ngoai_khac", "child_nationality": "LA"},
        {"birth_kind": "nuoc_ngoai_khac", "child_nationality": "LA", "mother_nationality": "LA"},
        on_field="child_nationality",
        note="nationality",
    ),
    Row(
        "KS-E3",
        "a",
        known={"mother_hometown_province": "01"},
        near_known={"mother_hometown_province": "01", "father_hometown_province": "92"},
        on_field="hometown_province",
    ),
    Row("KS-E4", "a", {}, {"hometown_ward": "Phường Ninh Kiều"}, note="the parents' ward"),
    Row(
        "KS-E6",
        "a",
        {"child_nationality": "LA"},
        {"child_nationality": "LA", "birth_kind": "nuoc_ngoai_khac"},
        on_field="child_nationality",
    ),
    Row(
        "KS-D1", "a", {"child_birth_date": "2020-11-09"}, {"child_birth_date": "2020-11-10"}, on_field="child_birth_date", note="six today"
    ),
    Row("KS-D1", "a", {"child_birth_date": "2026-11-10"}, {"child_birth_date": "2026-11-09"}, on_field="child_birth_date", note="tomorrow"),
    Row(
        "KS-D1",
        "a",
        {"child_birth_date": "2024-02-29"},
        {"child_birth_date": "2024-02-29"},
        at=day("2030-03-01"),
        near_at=day("2030-02-28"),
        note="born on 29 February",
    ),
    Row("KS-D2", "c", at=day("2026-09-15"), near_at=day("2026-09-14"), on_field="child_birth_date", note="day 60 is a Sunday"),
    Row("KS-D3", "c", at=day("2026-08-29"), near_at=day("2026-08-28"), on_field="child_birth_date", note="day 45"),
    Row("KS-D3", "c", at=day("2026-09-14"), near_at=day("2026-09-15"), on_field="child_birth_date", note="the last day"),
    Row(
        "KS-D4",
        "a",
        known={"notification": "found", "notification_birth_date": "2026-11-01"},
        near_known={"notification": "found", "notification_birth_date": "2026-11-02"},
        on_field="child_birth_date",
    ),
    Row(
        "KS-D5",
        "a",
        {"mother_birth_date": "2014-11-03"},
        {"mother_birth_date": "2014-11-02"},
        on_field="mother_birth_date",
        note="11 and 12",
    ),
    Row(
        "KS-D5",
        "a",
        {"mother_birth_date": "1965-11-02"},
        {"mother_birth_date": "1965-11-03"},
        on_field="mother_birth_date",
        note="61 and 60",
    ),
    Row("KS-D5", "a", {"father_birth_date": "2015"}, {"father_birth_date": "2014"}, on_field="father_birth_date", note="earliest reading"),
    Row(
        "KS-D5",
        "a",
        {"father_birth_date": "2026-12-01"},
        {"father_birth_date": "1950-12-01"},
        on_field="father_birth_date",
        note="old father",
    ),
    Row("KS-D6", "c", at=day("2026-08-14"), near_at=day("2026-08-15"), on_field="birth_place_kind", note="30 and 31 days"),
    Row("KS-D6", "a", {"birth_place_kind": "tai_nha"}, {"birth_place_kind": "tai_nha", **FOUNDLING}, note="not for a foundling"),
    Row("KS-D8", "a", at="2026-11-09T15:00:01", near_at="2026-11-09T15:00:00", on_field=None),
    Row("KS-D8", "a", at="2026-11-14T09:00", near_at="2026-11-13T09:00", on_field=None, note="Saturday"),
    Row(
        "KS-I1",
        "a",
        {"father_id_number": "09209499900"},
        {"father_id_number": "092 094 999 ００２"},
        on_field="father_id_number",
        note="11 digits; spaces and full-width digits",
    ),
    Row(
        "KS-I1",
        "b",
        {"mother_id_number": "01301999003"},
        {"mother_id_number": "01301999003"},
        at=day("2024-07-01"),
        near_at=day("2024-06-30"),
        on_field="mother_id_number",
        note="since 01/07/2024",
    ),
    Row("KS-I1", "b", {"householder_id_number": "170999004"}, {"householder_id_number": "001170999004"}, on_field="householder_id_number"),
    Row("KS-I2", "a", {"father_id_number": "092194999002"}, {"father_id_number": "092094999002"}, on_field="father_id_number", note="sex"),
    Row("KS-I2", "a", {"father_birth_date": "1995"}, {"father_birth_date": "1994"}, on_field="father_id_number", note="year"),
    Row("KS-I2", "c", {"requester_gender": "nu"}, {"requester_gender": "nam"}, on_field="requester_id_number", note="requester"),
    Row("KS-I4", "a", {"birth_notification_no": "412.GCS.99901.26"}, {"birth_notification_no": "00412.GCS.99901.26"}),
    Row("KS-I4", "b", {"birth_notification_no": "01875-GCS-99902-26"}, {"birth_notification_no": None}, note="optional when typed"),
    Row("KS-I5", "a", {"marriage_cert_no": "00412.gcs.99901.26"}, {"marriage_cert_no": "45-GS"}),
    Row("KS-I6", "a", {"requester_phone": "0200000001"}, {"requester_phone": "+84 900-000.001"}, on_field="requester_phone", note="phone"),
    Row(
        "KS-I6",
        "a",
        {"requester_email": "mai@@example.org"},
        {"requester_email": "mai@example.org"},
        on_field="requester_email",
        note="email",
    ),
    Row("KS-I7", "a", {"requester_relation": "cha"}, {"requester_relation": "me"}, on_field="requester_relation"),
    Row("KS-I7", "b", {"mother_id_number": "001301999013"}, {"mother_id_number": "001301999003"}, on_field="requester_relation"),
    Row("KS-I8", "a", {}, {"residence_confirm_mode": "giay"}, on_field="residence_confirm_mode"),
    Row(
        "KS-I9",
        "a",
        {"father_id_number": "092196999001", "householder_id_number": None},
        {"father_id_number": "092196999011", "householder_id_number": None},
        note="one number for both parents",
    ),
    Row(
        "KS-I9",
        "c",
        {"requester_id_number": "012099999005"},
        {"requester_id_number": "012099999015"},
        on_field="requester_id_number",
        note="guardian",
    ),
    Row(
        "KS-I9",
        "b",
        {"mother_nationality": "LA", "mother_passport_no": "P9990001", "mother_id_number": None, "mother_given_name": "HẢI"},
        {"mother_nationality": "LA", "mother_passport_no": "P9990001", "mother_id_number": None, "mother_given_name": "hà"},
        on_field="requester_id_number",
        note="no number, other name",
    ),
    Row("KS-W1", "c", {}, {"requester_relation": "cha"}, on_field="requester_relation"),
    Row("KS-W1", "c", at=day("2027-02-26"), near_at=day("2027-03-01"), note="until the new law"),
    Row("KS-W2", "a", MOVED, {**MOVED, **FATHER_ELSEWHERE, "father_ward": "Phường Cái Khế"}, note="one parent is enough"),
    Row(
        "KS-W2",
        "b",
        {"mother_province": "92", "mother_ward": "Phường Cái Khế"},
        {"mother_residence_type": "tam_tru"},
        note="any kind of residence",
    ),
    Row(
        "KS-W2", "a", {**MOVED, **FATHER_ELSEWHERE}, {**MOVED, **FATHER_ELSEWHERE, "father_ward": None}, note="father's ward not yet known"
    ),
    Row("KS-W3", "a", {**FOUNDLING, "requester_ward": "Phường Ninh Kiều"}, FOUNDLING, note="foundling"),
    Row(
        "KS-W3",
        "a",
        {**FOUNDLING, "birth_case": "chua_co_cha_me", "requester_ward": "Phường Ninh Kiều"},
        {"requester_ward": "Phường Ninh Kiều"},
        note="parents unknown",
    ),
    Row(
        "KS-W5",
        "a",
        {"residence_same_area": "false", "residence_office_province": "92", "residence_office_ward": "Phường Cái Khế"},
        {"residence_same_area": "false", "residence_office_province": "92", "residence_office_ward": "Phường Ninh Kiều"},
        on_field="residence_same_area",
    ),
    Row("KS-W6", "a", {}, {"residence_case": "ve_voi_nguoi_than"}, on_field="residence_case"),
    Row(
        "KS-W6",
        "a",
        {"child_birth_date": "2026-06-25"},
        {"child_birth_date": "2026-06-25"},
        at=day("2026-07-01"),
        near_at=day("2026-06-30"),
        note="since 01/07/2026",
    ),
    Row("KS-W8", "c", at=day("2027-03-01"), near_at=day("2027-02-26"), on_field="birth_office_ward"),
)


def ids(row: Row) -> str:
    return f"{row.code}-{row.case}-{row.note}".rstrip("-")


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_it_fires(row):
    result = judge(row.case, row.fires, at=row.at, known=row.known)
    assert row.code in codes(result)
    places = fields(result, row.code)
    allowed = {*problem_row(row.code).fields} or {None}
    assert set(places) <= allowed
    if row.on_field != "":
        assert places == [row.on_field]


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_the_near_miss_is_silent(row):
    assert row.code not in codes(judge(row.case, row.near, at=row.near_at, known=row.near_known))


EMITTED = {code for code in problem_codes() if code.startswith("KS-") and not problem_row(code).trigger.startswith("not emitted")}


def test_a_value_that_cannot_be_read_is_refused_before_its_code_is_in_force_too():
    for changes, since in (({"mother_id_number": "1"}, "2024-06-30"), ({"birth_place_ward": "Phường Không Có"}, "2025-06-30")):
        result = judge("b", changes, at=day(since))
        assert [item.code for item in result.problems if item.field in changes] == ["A-INVALID"]


def test_every_emitted_code_has_its_row():
    assert {row.code for row in ROWS} == EMITTED


def test_rules_and_field_faults_are_the_emitted_codes_and_no_other():
    from dvc_cli.procedures import procedure

    item = procedure("khai-sinh")
    ruled = [code for rule in item.rules for code in rule.codes]
    assert len(ruled) == len(set(ruled))
    assert {*ruled, *(field.fault for field in item.form.fields if field.fault)} == EMITTED


@pytest.mark.parametrize("code", ["KS-W1", "KS-W2", "KS-W3"])
def test_the_old_law_s_rules_end_with_february_2027(code):
    changes = {**MOVED, "requester_relation": "nguoi_giam_ho"} if code != "KS-W3" else {**FOUNDLING, "requester_ward": "Phường Ninh Kiều"}
    changes["child_birth_date"] = "2027-02-20"
    assert code in codes(judge("a", changes, at=day("2027-02-26")))
    assert code not in codes(judge("a", changes, at=day("2027-03-01")))
