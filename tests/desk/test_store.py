"""What the encrypted file promises: private, bound to its key, never overwritten when it cannot be read."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing

import pytest

from desk.desks import NOW, Keeper, desk_in, paths_in
from dvc_cli.desk.opening import LAYOUT
from dvc_cli.disk.database import Database
from dvc_cli.disk.files import write_file
from dvc_cli.errors import StoreError

PDF = b"%PDF-1.7 CANARYATTACHMENT"


def database(home):
    return paths_in(home).data / "desk.db"


def sql(home, *statements):
    connection = sqlite3.connect(database(home), isolation_level=None)
    try:
        return [connection.execute(statement).fetchall() for statement in statements]
    finally:
        connection.close()


def refusal(call):
    with pytest.raises(StoreError) as caught:
        call()
    return caught.value.problems[0]


def filled(home, keeper):
    with desk_in(home, keeper) as desk:
        draft = desk.drafts.create("khai-sinh", "1", "sandbox", NOW)
        return desk.drafts.save_answer(draft.id, "child_surname", "Nguyễn", NOW)


def test_a_later_process_opens_it_with_the_kept_key(tmp_path, keeper):
    draft = filled(tmp_path, keeper)
    with desk_in(tmp_path, keeper) as desk:
        assert desk.drafts.get(draft.id) == draft
        assert desk.memory is False


def test_everything_is_the_owners_alone_whatever_the_umask(tmp_path, keeper):
    old = os.umask(0)
    try:
        with desk_in(tmp_path / "home", keeper) as desk:
            draft = desk.drafts.create("khai-sinh", "1", "sandbox", NOW)
            desk.drafts.attach(draft.id, 1, "a", "a.pdf", PDF, NOW)
            found = {path: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "home").rglob("*")}
    finally:
        os.umask(old)
    assert {path.name for path in found} >= {"desk.db", "desk.db-wal", "blobs"}
    assert {path: mode for path, mode in found.items() if mode != (0o700 if path.is_dir() else 0o600)} == {}


def test_a_commit_is_on_the_disk_and_a_deleted_record_is_wiped(tmp_path):
    with closing(Database(tmp_path / "a.db", LAYOUT, wal=True)) as opened, opened.reading() as connection:
        found = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "secure_delete")]
    assert found == ["wal", 2, 1]


def test_a_file_that_was_open_to_others_is_closed_to_them(tmp_path, keeper):
    filled(tmp_path, keeper)
    database(tmp_path).chmod(0o644)
    database(tmp_path).parent.chmod(0o755)
    desk_in(tmp_path, keeper).close()
    assert stat.S_IMODE(database(tmp_path).stat().st_mode) == 0o600
    assert stat.S_IMODE(database(tmp_path).parent.stat().st_mode) == 0o700


def test_a_store_whose_key_is_lost_is_told_and_left_as_it_is(tmp_path, keeper):
    draft = filled(tmp_path, keeper)
    before = database(tmp_path).read_bytes()
    other = Keeper("file")
    told = refusal(lambda: desk_in(tmp_path, other))
    assert told.code == "DK-STORE-CORRUPT"
    assert "keyring" in told.hint
    assert database(tmp_path).read_bytes() == before
    assert other.records == {}
    with desk_in(tmp_path, keeper) as desk:
        assert desk.drafts.get(draft.id) == draft


def test_a_store_with_another_key_is_told_and_left_as_it_is(tmp_path, keeper):
    filled(tmp_path, keeper)
    other = Keeper()
    desk_in(tmp_path / "elsewhere", other).close()
    before = database(tmp_path).read_bytes()
    assert refusal(lambda: desk_in(tmp_path, other)).code == "DK-STORE-CORRUPT"
    assert database(tmp_path).read_bytes() == before


@pytest.mark.parametrize("kept", ["", "not base64!", "QUJD", "ăâ"])
def test_a_key_that_is_no_key_is_told_and_not_replaced(tmp_path, kept):
    keeper = Keeper()
    keeper.records["desk-key"] = kept
    assert refusal(lambda: desk_in(tmp_path, keeper)).code == "DK-STORE-CORRUPT"
    assert keeper.records == {"desk-key": kept}


def test_an_empty_store_takes_a_new_key_because_nothing_is_lost(tmp_path, keeper):
    desk_in(tmp_path, keeper).close()
    filled(tmp_path, Keeper("file"))


def test_a_desk_whose_key_was_replaced_meanwhile_writes_nothing_that_nobody_could_open(tmp_path, keeper):
    with desk_in(tmp_path, keeper) as desk:
        other = Keeper("file")
        draft = filled(tmp_path, other)
        assert refusal(lambda: desk.drafts.create("khai-sinh", "1", "sandbox", NOW)).code == "DK-LOCKED"
    with desk_in(tmp_path, other) as desk:
        assert desk.drafts.list() == (draft,)


def test_a_new_home_takes_the_key_that_the_token_store_already_has(tmp_path, keeper):
    filled(tmp_path / "one", keeper)
    key = keeper.records["desk-key"]
    filled(tmp_path / "two", keeper)
    assert keeper.records["desk-key"] == key


@pytest.mark.parametrize(
    "change", ["box = substr(box, 1, length(box) - 1)", "version = version + 1", "id = '00000000'", "box = 'x'", "box = x''"]
)
def test_a_record_that_was_touched_does_not_open(tmp_path, keeper, change):
    filled(tmp_path, keeper)
    sql(tmp_path, f"UPDATE records SET {change}")
    before = sql(tmp_path, "SELECT * FROM records")
    with desk_in(tmp_path, keeper) as desk:
        assert refusal(desk.drafts.list).code == "DK-STORE-CORRUPT"
    assert sql(tmp_path, "SELECT * FROM records") == before


def test_a_damaged_record_does_not_hide_the_others(tmp_path, keeper):
    broken, whole = filled(tmp_path, keeper), filled(tmp_path, keeper)
    sql(tmp_path, f"UPDATE records SET box = x'00' WHERE id = '{broken.id}'")
    with desk_in(tmp_path, keeper) as desk:
        assert desk.drafts.get(whole.id) == whole
        assert broken.id in refusal(lambda: desk.drafts.get(broken.id)).message


def test_a_damaged_or_foreign_file_is_told_and_left_as_it_is(tmp_path, keeper):
    for number, content in enumerate([b"notes of somebody\n" * 500, b"SQLite format 3\x00" + b"\xff" * 8000]):
        home = tmp_path / str(number)
        write_file(database(home), content)
        told = refusal(lambda home=home: desk_in(home, keeper))
        assert told.code == "DK-STORE-CORRUPT"
        assert str(database(home)) in told.message
        assert database(home).read_bytes() == content
    assert keeper.records == {}


def test_pages_damaged_inside_the_file_are_told(tmp_path, keeper):
    with desk_in(tmp_path, keeper) as desk:
        draft = desk.drafts.create("khai-sinh", "1", "sandbox", NOW)
        for number in range(50):
            desk.drafts.save_answer(draft.id, f"k{number}", "x" * 200, NOW)
    content = database(tmp_path).read_bytes()
    damaged = content[:4096] + b"\xa5" * (len(content) - 4096)
    database(tmp_path).write_bytes(damaged)

    def read():
        with desk_in(tmp_path, keeper) as desk:
            desk.drafts.list()

    assert refusal(read).code == "DK-STORE-CORRUPT"
    assert database(tmp_path).read_bytes() == damaged


def test_the_database_of_another_program_is_left_as_it_is(tmp_path, keeper):
    database(tmp_path).parent.mkdir(parents=True)
    sql(tmp_path, "CREATE TABLE bookmarks (url TEXT)", "INSERT INTO bookmarks VALUES ('x')")
    before = database(tmp_path).read_bytes()
    assert refusal(lambda: desk_in(tmp_path, keeper)).code == "DK-STORE-CORRUPT"
    assert database(tmp_path).read_bytes() == before
    assert [path.name for path in database(tmp_path).parent.iterdir()] == ["desk.db"]


def test_a_store_of_a_newer_version_is_told_and_left_as_it_is(tmp_path, keeper):
    filled(tmp_path, keeper)
    sql(tmp_path, "INSERT INTO migrations (number) VALUES (99)", "PRAGMA wal_checkpoint(TRUNCATE)")
    before = database(tmp_path).read_bytes()
    told = refusal(lambda: desk_in(tmp_path, keeper))
    assert told.code == "DK-STORE-CORRUPT"
    assert "99" in told.message
    assert database(tmp_path).read_bytes() == before


def test_memory_leaves_an_existing_file_alone(tmp_path, keeper):
    filled(tmp_path, keeper)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with desk_in(tmp_path, Keeper("memory")) as desk:
        draft = desk.drafts.create("khai-sinh", "1", "sandbox", NOW)
        desk.drafts.attach(draft.id, 1, "a", "a.pdf", PDF, NOW)
        assert desk.memory is True
        assert [item.id for item in desk.drafts.list()] == [draft.id]
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_damaged_attachment_is_told_and_attaching_it_again_mends_it(tmp_path, keeper):
    with desk_in(tmp_path, keeper) as desk:
        draft = desk.drafts.create("khai-sinh", "1", "sandbox", NOW)
        attached = desk.drafts.attach(draft.id, 1, "a", "a.pdf", PDF, NOW)
        [blob] = (paths_in(tmp_path).data / "blobs").iterdir()
        blob.write_bytes(blob.read_bytes()[:-1])
        assert refusal(lambda: desk.drafts.read_blob(attached.sha256)).code == "DK-STORE-CORRUPT"
        desk.drafts.attach(draft.id, 1, "a", "a.pdf", PDF, NOW)
        assert desk.drafts.read_blob(attached.sha256) == PDF


def test_what_an_interrupted_write_left_goes_with_the_next_deletion(tmp_path, keeper):
    with desk_in(tmp_path, keeper) as desk:
        kept, gone = (desk.drafts.create("khai-sinh", "1", "sandbox", NOW) for _draft in range(2))
        attached = desk.drafts.attach(kept.id, 1, "a", "a.pdf", PDF, NOW)
        blobs = paths_in(tmp_path).data / "blobs"
        (blobs / ".abc.tmp").write_bytes(b"half")
        desk.drafts.delete(gone.id)
        assert len(list(blobs.iterdir())) == 1
        assert desk.drafts.read_blob(attached.sha256) == PDF


def test_opening_twice_and_closing_twice_is_allowed(tmp_path, keeper):
    with desk_in(tmp_path, keeper) as one, desk_in(tmp_path, keeper) as two:
        draft = one.drafts.create("khai-sinh", "1", "sandbox", NOW)
        assert two.drafts.get(draft.id) == draft
    one.close()
