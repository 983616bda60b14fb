"""A real Secret Service: what it keeps, and what a person meets when it is stopped, locked or not there."""

from __future__ import annotations

import gc
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import NOW, Dvc, Outcome
from dvc_cli.errors import DvcError
from dvc_cli.paths import find_paths
from dvc_cli.tokens import TokenStore, open_store
from prompts.pty_screen import PtyScreen
from secret_service.service import SecretService

# The library leaves a connection open to a bus that has no such service.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
MOTHER = "092196999001"
CHOICE = "Giữ phiên đăng nhập ở đâu?"
OPTIONS = ("Trong một tệp mã hóa, có mật khẩu kho", "Chỉ trong lần chạy này, không giữ bản nháp", "Dừng lại")
PASSPHRASE = "kho-cua-quay"
STATES = {
    "stopped": ("TK-STORE-TIMEOUT", 3, "không trả lời"),
    "locked": ("TK-STORE-LOCKED", 3, "đang khóa"),
    "ended": ("TK-STORE-MISSING", 2, "không có kho khóa"),
}


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SecretService]:
    """An unlocked service, in the environment of this process too."""
    service = SecretService(tmp_path / "user")
    for name, value in service.environ.items():
        monkeypatch.setenv(name, value)
    service.start(unlocked=True)
    yield service
    service.close()


def bring(service: SecretService, state: str) -> None:
    if state == "stopped":
        service.stop()
    else:
        service.end()
    if state == "locked":
        service.start(unlocked=False)


@pytest.fixture
def store(service: SecretService, tmp_path: Path) -> TokenStore:
    return open_store("keyring", find_paths({"DVC_HOME": str(tmp_path / "home")}))


def environ(service: SecretService, home: Path) -> dict[str, str]:
    return service.environ | {"DVC_HOME": str(home), "DVC_NOW": NOW, "PYTHONUTF8": "1"}


def run(home: Path, service: SecretService, *words: str, answers: object = None) -> Outcome:
    """A process of its own with the keyring as its store."""
    desk = Dvc(home)
    typed = "" if answers is None else json.dumps(answers)
    more = () if answers is None else ("--answers", "-")
    return desk.process(*words, *more, "--json", "--no-input", typed=typed, **{**environ(service, home), "DVC_TOKEN_STORE": "keyring"})


def test_it_stores_reads_and_deletes(service: SecretService, store: TokenStore, tmp_path: Path) -> None:
    store.probe()
    assert service.labels() == []
    long = "Mật mã " + "x" * 4000
    store.put("session-1", "đầu")
    store.put("session-1", long)
    other = open_store("keyring", find_paths({"DVC_HOME": str(tmp_path / "home")}))
    assert (other.get("session-1"), other.records()) == (long, ("session-1",))
    other.delete("session-1")
    assert store.get("session-1") is None
    assert (service.labels(), store.records()) == ([], ())


def test_what_it_keeps_outlives_it_and_names_nobody(service: SecretService, home: Path) -> None:
    """Sign in, keep a draft; the service restarts; both are still there; sign out takes the session's entries away."""
    number = {"id_number": MOTHER, "password": str(Dvc(home).person(MOTHER)["vneid_password"])}
    assert run(home, service, "login-vneid", answers=number).status == "pending"
    code = {"otp": str(run(home, service, "sandbox", "otp").data["code"])}
    signed = run(home, service, "verify-otp", answers=code)
    assert (signed.exit_code, signed.data["session"]["storage"]) == (0, "keyring")
    kept = run(home, service, "khai-sinh", answers={"child_surname": "NGUYỄN"})
    assert kept.exit_code == 2
    assert len(service.labels()) >= 2
    labels = " ".join(service.labels())
    assert MOTHER not in labels
    # A number of its own; in a drawn name, which is hexadecimal, nine digits may stand in a row by chance.
    assert not re.search("(?<![0-9a-f])[0-9]{9,12}(?![0-9a-f])|PHƯƠNG", labels)
    service.end()
    service.start(unlocked=True)
    (draft,) = run(home, service, "drafts", "list").data["drafts"]
    assert draft["id"] == kept.data["draft"]["id"]
    assert run(home, service, "profile", "show").data["profile"]["id_number"] == MOTHER
    assert run(home, service, "logout").exit_code == 0
    assert not any("session" in label for label in service.labels())


@pytest.mark.parametrize("state", STATES)
def test_a_script_is_told_within_three_seconds(service: SecretService, store: TokenStore, home: Path, state: str) -> None:
    bring(service, state)
    code, exit_code, _words = STATES[state]
    begun = time.monotonic()
    with pytest.raises(DvcError) as caught:
        store.probe()
    assert time.monotonic() - begun < 3
    assert [item.code for item in caught.value.problems] == [code]
    del caught
    gc.collect()  # while the library's open connection is expected
    told = run(home, service, "drafts", "list")
    assert (told.exit_code, told.codes) == (exit_code, [code])


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("choice", ["file", "memory", "stop"])
def test_a_person_is_given_the_choice(service: SecretService, tmp_path: Path, state: str, choice: str) -> None:
    bring(service, state)
    home = tmp_path / "home"
    screen = PtyScreen.python("-m", "dvc_cli", "drafts", "list", environ=environ(service, home))
    screen.wait(CHOICE)
    screen.wait(OPTIONS[-1])
    assert STATES[state][2] in screen.text
    for option in OPTIONS:
        assert option in screen.text
    screen.send(str(["file", "memory", "stop"].index(choice) + 1) + "\r")
    if choice == "file":
        screen.answer("Đặt mật khẩu kho", PASSPHRASE)
        screen.answer("Nhập lại mật khẩu kho", PASSPHRASE)
    assert screen.wait_exit() == (130 if choice == "stop" else 0)
    assert (home / "data" / "tokens.db").exists() == (choice == "file")
    assert PASSPHRASE.encode() not in screen.transcript
    config = home / "config" / "config.toml"
    assert config.exists() == (choice == "file")


def test_a_locked_one_is_tried_again_once_it_is_open(service: SecretService, home: Path) -> None:
    bring(service, "locked")
    screen = PtyScreen.python("-m", "dvc_cli", "drafts", "list", environ=environ(service, home))
    screen.wait(CHOICE)
    service.end()
    service.start(unlocked=True)
    screen.send("4\r")
    assert screen.wait_exit() == 0
    assert not (home / "config").exists()
