"""The audit notices what was changed, removed, moved or cut off, as far as the head in the token store reaches."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from desk.desks import NOW, desk_in, paths_in
from dvc_cli.desk.audit import Entry
from dvc_cli.errors import StoreError


def sql(home, *statements):
    with closing(sqlite3.connect(paths_in(home).data / "desk.db", isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def entry(act="draft_create", **facts):
    return Entry(NOW, act, "user", "Lê Văn Trực", "Cái Khế", "sandbox", "000*******45", **facts)


def written(home, keeper, count=5, *, seal=True):
    with desk_in(home, keeper) as desk:
        for number in range(count):
            desk.audit.append(entry(ref=f"d{number}"))
        if seal:
            desk.audit.seal()


def verdict(home, keeper):
    with desk_in(home, keeper) as desk:
        found = desk.audit.verify()
    return found.entries, found.sealed, [(each.kind, each.sequence) for each in found.findings]


def test_entries_come_back_newest_first_numbered_without_a_gap(desk):
    desk.audit.append(entry("file", ref="A", detail="khai-sinh"))
    desk.audit.append(entry("print"))
    assert [(each.sequence, each.act) for each in desk.audit.list()] == [(2, "print"), (1, "file")]
    assert desk.audit.list(limit=1)[0].staff == "Lê Văn Trực"
    assert desk.audit.last_instant() == NOW
    desk.audit.seal()
    assert desk.audit.verify().findings == ()


def test_a_whole_chain_is_whole_in_a_later_process_and_with_two_that_write_in_turn(tmp_path, keeper):
    written(tmp_path, keeper)
    with desk_in(tmp_path, keeper) as one, desk_in(tmp_path, keeper) as two:
        for desk in (one, two, one):
            desk.audit.append(entry())
        two.audit.seal()
        one.audit.seal()
    assert verdict(tmp_path, keeper) == (8, 8, [])


def test_an_empty_audit_is_whole(tmp_path, keeper):
    assert verdict(tmp_path, keeper) == (0, 0, [])


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("UPDATE audit SET box = substr(box, 1, length(box) - 1) WHERE sequence = 3", [("changed", 3)]),
        ("UPDATE audit SET mac = zeroblob(32) WHERE sequence = 3", [("changed", 3), ("changed", 4)]),
        ("UPDATE audit SET box = 'x' WHERE sequence = 3", [("changed", 3)]),
        ("DELETE FROM audit WHERE sequence = 3", [("removed", 3)]),
        ("DELETE FROM audit WHERE sequence <= 2", [("removed", 1)]),
        ("DELETE FROM audit WHERE sequence >= 4", [("cut_off", 4)]),
        ("DELETE FROM audit", [("cut_off", 1)]),
    ],
)
def test_what_was_done_to_it_is_found(tmp_path, keeper, change, expected):
    written(tmp_path, keeper)
    sql(tmp_path, change)
    assert verdict(tmp_path, keeper)[2] == expected


def test_entries_that_changed_places_are_found(tmp_path, keeper):
    written(tmp_path, keeper)
    sql(
        tmp_path,
        "UPDATE audit SET sequence = 99 WHERE sequence = 2",
        "UPDATE audit SET sequence = 2 WHERE sequence = 3",
        "UPDATE audit SET sequence = 3 WHERE sequence = 99",
    )
    assert ("reordered", 2) in verdict(tmp_path, keeper)[2]


def test_a_tail_that_was_cut_and_grown_again_is_found(tmp_path, keeper):
    written(tmp_path, keeper)
    sql(tmp_path, "DELETE FROM audit WHERE sequence >= 4")
    with desk_in(tmp_path, keeper) as desk:
        desk.audit.append(entry("purge"))
        desk.audit.append(entry("purge"))
        desk.audit.seal()
    assert verdict(tmp_path, keeper)[2] == [("changed", 5)]


def test_what_a_process_that_died_did_not_seal_is_whole_and_sealed_with_the_next(tmp_path, keeper):
    written(tmp_path, keeper, seal=False)
    assert verdict(tmp_path, keeper) == (5, 0, [])
    written(tmp_path, keeper, 1)
    assert verdict(tmp_path, keeper) == (6, 6, [])


def test_sealing_nothing_asks_the_token_store_nothing(tmp_path, keeper):
    with desk_in(tmp_path, keeper) as desk:
        before = dict(keeper.records)
        desk.audit.seal()
    assert keeper.records == before


def test_two_desks_of_one_token_store_have_a_head_each(tmp_path, keeper):
    written(tmp_path / "one", keeper, 5)
    written(tmp_path / "two", keeper, 2)
    assert (verdict(tmp_path / "one", keeper), verdict(tmp_path / "two", keeper)) == ((5, 5, []), (2, 2, []))


def test_a_damaged_entry_is_told_when_it_is_read(tmp_path, keeper):
    written(tmp_path, keeper)
    sql(tmp_path, "UPDATE audit SET box = x'00' WHERE sequence = 5")
    with desk_in(tmp_path, keeper) as desk, pytest.raises(StoreError) as caught:
        desk.audit.list()
    assert caught.value.problems[0].code == "DK-STORE-CORRUPT"
