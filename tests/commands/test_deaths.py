"""`dvc khai-tu` by script: the worked cases filed, the electronic notice, rows of relatives, what the machine interface says."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from conftest import Dvc

CASES = Path(__file__).resolve().parents[1] / "cases"
FILED = {"a": "2026-10-08T15:40", "b": "2026-11-23T15:45", "c": "2026-10-14T09:05"}
OWNERS = {"a": "048176999101", "b": "051072999201", "c": "092197999301"}
PAPERS = {"a": "giay-bao-tu.pdf", "c": "xac-nhan-cong-an.pdf"}


def answers_of(case: str, folder: Path) -> dict[str, object]:
    """A worked case as flat answers, its paper in the folder."""
    raw = yaml.load((CASES / f"death_{case}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    flat: dict[str, object] = {}
    for key, value in raw.items():
        flat |= value if isinstance(value, dict) and key != "acknowledge" else {key: value}
    if case in PAPERS:
        (folder / PAPERS[case]).write_bytes(b"%PDF-1.7 invented")
    return flat


@pytest.fixture
def at(dvc: Dvc):
    """The workstation at the instant of a case, its requester signed in."""

    def signed(case: str) -> tuple[Dvc, dict[str, object]]:
        dvc.extra["DVC_NOW"] = FILED[case]
        dvc.sign_in_vneid(OWNERS[case])
        return dvc, answers_of(case, dvc.folder)

    return signed


THREE = ["khai_tu", "xoa_thuong_tru", "mai_tang_phi"]
EXPECTED = {
    "a": ({"KT-16", "KT-28"}, "2026-10-23", {"registration": 0, "copies": 24_000}, [*THREE, "tu_tuat"]),
    "b": ({"KT-28"}, "2026-12-02", {"registration": 0, "copies": 0}, THREE),
    "c": ({"KT-02", "KT-16"}, "2026-10-21", {"registration": 0, "late": None, "copies": 40_000, "post": None}, THREE),
}


@pytest.mark.parametrize("case", "abc")
def test_a_worked_case_is_filed_exactly(at, case: str) -> None:
    dvc, answers = at(case)
    filed = dvc("khai-tu", answers=answers)
    codes, due_on, fees, members = EXPECTED[case]
    assert (filed.exit_code, filed.status, set(filed.codes)) == (0, "ok", codes)
    dossier = filed.data["dossier"]
    assert (dossier["procedure_code"], dossier["due_on"]) == ("2.002913", due_on)
    assert {line["id"]: line["amount"] for line in dossier["fees"]} == fees
    assert [line["procedure"] for line in dossier["members"]] == members
    assert dossier["allowances"][0]["amount"] == {"a": 25_300_000, "b": 10_800_000, "c": 27_000_000}[case]
    shown = dvc("ho-so", "show", dossier["code"]).data["dossier"]
    assert shown["allowances"] == dossier["allowances"]
    assert dvc("khai-tu", answers=answers).data["dossier"]["code"] == dossier["code"]


def test_the_receipt_says_how_many_are_linked_what_may_be_paid_and_what_to_remember(at) -> None:
    dvc, _ = at("a")
    out = dvc.plain("khai-tu", "--no-input", "--answers", _file(dvc, "a")).out
    text = " ".join(out.split())
    assert "Liên thông 4 thủ tục" in text
    assert "25.300.000 đồng" in text
    assert "cơ quan chi trả quyết định" in text
    assert "90 ngày" in text


def _file(dvc: Dvc, case: str) -> str:
    target = dvc.folder / f"{case}.yaml"
    target.write_text((CASES / f"death_{case}.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    return str(target)


@pytest.mark.parametrize(("groups", "count"), [("none", 2), ("merit", 3), ("social_insurance", 4)])
def test_two_three_or_four_procedures_are_linked(dvc: Dvc, groups: str, count: int) -> None:
    answers = answers_of("a", dvc.folder)
    checked = dvc("khai-tu", "--check", answers={**answers, "funeral_groups": groups})
    assert len(checked.data["dossier"]["members"]) == count
    shown = dvc.plain("khai-tu", "--check", "--no-input", "--answers", _file(dvc, "a"), "--set", f"funeral_groups={groups}")
    assert f"Liên thông {count} thủ tục" in " ".join(shown.out.split())


def test_a_check_needs_no_session_and_shows_what_would_be_sent(dvc: Dvc) -> None:
    answers = answers_of("b", dvc.folder)
    checked = dvc("khai-tu", "--check", answers=answers, DVC_NOW=FILED["b"])
    assert (checked.exit_code, checked.data["complete"], checked.data["missing"]) == (0, True, [])
    payload = checked.data["payload"]
    assert payload["deceased_birth_date"] == "1941"
    assert payload["death_datetime"] == "2026-11-20T04:10"
    assert payload["funeral_groups"] == ["social_assistance"]
    assert "death_registration_kind" not in payload
    assert checked.data["dossier"]["papers"] == []


def test_the_electronic_notice_fills_in_what_the_answers_leave_out(at) -> None:
    dvc, answers = at("a")
    told = [key for key in answers if key.startswith(("deceased_", "last_residence_", "death_"))]
    asked = {"deceased_input_mode", "deceased_id_number", "deceased_id_issue_date", "deceased_id_issue_place", "deceased_si_number"}
    for key in told:
        if key not in asked | {"death_office_province", "death_office_ward"}:
            del answers[key]
    answers["attachments"] = []
    filed = dvc("khai-tu", answers=answers)
    assert (filed.exit_code, set(filed.codes)) == (0, {"KT-16", "KT-28"})
    assert [(line["id"], line["state"]) for line in filed.data["dossier"]["papers"]] == [("death_notice_scan", "from_data")]
    (listed,) = dvc("ho-so", "list").data["dossiers"]
    assert listed["title"] == "TRẦN VĂN MINH"


def test_without_a_notice_nothing_is_filled_in(at) -> None:
    dvc, answers = at("c")
    del answers["death_datetime"]
    refused = dvc("khai-tu", answers={**answers, "deceased_input_mode": "insurance_db", "attachments": []})
    assert refused.exit_code == 2
    assert refused.data["missing"] == ["death_datetime"]
    assert "A-PAPER-MISSING" in refused.codes


def test_relatives_are_a_list_of_tables_in_the_answers(at) -> None:
    dvc, answers = at("a")
    relatives = [{"full_name": "LÊ THỊ MẪU", "birth_date": "1950", "relation": "Vợ"}]
    assert dvc("khai-tu", answers={**answers, "si_survivors": relatives}).exit_code == 0


def test_a_misspelt_part_of_a_relative_is_an_unknown_key(dvc: Dvc) -> None:
    refused = dvc("khai-tu", "--check", answers={"si_survivors": [{"full_nam": "LÊ"}]})
    assert (refused.exit_code, refused.codes) == (2, ["A-UNKNOWN-KEY"])
    assert refused.document["problems"][0]["field"] == "si_survivors[0].full_nam"


def test_groups_that_exclude_each_other_are_refused(dvc: Dvc) -> None:
    answers = answers_of("b", dvc.folder)
    checked = dvc("khai-tu", "--check", answers={**answers, "funeral_groups": ["social_assistance", "emergency_relief"]})
    assert "KT-04" in checked.codes
    assert checked.data["complete"] is False


def test_late_without_a_reason_is_refused_with_exit_4(at) -> None:
    dvc, answers = at("c")
    refused = dvc("khai-tu", answers={**answers, "acknowledge": {}})
    assert (refused.exit_code, refused.status) == (4, "error")
    assert "KT-02" in refused.codes


def test_schema_and_template(dvc: Dvc) -> None:
    schema = dvc("schema", "khai-tu").data["schema"]
    assert schema["properties"]["si_survivors"]["items"]["required"] == ["full_name", "birth_date", "relation"]
    assert schema["properties"]["death_registration_kind"]["readOnly"] is True
    sample = dvc("template", "khai-tu").data["template"]
    checked = dvc.plain("khai-tu", "--check", "--answers", "-", "--no-input", "--json", typed=sample)
    assert (checked.exit_code, checked.data["complete"]) == (0, False)
