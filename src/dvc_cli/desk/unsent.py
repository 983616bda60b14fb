"""The value of a dossier that waits to be sent, and its JSON shape inside the box."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dvc_cli.desk.records import Record
from dvc_cli.lazy_dataclasses import dataclass, field

QUEUED, SENDING, ACCEPTED, REJECTED, NEEDS_YOU = "queued", "sending", "accepted", "rejected", "needs_you"
STATES = (QUEUED, SENDING, ACCEPTED, REJECTED, NEEDS_YOU)


@dataclass(frozen=True, slots=True)
class Unsent:
    """One dossier on its way, under the id of its draft; the draft keeps the answers and the files.

    `state`: `queued` is tried again at `next_try_at`; `sending` was being sent (or the process ended then); `rejected` was refused by the
    backend; `needs_you` waits for a person, as `reason` says. `idempotency_key` is that of every attempt. `submission` is what was sent
    last, as JSON; `maybe_done` says that it may have arrived, and then nothing else may go out under this key. `draft_version` is the
    draft's at that attempt.
    """

    id: str
    procedure: str
    backend: str
    idempotency_key: str
    created_at: datetime
    updated_at: datetime
    title: str = ""
    subject: str = ""
    state: str = QUEUED
    reason_code: str = ""
    reason: str = ""
    tries: int = 0
    next_try_at: datetime | None = None
    maybe_done: bool = False
    draft_version: int = 0
    submission: Mapping[str, object] = field(default_factory=dict)


def to_content(unsent: Unsent) -> dict[str, object]:
    """The JSON object of an entry; its id stands on the record."""
    return {
        "procedure": unsent.procedure,
        "backend": unsent.backend,
        "idempotency_key": unsent.idempotency_key,
        "created_at": unsent.created_at.isoformat(),
        "updated_at": unsent.updated_at.isoformat(),
        "title": unsent.title,
        "subject": unsent.subject,
        "state": unsent.state,
        "reason_code": unsent.reason_code,
        "reason": unsent.reason,
        "tries": unsent.tries,
        "next_try_at": unsent.next_try_at.isoformat() if unsent.next_try_at else "",
        "maybe_done": unsent.maybe_done,
        "draft_version": unsent.draft_version,
        "submission": dict(unsent.submission),
    }


def from_record(record: Record) -> Unsent:
    """The entry of a record; StoreError DK-STORE-CORRUPT when it has another shape."""
    fields = record.fields()
    return Unsent(
        id=record.id,
        procedure=fields.text("procedure"),
        backend=fields.text("backend"),
        idempotency_key=fields.text("idempotency_key"),
        created_at=fields.instant("created_at"),
        updated_at=fields.instant("updated_at"),
        title=fields.text("title"),
        subject=fields.text("subject"),
        state=fields.text("state"),
        reason_code=fields.text("reason_code"),
        reason=fields.text("reason"),
        tries=fields.number("tries"),
        next_try_at=fields.instant_or_none("next_try_at"),
        maybe_done=fields.flag("maybe_done"),
        draft_version=fields.number("draft_version"),
        submission=fields.table("submission"),
    )
