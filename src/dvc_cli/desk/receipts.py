"""Receipts: what the backend answered when a dossier was filed, as JSON objects."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dvc_cli.desk.records import Records

_KIND = "receipt"


class Receipts:
    """The receipts of one desk, by dossier code. Failures of the disk are StoreError."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def add(self, dossier: Mapping[str, object], now: datetime) -> None:
        """Keep `dossier` (JSON values only; `code` names it) in place of an older receipt of that code."""
        with self._records.writing():
            self._records.put(_KIND, self._records.hidden(str(dossier["code"])), dossier, now)

    def list(self) -> tuple[Mapping[str, object], ...]:
        """Every receipt, the one added last first."""
        return tuple(record.content for record in self._records.all(_KIND))

    def get(self, code: str) -> Mapping[str, object] | None:
        """The receipt of a dossier code, None when this desk has none."""
        record = self._records.get(_KIND, self._records.hidden(code))
        return record.content if record else None

    def delete(self, code: str) -> None:
        """Forget a receipt; nothing happens when there is none."""
        with self._records.writing():
            self._records.delete(_KIND, self._records.hidden(code))
