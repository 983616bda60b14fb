"""Provinces and communes as of a day, in the two levels that hold since 01/07/2025.

Codes and names are those of Quyết định 19/2025/QĐ-TTg, with the later changes of `province_changes.toml`. A name alone is no key (246
commune names repeat between provinces), province and name are. Searching is in `place_search`, units before 2025 in `former_places`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property

from dvc_cli.data import province_changes, read_rows
from dvc_cli.domain.former_places import former_units, successor_codes
from dvc_cli.domain.place_index import Hit, Index, build_index
from dvc_cli.domain.place_scan import Scan
from dvc_cli.domain.place_search import search
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.text import fold

__all__ = ["Commune", "Hit", "Places", "Province", "bare_name", "places"]

_TYPE = re.compile(r"^(?:thành phố|tỉnh|phường|xã|đặc khu) ", re.IGNORECASE)
_ABBREVIATED = re.compile(r"^(tp|t|p|x|đk)(?:\. ?| )(?=\S)")
_LONG = {"tp": "thành phố ", "t": "tỉnh ", "p": "phường ", "x": "xã ", "đk": "đặc khu "}


@dataclass(frozen=True, slots=True)
class Province:
    """A province or centrally run city: two-digit code, official name with its type word, type as in the official list."""

    code: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, ward or special zone: five-digit code, official name with its type word, and the province it lies in."""

    code: str
    name: str
    type: str
    province_code: str


def places(on: date) -> Places:
    """The units as they stand on the day `on`; days before 01/07/2025 get the list of that day."""
    return _places(tuple(change.valid_from <= on for change in province_changes()))


def bare_name(name: str) -> str:
    """An official name without its type word: "Cái Khế" of "Phường Cái Khế"."""
    return _TYPE.sub("", name, count=1)


class Places:
    """The units of one day. Look-ups answer None for a text that names no unit; search answers the likeliest units."""

    def __init__(
        self, provinces: tuple[Province, ...], former_names: Mapping[str, tuple[str, ...]], changed: Mapping[str, Commune]
    ) -> None:
        self._provinces = {province.code: province for province in provinces}
        self._former_names = former_names
        self._changed = changed
        self._searches = 0

    def provinces(self) -> tuple[Province, ...]:
        """All provinces, by code."""
        return tuple(self._provinces.values())

    def province(self, text: str) -> Province | None:
        """The province that a text names: code, official name (also with the type word of another day), or bare name.

        Compared with case and tone placement folded and tone marks kept; "TP." and "T." stand for the type words.
        """
        code = self._province_codes.get(_long(fold(text)))
        return None if code is None else self._provinces[code]

    def communes(self, province_code: str) -> tuple[Commune, ...]:
        """The communes of a province by code; empty for a code that is no province."""
        return tuple(self._changed.get(commune.code, commune) for commune in _communes_by_province().get(province_code, ()))

    def commune(self, text: str, province_code: str) -> Commune | None:
        """The commune of that province that a text names: code, official name or bare name; folded as `province` does."""
        wanted = _long(fold(text))
        for commune in self._changed.values():
            if commune.province_code == province_code and wanted in {fold(commune.name), fold(bare_name(commune.name))}:
                return commune
        code = _commune_codes(province_code).get(wanted)
        return None if code is None else self.commune_by_code(code)

    def commune_by_code(self, code: str) -> Commune | None:
        """The commune with this code."""
        return self._changed.get(code) or _communes().get(code)

    def search(self, query: str, province: str | None = None, limit: int = 10) -> tuple[Hit, ...]:
        """The units that a query may mean, best first, at most `limit`.

        The query may lack diacritics or spaces, be the initials ("ck"), abbreviate type words ("P.", "TP"), name a unit of before 2025
        (its successors are found), or be an address with commas (the parts behind narrow it down). `province` is a code.
        """
        self._searches += 1
        once = self._searches == 1  # an index of everything pays from the second search on
        return search(self._scan.index_for if once else lambda _names: self._index, query, province, limit)

    def successors(self, name: str, district: str = "", province: str = "") -> tuple[Commune, ...]:
        """The communes that an old commune, district or province became part of; several when it was split or the name was common."""
        codes = successor_codes(name, district, province)
        return tuple(self._changed.get(code) or _communes()[code] for code in codes)

    @cached_property
    def _province_codes(self) -> Mapping[str, str]:
        named: dict[str, str] = {}
        for province in self._provinces.values():
            for text in (province.code, province.name, bare_name(province.name), *self._former_names.get(province.code, ())):
                named[fold(text)] = province.code
        return named

    @cached_property
    def _index(self) -> Index:
        return build_index(self._hits, former_units())

    @cached_property
    def _scan(self) -> Scan:
        return Scan(self._hits)

    @cached_property
    def _hits(self) -> tuple[Hit, ...]:
        hits = [Hit(item.code, item.name, item.type, item.code, item.name) for item in self._provinces.values()]
        hits += [
            Hit(item.code, item.name, item.type, item.province_code, self._provinces[item.province_code].name)
            for item in (self._changed.get(code, commune) for code, commune in _communes().items())
        ]
        return tuple(hits)


def _long(folded: str) -> str:
    return _ABBREVIATED.sub(lambda match: _LONG[match[1]], folded, count=1)


@cache
def _places(changed: tuple[bool, ...]) -> Places:
    provinces = {row["province_code"]: _province(row) for row in read_rows("provinces_2025.csv")}
    names: dict[str, tuple[str, ...]] = {}
    communes: dict[str, Commune] = {}
    for change, holds in zip(province_changes(), changed, strict=True):
        code = change.province_code
        if not change.commune_code:
            names[code] = (*names.get(code, (provinces[code].name,)), change.official_name)
        if holds and change.commune_code:
            communes[change.commune_code] = Commune(change.commune_code, change.official_name, change.type, code)
        elif holds:
            provinces[code] = Province(code, change.official_name, change.type)
    return Places(tuple(provinces.values()), names, communes)


def _province(row: Mapping[str, str]) -> Province:
    return Province(row["province_code"], row["official_name"], row["type_2025_07_01"])


@cache
def _communes() -> Mapping[str, Commune]:
    return {
        row["commune_code"]: Commune(row["commune_code"], row["official_name"], row["type"], row["province_code"])
        for row in read_rows("communes_2025.csv")
    }


@cache
def _communes_by_province() -> Mapping[str, tuple[Commune, ...]]:
    grouped: dict[str, list[Commune]] = {}
    for commune in _communes().values():
        grouped.setdefault(commune.province_code, []).append(commune)
    return {code: tuple(communes) for code, communes in grouped.items()}


@cache
def _commune_codes(province_code: str) -> Mapping[str, str]:
    named: dict[str, str] = {}
    for commune in _communes_by_province().get(province_code, ()):
        # Tone placement and apostrophes are folded, so the other spellings of the table need no entry of their own.
        for text in (commune.code, commune.name, bare_name(commune.name)):
            named[fold(text)] = commune.code
    return named
