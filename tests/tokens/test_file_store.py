from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys

import pytest

from dvc_cli.disk.database import Database
from dvc_cli.disk.files import UnusableError
from dvc_cli.errors import DvcError, SessionError, StoreError, UsageError
from dvc_cli.paths import find_paths
from dvc_cli.tokens import file_store_path, open_store

PHRASE = "mật khẩu kho 1"


class Asked:
    """A passphrase prompt that counts how often it was shown."""

    def __init__(self, answer=PHRASE):
        self.answer, self.times = answer, 0

    def __call__(self):
        self.times += 1
        return self.answer


def file_store(home, ask=None):
    return open_store("file", find_paths({"DVC_HOME": str(home)}), ask or Asked())


def code_of(call):
    with pytest.raises(DvcError) as caught:
        call()
    return type(caught.value), caught.value.problems[0].code


def test_a_later_process_reads_what_was_put(tmp_path):
    file_store(tmp_path).put("session-1", "thẻ phiên")
    later = file_store(tmp_path)
    assert later.get("session-1") == "thẻ phiên"
    assert later.get("session-2") is None
    assert later.records() == ("session-1",)
    assert later.name == "file"


def test_a_deleted_record_is_gone_and_deleting_it_again_is_nothing(tmp_path):
    store = file_store(tmp_path)
    store.put("a", "1")
    store.put("b", "2")
    store.delete("a")
    store.delete("a")
    assert (store.get("a"), store.records()) == (None, ("b",))


def test_the_probe_leaves_nothing(tmp_path):
    store = file_store(tmp_path)
    store.probe()
    assert store.records() == ()


def test_the_passphrase_is_asked_once_and_the_key_derived_once(tmp_path, monkeypatch):
    from nacl.pwhash import argon2id

    derived = []
    kdf = argon2id.kdf
    monkeypatch.setattr(argon2id, "kdf", lambda *args, **kwargs: derived.append(1) or kdf(*args, **kwargs))
    ask = Asked()
    store = file_store(tmp_path, ask)
    assert ask.times == 0
    store.probe()
    store.put("a", "1")
    store.get("a")
    assert (ask.times, len(derived)) == (1, 1)


def test_a_wrong_passphrase_is_locked_and_not_asked_again(tmp_path):
    file_store(tmp_path).put("a", "1")
    before = file_store_path(find_paths({"DVC_HOME": str(tmp_path)})).read_bytes()
    ask = Asked("sai")
    store = file_store(tmp_path, ask)
    assert code_of(lambda: store.get("a")) == (SessionError, "TK-STORE-LOCKED")
    assert code_of(lambda: store.put("a", "2")) == (SessionError, "TK-STORE-LOCKED")
    assert ask.times == 1
    assert file_store_path(find_paths({"DVC_HOME": str(tmp_path)})).read_bytes() == before
    assert file_store(tmp_path).get("a") == "1"


def test_a_passphrase_typed_decomposed_is_the_same(tmp_path):
    import unicodedata

    file_store(tmp_path, Asked(unicodedata.normalize("NFC", PHRASE))).put("a", "1")
    assert file_store(tmp_path, Asked(unicodedata.normalize("NFD", PHRASE))).get("a") == "1"


def test_an_empty_passphrase_protects_nothing_and_is_refused(tmp_path):
    assert code_of(lambda: file_store(tmp_path, Asked("")).put("a", "1")) == (SessionError, "TK-STORE-LOCKED")
    assert not file_store_path(find_paths({"DVC_HOME": str(tmp_path)})).exists()


def test_without_a_passphrase_and_without_asking_there_is_no_store(tmp_path):
    store = open_store("file", find_paths({"DVC_HOME": str(tmp_path)}), None)
    with pytest.raises(UsageError) as caught:
        store.probe()
    assert (caught.value.problems[0].code, caught.value.exit_code) == ("TK-STORE-MISSING", 2)
    assert "DVC_PASSPHRASE" in caught.value.problems[0].hint


def test_stopping_at_the_passphrase_leaves_no_file(tmp_path):
    def stop():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        file_store(tmp_path, stop).probe()
    assert list(tmp_path.iterdir()) == []


def test_neither_record_names_nor_values_stand_in_the_file(tmp_path):
    file_store(tmp_path).put("ticket-NAMEDRECORD", "VALUEINCLEAR")
    content = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for secret in ("NAMEDRECORD", "VALUEINCLEAR", PHRASE):
        for encoding in ("utf-8", "utf-16-le"):
            assert secret.encode(encoding).lower() not in content.lower()


def test_the_file_is_its_owners_alone(tmp_path):
    old = os.umask(0)
    try:
        file_store(tmp_path / "home").put("a", "1")
    finally:
        os.umask(old)
    for path in (tmp_path / "home").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_a_damaged_file_is_told_and_left_as_it_is(tmp_path):
    path = file_store_path(find_paths({"DVC_HOME": str(tmp_path)}))
    path.parent.mkdir(parents=True)
    path.write_bytes(b"this is not a database, but somebody's notes" * 50)
    before = path.read_bytes()
    assert code_of(file_store(tmp_path).probe) == (UnusableError, "DK-STORE-CORRUPT")
    assert path.read_bytes() == before


def test_a_box_moved_to_another_record_does_not_open(tmp_path):
    store = file_store(tmp_path)
    store.put("a", "1")
    store.put("b", "2")
    with sqlite3.connect(file_store_path(find_paths({"DVC_HOME": str(tmp_path)}))) as connection:
        boxes = connection.execute("SELECT id, box FROM tokens").fetchall()
        connection.execute("UPDATE tokens SET box = ? WHERE id = ?", (boxes[0][1], boxes[1][0]))
    connection.close()
    found = []
    for record in ("a", "b"):
        try:
            found.append(file_store(tmp_path).get(record))
        except StoreError as error:
            found.append(error.problems[0].code)
    assert sorted(found) in (["1", "DK-STORE-CORRUPT"], ["2", "DK-STORE-CORRUPT"])


@pytest.mark.parametrize("change", ["memory = 1 << 40", "operations = 1000000", "salt = x'00'", "memory = 'much'"])
def test_a_header_that_asks_for_too_much_is_not_obeyed(tmp_path, change):
    file_store(tmp_path).put("a", "1")
    with sqlite3.connect(file_store_path(find_paths({"DVC_HOME": str(tmp_path)}))) as connection:
        connection.execute(f"UPDATE header SET {change}")
    connection.close()
    assert code_of(lambda: file_store(tmp_path).get("a")) == (StoreError, "DK-STORE-CORRUPT")


def test_a_held_file_is_told_and_not_waited_for_forever(tmp_path, monkeypatch):
    store = file_store(tmp_path)
    store.put("a", "1")
    from dvc_cli.tokens import file_store as module

    monkeypatch.setattr(module, "Database", lambda path, layout: Database(path, layout, wait=0.05))
    holder = sqlite3.connect(file_store_path(find_paths({"DVC_HOME": str(tmp_path)})), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    assert code_of(lambda: store.put("a", "2")) == (StoreError, "DK-LOCKED")
    holder.execute("ROLLBACK")
    holder.close()
    assert store.get("a") == "1"


PUTTER = """
import sys
from dvc_cli.paths import find_paths
from dvc_cli.tokens import open_store
store = open_store("file", find_paths({"DVC_HOME": sys.argv[1]}), lambda: "chung")
for number in range(20):
    store.put(f"{sys.argv[2]}-{number}", "x" * number)
"""


def test_processes_that_put_at_the_same_time_lose_nothing(tmp_path):
    running = [subprocess.Popen([sys.executable, "-c", PUTTER, str(tmp_path), name]) for name in ("a", "b", "c")]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    store = file_store(tmp_path, Asked("chung"))
    assert set(store.records()) == {f"{name}-{number}" for name in "abc" for number in range(20)}
    assert store.get("c-19") == "x" * 19
