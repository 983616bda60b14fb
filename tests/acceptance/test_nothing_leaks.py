"""After the whole main job nothing that was secret stands in clear anywhere, and the citizen only in the sandbox's own database."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from acceptance.counter import PASSWORD, PERSON, PHUONG, Counter
from commands.foreign_backend import dressed
from conftest import PASSPHRASE, Outcome
from dvc_cli.paths import find_paths
from dvc_cli.tokens import open_store

PAPER = "giấy chứng sinh tập huấn của NGUYỄN TRẦN AN NHIÊN"
CITIZEN = (PHUONG, PERSON["full_name"], PERSON["phone"], "MAI PHƯƠNG", "092094999002", "NGUYỄN HỮU NGHĨA", "TRẦN AN NHIÊN", "maiphuong@")
OWN_RESULTS = {("sandbox", "otp"), ("sandbox", "people"), ("sandbox", "sms")}


def spellings(text: str) -> set[bytes]:
    """The bytes under which a text can be met in clear."""
    forms = {unicodedata.normalize(form, case) for form in ("NFC", "NFD") for case in (text, text.upper(), text.lower())}
    escaped = {json.dumps(form)[1:-1].encode() for form in forms}
    return escaped | {form.encode(encoding) for form in forms for encoding in ("utf-8", "utf-16-le", "utf-16-be")}


def found_in(content: bytes, texts: Iterable[str]) -> list[str]:
    """Those of the texts that stand in the content; a code of digits only where it is no part of a longer number."""
    return [text for text in texts if any(_stands_in(content, spelling, digits=text.isdigit()) for spelling in spellings(text))]


def _stands_in(content: bytes, spelling: bytes, *, digits: bool) -> bool:
    if not digits:
        return spelling in content
    return re.search(rb"(?<![0-9])(?<![0-9]\0)%s(?!\0?[0-9])" % re.escape(spelling), content) is not None


@dataclass
class Job:
    """What the main job left: every command line with its outcome, and what was secret in it."""

    counter: Watched
    runs: list[tuple[tuple[str, ...], Outcome]] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)

    def files(self) -> Iterator[Path]:
        return (path for path in self.counter.home.rglob("*") if path.is_file())


class Watched(Counter):
    """Remembers every run, and every value that the token store held after it."""

    job: Job

    def plain(self, *words: str, typed: str | bytes = "", **extra: str) -> Outcome:
        outcome = super().plain(*words, typed=typed, **extra)
        self.job.runs.append((words, outcome))
        self.job.secrets |= set(self.tokens())
        return outcome

    def code(self, *words: str) -> str:
        code = super().code(*words)
        self.job.secrets.add(code)
        return code

    def tokens(self) -> Iterator[str]:
        """Tickets, tokens and keys in the store; of a record that is a table, the secret parts."""
        paths = find_paths({"DVC_HOME": str(self.home)})
        if not (paths.data / "tokens.db").exists():
            return
        store = open_store("file", paths, lambda: PASSPHRASE)
        for record in store.records():
            value = store.get(record) or ""
            table = json.loads(value) if value.startswith("{") else {"": value}
            yield from (table[key] for key in ("token", "refresh", "ticket", "") if key in table)


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory, sandbox_seed: Path) -> Job:
    """Register, code, password, login, VNeID, a kept draft, a filed dossier with an attachment; a crash; answers typed at a prompt."""
    counter = Watched(Counter(sandbox_seed).copy(str(tmp_path_factory.mktemp("leaks") / "home")).home)
    counter.job = job = Job(counter, secrets={PASSWORD, PASSPHRASE})
    vneid = str(counter.person(PHUONG)["vneid_password"])
    people = Counter(counter.home)("sandbox", "people").data["people"]
    job.secrets |= {vneid, next(str(each["vneid_password"]) for each in people if each["vneid_password"])}

    assert counter.register(consent="true").status == "pending"
    assert counter.otp(code=counter.wrong_code()).codes == ["TK-OTP-WRONG"]
    assert counter.otp().status == "pending"
    assert counter.set_password(PASSWORD, PASSWORD + "x").codes == ["TK-PW-MISMATCH"]
    assert counter.set_password().exit_code == 0
    assert counter.login(PASSWORD + "y").codes == ["TK-CREDENTIALS"]
    assert counter.login().status == "pending"
    assert counter.otp().exit_code == 0
    assert counter.vneid(password=vneid).status == "pending"
    assert counter.otp().exit_code == 0
    assert counter("profile", "show").exit_code == 0
    assert counter("whoami").exit_code == 0
    draft = counter.file(pledge="không", copies_count="3", attachments=[counter.paper("nhap.pdf", head=b"%PDF-1.7\n" + PAPER.encode())])
    assert draft.exit_code == 2
    filed = counter.file(attachments=[counter.paper("giay.pdf", head=b"%PDF-1.7\n" + PAPER.encode())])
    assert filed.exit_code == 0, filed.document
    assert counter("ho-so", "list").exit_code == 0
    assert len(counter("drafts", "list").data["drafts"]) == 1

    typed = counter.plain("login", "--plain", "--json", typed=f"{PHUONG}\n{PASSWORD}\n")
    assert typed.status == "pending"
    counter.wire = dressed(failing={"begin_login": ValueError(f"{PHUONG} {PASSWORD} {vneid}")})
    assert counter.login().exit_code == 1
    assert counter.plain("login", "--answers", "-", "--no-input", "--verbose", typed=json.dumps({"id_number": PHUONG})).exit_code == 2
    return job


def test_the_search_finds_what_is_there(job: Job) -> None:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        for form in ("NFC", "NFD"):
            held = unicodedata.normalize(form, "…" + PERSON["full_name"].lower() + ", 123456.").encode(encoding)
            assert found_in(b"\0\1" + held, [PERSON["full_name"], "123456", "654321"]) == [PERSON["full_name"], "123456"]
    assert found_in(b"0912345678", ["123456"]) == []
    sandbox = b"".join(path.read_bytes() for path in job.files() if path.parent.name == "sandbox")
    assert PHUONG in found_in(sandbox, CITIZEN)


def test_the_job_had_its_secrets(job: Job) -> None:
    """Two passwords, the passphrase, codes, a ticket, two sessions of two tokens, the desk's key."""
    assert len(job.secrets) >= 12
    assert sum(1 for secret in job.secrets if re.fullmatch("[0-9]{6}", secret)) >= 3
    names = {path.relative_to(job.counter.home).parts[0] for path in job.files()}
    assert names == {"data", "logs", "state"}
    assert any((job.counter.home / "data" / "blobs").iterdir())


def test_no_file_holds_a_secret(job: Job) -> None:
    for path in job.files():
        assert found_in(path.read_bytes(), job.secrets) == [], path
        assert found_in(str(path).encode(), job.secrets) == []


def test_only_the_sandbox_database_knows_the_citizen(job: Job) -> None:
    sandbox = job.counter.home / "data" / "sandbox"
    for path in job.files():
        if path.parent != sandbox or not path.name.startswith("sandbox.sqlite3"):
            assert found_in(path.read_bytes(), (*CITIZEN, PAPER)) == [], path
            assert found_in(str(path.relative_to(job.counter.home)).encode(), CITIZEN) == []


def test_nothing_that_was_shown_holds_a_secret(job: Job) -> None:
    assert any(outcome.exit_code == 1 for _words, outcome in job.runs)
    for words, outcome in job.runs:
        if words[:2] not in OWN_RESULTS:
            assert found_in(outcome.out.encode("utf-8"), job.secrets) == [], words
        assert found_in(outcome.err.encode("utf-8"), job.secrets) == [], words


def test_remarks_and_logs_name_nobody_in_full(job: Job) -> None:
    """Results may: they are what was asked for."""
    for words, outcome in job.runs:
        if "--plain" not in words:  # what a person types at a line is echoed by their own terminal, never by us
            assert found_in(outcome.err.encode("utf-8"), CITIZEN) == [], words


def test_no_secret_and_no_citizen_ever_stood_on_a_command_line(job: Job) -> None:
    for words, _outcome in job.runs:
        assert found_in("\n".join(words).encode(), (*job.secrets, *CITIZEN)) == []


@pytest.mark.parametrize("key", ["password", "password_again", "current_password", "otp"])
@pytest.mark.parametrize("command", ["register", "login", "login-vneid", "verify-otp", "set-password"])
def test_there_is_no_flag_that_takes_a_secret(job: Job, command: str, key: str) -> None:
    counter = Counter(job.counter.home.parent / "other")
    by_set = counter(command, "--set", f"{key}={PASSWORD}")
    by_flag = counter(command, f"--{key.replace('_', '-')}={PASSWORD}")
    for refused in (by_set, by_flag):
        assert (refused.exit_code, refused.codes) == (2, ["A-USAGE"])
        assert found_in((refused.out + refused.err).encode(), [PASSWORD]) == []
