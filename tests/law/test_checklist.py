"""`--checklist`: a few deciding answers, then what to bring; no session, no backend, nothing kept."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from conftest import Dvc
from dvc_cli.domain.calendar import working_calendar
from dvc_cli.domain.dates import VN_TZ
from dvc_cli.forms import Context, evaluate
from dvc_cli.procedures import ProcedureError, lint_procedure, procedure, procedures
from dvc_cli.procedures.checklist import load_checklist
from flows import SCHEMA

NOW = datetime(2026, 11, 9, 9, 30, tzinfo=VN_TZ)
FACILITY = {
    "birth_kind": "khong_yeu_to_nuoc_ngoai",
    "birth_case": "du_cha_me",
    "residence_case": "cha_me_chu_so_huu",
    "birth_place_kind": "co_so_y_te",
}


def listed(dvc: Dvc, **changes: str) -> dict[str, tuple[bool, str]]:
    outcome = dvc("khai-sinh", "--checklist", answers=FACILITY | changes)
    assert outcome.exit_code == 0, outcome.out
    SCHEMA.validate(json.loads(outcome.out))
    return {paper["id"]: (paper["required"], paper["state"]) for paper in outcome.data["dossier"]["papers"]}


NEEDED, OPTIONAL = (True, "needed"), (False, "optional")


@pytest.mark.parametrize(
    ("changes", "papers"),
    [
        ({}, {"birth_notification_scan": NEEDED, "ct01": OPTIONAL}),
        ({"birth_data_source": "csdl_bao_hiem"}, {"birth_notification": (True, "from_data"), "ct01": OPTIONAL}),
        ({"birth_place_kind": "tai_nha"}, {"witness_statement": NEEDED, "ct01": OPTIONAL}),
        ({"birth_place_kind": "tai_nha", "has_birth_witness": "không"}, {"birth_commitment": NEEDED, "ct01": OPTIONAL}),
        ({"birth_case": "bo_roi", "birth_place_kind": "khac"}, {"abandonment_record": NEEDED, "ct01": OPTIONAL}),
        ({"residence_case": "ve_voi_nguoi_than"}, {"birth_notification_scan": NEEDED, "ct01": NEEDED}),
        ({"residence_case": "ve_voi_nguoi_than", "residence_confirm_mode": "vneid"}, {"birth_notification_scan": NEEDED}),
        ({"birth_kind": "nuoc_ngoai_khac"}, {"birth_notification_scan": NEEDED, "foreign_papers": NEEDED, "ct01": OPTIONAL}),
    ],
)
def test_papers_follow_from_the_deciding_answers(dvc: Dvc, changes: dict[str, str], papers: dict[str, tuple[bool, str]]) -> None:
    assert listed(dvc, **changes) == papers


def test_each_paper_says_who_issues_it_and_what_replaces_it(dvc: Dvc) -> None:
    (scan, form) = dvc("khai-sinh", "--checklist", answers=FACILITY).data["dossier"]["papers"]
    assert (scan["issued_by"], scan["slot"]) == ("Cơ sở y tế nơi sinh", 1)
    assert "điện tử" in scan["replaced_by"]
    assert "VNeID" in form["replaced_by"]


def test_the_originals_are_those_of_the_case(dvc: Dvc) -> None:
    def originals(**changes: str) -> str:
        found = dvc("khai-sinh", "--checklist", answers=FACILITY | changes).data["checklist"]["originals"]
        return " | ".join(each["label"] for each in found)

    assert "Bản chính Giấy chứng sinh" in originals()
    assert "Bản chính Giấy chứng sinh" not in originals(birth_place_kind="tai_nha")
    assert "kết hôn" not in originals(birth_case="chua_co_cha")


def test_all_missing_deciding_answers_come_at_once_with_their_codes(dvc: Dvc) -> None:
    outcome = dvc("khai-sinh", "--checklist", "--set", "birth_case=du_cha_me")
    assert (outcome.exit_code, set(outcome.codes)) == (2, {"A-MISSING"})
    assert [each["field"] for each in outcome.document["problems"]] == ["birth_kind", "residence_case", "birth_place_kind"]
    assert "tai_nha" in outcome.document["problems"][2]["hint"]
    assert [each["answer"] for each in outcome.data["checklist"]["questions"]] == [None, "du_cha_me", None, None]


def test_a_faulty_answer_is_refused_and_an_unknown_key_is_wrong_usage(dvc: Dvc) -> None:
    assert (dvc("khai-sinh", "--checklist", answers=FACILITY | {"birth_case": "x"}).codes) == ["A-CHOICE"]
    assert dvc("khai-sinh", "--checklist", answers=FACILITY | {"birth_case": "x"}).exit_code == 4
    assert dvc("khai-sinh", "--checklist", answers=FACILITY | {"birth_csae": "x"}).exit_code == 2
    assert dvc("khai-sinh", "--checklist", "--check", answers=FACILITY).codes == ["A-USAGE"]


def test_it_needs_neither_session_nor_sandbox_nor_token_store(tmp_path: Path) -> None:
    empty = Dvc(tmp_path / "empty", DVC_TOKEN_STORE="keyring", DVC_PASSPHRASE="")
    assert empty("khai-sinh", "--checklist", answers=FACILITY).exit_code == 0
    assert not (tmp_path / "empty").exists()


def test_at_the_counter_the_few_questions_are_asked_and_nothing_is_kept(dvc: Dvc) -> None:
    shown = dvc.plain("khai-sinh", "--checklist", "--plain", typed="1\n1\n1\n2\n")
    assert shown.exit_code == 0
    assert "Văn bản của người làm chứng xác nhận việc sinh: Cần nộp" in shown.out
    assert "Thay bằng: giấy cam đoan" in shown.out
    assert dvc("drafts", "list").data["drafts"] == []
    assert dvc.plain("khai-sinh", "--checklist", "--plain", typed="1\n").exit_code == 130


@pytest.mark.parametrize("command", procedures())
def test_every_procedure_asks_three_or_four_questions_those_of_the_form_in_its_order(command: str) -> None:
    item = procedure(command)
    of_form = [key for key in item.checklist.questions if not item.checklist.own_question(key)]
    assert of_form == [key for key in item.form.keys if key in of_form]
    assert 3 <= len(item.checklist.questions) <= 4
    assert lint_procedure(item) == ()
    context = Context(on=NOW.date(), now=NOW, calendar=working_calendar())
    said = [item.checklist.assumed(), *(option.answers for own in item.checklist.own for option in own.options)]
    faults = [
        each.code for answers in said for each in evaluate(item.form, answers, context).problems if each.code in {"A-CHOICE", "A-INVALID"}
    ]
    assert faults == []
    assert all(paper.issued_by.vi and paper.issued_by.en for paper in item.papers.papers)


@pytest.mark.parametrize(
    "raw", [{}, {"questions": "a"}, {"questions": []}, {"questions": ["a"], "assume": 1}, {"questions": ["a"], "ask": 1}]
)
def test_a_misspelt_checklist_is_refused(raw: dict[str, object]) -> None:
    with pytest.raises(ProcedureError):
        load_checklist(raw)


def test_the_checklist_of_a_death_by_script_and_at_the_counter(dvc: Dvc) -> None:
    answers = {
        "how_died": "tai_nan",
        "notice_at_hand": "chua_co",
        "funeral_groups": ["emergency_relief"],
        "household_single_member": "false",
    }
    outcome = dvc("khai-tu", "--checklist", answers=answers)
    SCHEMA.validate(json.loads(outcome.out))
    assert [(each["id"], each["required"]) for each in outcome.data["dossier"]["papers"]] == [("death_notice_scan", True)]
    assert [each["source"] for each in outcome.data["checklist"]["notes"]] == ["NĐ 123/2015/NĐ-CP Đ.4(2)d", "Luật Hộ tịch 2014 Đ.33"]
    missing = dvc("khai-tu", "--checklist")
    assert missing.exit_code == 2
    assert [each["field"] for each in missing.document["problems"]] == ["how_died", "funeral_groups", "household_single_member"]
    shown = dvc.plain("khai-tu", "--checklist", "--plain", typed="2\n1\nk\n")
    assert shown.exit_code == 0, shown.err
    assert "Không cấp Giấy báo tử" in shown.out
    assert "Không cần giấy tờ nào kèm theo." in shown.out


def test_at_the_counter_a_question_explains_itself_and_one_can_go_back(dvc: Dvc) -> None:
    shown = dvc.plain("khai-tu", "--checklist", "--plain", typed="?\n1\n<\n2\n1\nk\n")
    assert shown.exit_code == 0, shown.err
    assert "kết luận giám định pháp y thay Giấy báo tử" in shown.err
    assert "Người chết ở đâu, vì sao: Tại nhà, ngay xã sẽ đăng ký" in shown.out
    excluded = dvc.plain("khai-tu", "--checklist", "--plain", typed="8\n3,4\n5\nc\n")
    assert excluded.exit_code == 0, excluded.err
    assert "loại trừ nhau" in excluded.err
    assert dvc.plain("khai-tu", "--checklist", "--plain", typed="<\n").exit_code == 130
