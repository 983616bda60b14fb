"""The value of a draft, and its JSON shape inside the box."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from dvc_cli.desk.records import Record
from dvc_cli.domain.dossier import AttachmentFile
from dvc_cli.lazy_dataclasses import dataclass, field

KIND = "draft"
OPEN, SENDING, FILED = "open", "sending", "filed"

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: no i, l, o, u
_ID_LETTERS = 8
_MISREAD = str.maketrans({"i": "1", "l": "1", "o": "0"})


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished (or just filed) dossier.

    `answers` are the texts that were given, field key → text or several; `acknowledge` maps a problem code (or `CODE:field`) to the
    reason; `state` is open, sending or filed; `idempotency_key` is made with the draft and never changes; `title` holds a name and is
    for the screen only; `subject` is `Consents.subject` of the citizen who was signed in; `version` changes with every write.
    """

    id: str
    procedure: str
    form_version: str
    backend: str
    idempotency_key: str
    created_at: datetime
    updated_at: datetime
    answers: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    attachments: tuple[AttachmentFile, ...] = ()
    acknowledge: Mapping[str, str] = field(default_factory=dict)
    pledge: bool = False
    state: str = OPEN
    title: str = ""
    subject: str = ""
    version: int = 0


def new_id() -> str:
    """A short id that cannot be guessed."""
    return "".join(secrets.choice(_LETTERS) for _letter in range(_ID_LETTERS))


def typed_id(text: str) -> str:
    """An id as a person may have typed or read it aloud: capitals, and i, l, o for 1, 1, 0; text that can be asked for in any case."""
    # A word of the command line may hold bytes that are no text; the database takes text only.
    return text.encode("utf-8", "replace").decode("utf-8").strip().lower().translate(_MISREAD)


def to_content(draft: Draft) -> dict[str, object]:
    """The JSON object of a draft; id and version stand on the record."""
    return {
        "procedure": draft.procedure,
        "form_version": draft.form_version,
        "backend": draft.backend,
        "idempotency_key": draft.idempotency_key,
        "created_at": draft.created_at.isoformat(),
        "updated_at": draft.updated_at.isoformat(),
        "answers": {key: value if isinstance(value, str) else list(value) for key, value in draft.answers.items()},
        "attachments": [_attachment(item) for item in draft.attachments],
        "acknowledge": dict(draft.acknowledge),
        "pledge": draft.pledge,
        "state": draft.state,
        "title": draft.title,
        "subject": draft.subject,
    }


def from_record(record: Record) -> Draft:
    """The draft of a record; StoreError DK-STORE-CORRUPT when it has another shape."""
    fields = record.fields()
    attachments = tuple(
        AttachmentFile(
            slot=item.number("slot"),
            id=item.text("id"),
            name=item.text("name"),
            size=item.number("size"),
            kind=item.text("kind") or None,
            sha256=item.text("sha256"),
        )
        for item in fields.tables("attachments")
    )
    return Draft(
        id=record.id,
        procedure=fields.text("procedure"),
        form_version=fields.text("form_version"),
        backend=fields.text("backend"),
        idempotency_key=fields.text("idempotency_key"),
        created_at=fields.instant("created_at"),
        updated_at=fields.instant("updated_at"),
        answers=fields.answers("answers"),
        attachments=attachments,
        acknowledge=fields.texts("acknowledge"),
        pledge=fields.flag("pledge"),
        state=fields.text("state"),
        title=fields.text("title"),
        subject=fields.text("subject", ""),
        version=record.version,
    )


def _attachment(item: AttachmentFile) -> dict[str, object]:
    return {"slot": item.slot, "id": item.id, "name": item.name, "size": item.size, "kind": item.kind or "", "sha256": item.sha256}
