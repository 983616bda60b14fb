"""Communes, districts and provinces as they were before 01/07/2025, and what became of them.

A commune that was split has several successors: an old address cannot always be converted without asking.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from dvc_cli.data import read_rows
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.text import fold_search

_TYPE = re.compile(r"^(?:thành phố|tỉnh|quận|huyện|thị xã|thị trấn|phường|xã) (?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Former:
    """One former unit: its name with type word, the names of the units it lay in, and codes of communes, or of one province."""

    name: str
    within: tuple[str, ...]
    successors: tuple[str, ...]


@cache
def former_units() -> tuple[Former, ...]:
    """Former communes, then districts, then those provinces that are no longer one of their own."""
    communes = [
        Former(row["old_commune"], (row["old_district"], row["old_province"]), tuple(row["successor_codes_2025"].split()))
        for row in read_rows("communes_before_2025.csv")
    ]
    districts: dict[tuple[str, str], dict[str, None]] = {}
    for unit in communes:
        districts.setdefault((unit.within[0], unit.within[1]), {}).update(dict.fromkeys(unit.successors))
    return (*communes, *(Former(name, (province,), tuple(codes)) for (name, province), codes in districts.items()), *former_provinces())


def successor_codes(name: str, district: str = "", province: str = "") -> tuple[str, ...]:
    """Codes of the communes that the named commune, district or province became part of, in order of code; empty when unknown.

    Names are folded for search and may carry their type word or not; `district` and `province` narrow down.
    """
    wanted = [_key(part) for part in (district, province) if part]
    codes: set[str] = set()
    for unit in _by_name().get(_key(name), ()):
        within = {_key(part) for part in unit.within}
        if all(part in within for part in wanted):
            codes.update(unit.successors)
    return tuple(sorted(codes))


def former_provinces() -> list[Former]:
    """The provinces of before 01/07/2025 that are no longer one of their own."""
    found = []
    for row in read_rows("provinces_2025.csv"):
        parts = row["formed_from"].split("; ")
        found += [Former(f"Tỉnh {part}", (), (row["province_code"],)) for part in parts if _key(part) != _key(row["official_name"])]
    return found


@cache
def _by_name() -> Mapping[str, tuple[Former, ...]]:
    named: dict[str, list[Former]] = {}
    provinces: dict[str, dict[str, None]] = {}
    for unit in former_units():
        if unit.within:
            provinces.setdefault(unit.within[-1], {}).update(dict.fromkeys(unit.successors))
            named.setdefault(_key(unit.name), []).append(unit)
    for name, codes in provinces.items():
        named.setdefault(_key(name), []).append(Former(name, (), tuple(codes)))
    return {key: tuple(units) for key, units in named.items()}


@cache
def _key(name: str) -> str:
    return fold_search(_TYPE.sub("", name, count=1))
