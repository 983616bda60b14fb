"""Reading back what this room wrote as JSON. Anything of another shape is StoreError DK-STORE-CORRUPT."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from dvc_cli.disk.files import corrupt
from dvc_cli.errors import StoreError
from dvc_cli.language import _


class Fields:
    """The members of one JSON object; `name` is what a person is told when one is missing or of another type."""

    def __init__(self, name: str, content: Mapping[str, object]) -> None:
        self._name = name
        self._content = content

    def text(self, key: str, default: str | None = None) -> str:
        """A text; `default` where an earlier version of the program wrote none."""
        value = self._content.get(key, default)
        if isinstance(value, str):
            return value
        raise self._odd()

    def flag(self, key: str, default: bool | None = None) -> bool:
        """True or false; `default` where an earlier version of the program wrote none."""
        value = self._content.get(key, default)
        if isinstance(value, bool):
            return value
        raise self._odd()

    def has(self, key: str) -> bool:
        """Whether there is such a member, and it is not null."""
        return self._content.get(key) is not None

    def number(self, key: str) -> int:
        """A whole number."""
        value = self._content.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise self._odd()

    def instant(self, key: str) -> datetime:
        """An aware instant."""
        try:
            value = datetime.fromisoformat(self.text(key))
        except ValueError as error:
            raise self._odd() from error
        if value.tzinfo is None:
            raise self._odd()
        return value

    def instant_or_none(self, key: str) -> datetime | None:
        """An aware instant, None where there is none or an empty text."""
        return self.instant(key) if self._content.get(key) else None

    def day(self, key: str) -> date:
        """A day."""
        found = self.day_or_none(key)
        if found is None:
            raise self._odd()
        return found

    def day_or_none(self, key: str) -> date | None:
        """A day, None where there is none or an empty text."""
        if not self._content.get(key):
            return None
        try:
            return date.fromisoformat(self.text(key))
        except ValueError as error:
            raise self._odd() from error

    def table(self, key: str) -> Mapping[str, object]:
        """An object."""
        value = self._content.get(key)
        if isinstance(value, dict):
            return value
        raise self._odd()

    def texts(self, key: str) -> dict[str, str]:
        """An object of texts."""
        fields = Fields(self._name, self.table(key))
        return {name: fields.text(name) for name in self.table(key)}

    def answers(self, key: str) -> dict[str, str | tuple[str, ...]]:
        """An object whose members are a text or a list of texts."""
        found: dict[str, str | tuple[str, ...]] = {}
        for name, value in self.table(key).items():
            if isinstance(value, str):
                found[name] = value
            else:
                found[name] = Fields(self._name, self.table(key)).list(name)
        return found

    def list(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._content.get(key)
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise self._odd()

    def tables(self, key: str) -> tuple[Fields, ...]:
        """A list of objects."""
        value = self._content.get(key)
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return tuple(Fields(self._name, item) for item in value)
        raise self._odd()

    def _odd(self) -> StoreError:
        return corrupt(_("Bản ghi {name} không đọc được.").format(name=self._name))
