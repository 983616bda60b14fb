"""The three worked cases give exactly the problems, papers, fees and days that are written for them."""

from datetime import date

import pytest

from khai_sinh.birth import codes, judge

EXPECTED = {
    "a": {"errors": set(), "warnings": set(), "hints": {"KS-W6", "KS-I8", "KS-E4"}},
    "b": {"errors": set(), "warnings": set(), "hints": {"KS-D8", "KS-W6"}},
    "c": {"errors": set(), "warnings": {"KS-D2"}, "hints": {"KS-W1", "KS-W6", "KS-E4"}},
}


@pytest.mark.parametrize("case", "abc")
def test_exactly_the_written_problems(case):
    result = judge(case)
    assert codes(result, "error") == EXPECTED[case]["errors"]
    assert codes(result, "warning") == EXPECTED[case]["warnings"]
    assert codes(result, "hint") == EXPECTED[case]["hints"]
    assert len(result.problems) == sum(len(group) for group in EXPECTED[case].values())


@pytest.mark.parametrize("case", "abc")
def test_the_case_can_be_filed(case):
    result = judge(case)
    assert result.complete
    assert result.missing == ()
    assert result.blocking == ()


@pytest.mark.parametrize(("case", "code"), [("a", "2.000987"), ("b", "2.000986"), ("c", "2.000986")])
def test_procedure_code(case, code):
    assert judge(case).procedure_code == code


DAYS = {
    "a": ("2026-11-09", {"khai_sinh": "2026-11-09", "thuong_tru": "2026-11-11", "can_cuoc": None, "bhyt": "2026-11-11"}, "2026-11-12"),
    "b": ("2026-11-13", {"khai_sinh": "2026-11-13", "thuong_tru": "2026-11-17", "bhyt": "2026-11-17"}, "2026-11-18"),
    "c": ("2026-11-16", {"khai_sinh": "2026-11-16", "thuong_tru": "2026-11-18", "bhyt": "2026-11-18"}, "2026-11-19"),
}


@pytest.mark.parametrize("case", "abc")
def test_due_days(case):
    counted_from, members, due_on = DAYS[case]
    result = judge(case)
    assert result.counted_from == date.fromisoformat(counted_from)
    assert {line.procedure: line.due_on and line.due_on.isoformat() for line in result.members} == members
    assert result.due_on == date.fromisoformat(due_on)
    assert all(line.status is None for line in result.members)
    assert result.deadline.chain[-1].date == result.due_on


FEES = {
    "a": {"registration": 0, "copies": 40_000, "residence": 0, "bhyt": 0, "identity_card": 0},
    "b": {"registration": 0, "copies": 16_000, "residence": 0, "bhyt": 0},
    "c": {"registration": 0, "late": 0, "copies": 0, "residence": 0, "bhyt": 0},
}


@pytest.mark.parametrize("case", "abc")
def test_fees(case):
    assert {line.id: line.amount for line in judge(case).fees} == FEES[case]


PAPERS = {
    "a": [("birth_notification", 1, True, "from_data")],
    "b": [("birth_notification_scan", 1, True, "attached"), ("ct01", 2, False, "attached")],
    "c": [("witness_statement", 1, True, "attached"), ("ct01", 2, False, "attached"), ("poor_household_cert", 1, False, "optional")],
}


@pytest.mark.parametrize("case", "abc")
def test_papers(case):
    assert [(line.id, line.slot, line.required, line.state) for line in judge(case).papers] == PAPERS[case]


AGENCIES = {
    "a": ["UBND phường Cái Khế", "Công an phường Cái Khế", "Công an phường Cái Khế", "Bảo hiểm xã hội thành phố Cần Thơ"],
    "b": ["UBND phường Cửa Nam", "Công an phường Cửa Nam", "Bảo hiểm xã hội thành phố Hà Nội"],
    "c": ["UBND xã Sin Suối Hồ", "Công an xã Sin Suối Hồ", "Bảo hiểm xã hội tỉnh Lai Châu"],
}


@pytest.mark.parametrize("case", "abc")
def test_offices(case):
    assert [line.agency for line in judge(case).members] == AGENCIES[case]


def test_a_father_typed_in_case_b_is_told_and_not_sent():
    result = judge("b", {"father_surname": "NGUYỄN"})
    assert [(item.code, item.field) for item in result.problems if item.code == "A-NOT-LIVE"] == [("A-NOT-LIVE", "father_surname")]
    assert not [key for key in result.payload if key.startswith("father_")]
    assert result.complete


def test_case_c_without_the_reason_is_blocked_by_the_warning_alone():
    result = judge("c", acknowledge={})
    assert [item.code for item in result.blocking] == ["KS-D2"]
    assert not result.complete


def test_the_payload_of_case_a_holds_codes_and_derived_values():
    payload = judge("a").payload
    assert payload["birth_office_province"] == "92"
    assert payload["child_birth_date"] == "2026-11-02"
    assert payload["child_birth_date_words"] == "Ngày hai tháng mười một năm hai nghìn không trăm hai mươi sáu"
    assert payload["child_ethnicity"] == "01"
    assert payload["father_ward"] == payload["mother_ward"] == payload["residence_ward"]
    assert payload["householder_full_name"] == "NGUYỄN HỮU NGHĨA"
    assert payload["result_place"] == "UBND phường Cái Khế"
    assert payload["copies_count"] == 5
    assert payload["bhyt_electronic"] is True


def test_the_tools_own_answers_are_facts_and_not_payload():
    result = judge("c")
    own = {"birth_place_kind", "has_birth_witness", "parents_married", "multiple_birth", "surrogacy", "requester_relation_other"}
    assert set(result.facts) == own
    assert not own & set(result.payload)
