"""When two dossiers of a procedure are for the same person: the rules of `[[same_person]]`, as texts that can be compared unread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.procedures.tables import ProcedureError, Row, rows
from dvc_cli.text import fold_search

_ATTRIBUTES = ("name", "date", "days", "same")
_ANY, _NONE = "*", "-"

Read = Callable[[str], str]
"""The canonical text of a field by its key, "" where it has none."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """One rule. Two dossiers are alike when the names of `name` are the same (folded, without diacritics), the dates of `date` lie within
    `days` of each other, and the values of `same` are equal or not known in one of them. A rule without a name needs the values of `same`.
    """

    name: tuple[str, ...]
    date: str
    days: int
    same: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Every field key that the rule reads."""
        return (*self.name, *((self.date,) if self.date else ()), *self.same)


def load_likeness(raw: Mapping[str, object]) -> tuple[Likeness, ...]:
    """The rules that a parsed dossier.toml lists. Raises ProcedureError."""
    return tuple(_rule(row) for row in rows(raw, "same_person", _ATTRIBUTES))


def own_texts(rules: tuple[Likeness, ...], read: Read) -> tuple[str, ...]:
    """The texts under which a dossier is kept, so that `like_texts` of another finds it."""
    return tuple(text for number, rule in enumerate(rules) for text in _own(f"{number}", rule, read))


def like_texts(rules: tuple[Likeness, ...], read: Read) -> tuple[str, ...]:
    """The texts under which dossiers like this one are kept."""
    return tuple(text for number, rule in enumerate(rules) for text in _like(f"{number}", rule, read))


def _own(number: str, rule: Likeness, read: Read) -> Iterator[str]:
    same = _same(rule, read)
    for base in _bases(number, rule, read, 0):
        if rule.name:
            yield f"{base}|{_ANY}"
        if same or rule.name:
            yield f"{base}|{same or _NONE}"


def _like(number: str, rule: Likeness, read: Read) -> Iterator[str]:
    same = _same(rule, read)
    for base in _bases(number, rule, read, rule.days):
        if same:
            yield f"{base}|{same}"
        if rule.name:
            yield f"{base}|{_NONE if same else _ANY}"


def _bases(number: str, rule: Likeness, read: Read, days: int) -> Iterator[str]:
    name = fold_search(" ".join(read(key) for key in rule.name))
    if rule.name and not name:
        return
    if not rule.date:
        yield f"{number}|{name}|"
        return
    try:
        day = date.fromisoformat(read(rule.date))
    except ValueError:  # not known, or known in part
        return
    for ordinal in range(max(day.toordinal() - days, 1), min(day.toordinal() + days, date.max.toordinal()) + 1):
        yield f"{number}|{name}|{date.fromordinal(ordinal)}"


def _same(rule: Likeness, read: Read) -> str:
    values = [read(key) for key in rule.same]
    return "=" + "|".join(values) if values and all(values) else ""


def _rule(row: Row) -> Likeness:
    rule = Likeness(row.texts("name", ()), row.text("date", ""), row.number("days", 0), row.texts("same", ()))
    if not (rule.name or rule.same):
        msg = "same_person: a rule needs `name` or `same`"
        raise ProcedureError(msg)
    return rule
