"""Several processes, killed processes, full disks and folders that cannot be written."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from desk.desks import NOW, Keeper, desk_in, paths_in
from dvc_cli.disk.database import Database
from dvc_cli.disk.failures import store_error
from dvc_cli.errors import StoreError

TESTS = str(Path(__file__).parent.parent)
HEAD = f"""
import sys
sys.path.insert(0, {TESTS!r})
from desk.desks import NOW, Keeper, desk_in
home, key = sys.argv[1:3]
keeper = Keeper()
keeper.records["desk-key"] = key
"""
SAVER = (
    HEAD
    + """
from itertools import count
with desk_in(home, keeper) as desk:
    for number in count():
        desk.drafts.save_answer(sys.argv[3], f"key{number % 40}", str(number), NOW)
        print(number, flush=True)
"""
)
COUNTER = (
    HEAD
    + """
with desk_in(home, keeper) as desk:
    for number in range(25):
        desk.drafts.save_answer(sys.argv[3], f"{sys.argv[4]}{number}", "x", NOW)
"""
)
OPENER = (
    HEAD.replace('keeper.records["desk-key"] = key', "")
    + """
from pathlib import Path
class FileKeeper:
    name = "keyring"
    def get(self, record):
        path = Path(key)
        return path.read_text() if path.exists() else None
    def put(self, record, value):
        Path(key).write_text(value)
with desk_in(home, FileKeeper()) as desk:
    desk.drafts.create("khai-sinh", "1", "sandbox", NOW)
"""
)


def new_home(home):
    keeper = Keeper()
    with desk_in(home, keeper) as desk:
        draft = desk.drafts.create("khai-sinh", "1", "sandbox", NOW)
    return keeper, draft


def start(code, *words, **options):
    return subprocess.Popen([sys.executable, "-c", code, *map(str, words)], text=True, **options)


def code_of(call):
    with pytest.raises(StoreError) as caught:
        call()
    return caught.value.problems[0].code


def test_a_kill_loses_no_answer_that_was_acknowledged(tmp_path):
    keeper, draft = new_home(tmp_path)
    chance = random.Random(20261102)
    for _round in range(20):
        child = start(SAVER, tmp_path, keeper.records["desk-key"], draft.id, stdout=subprocess.PIPE)
        child.stdout.readline()
        time.sleep(chance.uniform(0, 0.08))
        os.kill(child.pid, signal.SIGKILL)
        acknowledged = [int(line) for line in child.stdout.read().splitlines() if line]
        child.stdout.close()
        child.wait(10)
        last = max(acknowledged, default=0)
        with desk_in(tmp_path, keeper) as desk:
            answers = desk.drafts.get(draft.id).answers
        # Keys are used in turn; the oldest of the 40 may already hold the answer that was being written when the process died.
        for number in range(max(0, last - 38), last + 1):
            assert answers[f"key{number % 40}"] == str(number)


def test_processes_that_answer_one_draft_at_the_same_time_lose_nothing(tmp_path):
    keeper, draft = new_home(tmp_path)
    running = [start(COUNTER, tmp_path, keeper.records["desk-key"], draft.id, name) for name in "abc"]
    assert [child.wait(60) for child in running] == [0, 0, 0]
    with desk_in(tmp_path, keeper) as desk:
        assert set(desk.drafts.get(draft.id).answers) == {f"{name}{number}" for name in "abc" for number in range(25)}


def test_processes_that_open_a_new_desk_at_the_same_time_agree_on_one_key(tmp_path):
    kept = tmp_path / "kept-key"
    running = [start(OPENER, tmp_path / "home", kept) for _child in range(4)]
    assert [child.wait(60) for child in running] == [0] * 4
    keeper = Keeper()
    keeper.records["desk-key"] = kept.read_text()
    with desk_in(tmp_path / "home", keeper) as desk:
        assert len(desk.drafts.list()) == 4


def test_a_desk_that_another_process_holds_is_told_after_the_wait(tmp_path):
    keeper, draft = new_home(tmp_path)
    with desk_in(tmp_path, keeper, wait=0.05) as desk:
        holder = sqlite3.connect(paths_in(tmp_path).data / "desk.db", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        assert code_of(lambda: desk.drafts.save_answer(draft.id, "a", "b", NOW)) == "DK-LOCKED"
        assert desk.drafts.get(draft.id) == draft
        holder.execute("ROLLBACK")
        holder.close()
        desk.drafts.save_answer(draft.id, "a", "b", NOW)


def test_a_full_database_is_told_and_what_was_saved_stays(tmp_path, monkeypatch):
    keeper, draft = new_home(tmp_path)
    opened = []
    prepare = Database._prepare
    monkeypatch.setattr(Database, "_prepare", lambda self: (prepare(self), opened.append(self._connection))[0])
    with desk_in(tmp_path, keeper) as desk:
        desk.drafts.save_answer(draft.id, "small", "x", NOW)
        pages = opened[0].execute("PRAGMA page_count").fetchone()[0]
        opened[0].execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError) as caught:
            desk.drafts.save_answer(draft.id, "large", random.Random(1).randbytes(50_000).hex(), NOW)
        told = caught.value.problems[0]
        assert (told.code, "câu trả lời vừa nhập" in told.message) == ("DK-DISK-FULL", True)
        assert desk.drafts.get(draft.id).answers == {"small": "x"}


FULL = (
    HEAD
    + """
import resource
from dvc_cli.errors import StoreError
with desk_in(home, keeper) as desk:
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    try:
        desk.drafts.attach(sys.argv[3], 1, "a", "a.pdf", b"%PDF-" + b"x" * 400_000, NOW)
    except StoreError as error:
        print(error.problems[0].code)
    desk.drafts.save_answer(sys.argv[3], "after", "x", NOW)
"""
)


def test_an_attachment_that_does_not_fit_is_told_and_leaves_nothing(tmp_path):
    keeper, draft = new_home(tmp_path)
    child = start(FULL, tmp_path, keeper.records["desk-key"], draft.id, stdout=subprocess.PIPE)
    assert child.communicate(timeout=60)[0].strip() == "DK-DISK-FULL"
    with desk_in(tmp_path, keeper) as desk:
        found = desk.drafts.get(draft.id)
    assert (found.answers, found.attachments) == ({"after": "x"}, ())
    assert list((paths_in(tmp_path).data / "blobs").iterdir()) == []


READ_ONLY = (
    HEAD
    + """
import os
import nacl.bindings, sqlite3, json, dvc_cli.desk, dvc_cli.data
from dvc_cli.errors import StoreError, problem
problem("DK-LOCKED")
from dvc_cli.disk.database import _steps
_steps("dvc_cli.desk.migrations")
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    desk_in(home, keeper)
except StoreError as error:
    print(error.problems[0].code, error.problems[0].message, error.problems[0].hint)
"""
)


@pytest.mark.parametrize("mode", [0o555, 0o000])
def test_a_folder_that_cannot_be_written_is_named(mode):
    with tempfile.TemporaryDirectory() as home:  # the test's own folder may be closed to other users
        Path(home).chmod(0o755)
        data = Path(home) / "data"
        data.mkdir()
        data.chmod(mode)
        child = start(READ_ONLY, home, "x", stdout=subprocess.PIPE)
        told = child.communicate(timeout=60)[0]
        data.chmod(0o755)
        assert told.startswith("DK-LOCKED ")
        assert str(data) in told
        assert "DVC_HOME" in told
        assert "nơi khác" not in told
        assert list(data.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path):
    (tmp_path / "data").write_text("a file")
    with pytest.raises(StoreError) as caught:
        desk_in(tmp_path, Keeper())
    assert caught.value.problems[0].code == "DK-LOCKED"
    assert str(tmp_path / "data") in caught.value.problems[0].message


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SQLITE_BUSY_SNAPSHOT", "DK-LOCKED"),
        ("SQLITE_LOCKED", "DK-LOCKED"),
        ("SQLITE_READONLY_DIRECTORY", "DK-LOCKED"),
        ("SQLITE_CANTOPEN", "DK-LOCKED"),
        ("SQLITE_FULL", "DK-DISK-FULL"),
        ("SQLITE_IOERR_WRITE", "DK-DISK-FULL"),
        ("SQLITE_IOERR_SHMSIZE", "DK-DISK-FULL"),
        ("SQLITE_CORRUPT_INDEX", "DK-STORE-CORRUPT"),
        ("SQLITE_NOTADB", "DK-STORE-CORRUPT"),
    ],
)
def test_what_sqlite_reports_is_told_as_what_it_means(tmp_path, name, code):
    assert store_error(name, tmp_path / "desk.db").problems[0].code == code


def test_a_mistake_of_our_own_is_not_told_as_a_fault_of_the_machine(tmp_path):
    assert store_error("SQLITE_MISUSE", tmp_path / "desk.db") is None
