"""What a command does with a desk that cannot be worked with, a key that is replaced, a clock that was set back."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from conftest import PASSPHRASE, Dvc
from dvc_cli.paths import find_paths
from dvc_cli.tokens import open_store

CASES = Path(__file__).resolve().parents[1] / "cases"
MOTHER = "092196999001"
UNFINISHED = ("khai-sinh", "--answers", str(CASES / "birth_a.yaml"), "--set", "pledge=không")


def damage(dvc: Dvc) -> Path:
    for name in ("desk.db-wal", "desk.db-shm"):
        (dvc.home / "data" / name).unlink(missing_ok=True)
    path = dvc.home / "data" / "desk.db"
    path.write_bytes(b"ghi chu cua ai do\n" * 500)
    return path


def aside(dvc: Dvc) -> list[Path]:
    return sorted((dvc.home / "data").glob("desk-*.db"))


def test_a_script_is_stopped_once_and_the_next_command_has_a_new_desk(dvc: Dvc) -> None:
    dvc.sign_in_vneid(MOTHER)
    path = damage(dvc)
    stopped = dvc("drafts", "list")
    assert (stopped.exit_code, stopped.codes) == (1, ["DK-STORE-CORRUPT"])
    (moved,) = aside(dvc)
    assert (moved.read_bytes()[:7], stopped.data["set_aside"]) == (b"ghi chu", str(moved))
    assert str(moved) in stopped.document["problems"][0]["hint"]
    assert (dvc("drafts", "list").data["drafts"], path.exists(), len(aside(dvc))) == ([], True, 1)
    assert dvc("whoami").exit_code == 0


def test_at_a_terminal_the_work_goes_on_at_once(dvc: Dvc) -> None:
    dvc.sign_in_vneid(MOTHER)
    damage(dvc)
    went_on = dvc.plain("drafts", "list", "--plain", "--json")
    assert (went_on.exit_code, went_on.data["drafts"], len(aside(dvc))) == (0, [], 1)
    assert "kho mới" in went_on.err
    assert "dvc ho-so list" in went_on.err


def test_a_lost_key_says_what_is_lost_and_what_is_not(dvc: Dvc) -> None:
    dvc.sign_in_vneid(MOTHER)
    dvc(*UNFINISHED)
    store = open_store("file", find_paths({"DVC_HOME": str(dvc.home)}), lambda: PASSPHRASE)
    store.delete("desk-key")
    went_on = dvc.plain("drafts", "list", "--plain", "--json")
    assert (went_on.exit_code, went_on.data["drafts"]) == (0, [])
    assert "Không có khóa thì bản nháp" in went_on.err
    assert "vẫn còn ở nơi tiếp nhận" in went_on.err


def test_the_key_is_replaced_and_everything_goes_on(dvc: Dvc) -> None:
    dvc.sign_in_vneid(MOTHER)
    draft = dvc(*UNFINISHED).data["draft"]["id"]
    store = open_store("file", find_paths({"DVC_HOME": str(dvc.home)}), lambda: PASSPHRASE)
    before = store.get("desk-key")
    replaced = dvc("config", "rotate-key")
    assert (replaced.exit_code, replaced.data["reencrypted"] > 3) == (0, True)
    assert store.get("desk-key") not in {before, None}
    assert dvc("drafts", "show", draft).data["draft"]["answers"]["child_given_name"] == "NHIÊN"
    assert dvc("khai-sinh", "--draft", draft, "--set", "pledge=true").exit_code == 0
    assert dvc("audit", "verify").data["findings"] == []
    assert "key_rotated" in {each["act"] for each in dvc("audit", "list").data["entries"]}


@contextmanager
def full_disk(dvc: Dvc) -> Iterator[None]:
    """The desk's log cannot grow while this lasts: a reader keeps it from being emptied."""
    reader = sqlite3.connect(dvc.home / "data" / "desk.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM records")
    dvc(*UNFINISHED)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((dvc.home / "data" / "desk.db-wal").stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        reader.close()


@pytest.mark.parametrize("words", ["drafts delete", "done --yes"])
def test_a_full_disk_speaks_of_an_answer_only_where_one_was_given(dvc: Dvc, words: str) -> None:
    dvc.sign_in_vneid(MOTHER)
    draft = dvc(*UNFINISHED).data["draft"]["id"]
    with full_disk(dvc):
        failed = dvc(*words.split(), *([draft] if words == "drafts delete" else []))
    (told,) = failed.document["problems"]
    assert (failed.exit_code, told["code"]) == (1, "DK-DISK-FULL")
    assert ("câu trả lời" in told["message"], "nhập lại" in told["hint"]) == (False, False)


def test_a_clock_that_was_set_back_is_told_and_nothing_is_lost(dvc: Dvc) -> None:
    dvc.sign_in_vneid(MOTHER)
    draft = dvc(*UNFINISHED).data["draft"]["id"]
    earlier = Dvc(dvc.home, DVC_NOW="2026-11-09T08:30")
    shown = earlier("drafts", "show", draft)
    assert (shown.exit_code, shown.data["draft"]["id"]) == (0, draft)
    assert shown.err.count("Đồng hồ của máy chậm hơn lần dùng trước (09:30 09/11/2026)") == 1
    assert "Đồng hồ" not in dvc("drafts", "show", draft).err
    assert dvc("audit", "verify").exit_code == 0
