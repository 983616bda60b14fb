"""Filing by script: one dossier once, drafts that survive, all problems at once, the published order of exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from commands.foreign_backend import dressed
from conftest import Dvc
from dvc_cli.errors import ConflictError, RefusedError, UnavailableError, problem

CASES = Path(__file__).resolve().parents[1] / "cases"
MOTHER = "092196999001"


@pytest.fixture
def case() -> dict[str, object]:
    """The worked case A as answers, flat."""
    raw = yaml.load((CASES / "birth_a.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    flat: dict[str, object] = {}
    for key, value in raw.items():
        flat |= value if isinstance(value, dict) else {key: value}
    return flat


@pytest.fixture
def signed(dvc: Dvc) -> Dvc:
    dvc.sign_in_vneid(MOTHER)
    return dvc


def test_the_same_answers_twice_are_one_dossier(signed: Dvc, case: dict[str, object]) -> None:
    first, second = signed("khai-sinh", answers=case), signed("khai-sinh", answers=case)
    assert (first.exit_code, first.status) == (0, "ok")
    dossier = first.data["dossier"]
    assert second.data["dossier"]["code"] == dossier["code"]
    assert set(dossier) >= {"code", "id", "procedure_code", "filed_at", "counted_from", "due_on", "members", "fees", "papers"}
    assert first.data["draft"]["id"]
    assert signed("drafts", "list").data["drafts"] == []
    assert first.document["next"] == [f"dvc ho-so show {dossier['code']}"]
    shown = signed("ho-so", "show", dossier["code"].lower()).data["dossier"]
    assert (shown["code"], shown["status_label"]) == (dossier["code"], "Được tiếp nhận")
    assert shown["history"]
    assert [each["code"] for each in signed("ho-so", "list").data["dossiers"]] == [dossier["code"]]
    assert signed("ho-so", "show", "G22.99.08-000000-000000").exit_code == 4


def test_grouped_and_flat_answers_are_the_same_dossier(signed: Dvc, case: dict[str, object]) -> None:
    grouped = signed("khai-sinh", "--answers", str(CASES / "birth_a.yaml"))
    assert signed("khai-sinh", answers=case).data["dossier"]["code"] == grouped.data["dossier"]["code"]


def test_a_set_wins_over_the_file_inside_its_group(signed: Dvc) -> None:
    checked = signed(
        "khai-sinh", "--check", "--answers", str(CASES / "birth_a.yaml"), "--set", "child_given_name=NHI", "--set", "pledge=không"
    )
    assert checked.data["payload"]["child_given_name"] == "NHI"
    assert (checked.data["complete"], "A-PLEDGE" in checked.codes) == (False, True)


def test_what_is_refused_stays_as_a_draft_and_goes_on_from_there(signed: Dvc, case: dict[str, object]) -> None:
    del case["child_given_name"], case["pledge"]
    refused = signed("khai-sinh", answers=case)
    assert (refused.exit_code, refused.status) == (2, "error")
    assert set(refused.codes) >= {"A-MISSING", "A-PLEDGE"}
    assert refused.data["missing"] == ["child_given_name"]
    draft = refused.data["draft"]["id"]
    assert refused.document["next"] == [f"dvc khai-sinh --draft {draft}"]
    (listed,) = signed("drafts", "list").data["drafts"]
    assert set(listed) == {"id", "procedure", "form_version", "title", "answered", "remaining", "updated_at"}
    assert (listed["id"], listed["procedure"], listed["title"], listed["remaining"]) == (draft, "khai-sinh", "NGUYỄN TRẦN AN", 1)
    shown = signed("drafts", "show", draft.upper()).data["draft"]
    assert shown["answers"]["child_surname"] == "NGUYỄN"
    assert shown["missing"][-1] == "child_given_name"
    filed = signed("khai-sinh", "--draft", draft, "--set", "child_given_name=NHIÊN", "--set", "pledge=true")
    assert (filed.exit_code, filed.data["draft"]["id"]) == (0, draft)
    assert signed("khai-sinh", "--draft", draft).codes == ["DK-DRAFT-NOT-FOUND"]


def test_the_same_incomplete_answers_make_no_second_draft(signed: Dvc, case: dict[str, object]) -> None:
    del case["pledge"]
    assert signed("khai-sinh", answers=case).data["draft"] == signed("khai-sinh", answers=case).data["draft"]
    case["child_gender"] = "nam"
    signed("khai-sinh", answers=case)
    assert len(signed("drafts", "list").data["drafts"]) == 2


def test_a_deleted_draft_is_gone(signed: Dvc, case: dict[str, object]) -> None:
    del case["pledge"]
    draft = signed("khai-sinh", answers=case).data["draft"]["id"]
    refused = signed.plain("drafts", "delete", draft, "--json")
    assert (refused.exit_code, refused.codes) == (2, ["A-USAGE"])
    assert signed("drafts", "delete", draft, "--yes").status == "ok"
    assert (signed("drafts", "show", draft).exit_code, signed("drafts", "show", draft).codes) == (2, ["DK-DRAFT-NOT-FOUND"])


def test_phone_and_email_of_the_requester_are_the_account_s_unless_given(signed: Dvc, case: dict[str, object]) -> None:
    own = {key: value for key, value in case.items() if not key.startswith("requester_") or key == "requester_relation"}
    payload = signed("khai-sinh", "--check", answers=own).data["payload"]
    assert (payload["requester_phone"], payload["requester_email"]) == ("0900000001", "maiphuong@example.org")
    other = signed("khai-sinh", "--check", answers={**own, "requester_phone": "0912 345 678"})
    assert (other.data["payload"]["requester_phone"], other.data["complete"]) == ("0912345678", True)
    assert signed("khai-sinh", answers=own).exit_code == 0


def test_order_of_exit_codes(dvc: Dvc, case: dict[str, object]) -> None:
    """Usage and unknown keys, session, missing answers, refusal, backend."""
    del case["child_given_name"]
    case["child_birth_date"] = "2031-01-01"
    unknown = {**case, "child_id_number": "092126999009"}
    assert (dvc("khai-sinh", answers=unknown).exit_code, dvc("khai-sinh", answers=unknown).codes) == (2, ["A-UNKNOWN-KEY"])
    assert dvc("khai-sinh", answers=case).codes == ["TK-SESSION-MISSING"]
    dvc.sign_in_vneid(MOTHER)
    both = dvc("khai-sinh", answers=case)
    assert both.exit_code == 2
    assert set(both.codes) >= {"A-MISSING", "KS-D1"}
    case["child_given_name"] = "NHIÊN"
    assert dvc("khai-sinh", answers=case).exit_code == 4
    case["child_birth_date"] = "2026-11-02"
    dvc.wire = dressed(failing={"submit_dossier": UnavailableError(problem("BE-UNREACHABLE"))})
    assert (dvc("khai-sinh", answers=case).exit_code, dvc("khai-sinh", answers=case).codes) == (5, ["BE-UNREACHABLE"])


def test_a_warning_needs_a_reason(signed: Dvc, case: dict[str, object]) -> None:
    case["child_surname"] = "LÝ"
    refused = signed("khai-sinh", answers=case)
    assert (refused.exit_code, "KS-N2" in refused.codes) == (4, True)
    short = signed("khai-sinh", answers={**case, "acknowledge": {"KS-N2": "ừ"}})
    assert (short.exit_code, "A-ACK-UNUSED" in short.codes) == (4, True)
    filed = signed("khai-sinh", "--set", "acknowledge.KS-N2=theo tập quán địa phương", answers=case)
    assert (filed.exit_code, filed.status) == (0, "ok")
    assert "KS-N2" in filed.codes


@pytest.mark.parametrize("after", [False, True], ids=["before it arrived", "after it arrived"])
def test_a_lost_answer_files_nothing_twice(signed: Dvc, case: dict[str, object], after: bool) -> None:
    signed.wire = dressed(failing={"submit_dossier": UnavailableError(problem("BE-TIMEOUT-UNKNOWN"), maybe_done=True)}, after=after)
    lost = signed("khai-sinh", answers=case)
    assert (lost.exit_code, lost.codes) == (5, ["BE-TIMEOUT-UNKNOWN"])
    draft = lost.data["draft"]["id"]
    signed.wire = None
    filed = signed("khai-sinh", "--draft", draft)
    assert filed.exit_code == 0
    assert len(signed("ho-so", "list").data["dossiers"]) == 1
    assert signed("khai-sinh", answers=case).data["dossier"]["code"] == filed.data["dossier"]["code"]


def test_a_changed_draft_keeps_the_key_of_its_first_attempt(signed: Dvc, case: dict[str, object]) -> None:
    signed.wire = dressed(failing={"submit_dossier": UnavailableError(maybe_done=True)}, after=True)
    draft = signed("khai-sinh", answers=case).data["draft"]["id"]
    signed.wire = None
    changed = signed("khai-sinh", "--draft", draft, "--set", "copies_count=1", "--set", "pledge=true")
    assert (changed.exit_code, changed.codes[:1], changed.data["draft"]["id"]) == (4, ["BE-CONFLICT"], draft)
    assert len(signed("ho-so", "list").data["dossiers"]) == 1


def test_what_the_backend_refuses_keeps_the_draft(signed: Dvc, case: dict[str, object]) -> None:
    signed.wire = dressed(failing={"submit_dossier": RefusedError(problem("BE-REFUSED"))})
    refused = signed("khai-sinh", answers=case)
    assert (refused.exit_code, refused.codes) == (4, ["BE-REFUSED"])
    assert refused.data["draft"]["id"] == signed("drafts", "list").data["drafts"][0]["id"]
    signed.wire = dressed(failing={"submit_dossier": ConflictError(problem("BE-CONFLICT"))})
    assert signed("khai-sinh", answers=case).data["draft"] == refused.data["draft"]


def test_training_numbers_never_leave_for_a_real_backend(signed: Dvc, case: dict[str, object]) -> None:
    case |= {"father_id_number": "000094999002", "householder_id_number": "000094999002"}
    case |= {"mother_id_number": "000196999001", "birth_notification_mother_id": "000196999001", "requester_relation": "nguoi_giam_ho"}
    seen: list[str] = []
    signed.wire = dressed(invented=False, seen=seen)
    refused = signed("khai-sinh", answers=case)
    assert refused.exit_code == 4
    fields = {each["field"] for each in refused.document["problems"] if each["code"] == "A-INVENTED"}
    assert fields == {"father_id_number", "householder_id_number", "mother_id_number", "birth_notification_mother_id"}
    assert not {"submit_dossier", "find_person", "find_birth_notification"} & set(seen)
    signed.wire = None
    assert "A-INVENTED" not in signed("khai-sinh", "--check", answers=case).codes


def test_nobody_registers_or_signs_in_with_a_training_number_there(dvc: Dvc) -> None:
    seen: list[str] = []
    dvc.wire = dressed(invented=False, seen=seen)
    answers = {"id_number": "000196999001", "password": "x", "consent": "true"}
    for command in ("login", "login-vneid"):
        given = answers if command == "login-vneid" else {key: answers[key] for key in ("id_number", "password")}
        refused = dvc(command, answers=given)
        assert (refused.exit_code, refused.codes) == (4, ["A-INVENTED"])
    person = {"method": "thue_bao_di_dong", "id_number": "000196999001", "full_name": "LÊ VÍ DỤ", "birth_date": "1996-03-14"}
    assert dvc("register", answers={**person, "phone": "0900000001", "consent": "true"}).codes == ["A-INVENTED"]
    assert not [call for call in seen if call.startswith("begin_")]


def test_a_secret_in_a_file_is_for_the_sandbox_alone(dvc: Dvc) -> None:
    (dvc.folder / "a.json").write_text(json.dumps({"id_number": MOTHER, "password": "sai"}))
    assert dvc("login", "--answers", "a.json").codes == ["TK-CREDENTIALS"]
    dvc.wire = dressed(invented=False)
    assert (dvc("login", "--answers", "a.json").exit_code, dvc("login", "--answers", "a.json").codes) == (2, ["A-USAGE"])
    assert dvc("login", answers={"id_number": MOTHER, "password": "sai"}).codes == ["TK-CREDENTIALS"]


def test_agreement_is_needed_where_people_are_real(dvc: Dvc) -> None:
    dvc.wire = dressed(invented=False)
    answers = {"id_number": MOTHER, "password": dvc.person(MOTHER)["vneid_password"]}
    missing = dvc("login-vneid", answers=answers)
    assert (missing.exit_code, missing.codes, missing.document["problems"][0]["field"]) == (2, ["A-MISSING"], "consent")
    assert dvc("login-vneid", answers={**answers, "consent": "true"}).status == "pending"
    assert dvc("login-vneid", answers=answers).status == "pending"


def paper(folder: Path, name: str, size: int, head: bytes = b"%PDF-1.7\n") -> str:
    (folder / name).write_bytes(head + b"0" * (size - len(head)))
    return name


def test_papers_are_judged_by_content_size_and_name(signed: Dvc, case: dict[str, object]) -> None:
    folder = signed.folder
    files = {
        "A-PAPER-TYPE": paper(folder, "van-ban.pdf", 100, b"PK\x03\x04"),
        "A-PAPER-SIZE": paper(folder, "to.pdf", 2_600_001),
        "A-PAPER-LARGE": paper(folder, "kha-to.pdf", 2_100_000),
        None: paper(folder, "nho.pdf", 2_000),
    }
    for code, name in files.items():
        answers = {**case, "attachments": [{"slot": 2, "id": "ct01", "file": name}]}
        codes = signed("khai-sinh", "--check", answers=answers).codes
        assert (code in codes) if code else not [each for each in codes if each.startswith("A-PAPER")]
    gone = {**case, "attachments": [{"slot": 2, "id": "ct01", "file": "khong-co.pdf"}, {"slot": 2, "id": "ct01", "file": "/dev/zero"}]}
    assert signed("khai-sinh", "--check", answers=gone).codes.count("A-PAPER-TYPE") == 2
    huge = folder / "khong-lo.pdf"
    with huge.open("wb") as file:
        file.write(b"%PDF-")
        file.truncate(25_000_000)
    assert "A-PAPER-SIZE" in signed("khai-sinh", answers={**case, "attachments": [{"slot": 2, "id": "ct01", "file": huge.name}]}).codes


def test_attached_files_are_sent_under_distinct_names(signed: Dvc, case: dict[str, object]) -> None:
    (signed.folder / "khac").mkdir()
    one, other = paper(signed.folder, "ct01.pdf", 500), paper(signed.folder / "khac", "CT01.pdf", 600)
    case["attachments"] = [{"id": "ct01", "file": one}, {"id": "ct01", "file": f"khac/{other}"}]
    filed = signed("khai-sinh", answers=case)
    assert filed.exit_code == 0
    assert "A-PAPER-NAME" in filed.codes
    assert {"id": "ct01", "state": "attached", "slot": 2}.items() <= next(
        each for each in filed.data["dossier"]["papers"] if each["id"] == "ct01"
    ).items()
    assert signed("khai-sinh", answers=case).data["dossier"]["code"] == filed.data["dossier"]["code"]


def test_a_bad_shape_of_attachments_is_told_not_crashed(signed: Dvc, case: dict[str, object]) -> None:
    for wrong in ("x", ["x"], [{"slot": "nhiều", "id": "ct01", "file": "a.pdf"}], [{"slot": 1}]):
        outcome = signed("khai-sinh", answers={**case, "attachments": wrong})
        assert outcome.exit_code in {2, 4}
        assert outcome.status == "error"
    assert signed("khai-sinh", answers={**case, "attachments": [{"slot": 1, "id": "ct01", "tep": "a"}]}).codes[0] == "A-UNKNOWN-KEY"


def test_the_requester_is_the_signed_in_person(signed: Dvc, case: dict[str, object]) -> None:
    case["requester_full_name"] = "Trần thị mai phương"
    assert signed("khai-sinh", answers=case).exit_code == 0
    case["requester_full_name"] = "LÊ NGỌC HÀ"
    refused = signed("khai-sinh", answers=case)
    assert (refused.exit_code, "A-REQUESTER" in refused.codes) == (4, True)


def test_a_check_of_nothing_lists_everything_missing(dvc: Dvc) -> None:
    checked = dvc("khai-sinh", "--check", answers={})
    assert (checked.exit_code, checked.status, checked.data["complete"]) == (0, "ok", False)
    assert "child_given_name" in checked.data["missing"]
    assert {each["field"] for each in checked.document["problems"] if each["code"] == "A-MISSING"} == set(checked.data["missing"])


def test_a_check_leaves_nothing_behind(tmp_path: Path, case: dict[str, object]) -> None:
    dvc = Dvc(tmp_path / "home", DVC_TOKEN_STORE="keyring", PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring")
    assert dvc("khai-sinh", "--check", answers=case).data["complete"] is True
    assert not dvc.home.exists()


def test_a_check_does_without_a_session_that_cannot_be_read(signed: Dvc, case: dict[str, object]) -> None:
    for card in (signed.home / "state" / "sessions").glob("*.json"):
        card.write_bytes(b"\xff")
    assert signed("whoami").exit_code == 1
    assert signed("khai-sinh", "--check", answers=case).data["complete"] is True


def test_what_is_looked_up_is_used_in_the_check_too(signed: Dvc, case: dict[str, object]) -> None:
    case["child_birth_date"] = "2026-11-01"
    del case["child_birth_date_words"]
    assert "KS-D4" in signed("khai-sinh", "--check", answers=case).codes


def test_the_memory_store_keeps_no_draft(dvc: Dvc, case: dict[str, object]) -> None:
    dvc.sign_in_vneid(MOTHER)
    refused = dvc("khai-sinh", answers=case, DVC_TOKEN_STORE="memory")
    assert refused.codes == ["TK-SESSION-MISSING"]
