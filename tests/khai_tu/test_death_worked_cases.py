"""The three worked cases give exactly the problems, papers, fees, allowances and days that are written for them."""

from datetime import date

import pytest

from khai_tu.death import codes, judge

EXPECTED = {
    "a": {"error": set(), "warning": set(), "hint": {"KT-16", "KT-28"}},
    "b": {"error": set(), "warning": set(), "hint": {"KT-28"}},
    "c": {"error": set(), "warning": {"KT-02"}, "hint": {"KT-16"}},
}


@pytest.mark.parametrize("case", "abc")
def test_exactly_the_written_problems(case):
    result = judge(case)
    assert {severity: codes(result, severity) for severity in EXPECTED[case]} == EXPECTED[case]
    assert len(result.problems) == sum(len(group) for group in EXPECTED[case].values())


@pytest.mark.parametrize("case", "abc")
def test_the_case_can_be_filed(case):
    result = judge(case)
    assert result.complete
    assert (result.missing, result.blocking) == ((), ())
    assert result.procedure_code == "2.002913"


DAYS = {
    "a": (
        "2026-10-09",
        {"khai_tu": "2026-10-09", "xoa_thuong_tru": "2026-10-13", "mai_tang_phi": "2026-10-23", "tu_tuat": "2026-10-23"},
        "2026-10-23",
    ),
    "b": ("2026-11-25", {"khai_tu": "2026-11-25", "xoa_thuong_tru": "2026-11-27", "mai_tang_phi": "2026-12-02"}, "2026-12-02"),
    "c": ("2026-10-14", {"khai_tu": "2026-10-14", "xoa_thuong_tru": "2026-10-16", "mai_tang_phi": "2026-10-21"}, "2026-10-21"),
}


@pytest.mark.parametrize("case", "abc")
def test_due_days(case):
    counted_from, members, due_on = DAYS[case]
    result = judge(case)
    assert result.counted_from == date.fromisoformat(counted_from)
    assert {line.procedure: line.due_on.isoformat() for line in result.members} == members
    assert result.due_on == date.fromisoformat(due_on)
    assert result.deadline.chain[-1].date == result.due_on


def test_the_chain_names_the_cut_off_and_the_day_off():
    chain = {step.date.isoformat(): step.why for step in judge("b").deadline.chain}
    assert "15 giờ" in chain["2026-11-23"]
    assert "Ngày Văn hóa Việt Nam" in chain["2026-11-24"]


AGENCIES = {
    "a": ["UBND phường Hòa Cường", "Công an phường Hòa Cường", "Cơ quan BHXH", "Cơ quan BHXH"],
    "b": ["UBND xã Ba Tơ", "Công an xã Ba Tơ", "UBND xã Ba Tơ"],
    "c": ["UBND phường Cái Răng", "Công an phường Cái Răng", "UBND phường Cái Răng"],
}


@pytest.mark.parametrize("case", "abc")
def test_offices(case):
    assert [line.agency for line in judge(case).members] == AGENCIES[case]


FEES = {
    "a": {"registration": 0, "copies": 24_000},
    "b": {"registration": 0, "copies": 0},
    "c": {"registration": 0, "late": None, "copies": 40_000, "post": None},
}


@pytest.mark.parametrize("case", "abc")
def test_fees(case):
    assert {line.id: line.amount for line in judge(case).fees} == FEES[case]


FUNERAL = {
    "a": ("funeral_social_insurance", 25_300_000, False),
    "b": ("funeral_social_assistance", 10_800_000, True),
    "c": ("funeral_emergency_relief", 27_000_000, True),
}


@pytest.mark.parametrize("case", "abc")
def test_the_funeral_allowance_and_whether_it_is_confirmed(case):
    line = judge(case).allowances[0]
    assert (line.id, line.amount, "kiểm tra lại" in line.note) == FUNERAL[case]


@pytest.mark.parametrize(
    ("case", "papers"), [("a", [("death_notice_scan", 1, "attached")]), ("b", []), ("c", [("death_notice_scan", 1, "attached")])]
)
def test_papers(case, papers):
    assert [(line.id, line.slot, line.state) for line in judge(case).papers] == papers


@pytest.mark.parametrize(("case", "kind"), [("a", "1"), ("b", "1"), ("c", "4")])
def test_the_kind_of_registration_is_computed(case, kind):
    assert judge(case).facts["death_registration_kind"] == kind


def test_without_its_reason_the_late_case_is_blocked():
    result = judge("c", acknowledge={})
    assert [item.code for item in result.blocking] == ["KT-02"]


def test_with_twelve_months_of_insurance_the_accident_case_may_compare():
    changes = {"funeral_groups": ("social_insurance",), "si_benefit_types": ("funeral",), "si_payment_method": "tien_mat"}
    assert [(line.id, line.amount) for line in judge("c", changes).allowances] == [("funeral_social_insurance", 25_300_000)]
