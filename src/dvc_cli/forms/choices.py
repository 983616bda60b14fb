"""Lists to choose from: which options a field has, and which option a text names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dvc_cli.data import Choice, choices
from dvc_cli.forms.model import COUNTRY, ETHNICITY, NATIONALITY, Field
from dvc_cli.text import fold, nearest

_OWN_LISTS = frozenset({COUNTRY, NATIONALITY, ETHNICITY})


def list_name(item: Field) -> str:
    """The name of the list that a field chooses from: a field of enums.csv, or country, nationality, ethnicity."""
    return item.type if item.type in _OWN_LISTS else item.choices


def options(item: Field) -> tuple[Choice, ...]:
    """The options of a field in the order of the table. KeyError for a list that the tables do not have."""
    return choices(list_name(item))


def find_option(item: Field, text: str) -> str | None:
    """The code that a text names: a code, a label (vi or en), a portal value or another listed spelling, folded with tone marks kept."""
    name = list_name(item)
    # Most texts are the very code or label: then nothing needs folding, which is what takes the time in a short command.
    return _exact(name).get(text) or _index(name).get(fold(text))


def nearest_label(item: Field, text: str) -> str | None:
    """The label that looks most like the text, for "did you mean"; None when none does."""
    labels = {fold(option.label_vi): option.label_vi for option in options(item)}
    found = nearest(fold(text), tuple(labels))
    return labels[found] if found else None


@cache
def _exact(name: str) -> Mapping[str, str]:
    listed = choices(name)
    return {option.label_vi: option.code for option in listed} | {option.code: option.code for option in listed}


@cache
def _index(name: str) -> Mapping[str, str]:
    index: dict[str, str] = {}
    # A code beats a label, a label beats a portal value: portal values are often bare digits.
    for rank in range(3):
        for row in choices(name):
            for spelling in _spellings(row)[rank]:
                if spelling:
                    index.setdefault(fold(spelling), row.code)
    return index


def _spellings(row: Choice) -> tuple[tuple[str, ...], ...]:
    return (row.code,), (row.label_vi, row.label_en), (row.portal_value, *row.spellings)
