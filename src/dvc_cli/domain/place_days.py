"""Since when, until when and by which text a unit stands as it does; and the units of before 01/07/2025 with what became of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from dvc_cli.data import province_changes, read_rows
from dvc_cli.domain.place_index import plain
from dvc_cli.lazy_dataclasses import dataclass

REFORM = date(2025, 7, 1)
REFORM_SOURCE = "NQ 202/2025/QH15; QĐ 19/2025/QĐ-TTg"

_DAY = timedelta(days=1)
_TYPE = re.compile(r"^(thành phố|tỉnh|thị xã|thị trấn|quận|huyện|phường|xã) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Validity:
    """The days between which a unit's name and type hold, both included; None is open."""

    valid_from: date | None
    valid_to: date | None
    source: str


@dataclass(frozen=True, slots=True)
class FormerPlace:
    """A commune of before the reform: its old code, name, the district and province it lay in, the codes of its successors."""

    code: str
    name: str
    type: str
    district: str
    province: str
    successors: tuple[str, ...]


def validity(code: str, on: date) -> Validity:
    """Since when, until when and by what the present unit `code` stands as it does on the day `on` (not before the reform)."""
    changes = sorted((change for change in province_changes() if code == change.unit_code), key=lambda change: change.valid_from)
    before = [change for change in changes if change.valid_from <= on]
    after = [change for change in changes if change.valid_from > on]
    until = after[0].valid_from - _DAY if after else None
    if before:
        return Validity(before[-1].valid_from, until, before[-1].source)
    return Validity(REFORM, until, REFORM_SOURCE)


def former_places(query: str, province: str = "", limit: int = 10) -> tuple[FormerPlace, ...]:
    """The communes of before the reform that a query may name, best first: whole name, beginning, later part; without diacritics.

    Parts behind commas, and `province`, narrow down by district or province.
    """
    wanted, *around = (_bare(part) for part in (*query.split(","), province))
    if not wanted:
        return ()
    rows = read_rows("communes_before_2025.csv")
    names = _all_bare([row["old_commune"] for row in rows])
    ranked = [(rank, at) for at, name in enumerate(names) if (rank := _rank(name, wanted)) is not None]
    found = (_former(rows[at]) for _how, at in sorted(ranked))
    near = (place for place in found if all(part in {_bare(place.district), _bare(place.province)} for part in around if part))
    return tuple(place for _number, place in zip(range(limit), near, strict=False))


def _rank(name: str, wanted: str) -> int | None:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in name else None


def _former(cells: Mapping[str, str]) -> FormerPlace:
    name = cells["old_commune"]
    kind = _TYPE.match(name)
    return FormerPlace(
        code=cells["old_code"],
        name=name,
        type=kind[1] if kind else "",
        district=cells["old_district"],
        province=cells["old_province"],
        successors=tuple(cells["successor_codes_2025"].split()),
    )


def _bare(text: str) -> str:
    return plain(_TYPE.sub("", text.strip(), count=1))


def _all_bare(names: list[str]) -> tuple[str, ...]:
    # One call for all names: name by name it would take ten times as long.
    return tuple(name.strip() for name in plain("|".join(_TYPE.sub("", name, count=1) for name in names)).split("|"))
