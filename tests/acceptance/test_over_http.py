"""Every scripted flow through a server gives the same JSON as through the embedded sandbox: only codes, ids and instants differ."""

from __future__ import annotations

import io
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from acceptance.test_main_job import PASSWORD, WORKED, put_papers
from conftest import Dvc, Outcome
from dvc_cli.backends.sandbox import SandboxBackend
from dvc_cli.clock import Clock, FrozenClock, parse_now
from dvc_cli.commands.deps import Deps
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.storage.connection import DATABASE
from dvc_cli.portal.web.house import House
from dvc_cli.portal.web.log import Log
from flows import CASES
from server.fault_proxy import BUSY, DROP_AFTER, PASS, faulty
from server.served import ADMIN, serving

DEATHS = [
    ("death_a", "2026-10-08T15:40", "giay-bao-tu.pdf"),
    ("death_b", "2026-11-23T15:45", "khong-dung.pdf"),
    ("death_c", "2026-10-14T09:05", "xac-nhan-cong-an.pdf"),
]

_DIFFERENT = (
    (re.compile(r"ch-[0-9a-f]{12}"), "CHALLENGE"),
    (re.compile(r"hs-[0-9a-f]{16}"), "DOSSIER"),
    (re.compile(r"G22\.99\.08-([0-9]{6})-[0-9]{6}"), r"CODE-\1"),
    (re.compile(r'"draft": \{\s*"id": "[a-z0-9]{8}"|--draft [a-z0-9]{8}'), "DRAFT"),
    (re.compile(r'"code": "[0-9]{6}"'), "OTP"),
)


def frozen(now: str) -> type[Deps]:
    """A workstation whose own clock stands where the server's does: DVC_NOW is for the sandbox alone."""

    class Frozen(Deps):
        @cached_property
        def clock(self) -> Clock:
            return FrozenClock(parse_now(now))

    return Frozen


@dataclass
class Sides:
    """The same desk twice: before the embedded sandbox, and before a server over a copy of it."""

    here: Dvc
    there: Dvc

    def __call__(self, *words: str, answers: object = None, own: dict[str, str] | None = None) -> tuple[Outcome, Outcome]:
        """Run a line on both sides and hold the answers against each other; `own` fills in what differs, as HERE → THERE."""
        outcomes = []
        for side, desk in enumerate((self.here, self.there)):
            line = [word if own is None or word not in own else (word if side == 0 else own[word]) for word in words]
            outcomes.append(desk(*line, answers=answers[side] if isinstance(answers, tuple) else answers))
        here, there = outcomes
        assert told(there) == told(here), words
        assert there.exit_code == here.exit_code
        return here, there

    def code(self, *words: str) -> tuple[dict[str, str], dict[str, str]]:
        return {"otp": self.here.code(*words)}, {"otp": self.there.code(*words)}


def told(outcome: Outcome) -> str:
    text = json.dumps(outcome.document, ensure_ascii=False, indent=1)
    for pattern, word in _DIFFERENT:
        text = pattern.sub(word, text)
    return text


@contextmanager
def both(tmp_path: Path, seed: Path, now: str, **extra: str) -> Iterator[Sides]:
    for name in ("here", "there", "server"):
        shutil.copytree(seed, tmp_path / name / "home")
    shutil.rmtree(tmp_path / "there" / "home" / "data" / "sandbox")
    sandbox = tmp_path / "server" / "home" / "data" / "sandbox"
    house = House(lambda: Portal(sandbox, FrozenClock(parse_now(now))), SandboxBackend, Log(io.StringIO()), ADMIN, threads=2)
    with serving(house) as url:
        here = Dvc(tmp_path / "here" / "home", DVC_NOW=now, **extra)
        there = Dvc(tmp_path / "there" / "home", DVC_BACKEND="http", DVC_URL=url, DVC_ADMIN_TOKEN=ADMIN.value, **extra)
        there.wire = frozen(now)
        yield Sides(here, there)
    assert not (tmp_path / "there" / "home" / "data" / "sandbox").exists()


@pytest.mark.parametrize(("case", "lang"), [("birth_a", "vi"), ("birth_a", "en"), ("birth_b", "vi"), ("birth_c", "vi")])
def test_the_main_job(case: str, lang: str, tmp_path: Path, sandbox_seed: Path) -> None:
    worked = WORKED[case]
    person = worked["person"]
    with both(tmp_path, sandbox_seed, worked["now"], DVC_LANG=lang) as dvc:
        dvc("sandbox", "people")
        dvc("register", answers={"subject": "cong_dan", "method": "thue_bao_di_dong", **person, "full_name": "AI KHÁC"})
        dvc("register", answers={"subject": "cong_dan", "method": "thue_bao_di_dong", **person})
        dvc("verify-otp", "--resend")
        dvc("verify-otp", answers={"otp": "0"})
        dvc("verify-otp", answers=dvc.code("--phone", person["phone"]))
        dvc("sandbox", "sms", "--phone", "0999999999")
        dvc("set-password", answers={"password": PASSWORD, "password_again": PASSWORD})
        dvc("login", answers={"id_number": person["id_number"], "password": "sai"})
        dvc("login", answers={"id_number": person["id_number"], "password": PASSWORD})
        dvc("verify-otp", answers=dvc.code())
        dvc("profile", "show")
        dvc("login-vneid", answers={"id_number": person["id_number"], "password": dvc.here.person(person["id_number"])["vneid_password"]})
        dvc("verify-otp", answers=dvc.code())
        dvc("whoami")
        dvc("profile", "sync")
        dvc("profile", "show")
        put_papers(tmp_path / "there", case, worked["papers"])
        answers = str(put_papers(tmp_path / "here", case, worked["papers"]))
        dvc("khai-sinh", "--check", "--answers", answers)
        dvc("khai-sinh", "--answers", answers, "--set", "child_given_name=")
        here, there = dvc("khai-sinh", "--answers", answers)
        assert here.exit_code == 0
        dvc("khai-sinh", "--answers", answers)
        dvc("ho-so", "list")
        own = {here.data["dossier"]["code"]: there.data["dossier"]["code"]}
        code = here.data["dossier"]["code"]
        dvc("ho-so", "show", code, own=own)
        dvc("ho-so", "show", "G22.99.08-000000-000000")
        dvc("ho-so", "withdraw", code, "--yes", own=own)
        dvc("outbox", "list")
        dvc("logout", "--all")
        dvc("ho-so", "list")


@pytest.mark.parametrize(("case", "now", "paper"), DEATHS)
def test_the_linked_death_dossier(case: str, now: str, paper: str, tmp_path: Path, sandbox_seed: Path) -> None:
    text = (CASES / f"{case}.yaml").read_text(encoding="utf-8")
    number = re.search(r'requester_id_number: "([0-9]{12})"', text)[1]
    with both(tmp_path, sandbox_seed, now) as dvc:
        for side in ("here", "there"):
            (tmp_path / side / f"{case}.yaml").write_text(text, encoding="utf-8")
            (tmp_path / side / paper).write_bytes(b"%PDF-1.7\n% giay to tap huan\n%%EOF\n")
        dvc("login-vneid", answers={"id_number": number, "password": dvc.here.person(number)["vneid_password"]})
        dvc("verify-otp", answers=dvc.code())
        answers = str(tmp_path / "here" / f"{case}.yaml")
        dvc("khai-tu", "--check", "--answers", answers)
        dvc("khai-tu", "--answers", answers, "--set", "deceased_given_name=")
        here, there = dvc("khai-tu", "--answers", answers)
        assert here.exit_code == 0, here.document
        dvc("ho-so", "show", here.data["dossier"]["code"], own={here.data["dossier"]["code"]: there.data["dossier"]["code"]})


def test_locked_expired_and_unknown(tmp_path: Path, sandbox_seed: Path) -> None:
    number = "092196999001"
    with both(tmp_path, sandbox_seed, "2026-11-09T09:30") as dvc:
        password = dvc.here.person(number)["vneid_password"]
        dvc("verify-otp", answers={"otp": "000000"})
        dvc("ho-so", "list")
        dvc("login-vneid", answers={"id_number": "000199999999", "password": "x"})
        dvc("login-vneid", answers={"id_number": number, "password": password})
        for _time in range(6):
            dvc("verify-otp", answers={"otp": "0"})
        dvc("login-vneid", answers={"id_number": number, "password": password})
        dvc("verify-otp", answers=dvc.code())
        dvc("profile", "show")
        dvc.there.wire = frozen("2026-11-20T09:30")
        expired = dvc.there("ho-so", "list")
        assert (expired.exit_code, expired.codes) == (3, ["TK-SESSION-EXPIRED"])


def test_a_session_never_goes_to_another_server(tmp_path: Path, sandbox_seed: Path) -> None:
    number = "092196999001"
    with both(tmp_path, sandbox_seed, "2026-11-09T09:30") as dvc:
        dvc.there.sign_in_vneid(number)
        assert dvc.there("ho-so", "list").exit_code == 0
        elsewhere = dvc.there("ho-so", "list", "--url", "http://127.0.0.1:9")
        assert (elsewhere.exit_code, elsewhere.codes) == (3, ["TK-SESSION-MISSING"])


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("UPDATE sessions SET expires_at = '2020-01-01T00:00:00+07:00'", "TK-SESSION-EXPIRED"),
        ("UPDATE sessions SET revoked = 1", "TK-SESSION-REVOKED"),
        ("DELETE FROM sessions", "TK-SESSION-REVOKED"),
    ],
    ids=["expired", "revoked", "of another database"],
)
def test_a_token_that_the_server_no_longer_takes_is_exit_3(what: str, code: str, tmp_path: Path, sandbox_seed: Path) -> None:
    with both(tmp_path, sandbox_seed, "2026-11-09T09:30") as dvc:
        dvc.there.sign_in_vneid("092196999001")
        with closing(sqlite3.connect(tmp_path / "server" / "home" / "data" / "sandbox" / DATABASE)) as database, database:
            assert database.execute(what).rowcount == 1
        for line in (("ho-so", "list"), ("profile", "show")):
            refused = dvc.there(*line)
            assert refused.exit_code == 3
            # The client forgets a revoked session; after that there is none.
            assert refused.codes == [code if line[0] == "ho-so" or code == "TK-SESSION-EXPIRED" else "TK-SESSION-MISSING"]


def test_a_token_stands_in_no_log_and_in_no_answer(tmp_path: Path, sandbox_seed: Path) -> None:
    seen = set[bytes]()

    def plan(request: bytes) -> str:
        seen.update(re.findall(rb"(?i)authorization: bearer ([^\r\n]+)", request))
        return PASS

    with both(tmp_path, sandbox_seed, "2026-11-09T09:30") as dvc, faulty(dvc.there.extra["DVC_URL"], plan) as proxy:
        desk = dvc.there
        desk.extra["DVC_URL"] = proxy.url
        desk.sign_in_vneid("092196999001")
        said = [desk(*line, "--verbose") for line in (("ho-so", "list"), ("profile", "sync"), ("whoami",), ("doctor",), ("logout",))]
        lost = desk("ho-so", "list", "--verbose", "--url", "http://127.0.0.1:9")
    tokens = {token.decode() for token in seen} - {ADMIN.value}
    assert tokens
    written = [path.read_bytes() for path in desk.home.rglob("*") if path.is_file()]
    assert any(path.is_file() for path in (desk.home / "logs").iterdir())
    for token in tokens:
        assert not any(token in outcome.out + outcome.err for outcome in (*said, lost))
        assert not any(token.encode() in part for part in written)


def test_plain_http_to_another_machine_is_refused_before_any_call(dvc: Dvc) -> None:
    refused = dvc(
        "login-vneid", "--backend", "http", "--url", "http://cong.example", answers={"id_number": "092196999001", "password": "x"}
    )
    assert (refused.exit_code, refused.codes) == (2, ["A-USAGE"])


def test_a_dossier_whose_answer_was_lost_waits_and_is_filed_once(tmp_path: Path, sandbox_seed: Path) -> None:
    worked = WORKED["birth_a"]
    broken: list[str] = []

    def plan(request: bytes) -> str:
        return DROP_AFTER if request.startswith(b"POST /v1/dossiers") and broken else PASS

    with both(tmp_path, sandbox_seed, worked["now"]) as dvc, faulty(dvc.there.extra["DVC_URL"], plan) as proxy:
        desk = dvc.there
        desk.extra["DVC_URL"] = proxy.url
        desk.sign_in_vneid(worked["person"]["id_number"])
        broken.append("once")
        answers = str(put_papers(tmp_path / "there", "birth_a", {}))
        lost = desk("khai-sinh", "--answers", answers)
        assert (lost.exit_code, lost.codes) == (5, ["BE-TIMEOUT-UNKNOWN"])
        (waiting,) = desk("outbox", "list").data["outbox"]
        broken.clear()
        sent = desk("outbox", "send", waiting["id"])
        assert sent.exit_code == 0
        assert len(desk("ho-so", "list").data["dossiers"]) == 1
        assert desk("outbox", "list").data["outbox"] == []


def test_every_receipt_of_a_training_server_says_so(tmp_path: Path, sandbox_seed: Path) -> None:
    worked = WORKED["birth_a"]
    with both(tmp_path, sandbox_seed, worked["now"]) as dvc:
        for desk, marked in ((dvc.there, True), (dvc.here, False)):
            desk.sign_in_vneid(worked["person"]["id_number"])
            answers = str(put_papers(desk.folder, "birth_a", {}))
            filed = desk.plain("khai-sinh", "--answers", answers, "--no-input")
            assert filed.exit_code == 0
            code = re.search(r"G22[0-9.-]+", filed.out)[0]
            shown = desk.plain("ho-so", "show", code)
            assert [("ĐÀO TẠO" in text) for text in (filed.out, shown.out)] == [marked, marked]


def test_a_supplement_of_two_addresses_goes_under_two_keys(tmp_path: Path, sandbox_seed: Path) -> None:
    """Both lead to one server here, as they need not: what one of them took says nothing of the other."""
    keys: list[str] = []

    def plan(request: bytes) -> str:
        if b"/supplements HTTP" not in request.partition(b"\r\n")[0]:
            return PASS
        keys.append(re.search(rb"(?i)idempotency-key: (\w+)", request)[1].decode())
        return BUSY

    worked = WORKED["birth_a"]
    with both(tmp_path, sandbox_seed, worked["now"]) as dvc:
        there, server = dvc.there, Dvc(tmp_path / "server" / "home", DVC_NOW=worked["now"])
        url, answers = there.extra["DVC_URL"], str(put_papers(tmp_path / "there", "birth_a", {}))
        there.sign_in_vneid(worked["person"]["id_number"])
        code = there("khai-sinh", "--answers", answers).data["dossier"]["code"]
        assert server("sandbox", "office", "ask", code, "--field", "child_given_name", "--note", "Tên chưa rõ").exit_code == 0
        for _address in range(2):
            with faulty(url, plan) as proxy:
                there.extra["DVC_URL"] = proxy.url
                there.sign_in_vneid(worked["person"]["id_number"])
                for _time in range(2):
                    lost = there("ho-so", "supplement", code, answers={"child_given_name": "NHI", "pledge": "true"})
                    assert lost.exit_code == 5
        first, second = dict.fromkeys(keys)
        assert keys == [first] * keys.count(first) + [second] * keys.count(second)
