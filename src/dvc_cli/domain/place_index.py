"""The index in which places are searched: present units, and the former ones that lead to them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from dvc_cli.domain.former_places import Former
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.text import fold, fold_search

TYPE_WORDS = r"(thanh pho|tinh|phuong|xa|dac khu|thi tran|thi xa|quan|huyen) (?=\S)"
_BEYOND = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Hit:
    """One place found; for a province its own code and name stand as the province's. `former` is the old name that led to it."""

    code: str
    name: str
    type: str
    province_code: str
    province_name: str
    former: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What a name leads to: positions of hits; `former` is its name if it is a former unit.

    `name` and `type` are folded for search, `marked` is the name folded with its marks, `within` holds the units around it.
    """

    positions: tuple[int, ...]
    former: str
    name: str
    type: str
    marked: str
    within: frozenset[str]


@dataclass(frozen=True, slots=True)
class Index:
    """Targets by what may be typed for them.

    `urban` says of each hit whether it is no rural commune; `tight`, `starts` and `words` are sorted; `words` are the later words of
    present names.
    """

    hits: tuple[Hit, ...]
    targets: tuple[Target, ...]
    urban: tuple[bool, ...]
    by_code: Mapping[str, int]
    exact: Mapping[str, Sequence[int]]
    initials: Mapping[str, Sequence[int]]
    tight: tuple[tuple[str, int], ...]
    starts: tuple[tuple[str, int], ...]
    words: tuple[tuple[str, int], ...]


def build_index(hits: tuple[Hit, ...], former: Sequence[Former]) -> Index:
    """The index over these present units (all provinces among them) and these former ones, whose successors are among the present.

    Over all of them it takes some tenths of a second.
    """
    targets = _present(hits)
    present = len(targets)
    targets += _former(hits, targets, former)
    exact: dict[str, list[int]] = {}
    initials: dict[str, list[int]] = {}
    for at, target in enumerate(targets):
        for text in {target.name, target.name.replace(" ", "")}:
            exact.setdefault(text, []).append(at)
        if at < present or target.type == "tinh":
            for text in {initials_of(target.name), initials_of(f"{target.type} {target.name}")}:
                initials.setdefault(text, []).append(at)
    return Index(
        hits=hits,
        targets=tuple(targets),
        urban=tuple(target.type != "xa" for target in targets[:present]),
        by_code={hit.code: at for at, hit in enumerate(hits)},
        exact=exact,
        initials=initials,
        tight=tuple(sorted((target.name.replace(" ", ""), at) for at, target in enumerate(targets[:present]) if " " in target.name)),
        starts=tuple(sorted((target.name, at) for at, target in enumerate(targets))),
        words=tuple(sorted((tail, at) for at, target in enumerate(targets[:present]) for tail in _tails(target.name))),
    )


def starting_with(texts: tuple[tuple[str, int], ...], start: str) -> Iterable[int]:
    """The targets of the sorted entries that begin with `start`."""
    low, high = bisect_left(texts, (start,)), bisect_left(texts, (start + _BEYOND,))
    return (at for _, at in texts[low:high])


def plain(text: str) -> str:
    """The form in which names are compared: folded for search, no apostrophes, full stops and hyphens as spaces."""
    return " ".join(re.sub(r"[.\-]", " ", fold_search(text).replace("'", "")).split())


def split_type(text: str) -> tuple[str, str]:
    """The type word (empty if none) and the name of a plain text."""
    match = re.match(TYPE_WORDS, text)
    return (match[1], text[match.end() :]) if match else ("", text)


def initials_of(text: str) -> str:
    """The first letters of the words of a plain text."""
    return "".join(word[0] for word in text.split())


def _present(hits: tuple[Hit, ...]) -> list[Target]:
    names = _all_plain([hit.name for hit in hits])
    bare = {hit.name: split_type(name)[1] for hit, name in zip(hits, names, strict=True)}
    marked = _all_folded([hit.name for hit in hits])
    return [
        _target((at,), "", names[at], marked[at], frozenset({bare[hit.province_name]} if hit.code != hit.province_code else ()))
        for at, hit in enumerate(hits)
    ]


def _former(hits: tuple[Hit, ...], present: Sequence[Target], units: Sequence[Former]) -> list[Target]:
    position = {hit.code: at for at, hit in enumerate(hits)}
    # Many units share a name, and folding is what takes the time.
    names = sorted({unit.name for unit in units}.union(*(unit.within for unit in units)))
    texts = dict(zip(names, zip(_all_plain(names), _all_folded(names), strict=True), strict=True))
    targets = []
    for unit in units:
        positions = tuple(position[code] for code in unit.successors)
        within = {part for at in positions for part in present[at].within}.union(split_type(texts[part][0])[1] for part in unit.within)
        targets.append(_target(positions, unit.name, *texts[unit.name], frozenset(within)))
    return targets


def _target(positions: tuple[int, ...], former: str, name: str, marked: str, within: frozenset[str]) -> Target:
    kind, bare = split_type(name)
    return Target(positions, former, bare, kind, marked, within)


def _all_plain(names: Sequence[str]) -> tuple[str, ...]:
    # One call for all names: name by name it would take ten times as long.
    return tuple(name.strip() for name in plain("|".join(names)).split("|"))


def _all_folded(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(fold("|".join(names)).split("|"))


def _tails(name: str) -> Iterable[str]:
    return (name[space.end() :] for space in re.finditer(" ", name))
