"""Consent: that a citizen agreed to the use of their data for a purpose, when, before whom, and whether they withdrew it."""

from __future__ import annotations

import secrets
from datetime import datetime

from dvc_cli.desk.records import Record, Records
from dvc_cli.lazy_dataclasses import dataclass

_KIND = "consent"
_ID_BYTES = 8


@dataclass(frozen=True, slots=True)
class Consent:
    """One entry: agreement (`given`) or withdrawal. `subject` stands for the citizen on this desk without telling the number."""

    id: str
    subject: str
    subject_masked: str
    purpose: str
    staff: str
    at: datetime
    given: bool


class Consents:
    """The entries of one desk; none is ever changed: a withdrawal is an entry of its own. Failures of the disk are StoreError."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def subject(self, id_number: str) -> str:
        """What stands for the citizen with this personal number on this desk; not reversible without the desk's key."""
        return self._records.hidden(f"subject {id_number}")

    def record(self, subject: str, subject_masked: str, purpose: str, staff: str, at: datetime) -> Consent:
        """Record that the citizen agreed."""
        return self._add(Consent(secrets.token_hex(_ID_BYTES), subject, subject_masked, purpose, staff, at, given=True))

    def withdraw(self, subject: str, purpose: str, staff: str, at: datetime) -> Consent | None:
        """Record that the citizen withdrew; None when there was no agreement in force."""
        present = self.current(subject, purpose)
        if present is None:
            return None
        return self._add(Consent(secrets.token_hex(_ID_BYTES), subject, present.subject_masked, purpose, staff, at, given=False))

    def current(self, subject: str, purpose: str) -> Consent | None:
        """The agreement in force, None when there is none or it was withdrawn."""
        last = next((entry for entry in self.list() if (entry.subject, entry.purpose) == (subject, purpose)), None)
        return last if last and last.given else None

    def list(self) -> tuple[Consent, ...]:
        """Every entry, the one made last first."""
        return tuple(_consent(record) for record in self._records.all(_KIND))

    def _add(self, entry: Consent) -> Consent:
        content = {
            "subject": entry.subject,
            "subject_masked": entry.subject_masked,
            "purpose": entry.purpose,
            "staff": entry.staff,
            "at": entry.at.isoformat(),
            "given": entry.given,
        }
        with self._records.writing():
            self._records.put(_KIND, entry.id, content, entry.at)
        return entry


def _consent(record: Record) -> Consent:
    fields = record.fields()
    return Consent(
        id=record.id,
        subject=fields.text("subject"),
        subject_masked=fields.text("subject_masked"),
        purpose=fields.text("purpose"),
        staff=fields.text("staff"),
        at=fields.instant("at"),
        given=fields.flag("given"),
    )
