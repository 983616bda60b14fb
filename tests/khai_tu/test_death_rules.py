"""Every code of the problem table that concerns deaths: one dossier that fires it and one near miss that does not.

Each row starts from a worked case and changes answers (None: not answered), the filing instant or the files.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from dvc_cli.data import problem_codes, problem_row
from dvc_cli.procedures import procedure
from khai_tu.death import codes, fields, judge, pdf

NOTICE = "death_notice_scan"
OTHER_WARD = {"last_residence_ward": "Phường Hải Châu"}
HOUSEHOLDER = "deceased_relation_to_householder"
BY_UBND = {"death_notice_type": "giay_bao_tu", "death_notice_issuer": "UBND xã Cái Nhum", "death_notice_number": "01/UBND-GBT"}
LONG_AGO = {
    "death_notice_type": "chung_cu_chet_da_lau",
    **dict.fromkeys(("death_notice_number", "death_notice_date", "death_notice_issuer")),
}
TWO_FILES = (pdf(1, NOTICE), pdf(2, "death_evidence"))


@dataclass(frozen=True)
class Row:
    code: str
    case: str
    fires: dict[str, object] = field(default_factory=dict)
    near: dict[str, object] = field(default_factory=dict)
    at: str = ""
    near_at: str = ""
    files: tuple | None = None
    near_files: tuple | None = None
    on_field: str | None = ""
    note: str = ""


def day(text: str) -> str:
    return f"{text}T09:00"


def died(text: str, **more: object) -> dict[str, object]:
    return {"death_datetime": text, **more}


ROWS = (
    Row("KT-01", "a", died("08/10/2026 15:41"), died("08/10/2026 15:40"), on_field="death_datetime", note="a minute after filing"),
    Row("KT-01", "a", died("09/10/2026"), died("08/10/2026"), note="the day after filing"),
    Row("KT-01", "a", died("11/2026"), died("10/2026"), note="a month that has not begun"),
    Row("KT-01", "a", died("11/03/1948"), died("12/03/1948"), note="before birth"),
    Row("KT-01", "a", died("1947"), died("1948"), note="a year before the birth's"),
    Row("KT-02", "a", at=day("2026-10-21"), near_at=day("2026-10-20"), on_field="death_datetime", note="day 16 and day 15"),
    Row("KT-02", "b", at=day("2026-12-08"), near_at=day("2026-12-07"), note="day 15 was a Saturday"),
    Row("KT-02", "a", died("10/2026"), died("10/2026"), at=day("2026-11-17"), near_at=day("2026-11-16"), note="latest reading"),
    Row("KT-03", "b", at=day("2026-12-07"), near_at=day("2026-12-08"), on_field="death_datetime", note="the Monday after"),
    Row("KT-03", "b", at=day("2026-12-05"), near_at=day("2026-12-04"), note="the Saturday itself"),
    Row("KT-03", "b", near=died("19/11/2026 04:10"), at=day("2026-12-06"), near_at=day("2026-12-04"), note="day 15 is a working day"),
    Row("KT-04", "a", {"funeral_groups": None}, {"funeral_groups": "none"}, on_field="funeral_groups", note="nothing"),
    Row(
        "KT-04", "b", {"funeral_groups": ("social_assistance", "emergency_relief")}, {"funeral_groups": ("social_assistance", "merit")},
        on_field="funeral_groups", note="two that exclude each other",
    ),
    Row("KT-04", "a", {"funeral_groups": ("none", "merit")}, {"funeral_groups": ("social_insurance", "merit")}, note="none and another"),
    Row("KT-05", "a", {"death_notice_issuer": None}, {"death_notice_issuer": "Bệnh viện"}, on_field="death_notice_issuer"),
    Row("KT-05", "c", {"death_notice_number": None}, LONG_AGO, on_field="death_notice_number", note="evidence needs no number"),
    Row("KT-05", "c", {"death_notice_type": None}, {"death_notice_type": None, "death_notice_not_issued": "true"}, note="none issued"),
    Row(
        "KT-06", "b", {"death_place_same_as_residence": "false", "death_province": "51", "death_ward": "Xã Ba Vì"},
        {"death_place_same_as_residence": "false", "death_province": "51", "death_ward": "Xã Ba Tơ"},
        on_field="death_notice_not_issued", note="another ward",
    ),
    Row("KT-06", "b", {"last_residence_detail": "Trạm y tế xã"}, {"last_residence_detail": "gần trạm xăng"}, note="a facility"),
    Row("KT-07", "a", {"death_notice_number": "12/tlkt-bs"}, {"death_notice_number": "12/TLK"}, on_field="death_notice_number"),
    Row("KT-08", "a", {"death_notice_number": "01929"}, {"death_notice_number": "GBT.01929"}, on_field="death_notice_number"),
    Row("KT-09", "a", {"death_notice_date": "09/10/2026"}, {"death_notice_date": "08/10/2026"}, on_field="death_notice_date"),
    Row(
        "KT-09", "a", {"death_notice_date": "04/10/2026"}, {"death_notice_date": "04/10/2026", "death_notice_type": "giay_thay_the"},
        note="a substitute may be older",
    ),
    Row("KT-09", "a", died("10/2026", death_notice_date="30/09/2026"), died("10/2026", death_notice_date="01/10/2026"), note="partial"),
    Row(
        "KT-10", "a", {"death_place_detail": "Bệnh viện Mẫu, phường Hải Châu"}, {"death_place_detail": "Bệnh viện Mẫu, phường"},
        on_field="death_place_detail", note="commune",
    ),
    Row("KT-10", "a", {"death_place_detail": "PHÒNG KHÁM SỐ 1 TỈNH QUẢNG NGÃI"}, {"death_place_detail": "Phòng khám xã hội"}, note="words"),
    Row("KT-10", "a", {"death_place_detail": "Trạm y tế phường 5"}, {"death_place_detail": "số 5 phường Hải Châu"}, note="no facility"),
    Row("KT-11", "c", BY_UBND, {**BY_UBND, "death_notice_issuer": "Công an xã"}, on_field="death_notice_type", note="issuer"),
    Row("KT-11", "c", BY_UBND, {**BY_UBND, "death_notice_type": "giay_thay_the"}, note="kind of paper"),
    Row("KT-11", "c", {**BY_UBND, "death_cause": "ngã cầu thang"}, {**BY_UBND, "death_cause": "tên là Ngãng"}, note="whole words"),
    Row("KT-11", "c", {**BY_UBND, "death_cause": "Bỏng"}, {**BY_UBND, "death_cause": "bong gân"}, note="tone marks count"),
    Row("KT-12", "a", {"deceased_gender": "nu", HOUSEHOLDER: "me"}, on_field="deceased_id_number", note="sex"),
    Row("KT-12", "b", {"deceased_birth_date": "1942"}, {"deceased_birth_date": "05/1941"}, on_field="deceased_id_number", note="year"),
    Row("KT-12", "a", {"requester_birth_date": "25/04/1977"}, on_field="requester_id_number", note="requester"),
    Row("KT-13", "a", {"requester_relation_to_deceased": "chong"}, on_field="requester_relation_to_deceased", note="sex"),
    Row("KT-13", "c", {"requester_relation_to_deceased": "me"}, on_field="requester_relation_to_deceased", note="younger than her child"),
    Row("KT-13", "c", {"recipient_relation_to_deceased": "chong"}, {"recipient_relation_to_deceased": "em"}, note="recipient"),
    Row("KT-13", "a", {HOUSEHOLDER: "con"}, {HOUSEHOLDER: "cha"}, on_field=HOUSEHOLDER, note="the wrong way round"),
    Row("KT-13", "c", {HOUSEHOLDER: "me"}, {HOUSEHOLDER: "anh"}, on_field=HOUSEHOLDER, note="a man is no mother"),
    Row(
        "KT-13", "b", {"requester_relation_to_deceased": "chau", HOUSEHOLDER: "me", "recipient_relation_to_deceased": "chau"},
        {"requester_relation_to_deceased": "chau", HOUSEHOLDER: "ba_grandmother", "recipient_relation_to_deceased": "chau"},
        on_field=HOUSEHOLDER, note="a nephew's aunt is no mother",
    ),
    Row(
        "KT-13", "b", {"requester_relation_to_deceased": "chau", HOUSEHOLDER: "ong"},
        {"requester_relation_to_deceased": "chau", HOUSEHOLDER: "khac"}, note="aunt is Khác",
    ),
    Row("KT-14", "a", {**OTHER_WARD, "last_residence_type": "noi_o_hien_tai"}, on_field="death_office_ward"),
    Row("KT-14", "a", OTHER_WARD, OTHER_WARD, at=day("2027-02-28"), near_at=day("2027-03-01"), note="until 28/02/2027"),
    Row("KT-15", "a", OTHER_WARD, {**OTHER_WARD, "last_residence_type": "noi_o_hien_tai"}, on_field="residence_same_area"),
    Row("KT-15", "a", {"last_residence_type": "tam_tru"}, {"last_residence_type": "tam_tru", **OTHER_WARD}, note="a temporary resident"),
    Row(
        "KT-15", "a", OTHER_WARD,
        {**OTHER_WARD, "residence_same_area": "false", "residence_office_province": "48", "residence_office_ward": "Phường Hải Châu"},
        note="own office",
    ),
    Row("KT-16", "b", {"want_copies": "true", "copies_count": "1"}, on_field="copies_count"),
    Row("KT-17", "b", died("12/10/2026 âm lịch"), died("20/11/2026"), on_field="death_datetime", note="words"),
    Row("KT-17", "b", {"deceased_birth_date": "Tân Tỵ"}, {"deceased_birth_date": "1941"}, on_field="deceased_birth_date", note="year"),
    Row("KT-17", "b", {"burial_date": "14/10/2026 AL"}, {"burial_date": "22/11/2026"}, on_field="burial_date", note="burial"),
    Row("KT-18", "a", died("05/10/2026 00:00"), died("05/10/2026"), on_field="death_datetime", note="no hour"),
    Row("KT-18", "a", died("05/10/2026 0h00"), died("05/10/2026 00:01"), note="a minute past"),
    Row("KT-19", "a", {"deceased_si_number": None}, on_field="deceased_si_number", note="unknown"),
    Row("KT-19", "a", {"deceased_si_number": "990000010"}, {"deceased_si_number": "99 0000 0101"}, note="nine digits"),
    Row("KT-19", "a", {"deceased_si_number": None}, {"funeral_groups": "none", "deceased_si_number": None}, note="not asked"),
    Row("KT-20", "b", {"burial_date": "19/11/2026"}, {"burial_date": "20/11/2026"}, on_field="burial_date"),
    Row("KT-20", "b", died("11/2026", burial_date="31/10/2026"), died("11/2026", burial_date="01/11/2026"), note="partial"),
    Row("KT-21", "c", {"bank_account_number": "12345"}, {"bank_account_number": "123 456"}, on_field="bank_account_number"),
    Row("KT-21", "a", {"si_bank_account_number": "1" * 20}, {"si_bank_account_number": "1" * 19}, on_field="si_bank_account_number"),
    Row(
        "KT-21", "a", {"si_recipient_is_org": "true", "si_org_name": "Đơn vị", "si_org_bank_account_number": "VN 123456"},
        {"si_recipient_is_org": "false", "si_org_bank_account_number": "VN 123456"}, on_field="si_org_bank_account_number",
    ),
    Row("KT-22", "a", {"deceased_birth_date": "05/09/2026"}, {"deceased_birth_date": "04/09/2026"}, on_field="deceased_birth_date"),
    Row("KT-23", "a", {"death_ward": "Quận Hải Châu"}, {"death_ward": "Hải Châu"}, on_field="death_ward", note="a district"),
    Row("KT-23", "b", {"burial_ward": "Xã Ba Tơ Cũ"}, {"burial_ward": "xã ba tơ"}, on_field="burial_ward", note="no unit"),
    Row("KT-23", "a", {"death_office_ward": "Phường Cái Răng"}, on_field="death_office_ward", note="of another province"),
    Row("KT-24", "a", files=TWO_FILES, near_files=(pdf(1, NOTICE),), on_field="attachments", note="both"),
    Row("KT-24", "c", LONG_AGO, LONG_AGO, files=TWO_FILES, near_files=(pdf(2, "death_evidence"),), note="long ago, both"),
    Row("KT-25", "a", at=day("2027-01-04"), near_at=day("2027-01-03"), on_field="death_datetime", note="91 and 90 days"),
    Row("KT-25", "a", {}, {"funeral_groups": "none"}, at=day("2027-01-04"), near_at=day("2027-01-04"), note="no insurance"),
    Row("KT-26", "b", at=day("2027-03-01"), near_at=day("2027-02-28"), on_field="death_office_ward"),
    Row("KT-27", "a", {"deceased_id_number": "04804899910"}, {"deceased_id_number": "048 048 999 102"}, on_field="deceased_id_number"),
    Row("KT-27", "c", {"householder_id_number": "09206699930A"}, on_field="householder_id_number", note="a letter"),
    Row("KT-28", "a", at="2026-10-08T15:00:01", near_at="2026-10-08T15:00:00", on_field=None, note="a second late"),
    Row("KT-28", "a", at="2026-10-10T09:00", near_at="2026-10-09T09:00", on_field=None, note="Saturday"),
)  # fmt: skip


def ids(row: Row) -> str:
    return f"{row.code}-{row.case}-{row.note}".rstrip("-")


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_it_fires(row):
    result = judge(row.case, row.fires, at=row.at, files=row.files)
    assert row.code in codes(result)
    places = fields(result, row.code)
    assert set(places) <= ({*problem_row(row.code).fields} or {None})
    if row.on_field != "":
        assert places == [row.on_field]


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_the_near_miss_is_silent(row):
    assert row.code not in codes(judge(row.case, row.near, at=row.near_at, files=row.near_files))


OWN = {code for code in problem_codes() if code.startswith("KT-")}


def test_every_code_has_its_row():
    assert {row.code for row in ROWS} == OWN


def test_rules_and_field_faults_are_these_codes_and_no_other():
    item = procedure("khai-tu")
    ruled = [code for rule in item.rules for code in rule.codes]
    assert len(ruled) == len(set(ruled))
    faults = {code for field in item.form.fields for code in (field.fault, field.lunar_fault) if code}
    assert {*ruled, *faults} == OWN


def test_missing_parts_of_the_notice_also_stand_in_missing():
    result = judge("a", {"death_notice_issuer": None, "death_notice_date": None})
    assert result.missing == ("death_notice_date", "death_notice_issuer")
    assert fields(result, "KT-05") == list(result.missing)


def test_a_notice_nobody_entered_lacks_all_four_entries():
    four = ("death_notice_type", "death_notice_number", "death_notice_date", "death_notice_issuer")
    result = judge("a", dict.fromkeys(four))
    assert result.missing == four
    assert fields(result, "KT-05") == list(four)


def test_no_group_also_stands_in_missing():
    assert judge("a", {"funeral_groups": None}).missing == ("funeral_groups",)


@pytest.mark.parametrize(
    ("text", "solar"),
    [("12/10/2026 âm lịch", "20/11/2026"), ("mùng 1 tháng Giêng năm Bính Ngọ", "17/02/2026"), ("10 tháng 6 nhuận năm Ất Tỵ", "03/08/2025")],
)
def test_a_lunar_date_is_refused_with_the_solar_one(text, solar):
    found = next(item for item in judge("b", died(text)).problems if item.code == "KT-17")
    assert solar in found.message


def test_a_lunar_date_that_does_not_exist_is_refused_without_one():
    found = next(item for item in judge("b", died("31/13/2026 âm lịch")).problems if item.code == "KT-17")
    assert "dương lịch" in found.message
    assert "/2026" not in found.message


@pytest.mark.parametrize(
    ("changes", "at", "kind"),
    [
        ({}, "2026-10-20", "1"),
        ({}, "2026-10-21", "4"),
        (LONG_AGO, "2026-10-21", "5"),
        (LONG_AGO, "2026-10-20", "1"),
        (died("2026"), "2026-12-01", "1"),
        (died("1995"), "2026-12-01", "4"),
    ],
)
def test_the_kind_of_registration(changes, at, kind):
    assert judge("a", changes, at=day(at)).facts["death_registration_kind"] == kind
    other = "4" if kind == "1" else "1"
    assert fields(judge("a", {**changes, "death_registration_kind": other}, at=day(at)), "A-INVALID") == ["death_registration_kind"]
