"""A desk that can never be worked with is renamed with the date, never overwritten, and a new one takes its place."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from desk.desks import NOW, Keeper, desk_in, paths_in
from dvc_cli.desk import Unusable
from dvc_cli.desk.keys import LostKeyError
from dvc_cli.desk.setting_aside import identity, set_aside
from dvc_cli.disk.files import UnusableError, write_file
from dvc_cli.errors import StoreError


def database(home):
    return paths_in(home).data / "desk.db"


class Told(list):
    """Remembers what it was told."""

    def __call__(self, error, moved):
        self.append((type(error), moved.name))


def opened(home, keeper, told):
    return desk_in(home, keeper, unusable=Unusable(NOW, told))


def filled(home, keeper):
    with desk_in(home, keeper) as desk:
        draft = desk.drafts.create("khai-sinh", "1", "sandbox", NOW)
        desk.drafts.attach(draft.id, 1, "a", "a.pdf", b"%PDF-1.7", NOW)
    return draft


@pytest.mark.parametrize("content", [b"notes of somebody\n" * 500, b"SQLite format 3\x00" + b"\xff" * 8000], ids=["foreign", "damaged"])
def test_a_foreign_or_damaged_file_is_kept_whole_under_another_name(tmp_path, keeper, content):
    write_file(database(tmp_path), content)
    told = Told()
    with opened(tmp_path, keeper, told) as desk:
        desk.drafts.create("khai-sinh", "1", "sandbox", NOW)
    assert told == [(UnusableError, "desk-20261102-093000.db")]
    assert database(tmp_path).with_name("desk-20261102-093000.db").read_bytes() == content
    with opened(tmp_path, keeper, told) as desk:
        assert len(desk.drafts.list()) == 1
    assert len(told) == 1


def test_a_lost_key_sets_the_desk_aside_and_the_key_brings_it_back(tmp_path, keeper):
    draft = filled(tmp_path, keeper)
    told, other = Told(), Keeper()
    with opened(tmp_path, other, told) as desk:
        assert desk.drafts.list() == ()
    assert told == [(LostKeyError, "desk-20261102-093000.db")]
    folder = database(tmp_path).parent
    for name in ("desk.db", "desk.db-wal", "desk.db-shm"):
        (folder / name).unlink(missing_ok=True)
    (folder / "desk-20261102-093000.db").rename(folder / "desk.db")
    (folder / "blobs-20261102-093000").rename(folder / "blobs")
    with desk_in(tmp_path, keeper) as desk:
        kept = desk.drafts.get(draft.id)
        assert desk.drafts.read_blob(kept.attachments[0].sha256) == b"%PDF-1.7"


def test_a_key_in_another_kind_of_token_store_is_not_lost(tmp_path, keeper):
    filled(tmp_path, keeper)
    told = Told()
    with pytest.raises(StoreError) as caught:
        opened(tmp_path, Keeper("file"), told)
    assert "keyring" in caught.value.problems[0].hint
    assert (told, database(tmp_path).exists()) == ([], True)


def test_a_file_of_a_newer_version_is_not_set_aside(tmp_path, keeper):
    filled(tmp_path, keeper)
    with closing(sqlite3.connect(database(tmp_path), isolation_level=None)) as connection:
        connection.execute("INSERT INTO migrations (number) VALUES (99)")
    told = Told()
    with pytest.raises(StoreError):
        opened(tmp_path, keeper, told)
    assert told == []


def test_damage_inside_that_a_command_met_is_found_by_the_next_one(tmp_path, keeper):
    with desk_in(tmp_path, keeper) as desk:
        draft = desk.drafts.create("khai-sinh", "1", "sandbox", NOW)
        for number in range(50):
            desk.drafts.save_answer(draft.id, f"k{number}", "ă" * 200, NOW)
    content = database(tmp_path).read_bytes()
    damaged = content[:4096] + b"\xa5" * (len(content) - 4096)
    database(tmp_path).write_bytes(damaged)
    told = Told()
    with pytest.raises(StoreError), desk_in(tmp_path, keeper) as desk:
        desk.drafts.list()
    with opened(tmp_path, keeper, told) as desk:
        assert desk.drafts.list() == ()
    assert [name for _kind, name in told] == ["desk-20261102-093000.db"]
    assert database(tmp_path).with_name("desk-20261102-093000.db").read_bytes() == damaged


def test_a_suspicion_that_is_not_borne_out_goes(tmp_path, keeper):
    draft = filled(tmp_path, keeper)
    suspect = database(tmp_path).with_name("desk.db.suspect")
    suspect.touch()
    with opened(tmp_path, keeper, Told()) as desk:
        assert desk.drafts.get(draft.id).id == draft.id
    assert not suspect.exists()


def test_who_comes_second_leaves_the_new_desk_where_it_is(tmp_path, keeper):
    write_file(database(tmp_path), b"notes\n" * 500)
    seen = identity(database(tmp_path))
    opened(tmp_path, keeper, Told()).close()
    filled(tmp_path, keeper)
    assert set_aside(database(tmp_path), paths_in(tmp_path).data / "blobs", seen, NOW) is None
    assert set_aside(database(tmp_path), paths_in(tmp_path).data / "blobs", 0, NOW) is None
    with desk_in(tmp_path, keeper) as desk:
        assert len(desk.drafts.list()) == 1


def test_two_that_are_set_aside_in_one_second_have_two_names(tmp_path, keeper):
    told = Told()
    for content in (b"one\n" * 500, b"two\n" * 500):
        for name in ("desk.db", "desk.db-wal", "desk.db-shm"):
            database(tmp_path).with_name(name).unlink(missing_ok=True)
        write_file(database(tmp_path), content)
        opened(tmp_path, keeper, told).close()
    assert [name for _kind, name in told] == ["desk-20261102-093000.db", "desk-20261102-093000-2.db"]
    assert database(tmp_path).with_name("desk-20261102-093000.db").read_bytes() == b"one\n" * 500


def test_whoever_is_told_may_stop_and_the_next_opens_the_new_desk(tmp_path, keeper):
    write_file(database(tmp_path), b"notes\n" * 500)

    def stop(_error, _moved):
        raise StoreError

    with pytest.raises(StoreError):
        opened(tmp_path, keeper, stop)
    desk_in(tmp_path, keeper).close()


def test_memory_sets_nothing_aside(tmp_path, keeper):
    write_file(database(tmp_path), b"notes\n" * 500)
    with desk_in(tmp_path, keeper, memory=True, unusable=Unusable(NOW, Told())) as desk:
        assert desk.memory
    assert database(tmp_path).read_bytes() == b"notes\n" * 500
