"""Search without diacritics over packed, encrypted lines."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.desks import NOW, Keeper, desk_in, paths_in, receipt
from dvc_cli.desk.pages import PAGE_BYTES
from dvc_cli.desk.receipt import reduce_receipt
from dvc_cli.errors import StoreError
from dvc_cli.text import fold_search

PEOPLE = {"A-1": "NGUYỄN THỊ HÒA", "A-2": "Trần Văn Đức", "B-3": "LÊ THỊ NGUYÊN", "B-4": "H'Yên Niê"}


@pytest.fixture
def filled(desk):
    desk.receipts.add(*(receipt(code, title=title) for code, title in PEOPLE.items()))
    return desk


def found(desk, text, limit=50):
    return [each.code for each in desk.receipts.search(text, limit)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("hoa", ["A-1"]),
        ("hoà", ["A-1"]),
        ("NGUYEN", ["B-3", "A-1"]),
        ("thi nguyen", ["B-3", "A-1"]),
        ("duc tran", ["A-2"]),
        ("h’yen", ["B-4"]),
        ("a-", ["A-2", "A-1"]),
        ("a-1 hoa", ["A-1"]),
        ("nguyen duc", []),
        ("xyz", []),
        ("", []),
        ("  ", []),
        ("\t\n", []),
        ("\udcff", []),
    ],
)
def test_words_are_found_in_name_and_code_whatever_their_marks_and_order(filled, text, codes):
    assert found(filled, text) == codes


def test_the_newest_come_first_and_the_limit_holds(filled):
    assert found(filled, "nguyen", 1) == ["B-3"]


def test_a_receipt_that_comes_again_is_found_once(filled):
    filled.receipts.add(receipt("A-1", title=PEOPLE["A-1"], status="da_xu_ly_xong"))
    assert found(filled, "hoa") == ["A-1"]


def test_what_was_reduced_or_deleted_is_found_by_name_no_more(filled):
    filled.receipts.change("A-1", reduce_receipt)
    filled.receipts.delete("a-2")
    assert (found(filled, "hoa"), found(filled, "a-"), found(filled, "duc")) == ([], ["A-1"], [])


def test_two_of_one_code_added_together_are_one(desk):
    desk.receipts.add(receipt("A", title="NGUYỄN AN"), receipt("A", title="NGUYỄN BÌNH"))
    assert (found(desk, "binh"), found(desk, "nguyen an"), len(desk.receipts.list())) == (["A"], [], 1)


def test_many_lines_go_over_several_pages_and_each_is_found(tmp_path, keeper):
    count = PAGE_BYTES // 20
    with desk_in(tmp_path, keeper) as desk:
        desk.receipts.add(*(receipt(f"C-{number:05d}", title=f"NGUYỄN VĂN SỐ {number}") for number in range(count)))
        desk.receipts.add(receipt("LAST", title="NGUYỄN VĂN CUỐI"))
    with closing(sqlite3.connect(paths_in(tmp_path).data / "desk.db")) as connection:
        pages = connection.execute("SELECT count(*), max(length(box)) FROM pages").fetchone()
    assert pages[0] > 1
    assert pages[1] < PAGE_BYTES + 1000
    with desk_in(tmp_path, keeper) as desk:
        assert found(desk, "c-00000") == ["C-00000"]
        assert found(desk, f"so {count - 1}") == [f"C-{count - 1:05d}"]
        assert found(desk, "nguyen", 2) == ["LAST", f"C-{count - 1:05d}"]


def test_a_damaged_page_is_told(tmp_path, keeper):
    with desk_in(tmp_path, keeper) as desk:
        desk.receipts.add(receipt("A"))
    with closing(sqlite3.connect(paths_in(tmp_path).data / "desk.db", isolation_level=None)) as connection:
        connection.execute("UPDATE pages SET box = x'00'")
    with desk_in(tmp_path, keeper) as desk, pytest.raises(StoreError) as caught:
        found(desk, "a")
    assert caught.value.problems[0].code == "DK-STORE-CORRUPT"


@given(st.lists(st.text(alphabet="anguyễđ ANĐ-'\t\n", max_size=12), min_size=1, max_size=8), st.text(alphabet="anguye d", max_size=6))
def test_search_finds_what_a_plain_look_at_every_name_finds(titles, text):
    with desk_in("/nowhere", Keeper(), memory=True) as desk:
        receipts = [receipt(f"X{number}", title=title) for number, title in enumerate(titles)]
        desk.receipts.add(*(replace(each, kept_at=NOW) for each in receipts))
        words = fold_search(text).split()
        plain = [
            each.code
            for each in reversed(receipts)
            if words and all(word in fold_search(f"{each.code} {each.dossier.title}") for word in words)
        ]
        assert found(desk, text) == plain
