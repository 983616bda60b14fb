"""Accounts by script: what waits between processes, what is kept where, what ends what."""

from __future__ import annotations

import json
import re
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from commands.foreign_backend import dressed
from conftest import Dvc, Outcome
from dvc_cli.backends import registry
from dvc_cli.cli import main

PERSON = {
    "subject": "cong_dan",
    "method": "thue_bao_di_dong",
    "id_number": "092196999001",
    "full_name": "TRẦN THỊ MAI PHƯƠNG",
    "birth_date": "1996-03-14",
    "phone": "0900000001",
}
NUMBER = PERSON["id_number"]
PASSWORD = "Gac-Bong7-tim!"
PASSWORDS = {"password": PASSWORD, "password_again": PASSWORD}


def register(dvc: Dvc, **more: object) -> Outcome:
    return dvc("register", answers={**PERSON, **more})


def open_account(dvc: Dvc) -> None:
    register(dvc)
    assert dvc("verify-otp", answers={"otp": dvc.code(), **PASSWORDS}).status == "ok"


def sign_in(dvc: Dvc) -> Outcome:
    dvc("login", answers={"id_number": NUMBER, "password": PASSWORD})
    return dvc("verify-otp", answers={"otp": dvc.code()})


def test_registration_waits_between_processes(dvc: Dvc) -> None:
    begun = register(dvc)
    assert (begun.exit_code, begun.status, begun.document["next"]) == (0, "pending", ["dvc verify-otp"])
    challenge = begun.data["challenge"]
    assert set(challenge) == {"id", "phone_masked", "expires_at", "tries_left", "code_number", "resend_at"}
    assert challenge["phone_masked"] == "090****001"
    verified = dvc("verify-otp", answers={"otp": dvc.code()})
    assert (verified.status, verified.document["next"]) == ("pending", ["dvc set-password"])
    assert verified.data["challenge"]["id"] == challenge["id"]
    done = dvc("set-password", answers=PASSWORDS)
    assert (done.exit_code, done.status) == (0, "ok")
    assert done.data["account"] == {
        "id_masked": "092*******01",
        "full_name_masked": "T*** T*** M*** P***",
        "kind": "portal",
        "assurance": "m2",
    }
    assert dvc("set-password", answers=PASSWORDS).codes == ["TK-NO-CHALLENGE"]


def test_one_command_with_code_and_password_goes_to_the_end(dvc: Dvc) -> None:
    register(dvc)
    done = register(dvc, otp=dvc.code(), **PASSWORDS)
    assert (done.exit_code, done.status, done.data["account"]["kind"]) == (0, "ok", "portal")


def test_a_code_without_a_waiting_registration_is_spent_on_a_new_one(dvc: Dvc) -> None:
    refused = register(dvc, otp="000000")
    assert refused.codes == ["TK-OTP-WRONG"]
    assert refused.data["challenge"]["tries_left"] == 4


def test_login_with_a_code_takes_up_the_waiting_one(dvc: Dvc) -> None:
    open_account(dvc)
    begun = dvc("login", answers={"id_number": NUMBER, "password": PASSWORD})
    done = dvc("login", answers={"id_number": NUMBER, "password": PASSWORD, "otp": dvc.code()})
    assert begun.status == "pending"
    assert (done.status, done.data["account"]["assurance"], done.data["session"]["storage"]) == ("ok", "m2", "file")


def test_a_code_may_be_typed_with_spaces_hyphens_and_wide_digits(dvc: Dvc) -> None:
    register(dvc)
    code = dvc.code()
    wide = "".join(chr(0xFF10 + int(digit)) for digit in code[:3])
    assert dvc("verify-otp", answers={"otp": f" {wide} - {code[3:]} "}).status == "pending"


def test_the_sixth_code_after_five_wrong_ones_is_locked_out(dvc: Dvc) -> None:
    register(dvc)
    code = dvc.code()
    wrong = "000000" if code != "000000" else "000001"
    left = [dvc("verify-otp", answers={"otp": wrong}) for _try in range(5)]
    assert [outcome.data["challenge"]["tries_left"] for outcome in left] == [4, 3, 2, 1, 0]
    assert all(outcome.exit_code == 4 for outcome in left)
    assert dvc("verify-otp", answers={"otp": code}).codes == ["TK-OTP-LOCKED"]


def test_a_used_code_and_a_code_of_an_earlier_message_have_their_own_names(dvc: Dvc) -> None:
    register(dvc)
    first = dvc.code()
    resent = dvc("verify-otp", "--resend", DVC_NOW="2026-11-09T09:31")
    assert (resent.status, resent.data["challenge"]["code_number"]) == ("pending", 2)
    second = dvc.code()
    if first != second:
        assert dvc("verify-otp", answers={"otp": first}, DVC_NOW="2026-11-09T09:31").codes == ["TK-OTP-SUPERSEDED"]
    assert dvc("verify-otp", answers={"otp": second}, DVC_NOW="2026-11-09T09:31").status == "pending"
    assert dvc("verify-otp", answers={"otp": second}, DVC_NOW="2026-11-09T09:31").codes == ["TK-OTP-USED"]


def test_resending_has_its_time(dvc: Dvc) -> None:
    register(dvc)
    assert dvc("verify-otp", "--resend").codes == ["TK-RESEND-SOON"]
    assert dvc("verify-otp", answers={"otp": dvc.code()}, DVC_NOW="2026-11-09T09:36").codes == ["TK-OTP-EXPIRED"]


def test_of_several_waiting_codes_the_newest_or_the_named_one_is_meant(dvc: Dvc) -> None:
    open_account(dvc)
    portal = dvc("login", answers={"id_number": NUMBER, "password": PASSWORD}).data["challenge"]["id"]
    password = dvc.person(NUMBER)["vneid_password"]
    vneid = dvc("login-vneid", answers={"id_number": NUMBER, "password": password}).data["challenge"]["id"]
    first = dvc.code("--challenge", portal)
    assert dvc("verify-otp", "--challenge", portal, answers={"otp": first}).data["account"]["kind"] == "portal"
    assert dvc("verify-otp", answers={"otp": dvc.code("--challenge", vneid)}).data["account"]["kind"] == "vneid"


def test_a_challenge_that_a_newer_one_replaced_waits_no_longer(dvc: Dvc) -> None:
    open_account(dvc)
    login = {"id_number": NUMBER, "password": PASSWORD}
    dvc("login", answers=login)
    first = dvc.code()
    begun = dvc("login", answers=login).data["challenge"]["id"]
    second = dvc.code("--challenge", begun)
    if first != second:
        assert dvc("verify-otp", answers={"otp": first}).codes == ["TK-OTP-SUPERSEDED"]
    assert dvc("verify-otp", answers={"otp": second}).status == "ok"
    assert dvc("verify-otp", answers={"otp": second}).codes == ["TK-NO-CHALLENGE"]
    assert dvc("verify-otp", "--challenge", begun, answers={"otp": second}).codes == ["TK-OTP-USED"]


def test_a_challenge_of_another_workstation_can_be_named(dvc: Dvc) -> None:
    challenge = register(dvc).data["challenge"]["id"]
    for path in (dvc.home / "state").rglob("*.json"):
        path.unlink()
    assert dvc("verify-otp", answers={"otp": dvc.code()}).codes == ["TK-NO-CHALLENGE"]
    assert dvc("verify-otp", "--challenge", challenge, answers={"otp": dvc.code()}).status == "pending"
    assert dvc("verify-otp", "--challenge", "ch-khong-co", answers={"otp": "123456"}).codes == ["TK-NO-CHALLENGE"]


def test_a_password_is_judged_by_what_is_known_of_the_person(dvc: Dvc) -> None:
    register(dvc)
    dvc("verify-otp", answers={"otp": dvc.code()})
    judged = {
        "Maiphuong1996@": {"TK-PW-PERSONAL", "TK-PW-WEAK"},
        "Gac-0900000001-b": {"TK-PW-PERSONAL"},
        "ngắn": {"TK-PW-RULE", "TK-PW-WEAK"},
        "Qwerty2026@": {"TK-PW-WEAK"},
    }
    for password, codes in judged.items():
        outcome = dvc("set-password", answers={"password": password, "password_again": password})
        assert outcome.exit_code == 4
        assert set(outcome.codes) >= codes, password
    outcome = dvc("set-password", answers={"password": PASSWORD, "password_again": PASSWORD + "x"})
    assert outcome.codes == ["TK-PW-MISMATCH"]
    assert dvc("set-password", answers={}).codes == ["A-MISSING", "A-MISSING"]
    assert dvc("set-password", answers=PASSWORDS).status == "ok"


def test_a_portal_session_changes_its_password(dvc: Dvc) -> None:
    open_account(dvc)
    sign_in(dvc)
    new = {"password": "Tre-Xanh8-dai?", "password_again": "Tre-Xanh8-dai?"}
    assert dvc("set-password", answers=new).codes == ["A-MISSING"]
    assert dvc("set-password", answers={**new, "current_password": "sai"}).codes == ["TK-CREDENTIALS"]
    personal = {"password": "Xe-0900000001-b", "password_again": "Xe-0900000001-b", "current_password": PASSWORD}
    assert "TK-PW-PERSONAL" in dvc("set-password", answers=personal).codes
    assert dvc("set-password", answers={**new, "current_password": PASSWORD}).status == "ok"
    assert dvc("login", answers={"id_number": NUMBER, "password": PASSWORD}).codes == ["TK-CREDENTIALS"]
    assert dvc("login", answers={"id_number": NUMBER, "password": new["password"]}).status == "pending"


def test_a_vneid_session_changes_no_portal_password(dvc: Dvc) -> None:
    dvc.sign_in_vneid(NUMBER)
    assert dvc("set-password", answers=PASSWORDS).codes == ["TK-NO-CHALLENGE"]


def test_a_new_login_ends_the_older_session(dvc: Dvc) -> None:
    open_account(dvc)
    sign_in(dvc)
    second = dvc.sign_in_vneid(NUMBER)
    assert "092*******01" in second.err
    assert len(list((dvc.home / "state" / "sessions").glob("*.json"))) == 1
    assert dvc("whoami").data["account"]["kind"] == "vneid"
    assert dvc("logout").data["ended"] == 1
    assert dvc("whoami").codes == ["TK-SESSION-MISSING"]
    assert dvc("logout", "--all").data["ended"] == 0


def test_whoami_needs_neither_key_nor_backend(dvc: Dvc) -> None:
    dvc.sign_in_vneid(NUMBER)
    known = dvc("whoami", DVC_PASSPHRASE="")
    assert known.data["account"] == {
        "id_masked": "092*******01",
        "full_name_masked": "T*** T*** M*** P***",
        "kind": "vneid",
        "assurance": "vneid_2",
    }
    assert known.data["session"]["storage"] == "file"
    assert "092196999001" not in "".join(path.read_text() for path in (dvc.home / "state").rglob("*.json"))


def test_an_expired_session_is_renewed_while_that_is_possible(dvc: Dvc) -> None:
    dvc.sign_in_vneid(NUMBER)
    later = dvc("profile", "show", DVC_NOW="2026-11-09T11:00")
    assert later.exit_code == 0
    assert dvc("whoami", DVC_NOW="2026-11-09T11:00").data["session"]["expires_at"] > "2026-11-09T11:00"
    over = dvc("profile", "show", DVC_NOW="2026-12-09T11:00")
    assert (over.exit_code, over.codes) == (3, ["TK-SESSION-EXPIRED"])
    assert dvc("whoami", DVC_NOW="2026-12-09T11:00").codes == ["TK-SESSION-EXPIRED"]


def test_a_session_that_the_backend_ended_is_forgotten(dvc: Dvc) -> None:
    dvc.sign_in_vneid(NUMBER)
    (dvc.home / "data" / "sandbox").rename(dvc.home / "data" / "gone")
    assert dvc("profile", "show").codes == ["TK-SESSION-REVOKED"]
    assert dvc("whoami").codes == ["TK-SESSION-MISSING"]


def test_the_profile_has_the_published_paths_and_sync_confirms_them(dvc: Dvc) -> None:
    dvc.sign_in_vneid(NUMBER)
    shown = dvc("profile", "show").data["profile"]
    assert {key: shown[key] for key in ("id_number", "full_name", "birth_date", "gender", "province", "ward")} == {
        "id_number": NUMBER,
        "full_name": PERSON["full_name"],
        "birth_date": "1996-03-14",
        "gender": "nu",
        "province": "92",
        "ward": "31120",
    }
    assert (shown["gender_label"], shown["province_label"], shown["ward_label"]) == ("Nữ", "Thành phố Cần Thơ", "Phường Cái Khế")
    assert shown["id_issue_date"] == "2024-08-15"
    synced = dvc("profile", "sync").data["profile"]
    assert set(synced["verified"]) > set(shown["verified"])
    assert set(synced["verified"]) <= set(synced)  # keys of the profile, not of what else the register holds


@pytest.mark.parametrize("setting", ["otp=123456", "password=x", "password_again=x", "current_password=x"])
def test_a_secret_never_comes_from_a_flag(dvc: Dvc, setting: str) -> None:
    for command in ("register", "login", "login-vneid", "verify-otp", "set-password"):
        outcome = dvc(command, "--set", setting)
        assert (outcome.exit_code, outcome.codes) == (2, ["A-USAGE"])
        assert "123456" not in outcome.out


def test_no_secret_is_left_in_clear(dvc: Dvc) -> None:
    open_account(dvc)
    dvc("login", answers={"id_number": NUMBER, "password": PASSWORD})
    code = dvc.code()
    dvc("verify-otp", answers={"otp": code})
    vneid = str(dvc.person(NUMBER)["vneid_password"])
    dvc.sign_in_vneid(NUMBER)
    held = b"".join(path.read_bytes() for path in dvc.home.rglob("*") if path.is_file())
    for secret in (PASSWORD, vneid, "kho-tap-huan"):
        assert secret.encode() not in held
    assert re.search(rb"[^0-9]%s[^0-9]" % code.encode(), held) is None


@pytest.mark.parametrize(
    ("subject", "method", "word"),
    [
        ("cong_dan", "usb_ky_so", "PIN"),
        ("cong_dan", "sim_ky_so", "SIM"),
        ("cong_dan", "buu_dien_viet_nam", "Bưu điện"),
        ("doanh_nghiep", "usb_ky_so", "30/06/2025"),
        ("co_quan_nha_nuoc", "thue_bao_di_dong", "30/06/2025"),
    ],
)
def test_a_way_that_cannot_be_completed_here_says_where(dvc: Dvc, subject: str, method: str, word: str) -> None:
    outcome = dvc("register", answers={**PERSON, "subject": subject, "method": method})
    assert (outcome.exit_code, outcome.codes) == (4, ["TK-METHOD"])
    assert word in outcome.document["problems"][0]["message"]


def test_unknown_keys_come_before_everything_else(dvc: Dvc) -> None:
    outcome = dvc("login", answers={"id_numbr": "x", "captcha": "y"})
    assert (outcome.exit_code, outcome.codes) == (2, ["A-UNKNOWN-KEY", "A-UNKNOWN-KEY"])
    assert "id_number" in outcome.document["problems"][0]["hint"]


def test_answers_files_in_three_formats_and_their_faults(dvc: Dvc, tmp_path: Path) -> None:
    texts = {
        "a.yaml": "id_number: 092196999001\npassword: sai-mat-khau\n",
        "a.toml": 'id_number = "092196999001"\npassword = "sai-mat-khau"\n',
        "a.json": json.dumps({"login": {"id_number": NUMBER, "password": "sai-mat-khau"}}),
    }
    for name, text in texts.items():
        (dvc.folder / name).write_text(text, encoding="utf-8")
        assert dvc("login", "--answers", name).codes == ["TK-CREDENTIALS"], name
    (dvc.folder / "a.yaml").write_bytes(b"id_number: \xff\n")
    assert dvc("login", "--answers", "a.yaml").codes == ["A-ENCODING"]
    (dvc.folder / "a.yaml").write_bytes(b"#" * 2_000_000)
    assert dvc("login", "--answers", "a.yaml").codes == ["A-TOO-LARGE"]
    assert dvc("login", "--answers", "khong-co.yaml").codes == ["A-USAGE"]
    assert dvc("login", "--answers", "a.docx").codes == ["A-USAGE"]
    assert dvc("login", "--set", "id_number").codes == ["A-USAGE"]


def test_the_count_of_questions_leaves_the_agreement_out(dvc: Dvc) -> None:
    """It is asked between them, in words of its own."""
    shown = dvc.plain("login-vneid", "--plain", typed=f"{NUMBER}\nc\n").err
    assert re.findall(r"Câu [0-9]/[0-9]", shown) == ["Câu 1/2", "Câu 2/2"]


def test_consent_by_script(dvc: Dvc) -> None:
    refused = dvc("login-vneid", answers={"id_number": NUMBER, "password": "x", "consent": "không"})
    assert (refused.exit_code, refused.codes) == (4, ["TK-CONSENT"])
    assert register(dvc, consent="false").codes == ["TK-CONSENT"]
    assert register(dvc, consent="có lẽ").codes == ["A-INVALID"]
    assert register(dvc, consent="true").status == "pending"
    (entry,) = dvc("consent", "show").data["consents"]
    assert (entry["subject_masked"], entry["given"]) == ("092*******01", True)
    assert [each["field"] for each in dvc("consent", "record").document["problems"]] == ["id_number", "consent"]
    assert dvc("consent", "record", answers={"id_number": NUMBER, "consent": ""}).codes == ["A-MISSING"]
    withdrawn = dvc("consent", "withdraw", "--set", f"id_number={NUMBER}")
    assert withdrawn.data["consents"][0]["given"] is False
    assert dvc("consent", "withdraw", "--set", f"id_number={NUMBER}").exit_code == 4
    assert len(dvc("consent", "show").data["consents"]) == 2


def test_a_memory_store_ends_with_the_process(dvc: Dvc) -> None:
    begun = dvc("login-vneid", answers={"id_number": NUMBER, "password": dvc.person(NUMBER)["vneid_password"]}, DVC_TOKEN_STORE="memory")
    challenge = begun.data["challenge"]["id"]
    assert dvc("verify-otp", answers={"otp": dvc.code()}, DVC_TOKEN_STORE="memory").codes == ["TK-NO-CHALLENGE"]
    done = dvc("verify-otp", "--challenge", challenge, answers={"otp": dvc.code()}, DVC_TOKEN_STORE="memory")
    assert done.data["session"]["storage"] == "memory"
    assert dvc("whoami", DVC_TOKEN_STORE="memory").codes == ["TK-SESSION-MISSING"]


def test_without_a_keyring_no_code_is_asked_for(dvc: Dvc) -> None:
    password = dvc.person(NUMBER)["vneid_password"]
    broken = {"DVC_TOKEN_STORE": "keyring", "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    outcome = dvc("login-vneid", answers={"id_number": NUMBER, "password": password}, **broken)
    assert (outcome.exit_code, outcome.codes) == (2, ["TK-STORE-MISSING"])
    assert dvc("sandbox", "sms").data["messages"] == []
    wrong = dvc.sign_in_vneid(NUMBER)
    assert wrong.exit_code == 0
    locked = dvc("profile", "show", DVC_PASSPHRASE="sai")
    assert (locked.exit_code, locked.codes) == (3, ["TK-STORE-LOCKED"])


def test_the_sandbox_is_out_of_reach_of_another_backend(dvc: Dvc, monkeypatch: pytest.MonkeyPatch) -> None:
    other = EntryPoint("khac", "another_package:open_backend", registry.GROUP)
    monkeypatch.setattr(registry, "_plug_ins", lambda: iter([other]))
    for words in (["people"], ["otp"], ["sms"], ["advance", "--days", "1"], ["reset", "--yes"]):
        outcome = dvc("sandbox", *words, "--backend", "khac")
        assert (outcome.exit_code, outcome.codes) == (4, ["BE-NOT-SUPPORTED"])


@pytest.mark.parametrize(
    ("logins", "asked", "offered"),
    [
        ({"portal"}, ["login-vneid"], ["dvc login"]),
        ({"vneid_password", "portal"}, ["login-vneid", "--qr"], ["dvc login-vneid"]),
        ({"vneid_qr"}, ["login"], ["dvc login-vneid --qr"]),
        ({"vneid_browser"}, ["login-vneid"], ["dvc login-vneid --browser"]),
        (set(), ["login"], []),
    ],
)
def test_where_people_sign_in_another_way_it_is_named(dvc: Dvc, logins: set[str], asked: list[str], offered: list[str]) -> None:
    dvc.wire = dressed(logins=frozenset(logins))
    refused = dvc(*asked)
    assert (refused.exit_code, refused.codes, refused.document["next"]) == (4, ["BE-NOT-SUPPORTED"], offered)
    assert all(command in refused.document["problems"][0]["hint"] for command in offered)


def test_resetting_forgets_what_waited(dvc: Dvc) -> None:
    register(dvc)
    dvc.sign_in_vneid(NUMBER)
    assert dvc("sandbox", "reset", "--yes").status == "ok"
    assert dvc("whoami").codes == ["TK-SESSION-MISSING"]
    assert dvc("verify-otp", answers={"otp": "123456"}).codes == ["TK-NO-CHALLENGE"]


def test_main_can_be_called_without_a_world(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("dvc ")
