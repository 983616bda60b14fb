"""Every problem of accounts, answers, backends and the desk: one flow through the program that meets it, and one near miss that does not.

The problems of the birth form itself (KS-…) have their tables beside the form's tests.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from acceptance import trial_backend
from acceptance.counter import HA, HA_PERSON, PASSWORD, PERSON, PHUONG, Counter, case_a, desk_of
from conftest import Outcome
from dvc_cli.clock import SystemClock, parse_now
from dvc_cli.data import problem_codes, problem_row

Flow = Callable[[Counter], Outcome]

RINGS = "tokens.helpers.token_rings"
NOBODY = "001099999888"
TRIAL = ("--backend", "trial", "--url")


@dataclass(frozen=True)
class Case:
    """`fires` meets the problem and leaves with the exit code of the table; `near` does not, and leaves with `near_exit`.

    Both begin with a new home, one with the account of PHƯƠNG (`account`), or one where PHƯƠNG is signed in with VNeID (`signed`).
    """

    fires: Flow
    near: Flow
    start: str = "new"
    near_exit: int = 0


def after(*steps: Callable[[Counter], object]) -> Flow:
    """The outcome of the last step."""

    def flow(counter: Counter) -> Outcome:
        for step in steps[:-1]:
            step(counter)
        outcome = steps[-1](counter)
        assert isinstance(outcome, Outcome)
        return outcome

    return flow


def wrong_codes(times: int) -> Callable[[Counter], object]:
    return lambda counter: [counter.otp(code=counter.wrong_code()) for _try in range(times)]


def wrong_passwords(times: int) -> Callable[[Counter], object]:
    return lambda counter: [counter.login("Sai-mat-khau-1") for _try in range(times)]


def resent(*times: str) -> Flow:
    return lambda counter: [counter.at(time)("verify-otp", "--resend") for time in times][-1]


def verified(counter: Counter) -> None:
    counter.register()
    counter.otp()


def chosen(password: str, again: str | None = None, person: dict[str, str] = PERSON) -> Flow:
    """A registration up to its password."""
    return after(lambda counter: counter.register(person), Counter.otp, lambda counter: counter.set_password(password, again))


def old_code_after_a_new_one(counter: Counter) -> Outcome:
    counter.register()
    old = counter.code()
    counter.at("09:31")("verify-otp", "--resend")
    return counter.otp(code=old)


def same_code_twice(counter: Counter) -> Outcome:
    counter.register()
    code = counter.code()
    counter.otp(code=code)
    return counter.otp(code=code)


def by_social_insurance(counter: Counter) -> Outcome:
    """A person without a phone of their own, vouched for by the insurer."""
    facts = {"id_number": "092196999555", "full_name": "TRẦN THỊ MẪU", "birth_date": "1996-03-14"}
    more = {"gender": "nu", "ethnicity": "Kinh", "province": "Cần Thơ", "ward": "Cái Khế", "social_insurance_number": "9299999555"}
    added = counter("sandbox", "people", "add", answers={**facts, **more, "phone": "0900000555", "phone_owned": "false"})
    assert added.exit_code == 0, added.document
    return counter.register(facts, **_INSURED, phone="0900000555")


_INSURED = {"subject": "cong_dan", "method": "bao_hiem_xa_hoi", "social_insurance_number": "9299999555"}


def of_level(level: int) -> Flow:
    """A VNeID login of somebody who has it in this level."""

    def flow(counter: Counter) -> Outcome:
        people = counter("sandbox", "people").data["people"]
        person = next(each for each in people if each["vneid_level"] == level)
        return counter.vneid(person["id_number"], person["vneid_password"] or "Khong-biet-1")

    return flow


def other_desk(*, signs_out: bool) -> Flow:
    """The same session on a second workstation before the same portal."""

    def flow(counter: Counter) -> Outcome:
        second = counter.copy("second")
        sandbox = counter.home / "data" / "sandbox"
        for path in (second.home / "data" / "sandbox").iterdir():
            path.unlink()
        (second.home / "data" / "sandbox").rmdir()
        (second.home / "data" / "sandbox").symlink_to(sandbox)
        assert second("logout" if signs_out else "whoami").exit_code == 0
        return counter("profile", "show")

    return flow


def ring(name: str) -> Flow:
    return lambda counter: counter("consent", "show", DVC_TOKEN_STORE="keyring", PYTHON_KEYRING_BACKEND=name)


ACCOUNTS = {
    "TK-SUBSCRIBER": Case(lambda counter: counter.register(phone="0900000002"), lambda counter: counter.register(phone="+84 900 000 001")),
    "TK-EXISTS": Case(Counter.register, lambda counter: counter.register(HA_PERSON), start="account"),
    "TK-METHOD": Case(lambda counter: counter.register(method="usb_ky_so"), by_social_insurance),
    "TK-PERSON-UNKNOWN": Case(
        lambda counter: counter.register(id_number=NOBODY), lambda counter: counter.register(id_number=f" {PHUONG} ")
    ),
    "TK-PERSON-MISMATCH": Case(
        lambda counter: counter.register(full_name="TRẦN THỊ MAI PHUƠNG"),
        lambda counter: counter.register(full_name=unicodedata.normalize("NFD", "trần  thị mai phương")),
    ),
    "TK-OTP-WRONG": Case(
        after(Counter.register, lambda counter: counter.otp(code=counter.wrong_code())),
        after(Counter.register, lambda counter: counter.otp(code=" ".join(counter.code()))),
    ),
    "TK-OTP-EXPIRED": Case(
        after(Counter.register, lambda counter: counter.at("09:35:01").otp()),
        after(Counter.register, lambda counter: counter.at("09:35:00").otp()),
    ),
    "TK-OTP-SUPERSEDED": Case(old_code_after_a_new_one, after(Counter.register, resent("09:31"), Counter.otp)),
    "TK-OTP-USED": Case(same_code_twice, after(Counter.register, Counter.otp)),
    "TK-OTP-LOCKED": Case(
        after(Counter.register, wrong_codes(5), Counter.otp),
        after(Counter.register, wrong_codes(4), Counter.otp),
    ),
    "TK-RESEND-SOON": Case(after(Counter.register, resent("09:30:29")), after(Counter.register, resent("09:30:30"))),
    "TK-RESEND-LIMIT": Case(
        after(Counter.register, resent("09:31", "09:32", "09:33", "09:34")),
        after(Counter.register, resent("09:31", "09:32", "09:33")),
    ),
    "TK-NO-CHALLENGE": Case(lambda counter: counter.otp(code="123456"), after(Counter.register, Counter.otp)),
    "TK-PW-RULE": Case(chosen("gac-bong7-tim!"), chosen("gac-Bong7-tim!")),
    "TK-PW-WEAK": Case(chosen("Qwerty2026@"), chosen("Qw7-rung-erTho@")),
    "TK-PW-PERSONAL": Case(chosen("Gac-Bong7-mai!"), chosen("Gac-Bong7-le!", person=HA_PERSON)),
    "TK-PW-MISMATCH": Case(chosen(PASSWORD, PASSWORD.swapcase()), chosen("Gác-Bông7-tím!", unicodedata.normalize("NFD", "Gác-Bông7-tím!"))),
    "TK-CREDENTIALS": Case(lambda counter: counter.login(PASSWORD.lower()), Counter.login, start="account"),
    "TK-LOCKED": Case(after(wrong_passwords(5), Counter.login), after(wrong_passwords(4), Counter.login), start="account"),
    "TK-VNEID-LEVEL": Case(of_level(1), of_level(2)),
    "TK-SESSION-MISSING": Case(
        after(lambda counter: counter("logout"), lambda counter: counter("profile", "show")),
        lambda counter: counter("profile", "show"),
        start="signed",
    ),
    "TK-SESSION-EXPIRED": Case(
        lambda counter: counter.at("21:30:01")("profile", "show"),
        lambda counter: counter.at("21:30:00")("profile", "show"),
        start="signed",
    ),
    "TK-SESSION-REVOKED": Case(other_desk(signs_out=True), other_desk(signs_out=False), start="signed"),
    "TK-STORE-MISSING": Case(ring("keyring.backends.fail.Keyring"), ring(f"{RINGS}.MemoryRing")),
    "TK-STORE-LOCKED": Case(
        lambda counter: counter("profile", "show", DVC_PASSPHRASE="kho-tap-huấn"),
        lambda counter: counter("profile", "show"),
        start="signed",
    ),
    "TK-STORE-TIMEOUT": Case(ring(f"{RINGS}.HangingRing"), ring(f"{RINGS}.MemoryRing")),
    "TK-CONSENT": Case(lambda counter: counter.vneid(consent="không"), lambda counter: counter.vneid(consent="có")),
}


def filed(*words: str, without: tuple[str, ...] = (), **changes: object) -> Flow:
    return lambda counter: counter.file(*words, without=without, **changes)


def filed_with(*papers: tuple[str, int], head: bytes = b"%PDF-1.7\n") -> Flow:
    """Case A with files of these names and sizes in the row of the CT01."""
    return lambda counter: counter.file(attachments=[counter.paper(name, size, head) for name, size in papers])


def typed_in_by_hand(*, with_scan: bool) -> Flow:
    """A birth without electronic notification."""

    def flow(counter: Counter) -> Outcome:
        papers = [counter.paper("gcs.pdf", id="birth_notification_scan", slot=1)] if with_scan else []
        unused = ("birth_notification_no", "birth_notification_mother_id")
        return counter.file(without=unused, birth_data_source="nhap_tay", attachments=papers)

    return flow


def answers_file(content: bytes) -> Flow:
    def flow(counter: Counter) -> Outcome:
        (counter.folder / "login.yaml").write_bytes(content)
        return counter("login", "--answers", "login.yaml")

    return flow


_LOGIN = f"id_number: '{PHUONG}'\npassword: {PASSWORD}\n".encode()
_MOST = 1 << 20


def on_trial(address: str, *steps: Flow) -> Flow:
    """The steps on the registered backend `trial` at this address."""

    def flow(counter: Counter) -> Outcome:
        counter.where = (*TRIAL, address)
        return after(*steps)(counter)

    return flow


def signed_in(counter: Counter) -> Outcome:
    counter.vneid(consent="true")
    done = counter.otp()
    assert done.exit_code == 0, done.document
    return done


ANSWERS = {
    "A-MISSING": Case(filed(without=("child_given_name",)), filed(without=("child_middle_name", "requester_email")), start="signed"),
    "A-UNKNOWN-KEY": Case(filed(child_given_nam="NHIÊN"), filed(child={"child_given_name": "NHIÊN"}), start="signed"),
    "A-INVALID": Case(filed(copies_count="0"), filed(copies_count="1"), start="signed"),
    "A-CHOICE": Case(filed(child_gender="nư"), filed(child_gender="NỮ"), start="signed"),
    "A-PLACE": Case(filed(birth_office_ward="Phường Cai Khế"), filed(birth_office_ward="cái khế"), start="signed"),
    "A-DATE": Case(filed(marriage_cert_issue_date="29/02/2021"), filed(marriage_cert_issue_date="28/2/2021"), start="signed"),
    "A-NOT-LIVE": Case(filed(want_copies="false"), filed(without=("copies_count",), want_copies="false"), start="signed"),
    "A-REQUESTER": Case(filed(requester_full_name="LÊ NGỌC HÀ"), filed(requester_full_name="Trần thị mai phương"), start="signed"),
    "A-INVENTED": Case(
        on_trial("real-people", signed_in, filed(father_id_number="000094999002")),
        on_trial("", signed_in, filed(father_id_number="000094999002")),
        near_exit=4,  # the same number breaks a rule of the form; nothing forbids it to go to invented people
    ),
    "A-PAPER-MISSING": Case(typed_in_by_hand(with_scan=False), typed_in_by_hand(with_scan=True), start="signed"),
    "A-PAPER-TYPE": Case(filed_with(("to.pdf", 900), head=b"PK\x03\x04"), filed_with(("to.txt", 900)), start="signed"),
    "A-PAPER-SIZE": Case(
        filed_with(("a.pdf", 2_500_000), ("b.pdf", 100_001)), filed_with(("a.pdf", 2_500_000), ("b.pdf", 100_000)), start="signed"
    ),
    "A-PAPER-LARGE": Case(filed_with(("a.pdf", 2_000_001)), filed_with(("a.pdf", 2_000_000)), start="signed"),
    "A-PAPER-NAME": Case(filed_with(("a.pdf", 900), ("khac/A.PDF", 901)), filed_with(("a.pdf", 900), ("khac/b.pdf", 901)), start="signed"),
    "A-PLEDGE": Case(filed(pledge="không"), filed(pledge="có"), start="signed"),
    "A-ACK-UNUSED": Case(
        filed(acknowledge={"KS-N2": "theo tập quán"}),
        filed(acknowledge={"KS-N2": "theo tập quán"}, child_surname="LÝ"),
        start="signed",
    ),
    "A-USAGE": Case(
        lambda counter: counter.file("--set", "child_given_name:NHIÊN"),
        lambda counter: counter.file("--set", "child_given_name=NHIÊN"),
        start="signed",
    ),
    "A-UNKNOWN-COMMAND": Case(lambda counter: counter("khaisinh"), lambda counter: counter("khai-sinh", "--check", answers={})),
    "A-TOO-LARGE": Case(answers_file(_LOGIN.ljust(_MOST + 1, b"#")), answers_file(_LOGIN.ljust(_MOST, b"#")), start="account"),
    "A-ENCODING": Case(answers_file(_LOGIN + b"# t\xean"), answers_file(b"\xef\xbb\xbf" + _LOGIN), start="account"),
}


def newer_sandbox(counter: Counter, version: int) -> Outcome:
    with sqlite3.connect(counter.home / "data" / "sandbox" / "sandbox.sqlite3") as database:
        database.execute("UPDATE meta SET value = CAST(value AS INTEGER) + ? WHERE key = 'schema_version'", (version,))
    database.close()
    return counter.register()


def changed_after_a_lost_answer(counter: Counter, **changes: str) -> Outcome:
    """The dossier arrived, nobody knows it, and it is sent once more."""
    signed_in(counter)
    passing = counter.home / "data" / trial_backend.PASSING
    passing.write_text("lost@submit_dossier", encoding="utf-8")
    draft = counter.file().data["draft"]["id"]
    passing.unlink()
    return counter("khai-sinh", "--draft", draft, answers={**changes, "pledge": "true"})


def registered(times: int) -> Flow:
    return lambda counter: [counter.register() for _time in range(times)][-1]


def shown(counter: Counter) -> Outcome:
    return counter("profile", "show")


BACKENDS = {
    "BE-UNREACHABLE": Case(
        on_trial("unreachable@get_profile", signed_in, shown), on_trial("unreachable@refresh_profile", signed_in, shown)
    ),
    "BE-TIMEOUT-UNKNOWN": Case(
        on_trial("lost@submit_dossier", signed_in, filed()),
        on_trial("lost@submit_dossier", signed_in, filed("--check")),
    ),
    "BE-REFUSED": Case(
        on_trial("refused@submit_dossier", signed_in, filed()),
        on_trial("refused@log_out", signed_in, filed()),
    ),
    "BE-CONFLICT": Case(
        on_trial("", lambda counter: changed_after_a_lost_answer(counter, copies_count="4")),
        on_trial("", lambda counter: changed_after_a_lost_answer(counter, copies_count="5")),
    ),
    "BE-TOO-MANY": Case(registered(11), registered(10)),
    "BE-NOT-SUPPORTED": Case(on_trial("no-portal-login", Counter.login), on_trial("", Counter.login), start="account"),
    "BE-BAD-REPLY": Case(on_trial("garbled@get_profile", signed_in, shown), on_trial("garbled@get_dossier", signed_in, shown)),
    "BE-VERSION": Case(lambda counter: newer_sandbox(counter, 1), lambda counter: newer_sandbox(counter, 0)),
}


def kept_draft(counter: Counter) -> str:
    """The id of case A, kept for want of the pledge."""
    return str(counter.file(pledge="false").data["draft"]["id"])


def draft_of_form(version: str) -> Flow:
    def flow(counter: Counter) -> Outcome:
        from dvc_cli.procedures import procedure

        with desk_of(counter) as desk:
            draft = desk.drafts.create(
                "khai-sinh", version or procedure("khai-sinh").form.version, "sandbox", parse_now("2024-08-01T10:00")
            )
        return counter("khai-sinh", "--draft", draft.id, answers=case_a())

    return flow


def damaged(name: str) -> Flow:
    """Drafts of a desk whose file of this name is not what it was."""

    def flow(counter: Counter) -> Outcome:
        kept_draft(counter)
        path: Path = counter.home / "data" / name
        path.write_bytes(b"\0" * 4096)
        return counter("drafts", "list")

    return flow


def with_room_for(most: int) -> Flow:
    """A large paper where a file may grow to so many bytes only."""

    def flow(counter: Counter) -> Outcome:
        import resource

        papers = [counter.paper("a.pdf", 1_900_000)]
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
        try:
            return counter.file(attachments=papers)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    return flow


def while_another(statement: str) -> Flow:
    """Another process has the desk's file open, reading or writing."""

    def flow(counter: Counter) -> Outcome:
        kept_draft(counter)
        other = sqlite3.connect(counter.home / "data" / "desk.db", isolation_level=None)
        other.execute(statement)
        other.execute("SELECT count(*) FROM records")
        try:
            return counter.file(copies_count="4")
        finally:
            other.close()

    return flow


DESK = {
    "DK-DRAFT-NOT-FOUND": Case(
        lambda counter: counter("drafts", "show", kept_draft(counter)[:-1]),
        lambda counter: counter("drafts", "show", kept_draft(counter).upper()),
        start="signed",
    ),
    "DK-FORM-VERSION": Case(draft_of_form("2024-07-01"), draft_of_form(""), start="signed"),
    "DK-STORE-CORRUPT": Case(damaged("desk.db"), damaged("desk.db.old"), start="signed"),
    "DK-DISK-FULL": Case(with_room_for(1_000_000), with_room_for(3_000_000), start="signed"),
    "DK-LOCKED": Case(while_another("BEGIN IMMEDIATE"), while_another("BEGIN"), start="signed"),
}

TABLE = ACCOUNTS | ANSWERS | BACKENDS | DESK


@pytest.fixture(scope="module")
def starts(tmp_path_factory: pytest.TempPathFactory, sandbox_seed: Path) -> dict[str, Counter]:
    """The homes that cases begin with, made once."""
    folder = tmp_path_factory.mktemp("starts")
    seed = Counter(sandbox_seed)
    account, signed = seed.copy(str(folder / "account")), seed.copy(str(folder / "signed"))
    assert account.open_account().exit_code == 0
    assert signed.sign_in_vneid(PHUONG).exit_code == 0
    return {"new": seed, "account": account, "signed": signed}


@pytest.fixture
def counter(request: pytest.FixtureRequest, tmp_path: Path, starts: dict[str, Counter], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """A home of its own at the worked instant, `trial` being installed; other backends than the sandbox see that instant too."""
    trial_backend.register(tmp_path / "site")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    monkeypatch.setattr(SystemClock, "now", lambda _clock: parse_now("2026-11-09T09:30"))
    case: Case = TABLE[request.getfixturevalue("code")]
    return starts[case.start].copy(str(tmp_path / "home"))


@pytest.mark.parametrize("code", TABLE)
def test_the_problem_is_met(code: str, counter: Counter) -> None:
    outcome = TABLE[code].fires(counter)
    assert code in outcome.codes, outcome.document
    assert {each["severity"] for each in outcome.document["problems"] if each["code"] == code} == {problem_row(code).severity}
    assert outcome.exit_code == problem_row(code).exit_code, outcome.document
    assert (outcome.status == "error") == (outcome.exit_code != 0)


@pytest.mark.parametrize("code", TABLE)
def test_the_near_miss_does_not_meet_it(code: str, counter: Counter) -> None:
    outcome = TABLE[code].near(counter)
    assert code not in outcome.codes
    assert outcome.exit_code == TABLE[code].near_exit, outcome.document


def test_the_table_has_every_code_and_no_other() -> None:
    """None of these codes is out of reach any more: each has its case."""
    assert set(TABLE) == {code for code in problem_codes() if code.startswith(("TK-", "A-", "BE-", "DK-"))}


def test_the_trial_backend_is_found_as_an_installed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trial_backend.register(tmp_path / "site")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    listed = Counter(tmp_path / "home")("backend", "list").data["backends"]
    assert {"sandbox", "trial"} <= {each["name"] for each in listed}


def test_a_refusal_of_a_backend_keeps_its_own_words(counter: Counter, code: str) -> None:
    refused = on_trial("refused@get_profile", signed_in, shown)(counter)
    (problem,) = refused.document["problems"]
    assert (problem["source"], problem["hint"]) == ("may-chu", "M-17: đang bảo trì")


@pytest.fixture
def code() -> str:
    """The case whose start the tests outside the table take."""
    return "BE-REFUSED"


def test_vneid_is_refused_to_a_number_that_nobody_has(counter: Counter, code: str) -> None:
    refused = counter.vneid(NOBODY)
    assert (refused.exit_code, refused.codes) == (4, ["TK-PERSON-UNKNOWN"])
    assert counter.vneid(HA).codes == ["TK-CREDENTIALS"]
