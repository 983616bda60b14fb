"""Reading a procedure's own TOML tables: every attribute has a type, a misspelt one is an error."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from dvc_cli.data.tables import in_force
from dvc_cli.forms.conditions import ALWAYS, Condition, ConditionError, parse_condition
from dvc_cli.language import Text
from dvc_cli.lazy_dataclasses import dataclass

KNOWN_PREFIX = "known."
"""Condition keys that begin so are look-up facts, not fields."""


DATES = ("valid_from", "valid_to")
"""The attributes of rows that hold between two filing days only, both included."""


class ProcedureError(ValueError):
    """Raised when a procedure's folder does not describe a procedure; the text names the table."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days between which a row holds, both included; None is open."""

    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the row holds for a filing on that day."""
        return in_force(on, self.valid_from, self.valid_to)

    @property
    def always(self) -> bool:
        """Whether it holds on every day."""
        return self.valid_from is None and self.valid_to is None


ALWAYS_VALID = Span()


class Row:
    """One table of a TOML file; `where` names it in errors. Raises ProcedureError for attributes that it does not know."""

    def __init__(self, raw: Mapping[str, object], where: str, known: Collection[str]) -> None:
        unknown = sorted(set(raw) - set(known))
        if unknown:
            msg = f"{where}: unknown attribute {', '.join(unknown)}"
            raise ProcedureError(msg)
        self._raw, self._where = raw, where

    def text(self, name: str, default: str | None = None) -> str:
        """A text; without a default it must be there."""
        value = self._raw.get(name, default)
        if not isinstance(value, str) or (default is None and not value):
            raise self._fault(name, "a text")
        return value

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number; without a default it must be there."""
        value = self._raw.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._fault(name, "a whole number")
        return value

    def numbers(self, name: str, default: tuple[int, ...]) -> tuple[int, ...]:
        """A list of whole numbers."""
        value = self._raw.get(name)
        if value is None:
            return default
        if not isinstance(value, list) or not value or not all(type(item) is int for item in value):
            raise self._fault(name, "a list of whole numbers")
        return tuple(value)

    def texts(self, name: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts; without a default it must be there."""
        if default is not None and name not in self._raw:
            return default
        value = self._raw.get(name)
        if not isinstance(value, list) or not value or not all(isinstance(item, str) and item for item in value):
            raise self._fault(name, "a list of texts")
        return tuple(value)

    def flag(self, name: str) -> bool:
        """True or false, false when absent."""
        value = self._raw.get(name, False)
        if not isinstance(value, bool):
            raise self._fault(name, "true or false")
        return value

    def label(self, name: str) -> Text:
        """A text in both languages, empty when absent."""
        value = self._raw.get(name, {"vi": "", "en": ""})
        if not isinstance(value, Mapping) or set(value) != {"vi", "en"}:
            raise self._fault(name, "a table of texts vi and en")
        return Text(str(value["vi"]), str(value["en"]))

    def condition(self, name: str, default: Condition = ALWAYS) -> Condition:
        """A condition over field keys and look-up facts."""
        if name not in self._raw:
            return default
        try:
            return parse_condition(self._raw[name])
        except ConditionError as error:
            raise self._fault(name, str(error)) from None

    def span(self) -> Span:
        """The days between which the row holds."""
        return Span(*(self._day(name) for name in DATES))

    def _day(self, name: str) -> date | None:
        value = self._raw.get(name)
        if value is not None and type(value) is not date:
            raise self._fault(name, "a date")
        return value

    def _fault(self, name: str, wanted: str) -> ProcedureError:
        return ProcedureError(f"{self._where}: `{name}` takes {wanted}")


def rows(raw: Mapping[str, object], name: str, known: Collection[str]) -> tuple[Row, ...]:
    """The tables `[[name]]` of a parsed file, none when absent."""
    value = raw.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        msg = f"`{name}` takes tables"
        raise ProcedureError(msg)
    return tuple(Row(item, f"{name}[{place}]", known) for place, item in enumerate(value))
