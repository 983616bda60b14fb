"""Limits, amounts, contacts, days of the year and changes of provinces: our own tables, dated and with their sources."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache

from dvc_cli.data.tables import in_force, read_toml
from dvc_cli.lazy_dataclasses import dataclass

HOLIDAY, MAKE_UP, SWAP_OFF, SWAP_WORK, UNDECIDED = "holiday", "make_up", "swap_off", "swap_work", "undecided"
OFFICIAL, ESTIMATED = "official", "estimated"

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Limit:
    """A number as it holds on a day; `value` None means that only the portal can tell.

    `unit` is `second`, `minute`, `hour`, `working_day`, `calendar_day`, `year`, `try`, `message`, `challenge`, `character`, `byte` or
    (of an amount) `dong`; confidence `own` marks a number without a source, chosen by this project; the days are open where None.
    """

    id: str
    value: int | None
    unit: str
    source: str
    confidence: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """An allowance: `percent` hundredths of the amount `base`; source and confidence are those of the multiplier."""

    id: str
    base: str
    percent: int
    source: str
    confidence: str

    def value(self, on: date) -> int | None:
        """Whole đồng as of the day `on`; None when the table does not set the base for that day."""
        base = amount(self.base, on)
        return None if base is None else base * self.percent // 100


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call; `checked` is the month (yyyy-mm) in which the source was last read."""

    id: str
    name_vi: str
    name_en: str
    number: str
    checked: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day on which the working and the calendar week differ.

    `kind` is `holiday`, `make_up`, `swap_off`, `swap_work` or `undecided` (worked, but an expected notice may change it);
    `status` is `official` or `estimated`.
    """

    date: date
    kind: str
    name_vi: str
    name_en: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class ProvinceChange:
    """Official name and type of a province, or of the commune `commune_code` in it, from a day on; codes stay."""

    province_code: str
    official_name: str
    type: str
    valid_from: date
    source: str
    confidence: str
    commune_code: str = ""

    @property
    def unit_code(self) -> str:
        """The code of the unit that changes."""
        return self.commune_code or self.province_code


def limit(id: str, on: date) -> Limit:  # noqa: A002 - the column's name
    """The limit `id` as it holds on the day `on`; KeyError when the table has none for that day."""
    return _number_row("limits", id, on, "")


def limit_or_none(id: str, on: date) -> Limit | None:  # noqa: A002 - the column's name
    """As `limit`, None when the table has none for that day."""
    return _number_row("limits", id, on, "") if _in_force("limits", id, on) else None


def amount_row(id: str, on: date) -> Limit:  # noqa: A002 - the column's name
    """The amount `id` in whole đồng as it holds on the day `on`, with its source; KeyError when the table has none for that day."""
    return _number_row("amounts", id, on, "dong")


def limit_ids() -> frozenset[str]:
    """The ids of all limits, of whatever days."""
    return frozenset(_text(row, "id") for row in _table("limits.toml", "limits"))


def amount(id: str, on: date) -> int | None:  # noqa: A002 - the column's name
    """The fee `id` in whole đồng as it holds on the day `on`; None when the table does not set it."""
    try:
        return amount_row(id, on).value
    except KeyError:
        return None


def allowance(id: str) -> Allowance:  # noqa: A002 - the column's name
    """The allowance `id`; KeyError when the table has none."""
    for row in _table("amounts.toml", "allowances"):
        if row.get("id") == id:
            return Allowance(id, _text(row, "base"), _number(row, "percent"), _text(row, "source"), _text(row, "confidence"))
    raise KeyError(id)


@cache
def contacts() -> tuple[Contact, ...]:
    """Hotlines, in the order of the table."""
    return tuple(
        Contact(_text(row, "id"), *_name(row), _text(row, "number"), _text(row, "checked"), _text(row, "source"), _text(row, "confidence"))
        for row in _table("contacts.toml", "contacts")
    )


@cache
def calendar_days(year: int) -> tuple[DayRow, ...] | None:
    """The special days of a year in order of date; None for a year without a table."""
    try:
        rows = _table(f"calendar/{year}.toml", "days")
    except FileNotFoundError:
        return None
    return tuple(
        DayRow(_day(row, "date") or date.min, _text(row, "kind"), *_name(row), _text(row, "source"), _text(row, "status")) for row in rows
    )


@cache
def fixed_holidays(year: int) -> tuple[DayRow, ...]:
    """The holidays of a year that fall on fixed solar days, all estimated: for years without a table."""
    found = []
    for row in _table("calendar/fixed.toml", "days"):
        if _number(row, "from_year") <= year:
            on = date(year, _number(row, "month"), _number(row, "day"))
            found.append(DayRow(on, HOLIDAY, *_name(row), _text(row, "source"), ESTIMATED))
    return tuple(found)


@cache
def province_changes() -> tuple[ProvinceChange, ...]:
    """Changes of provinces and communes after the lists of 01/07/2025, in the order of the table."""
    return tuple(
        ProvinceChange(
            _text(row, "province_code"),
            _text(row, "official_name"),
            _text(row, "type"),
            _day(row, "valid_from") or date.min,
            _text(row, "source"),
            _text(row, "confidence"),
            str(row.get("commune_code", "")),
        )
        for row in _table("province_changes.toml", "changes")
    )


@lru_cache(maxsize=1024)  # a judgement asks some fifteen rows of one day
def _number_row(table: str, wanted: str, on: date, unit: str) -> Limit:
    row = _in_force(table, wanted, on)
    if row is None:
        raise KeyError(wanted)
    value = row.get("value")
    return Limit(
        id=wanted,
        value=value if isinstance(value, int) else None,
        unit=unit or _text(row, "unit"),
        source=_text(row, "source"),
        confidence=_text(row, "confidence"),
        valid_from=_day(row, "valid_from"),
        valid_to=_day(row, "valid_to"),
    )


def _in_force(table: str, wanted: str, on: date) -> Row | None:
    for row in _by_id(table).get(wanted, ()):
        if in_force(on, _day(row, "valid_from"), _day(row, "valid_to")):
            return row
    return None


@cache
def _by_id(table: str) -> Mapping[str, tuple[Row, ...]]:
    found: dict[str, tuple[Row, ...]] = {}
    for row in _table(f"{table}.toml", table):
        name = str(row.get("id"))
        found[name] = (*found.get(name, ()), row)
    return found


def _table(file: str, key: str) -> tuple[Row, ...]:
    rows = read_toml(file)[key]
    return tuple(row for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()


def _text(row: Row, key: str) -> str:
    return str(row[key])


def _number(row: Row, key: str) -> int:
    return int(_text(row, key))


def _name(row: Row) -> tuple[str, str]:
    name = row["name"]
    return (str(name["vi"]), str(name["en"])) if isinstance(name, dict) else (str(name), str(name))


def _day(row: Row, key: str) -> date | None:
    value = row.get(key)
    return value if isinstance(value, date) else None
