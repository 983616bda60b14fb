"""Which columns of the desk hold boxes, so that all of them can be made anew with another key."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dvc_cli.lazy_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Boxes:
    """A table with a column `box`: the purpose of its key, the column that names a row, and the label of a box from other columns."""

    table: str
    purpose: str
    row: str
    parts: tuple[str, ...]
    label: Callable[[Sequence[object]], str]
