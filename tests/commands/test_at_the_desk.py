"""The same commands with questions: lines on standard input, asked one by one by the plain prompter."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from commands.foreign_backend import dressed
from conftest import Dvc, Outcome
from dvc_cli.errors import UnavailableError

CASES = Path(__file__).resolve().parents[1] / "cases"
MOTHER = "092196999001"
PASSWORD = "Gac-Bong7-tim!"
PERSON = [MOTHER, "c", "Trần Thị Mai Phương", "14/03/1996", "0900000001", ""]


def desk(dvc: Dvc, *words: str, lines: list[str], **extra: str) -> Outcome:
    return dvc.plain(*words, "--plain", "--json", typed="".join(line + "\n" for line in lines), **extra)


@pytest.fixture
def holes(tmp_path: Path) -> Path:
    """Case A without the child's name and the pledge."""
    text = (CASES / "birth_a.yaml").read_text(encoding="utf-8")
    path = tmp_path / "holes.yaml"
    path.write_text(text.replace("child_given_name: NHIÊN, ", "").replace("pledge: true", ""), encoding="utf-8")
    return path


def test_registration_explains_asks_and_waits_when_the_input_ends(dvc: Dvc) -> None:
    begun = desk(dvc, "register", lines=["k", "", "1", *PERSON])
    assert (begun.exit_code, begun.status, begun.document["next"]) == (0, "pending", ["dvc verify-otp"])
    for word in ("01/07/2024", "M2", "1414", "1800 1096", "đồng ý", "Mã xác thực số 1", "5:00", "5 lần thử"):
        assert word in begun.err, word
    assert begun.err.index("1414") < begun.err.index("Số điện thoại.")
    (entry,) = dvc("consent", "show").data["consents"]
    assert entry["given"] is True


def test_the_code_then_the_password_until_both_are_right(dvc: Dvc) -> None:
    desk(dvc, "register", lines=["k", "", "1", *PERSON])
    code = dvc.code()
    wrong = "000000" if code != "000000" else "111111"
    lines = [wrong, f"{code[:3]} {code[3:]}", "Maiphuong1996@", PASSWORD, "khác", PASSWORD, PASSWORD]
    done = desk(dvc, "verify-otp", lines=lines)
    assert (done.exit_code, done.status, done.data["account"]["kind"]) == (0, "ok", "portal")
    for word in ("không đúng", "4 lần thử", "thông tin cá nhân", "không giống nhau", "Để công dân tự nhập."):
        assert word in done.err, word
    assert code not in done.err
    assert PASSWORD not in done.err


def test_a_new_code_can_be_asked_for_at_the_prompt(dvc: Dvc) -> None:
    desk(dvc, "register", lines=["k", "", "1", *PERSON])
    sent = desk(dvc, "verify-otp", lines=["gl", "?"], DVC_NOW="2026-11-09T09:31")
    assert sent.status == "pending"
    assert "Mã xác thực số 2" in sent.err
    assert len(dvc("sandbox", "sms").data["messages"]) == 2


def test_refused_facts_are_asked_again(dvc: Dvc) -> None:
    wrong_phone = [MOTHER, "c", "Trần Thị Mai Phương", "14/03/1996", "0900000002", ""]
    mended = desk(dvc, "register", lines=["k", "", "1", *wrong_phone, "0900000001"])
    assert mended.status == "pending"
    assert "không khớp với thuê bao" in mended.err


def test_no_agreement_no_registration(dvc: Dvc) -> None:
    refused = desk(dvc, "register", lines=["k", "", "1", MOTHER, "k"])
    assert (refused.exit_code, refused.codes) == (4, ["TK-CONSENT"])
    assert dvc("sandbox", "sms").data["messages"] == []


def test_vneid_is_offered_first(dvc: Dvc) -> None:
    password = str(dvc.person(MOTHER)["vneid_password"])
    begun = desk(dvc, "register", lines=["c", MOTHER, "c", password])
    assert (begun.document["command"], begun.status) == ("login-vneid", "pending")
    code = dvc.code()
    again = desk(dvc, "login-vneid", lines=[MOTHER, password, code])
    assert again.status == "pending"  # that code belonged to the earlier, replaced request
    assert desk(dvc, "verify-otp", lines=[dvc.code()]).data["account"]["kind"] == "vneid"


def test_filing_asks_what_is_missing_and_files(dvc: Dvc, holes: Path) -> None:
    dvc.sign_in_vneid(MOTHER)
    lines = ["?", "NHIÊN", "", "", "", "c", "c"]
    filed = desk(dvc, "khai-sinh", "--answers", str(holes), lines=lines)
    assert (filed.exit_code, filed.status) == (0, "ok"), filed.err[-2000:]
    assert "Tên người được khai sinh" in filed.err
    assert "Số định danh của mẹ." not in filed.err
    assert "Tôi cam đoan" in filed.err
    assert dvc("khai-sinh", "--answers", str(CASES / "birth_a.yaml")).data["dossier"]["code"] == filed.data["dossier"]["code"]


def test_leaving_with_save_is_no_failure(dvc: Dvc, holes: Path) -> None:
    dvc.sign_in_vneid(MOTHER)
    left = desk(dvc, "khai-sinh", "--answers", str(holes), lines=["NHIÊN"])
    assert (left.exit_code, left.status) == (0, "pending")
    draft = left.data["draft"]["id"]
    assert left.document["next"] == [f"dvc khai-sinh --draft {draft}"]
    assert dvc("drafts", "show", draft).data["draft"]["answers"]["child_given_name"] == "NHIÊN"
    filed = desk(dvc, "khai-sinh", "--draft", draft, lines=["", "", "", "c", "c"])
    assert (filed.exit_code, filed.status) == (0, "ok"), filed.err[-2000:]


def test_yes_skips_the_review_of_a_complete_dossier(dvc: Dvc) -> None:
    dvc.sign_in_vneid(MOTHER)
    filed = desk(dvc, "khai-sinh", "--yes", "--answers", str(CASES / "birth_a.yaml"), lines=[])
    assert (filed.exit_code, filed.status) == (0, "ok")
    assert "Nộp hồ sơ?" not in filed.err


def test_interruption_keeps_the_draft_and_says_which(dvc: Dvc, holes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dvc_cli.prompts.plain import PlainPrompter

    dvc.sign_in_vneid(MOTHER)

    def interrupted(*_arguments: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(PlainPrompter, "text", interrupted)
    stopped = desk(dvc, "khai-sinh", "--answers", str(holes), lines=[])
    assert (stopped.exit_code, stopped.status) == (130, "error")
    draft = stopped.data["draft"]["id"]
    assert stopped.document["next"] == [f"dvc khai-sinh --draft {draft}"]
    assert [each["id"] for each in dvc("drafts", "list").data["drafts"]] == [draft]


def test_no_answer_of_the_backend_keeps_the_draft(dvc: Dvc) -> None:
    dvc.sign_in_vneid(MOTHER)
    dvc.wire = dressed(failing={"submit_dossier": UnavailableError()})
    failed = dvc.plain("khai-sinh", "--no-input", "--answers", str(CASES / "birth_a.yaml"))
    assert (failed.exit_code, failed.out) == (5, "")
    assert "dvc khai-sinh --draft" in failed.err


def test_without_a_keyring_the_person_chooses_once(dvc: Dvc) -> None:
    broken = {"DVC_TOKEN_STORE": "", "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", "DVC_PASSPHRASE": ""}
    password = str(dvc.person(MOTHER)["vneid_password"])
    chosen = desk(dvc, "login-vneid", lines=["1", "kho", "kho khác", "kho", "kho", MOTHER, "c", password], **broken)
    assert chosen.status == "pending", chosen.err
    assert "không giống nhau" in chosen.err
    assert 'token_store = "file"' in (dvc.home / "config" / "config.toml").read_text()
    done = dvc("verify-otp", answers={"otp": dvc.code()}, **{**broken, "DVC_PASSPHRASE": "kho"})
    assert done.data["session"]["storage"] == "file"


def test_stopping_at_the_choice_of_a_store_sends_no_code(dvc: Dvc) -> None:
    broken = {"DVC_TOKEN_STORE": "", "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    stopped = desk(dvc, "login-vneid", lines=["3"], **broken)
    assert (stopped.exit_code, stopped.status) == (130, "error")
    assert dvc("sandbox", "sms").data["messages"] == []


def test_for_this_run_only_says_that_no_draft_is_kept(dvc: Dvc) -> None:
    broken = {"DVC_TOKEN_STORE": "", "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    password = str(dvc.person(MOTHER)["vneid_password"])
    run = desk(dvc, "login-vneid", lines=["2", MOTHER, "c", password], **broken)
    assert run.status == "pending"
    assert not (dvc.home / "data" / "tokens.db").exists()


def test_a_draft_is_deleted_only_when_that_is_wanted(dvc: Dvc, holes: Path) -> None:
    dvc.sign_in_vneid(MOTHER)
    draft = desk(dvc, "khai-sinh", "--answers", str(holes), lines=[]).data["draft"]["id"]
    assert desk(dvc, "drafts", "delete", draft, lines=["k"]).exit_code == 130
    assert desk(dvc, "drafts", "delete", draft, lines=["c"]).status == "ok"


def test_a_card_can_be_scanned_to_try_the_scanner(dvc: Dvc) -> None:
    text = "092196999001||Trần Thị Mai Phương|14031996|Nữ|12 đường Ví Dụ, Cái Khế, Cần Thơ|15082024\r\n"
    card = dvc("card", typed=text).data["card"]
    assert card == {
        "kind": "cccd_2021",
        "id_number": "092196999001",
        "old_id_number": None,
        "full_name": "Trần Thị Mai Phương",
        "birth_date": "1996-03-14",
        "gender": "Nữ",
        "address": "12 đường Ví Dụ, Cái Khế, Cần Thơ",
        "issue_date": "2024-08-15",
    }
    assert dvc("card", typed="không phải thẻ").exit_code == 4
    assert dvc("card", typed="0" * 5000).codes == ["A-TOO-LARGE"]
    assert dvc("card", typed=b"\xff\xfe").codes == ["A-ENCODING"]


def test_a_second_dossier_offers_the_people_of_the_first(dvc: Dvc, tmp_path: Path) -> None:
    """The family comes again: who stays the same stands ready with its origin, the child of the first dossier does not."""
    dvc.sign_in_vneid(MOTHER)
    first = dvc("khai-sinh", "--answers", str(CASES / "birth_a.yaml"), "--no-input")
    assert first.exit_code == 0
    given = yaml.load((CASES / "birth_a.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    del given["father"], given["pledge"], given["child"]["child_given_name"]
    given["child"] |= {"birth_data_source": "nhap_tay", "birth_notification_no": "00412.GCS.99902.26"}
    del given["child"]["birth_notification_mother_id"]
    file = tmp_path / "second.yaml"
    file.write_text(yaml.safe_dump(given, allow_unicode=True), encoding="utf-8")

    left = desk(dvc, "khai-sinh", "--answers", str(file), lines=["NHÃ", "", ":luu"])
    code = first.data["dossier"]["code"]
    for line in ("Họ cha: NGUYỄN", "Tên cha: NGHĨA", "Số định danh của cha: 092094999002"):
        assert f"{line} (theo hồ sơ {code})" in left.err, left.err
    assert "NHIÊN" not in left.err
    kept = dvc("drafts", "show", left.data["draft"]["id"]).data["draft"]["answers"]
    assert (kept["child_given_name"], kept["father_given_name"], kept["father_id_number"]) == ("NHÃ", "NGHĨA", "092094999002")
    (entry,) = [each for each in dvc("audit", "list").data["entries"] if each["detail"] == "filed"]
    assert (entry["act"], entry["ref"]) == ("look_up", code)


def test_each_draft_of_a_list_is_evaluated_once(dvc: Dvc, monkeypatch: pytest.MonkeyPatch) -> None:
    from dvc_cli.commands import draft_document

    dvc.sign_in_vneid("092196999001")
    for surname in ("NGUYỄN", "TRẦN"):
        assert dvc("khai-sinh", answers={"child_surname": surname}).exit_code == 2
    evaluate, evaluated = draft_document.evaluate, []
    monkeypatch.setattr(draft_document, "evaluate", lambda *given: evaluated.append(given) or evaluate(*given))
    listed = dvc("drafts", "list").data["drafts"]
    assert (len(listed), len(evaluated)) == (2, 2)
    dvc("drafts", "show", listed[0]["id"])
    assert len(evaluated) == 3
