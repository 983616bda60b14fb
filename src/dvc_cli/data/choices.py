"""Lists to choose from: `enums.csv`, the ethnic groups, countries, nationalities and religions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dvc_cli.data.tables import read_rows
from dvc_cli.lazy_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list.

    `portal_value` is what the national portal's control holds, empty when the entry is the tool's own or was not seen;
    `spellings` are other texts that name the entry.
    """

    code: str
    label_vi: str
    label_en: str
    portal_value: str
    source: str
    confidence: str
    spellings: tuple[str, ...] = ()


def choices(field: str) -> tuple[Choice, ...]:
    """The list of a field of `enums.csv`, or `ethnicity`, `country`, `nationality`, `religion`; KeyError for any other name."""
    own = {"ethnicity": ethnic_groups, "country": countries, "nationality": nationalities, "religion": religions}
    return own[field]() if field in own else _enums()[field]


def choice_fields() -> tuple[str, ...]:
    """The names of the lists of `enums.csv`, in the order of the table."""
    return tuple(_enums())


@cache
def ethnic_groups() -> tuple[Choice, ...]:
    """The 54 groups by code of 1979, labelled as the portal writes them, then "Người nước ngoài", "Không rõ" and "Khác"."""
    labels = {row["code_1979"]: row for row in read_rows("ethnic_portal_labels.csv")}
    return tuple(_group(row, labels[row["code_1979"]]) for row in read_rows("ethnic_groups.csv"))


@cache
def countries() -> tuple[Choice, ...]:
    """Countries by ISO 3166 alpha-2 code; `portal_value` is the long label where the portal uses one."""
    return tuple(_country(row, portal_value=row["portal_label"]) for row in read_rows("countries.csv"))


@cache
def nationalities() -> tuple[Choice, ...]:
    """Nationalities by the same codes; the portal writes them short ("Việt Nam")."""
    return tuple(_country(row, portal_value=row["name_vi"]) for row in read_rows("countries.csv"))


@cache
def religions() -> tuple[Choice, ...]:
    """Religions by their statistics code; the table has no English names, both labels are Vietnamese."""
    return tuple(Choice(row["code"], row["name"], row["name"], "", "QĐ 1019/QĐ-TCTK", "A") for row in read_rows("religions.csv"))


def _group(row: Mapping[str, str], label: Mapping[str, str]) -> Choice:
    others = (row["name_1979_list"], *filter(None, row["other_spellings_and_names"].split("; ")))
    shown = label["label_vi"]
    return Choice(
        code=row["code_1979"],
        label_vi=shown,
        label_en=label["label_en"],
        portal_value=shown,
        source=label["source"],
        confidence=label["confidence"],
        spellings=tuple(name for name in others if name != shown),
    )


def _country(row: Mapping[str, str], portal_value: str) -> Choice:
    short, long = row["name_vi"], row["portal_label"]
    others = tuple(name for name in (short, long) if name and name not in {portal_value, short})
    return Choice(row["code"], short, row["name_en"], portal_value or short, "ISO 3166", "A", others)


@cache
def _enums() -> Mapping[str, tuple[Choice, ...]]:
    lists: dict[str, list[Choice]] = {}
    for row in read_rows("enums.csv"):
        lists.setdefault(row["field"], []).append(_choice(row))
    return {field: tuple(entries) for field, entries in lists.items()}


def _choice(row: Mapping[str, str]) -> Choice:
    return Choice(row["code"], row["label_vi"], row["label_en"], row["portal_value"], row["source"], row["confidence"])
