"""Another key for the whole desk: nothing is lost, the old key opens nothing, and a crash at any point leaves a key that fits."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from desk.desks import NOW, Keeper, desk_in, paths_in, receipt
from dvc_cli.desk import Unsent
from dvc_cli.desk.audit import Entry
from dvc_cli.disk.boxes import BrokenBoxError, unseal
from dvc_cli.errors import StoreError

PDF = b"%PDF-1.7 x"


class CrashError(Exception):
    """The process ends here."""


class Crashing(Keeper):
    """Ends the process at the first `put` or `delete` of a record."""

    def __init__(self, records, at):
        super().__init__()
        self.records, self.at = records, at

    def put(self, record, value):
        if self.at == ("put", record):
            raise CrashError
        super().put(record, value)

    def delete(self, record):
        if self.at == ("delete", record):
            raise CrashError
        super().delete(record)


def fill(home, keeper):
    with desk_in(home, keeper) as desk:
        draft = desk.drafts.create("khai-sinh", "1", "sandbox", NOW)
        desk.drafts.save_answer(draft.id, "child_surname", "Nguyễn", NOW)
        attached = desk.drafts.attach(draft.id, 1, "ct01", "ct01.pdf", PDF, NOW)
        desk.outbox.begin(Unsent(draft.id, "khai-sinh", "sandbox", "key", NOW, NOW), NOW)
        subject = desk.consents.subject("000190012345")
        desk.receipts.add(receipt("A-1", title="NGUYỄN AN", subject=subject))
        desk.consents.record(subject, "000*******45", "purpose", "A", NOW)
        desk.audit.append(Entry(NOW, "file", "user"))
        desk.audit.seal()
    return draft.id, attached.sha256


def everything(home, keeper, draft, sha256):
    """What the desk holds, by every way to find it."""
    with desk_in(home, keeper) as desk:
        subject = desk.consents.subject("000190012345")
        assert desk.consents.current(subject, "purpose")
        assert desk.audit.verify().findings == ()
        assert [each.code for each in desk.receipts.of_subject(subject)] == ["A-1"]
        assert [each.code for each in desk.receipts.search("nguyen", 5)] == ["A-1"]
        assert desk.drafts.read_blob(sha256) == PDF
        return desk.drafts.get(draft).answers, desk.outbox.list(), desk.receipts.get("A-1"), desk.audit.list()


def test_everything_is_there_under_the_new_key_and_the_old_one_opens_nothing(tmp_path, keeper):
    draft, sha256 = fill(tmp_path, keeper)
    before, old = everything(tmp_path, keeper, draft, sha256), dict(keeper.records)
    with desk_in(tmp_path, keeper) as desk:
        assert desk.rotate_key() == 7
    assert keeper.records["desk-key"] != old["desk-key"]
    assert "desk-key-next" not in keeper.records
    assert everything(tmp_path, keeper, draft, sha256) == before
    keeper.records["desk-key"] = old["desk-key"]
    with pytest.raises(StoreError):
        desk_in(tmp_path, keeper)
    assert len(list((paths_in(tmp_path).data / "blobs").iterdir())) == 1


def test_it_can_be_done_again_and_again(tmp_path, keeper):
    draft, sha256 = fill(tmp_path, keeper)
    before = everything(tmp_path, keeper, draft, sha256)
    for _time in range(3):
        with desk_in(tmp_path, keeper) as desk:
            desk.rotate_key()
    assert everything(tmp_path, keeper, draft, sha256) == before
    with closing(sqlite3.connect(paths_in(tmp_path).data / "desk.db")) as connection:
        assert connection.execute("SELECT number FROM keys").fetchall() == [(4,)]


@pytest.mark.parametrize("at", [("put", "desk-key-next"), ("put", "desk-key"), ("delete", "desk-key-next")])
def test_a_process_that_ends_meanwhile_leaves_a_key_that_fits(tmp_path, keeper, at):
    draft, sha256 = fill(tmp_path, keeper)
    before = everything(tmp_path, keeper, draft, sha256)
    with desk_in(tmp_path, Crashing(keeper.records, at)) as desk, pytest.raises(CrashError):
        desk.rotate_key()
    assert everything(tmp_path, keeper, draft, sha256) == before
    with desk_in(tmp_path, keeper) as desk:
        desk.rotate_key()
    assert everything(tmp_path, keeper, draft, sha256) == before
    assert "desk-key-next" not in keeper.records


def test_another_terminal_writes_nothing_under_the_old_key(tmp_path, keeper):
    draft, _sha256 = fill(tmp_path, keeper)
    with desk_in(tmp_path, keeper) as other:
        with desk_in(tmp_path, keeper) as desk:
            desk.rotate_key()
        with pytest.raises(StoreError) as caught:
            other.drafts.save_answer(draft, "a", "b", NOW)
        assert caught.value.problems[0].code == "DK-LOCKED"
        with pytest.raises(StoreError):
            other.audit.append(Entry(NOW, "file", "user"))
        keeper.records["desk-key-next"] = "the only copy of a key"
        with pytest.raises(StoreError):
            other.rotate_key()
        assert keeper.records.pop("desk-key-next") == "the only copy of a key"
    with desk_in(tmp_path, keeper) as desk:
        assert desk.audit.verify().findings == ()


def test_a_damaged_record_stays_and_does_not_hold_the_others_up(tmp_path, keeper):
    draft, _sha256 = fill(tmp_path, keeper)
    with closing(sqlite3.connect(paths_in(tmp_path).data / "desk.db", isolation_level=None)) as connection:
        connection.execute("UPDATE records SET box = x'00' WHERE kind = 'consent'")
    with desk_in(tmp_path, keeper) as desk:
        desk.rotate_key()
    with desk_in(tmp_path, keeper) as desk:
        assert desk.drafts.get(draft).answers == {"child_surname": "Nguyễn"}


def test_a_desk_in_memory_has_its_key_replaced_too(keeper):
    with desk_in("/nowhere", keeper, memory=True) as desk:
        desk.receipts.add(receipt("A"))
        assert desk.rotate_key() > 0


def test_no_page_of_the_file_still_opens_with_the_old_key(tmp_path, keeper):
    fill(tmp_path, keeper)
    path = paths_in(tmp_path).data / "desk.db"
    with closing(sqlite3.connect(path)) as connection:
        old = [bytes(row[0]) for row in connection.execute("SELECT box FROM records")]
    with desk_in(tmp_path, keeper) as desk:
        desk.rotate_key()
    content = b"".join(each.read_bytes() for each in path.parent.iterdir() if each.is_file())
    assert [box for box in old if box in content] == []
    with pytest.raises(BrokenBoxError):
        unseal(bytes(32), old[0], "x")
