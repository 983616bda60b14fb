"""Search among places as people type them: without diacritics, by initials, abbreviated, by a name of before 2025, as an address.

What was found is ranked by how it was found (code, whole name, initials, letters without spaces, beginning, later word), then by the
type word and the marks of the query; a former name ranks behind a present one found alike, a rural commune behind a ward.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from heapq import nsmallest

from dvc_cli.domain.place_index import Hit, Index, Target, plain, split_type, starting_with
from dvc_cli.lazy_dataclasses import dataclass, replace
from dvc_cli.text import fold, fold_search

_MAX_QUERY = 200  # characters; longer than any address
_FEW_LETTERS = 2  # so short a beginning fits thousands of former names

_ABBREVIATIONS = {
    "p": "phuong",
    "f": "phuong",
    "x": "xa",
    "dk": "dac khu",
    "tt": "thi tran",
    "tp": "thanh pho",
    "t": "tinh",
    "q": "quan",
    "h": "huyen",
    "tx": "thi xa",
}
_SHORT = re.compile(rf"({'|'.join(_ABBREVIATIONS)})(?: |(?=\d))(?=\S)")

Rank = tuple[int, int, bool, int, bool, int, str]
Ranked = dict[int, tuple[Rank, str]]


@dataclass(frozen=True, slots=True)
class _Query:
    """One reading of what was typed: names to look for, the type word, the units around, the text with its marks if it has any."""

    names: tuple[str, ...]
    type: str
    within: tuple[str, ...]
    marked: str
    province: str | None


def search(index_for: Callable[[tuple[str, ...]], Index], query: str, province: str | None, limit: int) -> tuple[Hit, ...]:
    """The likeliest hits, best first; see `Places.search`. `index_for` gives an index that holds at least what these plain names match."""
    typed = [piece for piece in query[:_MAX_QUERY].split(",") if plain(piece)]
    while typed:
        for reading in _readings(typed, province):
            found = _search(index_for(reading.names), reading, limit)
            if found:
                return found
        # The first part of an address is often a street.
        typed = typed[1:]
    return ()


def _readings(typed: list[str], province: str | None) -> Iterable[_Query]:
    # Who types marks means them; who types none may mean any.
    marked = fold(typed[0]) if fold(typed[0]) != fold_search(typed[0]) else ""
    head, within = plain(typed[0]), tuple(_bare(plain(part)) for part in typed[1:])
    kind, name = split_type(_long(head))
    yield _Query(tuple(dict.fromkeys((name, head))), kind, within, marked, province)
    # "cai khe can tho": the unit around, without a comma.
    words = name.split()
    for cut in range(len(words) - 1, 0, -1):
        around = _bare(" ".join(words[cut:]))
        yield _Query((" ".join(words[:cut]),), kind, (around, *within), marked, province)


def _search(index: Index, query: _Query, limit: int) -> tuple[Hit, ...]:
    ranked: Ranked = {}
    for how, targets in enumerate(_ways(index, query)):
        for at in targets:
            _take(index, index.targets[at], how, query, ranked)
        if len(ranked) >= limit:
            break
    best = nsmallest(limit, ranked.items(), key=lambda item: item[1][0])
    return tuple(replace(index.hits[at], former=former) for at, (_, former) in best)


def _ways(index: Index, query: _Query) -> Iterable[Iterable[int]]:
    names = query.names
    yield [index.by_code[name] for name in names if name in index.by_code]
    yield [at for name in names for at in index.exact.get(name, ())]
    yield [at for name in names for at in index.initials.get(name.replace(" ", ""), ())]
    yield [at for name in names for at in starting_with(index.tight, name)]
    yield [at for name in names for at in starting_with(index.starts, name) if len(name) > _FEW_LETTERS or not index.targets[at].former]
    yield [at for name in names for at in starting_with(index.words, name)]


def _take(index: Index, target: Target, how: int, query: _Query, ranked: Ranked) -> None:
    if not all(part in target.within for part in query.within):
        return
    differs = (query.type not in {"", target.type}) + (query.marked not in target.marked)
    for at in target.positions:
        hit = index.hits[at]
        if query.province is None or hit.province_code == query.province:
            rank = (how, differs, bool(target.former), len(hit.code), not index.urban[at], len(target.name), hit.code)
            if at not in ranked or rank < ranked[at][0]:
                ranked[at] = (rank, target.former)


def _long(text: str) -> str:
    match = _SHORT.match(text)
    return f"{_ABBREVIATIONS[match[1]]} {text[match.end() :]}" if match else text


def _bare(text: str) -> str:
    return split_type(_long(text))[1]
