"""The first search, without an index of everything, finds what the index finds."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dvc_cli.domain.former_places import former_units
from dvc_cli.domain.place_index import plain
from dvc_cli.domain.place_scan import Scan, plain_lines
from dvc_cli.domain.place_search import search
from dvc_cli.domain.places import Places, places
from dvc_cli.text import fold_search, initials

TABLE = places(date(2026, 11, 9))
SCAN = Scan(TABLE._hits)
NAMES = sorted({hit.name for hit in TABLE._hits} | {unit.name for unit in former_units()})
TYPED = [
    lambda name: name,
    fold_search,
    initials,
    lambda name: fold_search(name).split(" ", 1)[-1],
    lambda name: fold_search(name).split(" ", 1)[-1].replace(" ", ""),
    lambda name: fold_search(name)[:4],
    lambda name: f"p. {name.split(' ', 1)[-1]}",
]


def both(query: str, province: str | None = None, limit: int = 10) -> tuple[object, object]:
    index = TABLE._index
    return search(SCAN.index_for, query, province, limit), search(lambda _names: index, query, province, limit)


def test_official_names_are_made_plain_as_everywhere_else() -> None:
    assert plain_lines(NAMES).split("\n") == [plain(name) for name in NAMES]


@settings(deadline=None)
@given(st.sampled_from(NAMES), st.sampled_from(TYPED))
def test_a_name_in_any_spelling(name: str, spelling) -> None:
    found, expected = both(spelling(name))
    assert found == expected


@settings(deadline=None)
@given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from([" ", ", ", ", 12, "]), st.sampled_from(TYPED))
def test_a_name_with_what_stands_around_it(name: str, around: str, between: str, spelling) -> None:
    found, expected = both(f"{spelling(name)}{between}{spelling(around)}")
    assert found == expected


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abcdghnptxq .,-'đế019(*", max_size=8), st.sampled_from([None, "92"]), st.integers(1, 30))
def test_any_text_in_any_province(query: str, province: str | None, limit: int) -> None:
    found, expected = both(query, province, limit)
    assert found == expected


@pytest.mark.parametrize("query", ["92", "31120", "x", "phuong", "tinh", ""])
def test_codes_and_words_that_are_everywhere(query: str) -> None:
    found, expected = both(query)
    assert found == expected


def test_the_second_search_of_a_table_finds_the_same() -> None:
    table = Places(TABLE.provinces(), {}, {})
    assert table.search("cai khe") == table.search("cai khe") == TABLE.search("cai khe")
