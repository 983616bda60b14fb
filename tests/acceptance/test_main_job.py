"""The main job by script, from an empty home to a filed dossier, for the three worked cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from flows import CASES, Desk

PASSWORD = "Gac-Bong7-tim!"


def problems(answer: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"error": [], "warning": [], "hint": []}
    for problem in answer.document["problems"]:
        found[problem["severity"]].append(problem["code"])
    return {severity: sorted(codes) for severity, codes in found.items()}


def put_papers(folder: Path, case: str, papers: dict[str, int]) -> Path:
    """A copy of the case beside dummy PDF files of the worked sizes (KB)."""
    target = folder / f"{case}.yaml"
    target.write_bytes((CASES / f"{case}.yaml").read_bytes())
    for name, size in papers.items():
        (folder / name).write_bytes(b"%PDF-1.7\n" + name.encode() + b"0" * (size * 1000 - 9))
    return target


WORKED = {
    "birth_a": {
        "now": "2026-11-09T09:30",
        "person": {"id_number": "092196999001", "full_name": "TRẦN THỊ MAI PHƯƠNG", "birth_date": "1996-03-14", "phone": "0900000001"},
        "papers": {},
        "problems": {"error": [], "warning": [], "hint": ["KS-E4", "KS-I8", "KS-W6"]},
        "procedure_code": "2.000987",
        "counted_from": "2026-11-09",
        "due_on": "2026-11-12",
        "members": {"khai_sinh": "2026-11-09", "thuong_tru": "2026-11-11", "can_cuoc": None, "bhyt": "2026-11-11"},
        "fees": {"registration": 0, "copies": 40000, "residence": 0, "bhyt": 0, "identity_card": 0},
        "states": {"birth_notification": "from_data"},
    },
    "birth_b": {
        "now": "2026-11-12T15:20",
        "person": {"id_number": "001301999003", "full_name": "LÊ NGỌC HÀ", "birth_date": "2001-12-21", "phone": "0900000002"},
        "papers": {"giay-chung-sinh.pdf": 640, "ct01-ky.pdf": 820},
        "problems": {"error": [], "warning": [], "hint": ["KS-D8", "KS-W6"]},
        "procedure_code": "2.000986",
        "counted_from": "2026-11-13",
        "due_on": "2026-11-18",
        "members": {"khai_sinh": "2026-11-13", "thuong_tru": "2026-11-17", "bhyt": "2026-11-17"},
        "fees": {"registration": 0, "copies": 16000, "residence": 0, "bhyt": 0},
        "states": {"birth_notification_scan": "attached", "ct01": "attached"},
    },
    "birth_c": {
        "now": "2026-11-16T08:10",
        "person": {"id_number": "012075999007", "full_name": "GIÀNG A LỬ", "birth_date": "1975-02-02", "phone": "0900000003"},
        "papers": {"xac-nhan-viec-sinh.pdf": 510, "ct01-ky.pdf": 700},
        "problems": {"error": [], "warning": ["KS-D2"], "hint": ["KS-E4", "KS-W1", "KS-W6"]},
        "procedure_code": "2.000986",
        "counted_from": "2026-11-16",
        "due_on": "2026-11-19",
        "members": {"khai_sinh": "2026-11-16", "thuong_tru": "2026-11-18", "bhyt": "2026-11-18"},
        "fees": {"registration": 0, "late": 0, "copies": 0, "residence": 0, "bhyt": 0},
        "states": {"witness_statement": "attached", "ct01": "attached"},
    },
}


@pytest.mark.parametrize("case", WORKED)
def test_from_an_empty_home_to_a_filed_dossier(case: str, tmp_path: Path) -> None:
    worked = WORKED[case]
    desk = Desk(tmp_path / "home", now=worked["now"])
    person = worked["person"]

    begun = desk.run("register", answers={"subject": "cong_dan", "method": "thue_bao_di_dong", **person})
    assert (begun.exit_code, begun.document["status"]) == (0, "pending")
    verified = desk.run("verify-otp", answers={"otp": desk.code(phone=person["phone"])})
    assert (verified.exit_code, verified.document["status"], verified.document["next"]) == (0, "pending", ["dvc set-password"])
    done = desk.run("set-password", answers={"password": PASSWORD, "password_again": PASSWORD})
    assert (done.exit_code, done.document["status"]) == (0, "ok")

    login = desk.run("login", answers={"id_number": person["id_number"], "password": PASSWORD})
    assert login.document["status"] == "pending"
    signed = desk.run("verify-otp", answers={"otp": desk.code()})
    assert signed.data["account"]["kind"] == "portal"
    signed = desk.sign_in_vneid(person["id_number"])
    assert (signed.exit_code, signed.data["account"]["kind"], signed.data["account"]["assurance"]) == (0, "vneid", "vneid_2")
    assert desk.run("whoami").data["account"]["id_masked"] == person["id_number"][:3] + "*******" + person["id_number"][-2:]
    profile = desk.run("profile", "show").data["profile"]
    assert (profile["id_number"], profile["full_name"]) == (person["id_number"], person["full_name"])

    answers = put_papers(tmp_path, case, worked["papers"])
    filed = desk.run("khai-sinh", "--answers", str(answers))
    assert filed.exit_code == 0, filed.document
    assert problems(filed) == worked["problems"]
    dossier = filed.data["dossier"]
    assert dossier["code"].startswith(f"G22.99.08-{worked['now'][2:10].replace('-', '')}-")
    assert {key: dossier[key] for key in ("procedure_code", "counted_from", "due_on")} == {
        key: worked[key] for key in ("procedure_code", "counted_from", "due_on")
    }
    assert {member["procedure"]: member["due_on"] for member in dossier["members"]} == worked["members"]
    assert {fee["id"]: fee["amount"] for fee in dossier["fees"]} == worked["fees"]
    states = {paper["id"]: paper["state"] for paper in dossier["papers"]}
    assert states | worked["states"] == states
    assert "needed" not in states.values()

    again = desk.run("khai-sinh", "--answers", str(answers))
    assert again.data["dossier"]["code"] == dossier["code"]
    listed = desk.run("ho-so", "list").data["dossiers"]
    assert [entry["code"] for entry in listed] == [dossier["code"]]
    assert desk.run("ho-so", "show", dossier["code"]).data["dossier"]["code"] == dossier["code"]
    assert desk.run("drafts", "list").data["drafts"] == []


@pytest.mark.parametrize("case", WORKED)
def test_the_check_needs_no_session_and_no_store(case: str, tmp_path: Path) -> None:
    worked = WORKED[case]
    desk = Desk(
        tmp_path / "home",
        now=worked["now"],
        extra={"DVC_TOKEN_STORE": "keyring", "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"},
    )
    answers = put_papers(tmp_path, case, worked["papers"])
    checked = desk.run("khai-sinh", "--check", "--answers", str(answers))
    assert (checked.exit_code, checked.document["status"]) == (0, "ok")
    assert problems(checked) == worked["problems"]
    assert (checked.data["complete"], checked.data["missing"]) == (True, [])
    assert "code" not in checked.data["dossier"]
    assert checked.data["payload"]["birth_case"] == ("chua_co_cha" if case == "birth_b" else "du_cha_me")
    assert ("father_given_name" in checked.data["payload"]) == (case != "birth_b")
    assert not (desk.home / "data").exists() or not any((desk.home / "data").iterdir())


def test_without_a_session_filing_asks_to_sign_in(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "home")
    refused = desk.run("khai-sinh", "--answers", str(CASES / "birth_a.yaml"))
    assert (refused.exit_code, refused.codes) == (3, ["TK-SESSION-MISSING"])


def test_all_missing_answers_come_at_once(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "home")
    desk.sign_in_vneid("092196999001")
    text = (CASES / "birth_a.yaml").read_text(encoding="utf-8")
    answers = tmp_path / "holes.yaml"
    answers.write_text(text.replace("child_given_name: NHIÊN, ", "").replace(", card_guardian: thong_tin_me", ""), encoding="utf-8")
    refused = desk.run("khai-sinh", "--answers", str(answers))
    assert refused.exit_code == 2
    missing = {problem["field"] for problem in refused.document["problems"] if problem["code"] == "A-MISSING"}
    assert missing == {"child_given_name", "card_guardian"}
