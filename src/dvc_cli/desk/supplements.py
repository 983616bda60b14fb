"""Answers to an office that are not sent yet, by dossier code: nothing typed is lost while a supplement is being made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dvc_cli.desk.records import Records

KIND = "supplement"

Answers = Mapping[str, str | tuple[str, ...]]


class Supplements:
    """The unsent supplements of one desk. Failures of the disk are StoreError."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def get(self, code: str) -> dict[str, str | tuple[str, ...]]:
        """The answers changed so far for the dossier; empty when there are none."""
        record = self._records.get(KIND, self._id(code))
        return record.fields().answers("answers") if record else {}

    def save(self, code: str, key: str, value: str | tuple[str, ...], now: datetime) -> None:
        """Keep one changed answer."""
        with self._records.writing():
            answers = {**self.get(code), key: value}
            kept = {name: each if isinstance(each, str) else list(each) for name, each in answers.items()}
            self._records.put(KIND, self._id(code), {"answers": kept}, now)

    def delete(self, code: str) -> None:
        """Forget them; nothing happens when there are none."""
        with self._records.writing():
            self._records.delete(KIND, self._id(code))

    def delete_older(self, before: datetime) -> int:
        """Forget those that nobody has changed since an instant; how many there were."""
        with self._records.writing():
            old = self._records.older(KIND, before)
            for record in old:
                self._records.delete(KIND, record.id)
        return len(old)

    def _id(self, code: str) -> str:
        return self._records.hidden(f"supplement {code.strip().upper()}")
