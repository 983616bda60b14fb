"""Readers of the shipped files. Every table is read once per process and must not be changed by its reader."""

from __future__ import annotations

import csv
import pkgutil
from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from dvc_cli.toml_tables import read_shipped


@cache
def read_text(name: str) -> str:
    """The shipped file `name` (path inside this folder, `/` between parts) as text. FileNotFoundError when it is not shipped."""
    # pkgutil asks the loader, so a zipped package works too; importlib.resources would do the same for more start-up time.
    content = pkgutil.get_data("dvc_cli.data", name)
    if content is None:  # pragma: no cover - only a loader without files answers None
        raise FileNotFoundError(name)
    return content.decode("utf-8").replace("\r\n", "\n")


@cache
def read_rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The CSV file `name` as one mapping per row, in file order; an empty cell is an empty string. ValueError for a ragged row."""
    header, *rows = csv.reader(read_text(name).splitlines(keepends=True))
    return tuple(MappingProxyType(dict(zip(header, row, strict=True))) for row in rows)


@cache
def read_cells(name: str) -> tuple[list[str], ...]:
    """The rows of the CSV file `name` below its header, as cells: for tables so long that a mapping per row takes too long."""
    _header, *rows = csv.reader(read_text(name).splitlines(keepends=True))
    return tuple(rows)


@cache
def read_toml(name: str) -> Mapping[str, object]:
    """The TOML file `name`."""
    return MappingProxyType(read_shipped("dvc_cli.data", name))


def day(text: str) -> date | None:
    """The ISO date in a cell; None for an empty cell."""
    return date.fromisoformat(text) if text else None


def in_force(on: date, start: date | None, end: date | None) -> bool:
    """Whether `on` lies between `start` and `end`, both included; None is open."""
    return (start is None or start <= on) and (end is None or on <= end)
