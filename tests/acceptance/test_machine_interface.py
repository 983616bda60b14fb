"""What scripts rely on, claim by claim, played as processes: answers, streams, exit codes and their order."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows import CASES, Answer, Desk

NUMBER = "092196999001"
PASSWORD, OTHER_PASSWORD = "Gac-Bong7-tim!", "Trau-Vang9-bay?"


def flat(case: str) -> dict[str, Any]:
    """The answers of a worked case, every scalar as text, without groups."""
    grouped = yaml.load((CASES / f"{case}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    answers: dict[str, Any] = {}
    for key, value in grouped.items():
        answers |= value if isinstance(value, dict) and key != "acknowledge" else {key: value}
    return answers


A = flat("birth_a")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A workstation where nobody is signed in; nothing here writes to it."""
    return Desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A workstation where the mother of case A is signed in."""
    desk = Desk(tmp_path_factory.mktemp("signed"))
    desk.sign_in_vneid(NUMBER)
    return desk


def check(desk: Desk, **changes: Any) -> Answer:
    return desk.run("khai-sinh", "--check", answers=A | changes)


def faults(answer: Answer) -> list[tuple[str, str | None]]:
    return [(each["code"], each["field"]) for each in answer.document["problems"] if each["severity"] == "error"]


@pytest.mark.parametrize(
    "command", ["whoami", "logout", "login", "verify-otp", "khai-sinh --check", "ho-so list", "drafts list", "places x"]
)
def test_an_unknown_backend_is_wrong_usage_whatever_the_command(desk: Desk, command: str) -> None:
    refused = desk.run(*command.split(), "--backend", "nope")
    assert (refused.exit_code, refused.codes) == (2, ["A-USAGE"])
    assert "sandbox" in refused.document["problems"][0]["hint"]


def test_a_wrong_backend_in_the_settings_can_be_seen_and_mended(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert desk.run("config", "set", "backend", "nope").exit_code == 0
    assert desk.run("whoami").codes == ["A-USAGE"]
    assert desk.run("config", "list").data["settings"][0] == {"name": "backend", "value": "nope", "origin": "config file"}
    assert desk.run("config", "set", "backend", "sandbox").exit_code == 0
    assert desk.run("whoami").codes == ["TK-SESSION-MISSING"]


def test_an_instant_that_cannot_be_read_is_told_before_the_session(tmp_path: Path) -> None:
    assert Desk(tmp_path, now="hôm nay").run("whoami").codes == ["A-USAGE"]


@pytest.mark.parametrize(
    ("closed", "words", "exit_code"),
    [
        ("stdin", ["khai-sinh", "--check", "--answers", "-"], 0),
        ("stdin", ["card"], 4),
        ("stdin", ["login"], 2),
        ("stdout", ["config", "list"], 0),
        ("stdout", ["--help"], 0),
        ("stderr", ["card"], 4),
    ],
)
def test_closed_streams_are_no_crash(desk: Desk, closed: str, words: list[str], exit_code: int) -> None:
    number = ("stdin", "stdout", "stderr").index(closed)
    starter = f"import os, sys; os.close({number}); os.execv(sys.executable, [sys.executable, '-m', 'dvc_cli', *sys.argv[1:]])"
    done = subprocess.run(
        [sys.executable, "-c", starter, *words], env=desk.environ(), input=b"", capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (exit_code, False)


CARD = f"{NUMBER}||Trần Thị Mai Phương|14031996|Nữ|12 đường Ví Dụ|15082024"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("một dòng chữ", "không đủ các ô"),
        (CARD.replace("001|", "|", 1), "12 chữ số"),
        (CARD.replace("||", "|12|"), "CMND"),
        (CARD.replace("Phương", "Phương1"), "họ tên"),
        (CARD.replace("14031996", "31021996"), "ngày"),
        (CARD.replace("Nữ", "Khác"), "giới tính"),
        (CARD + "9" * 1000, "dài"),
    ],
)
def test_a_text_that_is_no_card_is_told_why(desk: Desk, text: str, said: str) -> None:
    refused = desk.run("card", typed=text)
    assert (refused.exit_code, refused.codes) == (4, ["A-INVALID"])
    assert said in refused.document["problems"][0]["message"]


@pytest.mark.parametrize("limit", ["--days", "--working-days"])
def test_the_calendar_has_an_end(desk: Desk, limit: str) -> None:
    assert desk.run("deadline", "--from", "9999-12-30T10:00", limit, "30").codes == ["A-USAGE"]


@pytest.mark.parametrize(("instant", "due_on"), [("2026-11-12T15:00:00", "2026-11-17"), ("2026-11-12T15:00:01", "2026-11-18")])
def test_fifteen_hundred_itself_is_in_time(desk: Desk, instant: str, due_on: str) -> None:
    assert desk.run("deadline", "--from", instant, "--working-days", "3").data["due_on"] == due_on


@pytest.mark.parametrize("ending", ["toml", "json", "yaml"])
def test_unquoted_numbers_keep_their_zeros(desk: Desk, ending: str, tmp_path: Path) -> None:
    answers = {key: value for key, value in A.items() if key != "attachments"}
    quoted = {
        "toml": "\n".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in answers.items()),
        "json": json.dumps(answers, ensure_ascii=False),
        "yaml": yaml.safe_dump(answers, allow_unicode=True, default_style='"'),
    }[ending]
    path = tmp_path / f"answers.{ending}"
    path.write_text(quoted.replace(f'"{NUMBER}"', NUMBER).replace('"0900000001"', "0900000001"), encoding="utf-8")
    checked = desk.run("khai-sinh", "--check", "--answers", str(path))
    assert checked.data["complete"] is True
    assert (checked.data["payload"]["mother_id_number"], checked.data["payload"]["requester_phone"]) == (NUMBER, "0900000001")


def test_set_wins_wherever_the_file_has_the_key(desk: Desk) -> None:
    twice = A | {"child": {"child_given_name": A["child_given_name"]}}
    checked = desk.run("khai-sinh", "--check", "--set", "child_given_name=ANH", answers=twice)
    assert checked.data["payload"]["child_given_name"] == "ANH"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"birth_office_ward": "cai khe"}, [("A-PLACE", "birth_office_ward")]),
        ({"birth_office_province": "Can Tho"}, [("A-PLACE", "birth_office_province")]),
        ({"requester_relation": "mẽ"}, [("A-CHOICE", "requester_relation")]),
        ({"child_birth_date": "11/2026"}, [("A-DATE", "child_birth_date")]),
        ({"child_birth_date_words": "sai"}, [("A-INVALID", "child_birth_date_words")]),
        ({"child_surname": ""}, [("A-MISSING", "child_surname")]),
        ({"pledge": "no"}, [("A-PLEDGE", "pledge")]),
        ({"acknowledge": "x"}, [("A-INVALID", "acknowledge")]),
    ],
)
def test_a_check_names_each_fault_once_and_exits_0(desk: Desk, changes: dict[str, str], expected: list[tuple[str, str]]) -> None:
    checked = check(desk, **changes)
    assert (checked.exit_code, checked.data["complete"], faults(checked)) == (0, False, expected)


def test_other_ways_to_write_the_same_answers(desk: Desk) -> None:
    plain = check(desk).data["payload"]
    odd = {
        "birth_kind": "KHÔNG CÓ yếu tố nước ngoài",
        "birth_office_province": "cần thơ",
        "birth_office_ward": "31120",
        "residence_same_area": "có",
        "requester_gender": "Nữ",
        "child_ethnicity": "01",
        "child_nationality": "vn",
        "child_birth_date": "02/11/2026",
        "requester_phone": "０９00 000 001",
        "requester_id_number": "092 196 999 001",
        "child_birth_date_words": "ngày HAI tháng mười một năm hai nghìn không trăm hai mươi sáu",
    }
    assert check(desk, **odd).data["payload"] == plain


def test_what_is_not_live_is_a_hint_and_never_sent(desk: Desk) -> None:
    checked = check(desk, want_copies=False)
    assert ("A-NOT-LIVE", "copies_count") in [(each["code"], each["field"]) for each in checked.document["problems"]]
    assert "copies_count" not in checked.data["payload"]


@pytest.mark.parametrize("key", ["child_surnam", "attachments_"])
def test_an_unknown_key_is_refused_even_by_a_check(desk: Desk, key: str) -> None:
    refused = check(desk, **{key: "x"})
    assert (refused.exit_code, faults(refused)) == (2, [("A-UNKNOWN-KEY", key)])
    assert {"child_surnam": "child_surname", "attachments_": "attachments"}[key] in refused.document["problems"][0]["hint"]


@pytest.mark.parametrize(
    ("changes", "exit_code"),
    [
        ({"foo": "x", "child_surname": "", "requester_relation": "mẽ"}, 2),
        ({"child_surname": "", "requester_relation": "mẽ"}, 2),
        ({"pledge": False, "requester_relation": "mẽ"}, 2),
        ({"requester_relation": "mẽ"}, 4),
        ({"birth_office_ward": "cai khe"}, 4),
        ({"requester_full_name": "LÊ THỊ KHÁC"}, 4),
    ],
)
def test_the_published_order_of_exit_codes(signed: Desk, changes: dict[str, Any], exit_code: int) -> None:
    assert signed.run("khai-sinh", answers=A | changes).exit_code == exit_code


@pytest.mark.parametrize(("changes", "exit_code"), [({"foo": "x", "child_surname": ""}, 2), ({"child_surname": ""}, 3)])
def test_signing_in_comes_after_usage_and_before_answers(desk: Desk, changes: dict[str, Any], exit_code: int) -> None:
    assert desk.run("khai-sinh", answers=A | changes).exit_code == exit_code


def test_a_refused_dossier_is_kept_and_can_be_taken_up(signed: Desk) -> None:
    refused = signed.run("khai-sinh", answers={**A, "child_given_name": "MINH", "pledge": None, "child_surname": None})
    draft = refused.data["draft"]["id"]
    (entry,) = [each for each in signed.run("drafts", "list").data["drafts"] if each["id"] == draft]
    assert (entry["title"], entry["remaining"]) == ("TRẦN AN MINH", 1)
    filed = signed.run("khai-sinh", "--draft", draft, "--set", "child_surname=NGUYỄN", "--set", "pledge=true")
    assert (filed.exit_code, filed.document["status"]) == (0, "ok")
    assert signed.run("khai-sinh", "--draft", draft).codes == ["DK-DRAFT-NOT-FOUND"]


@pytest.mark.parametrize(
    ("key", "reason", "accepted"),
    [
        ("KS-D2", "mẹ ốm", True),
        ("KS-D2:child_birth_date", "mẹ ốm", True),
        ("KS-D2", "mẹ o\u0302", False),
        ("KS-D2:child_surname", "mẹ ốm", False),
        ("KS-E4", "mẹ ốm", False),
    ],
)
def test_a_warning_is_accepted_by_code_with_a_reason(tmp_path: Path, key: str, reason: str, accepted: bool) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n0")
    late = flat("birth_c") | {"acknowledge": {key: reason}}
    for paper in late["attachments"]:
        paper["file"] = str(tmp_path / "a.pdf")
    checked = Desk(tmp_path / "home", now="2026-11-16T08:10").run("khai-sinh", "--check", answers=late)
    assert (checked.data["complete"], "A-ACK-UNUSED" in checked.codes) == (accepted, not accepted)


def test_a_wrong_current_password_names_its_field(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    person = {"id_number": NUMBER, "full_name": "TRẦN THỊ MAI PHƯƠNG", "birth_date": "1996-03-14", "phone": "0900000001"}
    desk.run("register", answers={"subject": "cong_dan", "method": "thue_bao_di_dong", **person})
    desk.run("verify-otp", answers={"otp": desk.code(), "password": PASSWORD, "password_again": PASSWORD})
    desk.run("login", answers={"id_number": NUMBER, "password": PASSWORD})
    desk.run("verify-otp", answers={"otp": desk.code()})
    new = {"password": OTHER_PASSWORD, "password_again": OTHER_PASSWORD}
    assert faults(desk.run("set-password", answers={**new, "current_password": "sai"})) == [("TK-CREDENTIALS", "current_password")]
    assert desk.run("set-password", answers={**new, "current_password": PASSWORD}).exit_code == 0
    assert faults(desk.run("login", answers={"id_number": NUMBER, "password": PASSWORD})) == [("TK-CREDENTIALS", "password")]


@pytest.mark.parametrize("command", ["login", "login-vneid", "register", "drafts list"])
def test_without_a_key_store_nothing_is_asked(tmp_path: Path, command: str) -> None:
    desk = Desk(tmp_path, extra={"DVC_TOKEN_STORE": "keyring", "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"})
    refused = desk.run(*command.split())
    assert (refused.exit_code, refused.codes) == (2, ["TK-STORE-MISSING"])
