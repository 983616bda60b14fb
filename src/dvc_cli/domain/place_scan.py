"""One search among places without the index over all of them: the rows that a name can match are picked out of the raw tables first.

Making the whole index takes several times as long as a command that searches once. What is picked here, and only that, goes into an index
of the same kind, so that matching and ranking are the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from dvc_cli.data import read_cells
from dvc_cli.domain.former_places import Former, former_provinces
from dvc_cli.domain.place_index import TYPE_WORDS, Hit, Index, build_index


class Scan:
    """The present units `hits` and the former ones, as lines of plain text."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self._hits = hits

    def index_for(self, names: Sequence[str]) -> Index:
        """An index of every unit that one of these plain names can match."""
        former = [*self._communes(names), *self._districts(names), *former_provinces()]
        wanted = self._present.matching(names, initials=True)
        codes = {code for unit in former for code in unit.successors}.union(names)
        chosen = (hit for at, hit in enumerate(self._hits) if at in wanted or hit.code in codes or hit.code == hit.province_code)
        return build_index(tuple(chosen), former)

    def _communes(self, names: Sequence[str]) -> Iterator[Former]:
        for at in sorted(self._old_communes.matching(names)):
            _code, province, district, commune, successors = self._rows[at]
            yield Former(commune, (district, province), tuple(successors.split()))

    def _districts(self, names: Sequence[str]) -> Iterator[Former]:
        pairs = list(self._pairs)
        chosen = {pairs[at]: dict[str, None]() for at in sorted(self._old_districts.matching(names))}
        for _code, province, district, _commune, successors in self._rows if chosen else ():
            if (district, province) in chosen:
                chosen[district, province].update(dict.fromkeys(successors.split()))
        return (Former(district, (province,), tuple(codes)) for (district, province), codes in chosen.items())

    @cached_property
    def _rows(self) -> tuple[list[str], ...]:
        return read_cells("communes_before_2025.csv")

    @cached_property
    def _pairs(self) -> dict[tuple[str, str], None]:
        return dict.fromkeys((row[2], row[1]) for row in self._rows)

    @cached_property
    def _present(self) -> Lines:
        return Lines(hit.name for hit in self._hits)

    @cached_property
    def _old_communes(self) -> Lines:
        return Lines(row[3] for row in self._rows)

    @cached_property
    def _old_districts(self) -> Lines:
        return Lines(district for district, _province in self._pairs)


class Lines:
    """Names, one a line, as they are compared: with their type word, without it, and without spaces too."""

    def __init__(self, names: Iterable[str]) -> None:
        self._typed = f"\n{plain_lines(names)}\n"
        self._bare = re.sub(f"(?m)^{TYPE_WORDS}", "", self._typed)

    def matching(self, names: Sequence[str], *, initials: bool = False) -> set[int]:
        """The numbers of the lines, from 0, in which a plain name begins a word, begins the letters, or (`initials`) is the initials."""
        found: set[int] = set()
        for name in names:
            found.update(_lines_of(self._bare, f"[\n ]{re.escape(name)}"))
            if " " not in name:
                found.update(_lines_of(self._tight, f"\n{re.escape(name)}"))
            if initials:
                words = r"[^ \n]* ".join(re.escape(letter) for letter in name.replace(" ", ""))
                found.update(_lines_of(self._typed, rf"\n(?:{TYPE_WORDS})?{words}[^ \n]*(?=\n)"))
        return found

    @cached_property
    def _tight(self) -> str:
        return self._bare.replace(" ", "")


def plain_lines(names: Iterable[str]) -> str:
    """`place_index.plain` of each official name, one a line: cheaper, and for the names of the tables the same."""
    text = "\n".join(names).casefold().replace("đ", "d").replace("-", " ").replace(".", " ").replace("'", "")
    return re.sub("  +", " ", unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode())


def _lines_of(text: str, pattern: str) -> Iterator[int]:
    at, line = 0, -1
    for match in re.finditer(pattern, text):
        line += text.count("\n", at, match.start() + 1)
        at = match.start() + 1
        yield line
