"""What comes after filing: an office asks, the citizen answers at the fields that it names, or withdraws; due days explain themselves."""

from __future__ import annotations

import json

import pytest

from conftest import Dvc
from flows import SCHEMA
from law.filed import case, case_a, file_a

LATER = "2026-11-09T11:00"
MEND = {"child_given_name": "NHI", "pledge": "true"}


@pytest.fixture
def code(dvc: Dvc) -> str:
    return file_a(dvc)


@pytest.fixture
def asked(dvc: Dvc, code: str) -> str:
    outcome = dvc("sandbox", "office", "ask", code, "--field", "child_given_name", "--note", "Tên chưa rõ dấu", DVC_NOW=LATER)
    assert outcome.exit_code == 0, outcome.out
    assert outcome.document["next"] == [f"dvc ho-so supplement {code}"]
    return code


def valid(outcome):
    SCHEMA.validate(json.loads(outcome.out))
    return outcome


def test_show_says_what_the_office_asks_and_until_when(dvc: Dvc, asked: str) -> None:
    shown = valid(dvc("ho-so", "show", asked, DVC_NOW=LATER))
    found = shown.data["dossier"]
    assert (found["status"], found["status_label"]) == ("yeu_cau_bo_sung", "Yêu cầu bổ sung giấy tờ")
    assert found["request"] == {
        "asked_at": "2026-11-09T11:00:00+07:00",
        "answer_by": "2026-11-18",
        "fields": ["child_given_name"],
        "field_labels": ["Tên người được khai sinh"],
        "papers": [],
        "paper_labels": [],
        "note": "Tên chưa rõ dấu",
    }
    assert shown.document["next"] == [f"dvc ho-so supplement {asked}"]
    assert "Trả lời chậm nhất" in dvc.plain("ho-so", "show", asked, "--no-input", DVC_NOW=LATER).out
    assert valid(dvc("ho-so", "list", DVC_NOW=LATER)).data["dossiers"][0]["request"]["answer_by"] == "2026-11-18"


def test_a_supplement_is_sent_once_however_often_it_is_tried(dvc: Dvc, asked: str) -> None:
    sent = valid(dvc("ho-so", "supplement", asked, answers=MEND, DVC_NOW=LATER))
    assert (sent.exit_code, sent.data["dossier"]["status"], sent.data["dossier"]["request"]) == (0, "dang_xu_ly", None)
    assert sent.data["dossier"]["title"] == "NGUYỄN TRẦN AN NHI"
    again = dvc("ho-so", "supplement", asked, answers=MEND, DVC_NOW=LATER)
    assert (again.exit_code, again.data["dossier"]["history"]) == (0, sent.data["dossier"]["history"])
    other = dvc("ho-so", "supplement", asked, answers={**MEND, "child_given_name": "NHIÊN"}, DVC_NOW=LATER)
    assert (other.exit_code, other.codes) == (4, ["BE-REFUSED"])
    assert (dvc("ho-so", "supplement", asked, DVC_NOW=LATER).exit_code) == 4


def test_the_whole_answers_file_of_the_filing_may_be_given_again(dvc: Dvc, asked: str) -> None:
    sent = dvc("ho-so", "supplement", asked, answers=case_a(child_given_name="NHI"), DVC_NOW=LATER)
    assert (sent.exit_code, sent.data["dossier"]["title"]) == (0, "NGUYỄN TRẦN AN NHI")


def test_all_that_is_missing_comes_at_once(dvc: Dvc, code: str) -> None:
    words = ["--field", "child_given_name", "--field", "child_middle_name", "--paper", "birth_notification_scan"]
    assert dvc("sandbox", "office", "ask", code, *words).exit_code == 0
    outcome = dvc("ho-so", "supplement", code)
    assert outcome.exit_code == 2
    assert [(each["code"], each["field"]) for each in outcome.document["problems"] if each["severity"] == "error"] == [
        ("A-MISSING", "child_given_name"),
        ("A-MISSING", "child_middle_name"),
        ("A-PAPER-MISSING", "attachments"),
    ]
    assert outcome.document["next"] == [f"dvc ho-so supplement {code}"]


def test_changed_answers_ask_for_the_pledge_anew_and_new_papers_alone_do_not(dvc: Dvc, asked: str) -> None:
    refused = dvc("ho-so", "supplement", asked, answers={"child_given_name": "NHI"}, DVC_NOW=LATER)
    assert (refused.exit_code, "A-PLEDGE" in refused.codes) == (2, True)
    assert dvc("ho-so", "supplement", asked, answers=MEND, DVC_NOW=LATER).exit_code == 0
    (dvc.folder / "gcs.pdf").write_bytes(b"%PDF-1.7\n ban chup\n")
    assert dvc("sandbox", "office", "ask", asked, "--paper", "birth_notification_scan", DVC_NOW=LATER).exit_code == 0
    papers = {"attachments": [{"slot": 1, "id": "birth_notification_scan", "file": "gcs.pdf"}]}
    sent = dvc("ho-so", "supplement", asked, answers=papers, DVC_NOW=LATER)
    assert sent.exit_code == 0, sent.out
    assert ("birth_notification_scan", "attached") in {(each["id"], each["state"]) for each in sent.data["dossier"]["papers"]}


def test_a_rule_still_refuses_and_an_unknown_key_is_wrong_usage(dvc: Dvc, asked: str) -> None:
    refused = dvc("ho-so", "supplement", asked, answers={**MEND, "child_given_name": "NHI 2"}, DVC_NOW=LATER)
    assert (refused.exit_code, "KS-N1" in refused.codes) == (4, True)
    assert dvc("ho-so", "supplement", asked, answers={"child_name": "NHI"}, DVC_NOW=LATER).codes == ["A-UNKNOWN-KEY"]


def test_the_duty_lapses_by_the_clock(dvc: Dvc, asked: str) -> None:
    late = {"DVC_NOW": "2026-11-19T08:00"}
    dvc_late = Dvc(dvc.home, **late)
    dvc_late.sign_in_vneid("092196999001")
    outcome = dvc_late("ho-so", "supplement", asked, answers=MEND)
    assert (outcome.exit_code, outcome.codes) == (4, ["BE-REFUSED"])
    assert dvc_late("ho-so", "show", asked).data["dossier"]["status"] == "khong_tiep_nhan"


def test_at_the_counter_the_wizard_opens_at_the_named_field(dvc: Dvc, asked: str) -> None:
    shown = dvc.plain("ho-so", "supplement", asked, "--plain", typed="NHI\n\nc\nc\n", DVC_NOW=LATER)
    assert shown.exit_code == 0, shown.err
    first = shown.err.index("Tên chưa rõ dấu")
    assert "18/11/2026" in shown.err[first:]
    assert shown.err.index("Tên", first + 20) < shown.err.index("Xem lại tờ khai")
    assert "Đã gửi bổ sung." in shown.out
    assert dvc("ho-so", "show", asked, DVC_NOW=LATER).data["dossier"]["title"] == "NGUYỄN TRẦN AN NHI"


def test_what_was_typed_is_kept_when_the_counter_is_left(dvc: Dvc, asked: str) -> None:
    left = dvc.plain("ho-so", "supplement", asked, "--plain", typed="NHI\n:luu\n", DVC_NOW=LATER)
    assert left.exit_code == 0
    assert dvc("ho-so", "show", asked, DVC_NOW=LATER).data["dossier"]["status"] == "yeu_cau_bo_sung"
    sent = dvc("ho-so", "supplement", asked, answers={"pledge": "true"}, DVC_NOW=LATER)
    assert (sent.exit_code, sent.data["dossier"]["title"]) == (0, "NGUYỄN TRẦN AN NHI")


def test_a_dossier_is_withdrawn_and_stays_so(dvc: Dvc, code: str) -> None:
    once = valid(dvc("ho-so", "withdraw", code, "--yes", DVC_NOW=LATER))
    assert (once.exit_code, once.data["dossier"]["status"]) == (0, "yeu_cau_rut")
    assert dvc("ho-so", "withdraw", code, DVC_NOW=LATER).data["dossier"]["history"] == once.data["dossier"]["history"]


def test_withdrawing_is_asked_at_the_counter(dvc: Dvc, code: str) -> None:
    assert dvc.plain("ho-so", "withdraw", code, "--plain", typed="k\n").exit_code == 130
    assert dvc("ho-so", "show", code).data["dossier"]["status"] == "duoc_tiep_nhan"
    assert dvc.plain("ho-so", "withdraw", code, "--plain", typed="c\n").exit_code == 0


def test_nothing_is_withdrawn_once_there_is_a_result(dvc: Dvc, code: str) -> None:
    assert dvc("sandbox", "office", "finish", code).data["dossier"]["status"] == "da_tra_ket_qua"
    refused = dvc("ho-so", "withdraw", code, "--yes")
    assert (refused.exit_code, refused.codes) == (4, ["BE-REFUSED"])
    assert "đã có kết quả" in refused.document["problems"][0]["message"]


def test_an_office_is_not_reachable_elsewhere_and_names_what_it_does_not_know(dvc: Dvc, code: str) -> None:
    assert dvc("sandbox", "office", "ask", code).codes == ["A-USAGE"]
    assert dvc("sandbox", "office", "ask", code, "--field", "child_name").codes == ["A-UNKNOWN-KEY"]
    assert dvc("sandbox", "office", "ask", code, "--paper", "giay_la").codes == ["A-CHOICE"]
    assert dvc("sandbox", "office", "finish", "G22.99.08-261109-000000").codes == ["BE-REFUSED"]


def test_due_days_explain_themselves_before_and_after_filing(dvc: Dvc, code: str) -> None:
    checked = valid(dvc("khai-sinh", "--check", answers=case_a())).data["dossier"]
    shown = valid(dvc("ho-so", "show", code)).data["dossier"]
    assert checked["chain"] == shown["chain"]
    assert [step["date"] for step in shown["chain"]] == ["2026-11-09", "2026-11-12"]
    assert (shown["estimated"], checked["estimated"]) == (False, False)
    screen = dvc.plain("ho-so", "show", code, "--no-input").out
    assert "12/11/2026 Hạn: ngày làm việc thứ 3" in screen


def test_a_death_is_supplemented_and_withdrawn_alike(dvc: Dvc) -> None:
    counter = Dvc(dvc.home, DVC_NOW="2026-11-23T15:45")
    counter.sign_in_vneid("051072999201")
    filed = counter("khai-tu", answers=case("death_b"))
    assert filed.exit_code == 0, filed.out
    code = filed.data["dossier"]["code"]
    assert filed.data["dossier"]["due_on"] == "2026-12-02"
    asked = valid(counter("sandbox", "office", "ask", code, "--field", "death_cause", "--note", "Ghi rõ nguyên nhân"))
    assert asked.data["dossier"]["request"]["answer_by"] == "2026-12-03"  # 24/11 is a holiday
    sent = valid(counter("ho-so", "supplement", code, answers={"death_cause": "Bệnh già, suy tim", "pledge": "true"}))
    assert (sent.exit_code, sent.data["dossier"]["status"]) == (0, "dang_xu_ly")
    assert counter("ho-so", "supplement", code, answers={"death_cause": "Bệnh già, suy tim", "pledge": "true"}).exit_code == 0
    withdrawn = valid(counter("ho-so", "withdraw", code, "--yes"))
    assert withdrawn.data["dossier"]["status"] == "yeu_cau_rut"
