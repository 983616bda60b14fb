"""What the assessment adds to the rules: missing answers, accepted warnings, the pledge, the session, the form's own conditions."""

import pytest

from dvc_cli.procedures import procedure
from khai_sinh.birth import codes, fields, judge

LATE = "Nhà xa trung tâm xã"


def test_missing_are_the_live_required_keys_all_at_once():
    result = judge("a", {"mother_ward": None, "child_given_name": None, "copies_count": None, "child_middle_name": None})
    assert result.missing == ("child_given_name", "copies_count", "mother_ward")
    assert fields(result, "A-MISSING") == list(result.missing)
    assert not result.complete


def test_problems_stand_errors_first_then_warnings_then_hints():
    result = judge("a", {"child_surname": "PHẠM", "child_ethnicity": "Tày"}, pledge=None)
    severities = [item.severity for item in result.problems]
    assert severities == sorted(severities, key=["error", "warning", "hint"].index)
    assert {"error", "warning", "hint"} == set(severities)


@pytest.mark.parametrize("key", ["KS-D2", "KS-D2:child_birth_date"])
def test_a_reason_accepts_a_warning_by_code_or_by_field(key):
    result = judge("c", acknowledge={key: LATE})
    assert result.complete
    assert "A-ACK-UNUSED" not in codes(result)


@pytest.mark.parametrize("reason", ["", "xa  ", "bốn", " a b "])
def test_a_reason_of_less_than_five_characters_accepts_nothing(reason):
    result = judge("c", acknowledge={"KS-D2": reason})
    assert [item.code for item in result.blocking] == ["KS-D2"]
    assert "A-ACK-UNUSED" in codes(result, "hint")


def test_five_characters_are_a_reason():
    assert judge("c", acknowledge={"KS-D2": "mẹ ốm"}).complete


@pytest.mark.parametrize("key", ["KS-N2", "KS-D2:child_surname", "KS-W6", "KS-X9"])
def test_a_reason_for_no_warning_of_this_dossier_is_told(key):
    result = judge("c", acknowledge={"KS-D2": LATE, key: LATE})
    assert fields(result, "A-ACK-UNUSED") == ["acknowledge"]
    assert result.complete


def test_an_error_cannot_be_accepted():
    result = judge("a", {"child_ethnicity": "Tày"}, acknowledge={"KS-E1": "cha mẹ thỏa thuận"})
    assert [item.code for item in result.blocking] == ["KS-E1"]


@pytest.mark.parametrize("pledge", [None, False])
def test_nothing_is_filed_without_the_citizen_s_pledge(pledge):
    result = judge("a", pledge=pledge)
    assert [(item.code, item.field) for item in result.blocking] == [("A-PLEDGE", "pledge")]
    assert not result.complete


SESSION = {
    "requester_full_name": "TRẦN THỊ MAI PHƯƠNG",
    "requester_id_number": "092196999001",
    "requester_birth_date": "1996-03-14",
    "requester_gender": "nu",
}


def test_a_requester_other_than_the_session_s_is_refused():
    assert "A-REQUESTER" not in codes(judge("a", {"requester_full_name": "Trần Thị Mai Phương"}, session=SESSION))
    result = judge("a", {"requester_full_name": "TRẦN THỊ MAI"}, session=SESSION)
    assert fields(result, "A-REQUESTER") == ["requester_full_name"]


def test_with_a_session_the_requester_need_not_be_typed():
    result = judge("a", dict.fromkeys(SESSION), session=SESSION)
    assert result.complete
    assert result.payload["requester_id_number"] == "092196999001"


def test_without_one_it_is_asked_but_for_the_country():
    result = judge("a", {**dict.fromkeys(SESSION), "requester_country": None})
    assert set(result.missing) == set(SESSION)


def live(case, changes):
    return set(judge(case, changes).evaluation.live)


BLOCKS = {
    "du_cha_me": ("mother", "father", "marriage"),
    "chua_co_me": ("father",),
    "chua_co_cha": ("mother",),
    "chua_co_cha_me": (),
    "bo_roi": (),
}


@pytest.mark.parametrize("birth_case", BLOCKS)
def test_the_birth_case_decides_the_parent_blocks(birth_case):
    form, alive = procedure("khai-sinh").form, live("a", {"birth_case": birth_case})
    for block in ("mother", "father", "marriage"):
        assert bool({item.key for item in form.section_fields(block)} & alive) is (block in BLOCKS[birth_case])


@pytest.mark.parametrize(
    ("key", "changes", "alive"),
    [
        ("householder_is_father", {"birth_case": "chua_co_cha"}, False),
        ("householder_is_father", {"birth_case": "chua_co_me"}, True),
        ("householder_is_mother", {"birth_case": "chua_co_me"}, False),
        ("householder_is_mother", {"householder_is_father": "true"}, False),
        ("householder_is_mother", {"householder_is_father": "false"}, True),
        ("father_same_residence_as_mother", {"birth_case": "chua_co_me"}, False),
        ("birth_notification_no", {"birth_data_source": "csdl_bao_hiem", "birth_place_kind": "tai_nha"}, True),
        ("birth_notification_no", {"birth_data_source": "nhap_tay", "birth_place_kind": "co_so_y_te"}, True),
        ("birth_notification_no", {"birth_data_source": "nhap_tay", "birth_place_kind": "tai_nha"}, False),
        ("birth_notification_mother_id", {"birth_data_source": "nhap_tay"}, False),
        ("has_birth_witness", {"birth_place_kind": "co_so_y_te"}, False),
        ("has_birth_witness", {"birth_place_kind": "khac"}, True),
        ("has_birth_witness", {"birth_place_kind": "khac", "birth_case": "bo_roi"}, False),
        ("surrogacy", {"birth_case": "chua_co_cha"}, False),
        ("marriage_cert_no", {"parents_married": "false"}, False),
        ("identity_card_level", {"want_identity_card": "false"}, False),
        ("confirmer_kind", {"residence_confirm_mode": "giay"}, False),
        ("owner_kind", {"residence_confirm_mode": "vneid"}, True),
        ("confirmer_full_name", {"confirmer_kind": "cha"}, False),
        ("confirmer_full_name", {"confirmer_kind": "nguoi_khac"}, True),
        ("father_passport_no", {"father_nationality": None}, False),
        ("father_passport_no", {"father_nationality": "VN"}, False),
        ("father_passport_no", {"father_nationality": "LA"}, True),
        ("mother_ethnicity_other", {"mother_ethnicity": "Khác"}, True),
        ("copies_count", {"want_copies": "false"}, False),
        ("poor_household_cert_date", {}, False),
        ("requester_relation_other", {"requester_relation": "me"}, False),
    ],
)
def test_fields_live_when_written(key, changes, alive):
    assert (key in live("a", changes)) is alive


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"parents_married": None, "marriage_cert_no": None}, {"parents_married"}),
        ({"birth_notification_no": None}, {"birth_notification_no"}),
        ({"birth_notification_no": None, "birth_data_source": "nhap_tay"}, set()),
        ({"father_nationality": None}, {"father_nationality"}),
        ({"father_nationality": "LA", "father_id_number": None, "householder_is_father": None}, {"father_passport_no"}),
        ({"father_id_number": None}, {"father_id_number"}),
        ({"confirmer_kind": None, "owner_kind": None}, {"confirmer_kind", "owner_kind"}),
        ({"confirmer_kind": "nguoi_khac"}, {"confirmer_full_name", "confirmer_id_number"}),
        (
            {"child_ethnicity": None, "want_copies": None, "residence_confirm_mode": None},
            {"child_ethnicity", "want_copies", "residence_confirm_mode"},
        ),
        ({"residence_same_area": None}, {"residence_office_province", "residence_office_ward"}),
        ({"poor_household_cert_no": "HN-1"}, {"poor_household_cert_date"}),
        ({"hometown_ward": None, "birth_place_detail": None, "child_middle_name": None, "requester_email": None}, set()),
        ({"child_ethnicity": "Khác"}, {"child_ethnicity_other"}),
        ({"mother_deceased": "true", "mother_residence_type": None}, set()),
    ],
)
def test_fields_are_required_when_written(changes, missing):
    assert set(judge("a", changes).missing) == missing


def test_the_father_s_address_is_the_mother_s():
    payload = judge("a").payload
    assert (payload["father_province"], payload["father_address_detail"]) == ("92", "12 đường Ví Dụ")
    assert "A-INVALID" in codes(judge("a", {"father_address_detail": "số khác"}))


def test_a_householder_typed_against_the_box_is_refused():
    assert fields(judge("a", {"householder_full_name": "TRẦN VĂN KHÁC"}), "A-INVALID") == ["householder_full_name"]
    assert "A-INVALID" not in codes(judge("a", {"householder_full_name": "Nguyễn Hữu Nghĩa"}))


def test_the_mother_may_be_the_householder():
    changes = {"householder_is_father": None, "householder_full_name": None, "householder_id_number": None, "householder_is_mother": "true"}
    payload = judge("a", changes).payload
    assert (payload["householder_full_name"], payload["householder_id_number"]) == ("TRẦN THỊ MAI PHƯƠNG", "092196999001")


def test_the_card_office_starts_as_the_birth_office_and_may_be_changed():
    payload = judge("a").payload
    assert (payload["identity_card_province"], payload["identity_card_ward"]) == ("92", payload["birth_office_ward"])
    changed = judge("a", {"identity_card_ward": "Phường Ninh Kiều"}).payload
    assert changed["identity_card_office_name"] == "Công an phường Ninh Kiều"


@pytest.mark.parametrize("key", ["requester_id_issue_date", "marriage_cert_issue_date"])
def test_issue_dates_do_not_lie_in_the_future(key):
    assert fields(judge("a", {key: "2026-11-10"}), "A-DATE") == [key]
    assert "A-DATE" not in codes(judge("a", {key: "2026-11-09"}))


@pytest.mark.parametrize("text", ["1994", "09/1994", "1994-09-08", "08/09/1994", "1994-09-08T05:30"])
def test_a_parent_s_birth_date_may_be_partial_or_carry_the_time(text):
    assert judge("a", {"father_birth_date": text}).complete


def test_the_child_s_birth_date_is_a_full_day():
    assert fields(judge("a", {"child_birth_date": "11/2026", "child_birth_date_words": None}), "A-DATE") == ["child_birth_date"]


@pytest.mark.parametrize("text", ["9999-12-31", "0001-01-01"])
def test_days_at_the_end_of_the_calendar_are_judged_and_not_a_crash(text):
    assert "KS-D1" in codes(judge("a", {"child_birth_date": text, "child_birth_date_words": None}))


@pytest.mark.parametrize("at", ["1990-01-01T09:00", "2090-01-01T09:00"])
def test_filing_days_far_away_are_judged_and_not_a_crash(at):
    assert judge("a", at=at).problems
