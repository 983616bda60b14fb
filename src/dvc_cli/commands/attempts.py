"""One attempt to send a dossier: on the disk before it is made, and how it ended after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dvc_cli.commands.deps import Deps
from dvc_cli.commands.outcome import problems_of
from dvc_cli.contract.values import Attachment, Submission
from dvc_cli.desk import Desk, Receipt
from dvc_cli.desk.outbox import pause_after
from dvc_cli.desk.reading import Fields
from dvc_cli.desk.unsent import NEEDS_YOU, QUEUED, REJECTED, SENDING, Unsent
from dvc_cli.domain.identity import mask_number
from dvc_cli.errors import BadReplyError, ConflictError, DvcError, RefusedError, TooManyTriesError, UnavailableError
from dvc_cli.lazy_dataclasses import replace
from dvc_cli.output.envelope import jsonable
from dvc_cli.procedures import procedure
from dvc_cli.procedures.likeness import own_texts

if TYPE_CHECKING:
    from dvc_cli.contract.secret import Secret
    from dvc_cli.contract.values import Dossier

LATER = (UnavailableError, TooManyTriesError, BadReplyError)
"""Failures after which trying again may help; they leave with exit code 5."""


def attempt(deps: Deps, token: Secret, unsent: Unsent, submission: Submission) -> Dossier:
    """Send `submission` under the entry's key. Whatever ends the attempt, and even the process, the outbox knows of it."""
    outbox = deps.desk.outbox
    before = outbox.find(unsent.id)
    unknown_before = before is not None and (before.maybe_done or before.state == SENDING)
    # Until an answer is there the dossier may have arrived.
    outbox.begin(replace(unsent, submission=frozen(submission), maybe_done=True), deps.now())
    try:
        return deps.backend.submit_dossier(token, submission, unsent.idempotency_key)
    except DvcError as error:
        failure = error  # the name of an exception ends with its block
        deps.record("file_failed", ref=unsent.id, detail=", ".join(item.code for item in problems_of(error)))
        outbox.settle(unsent.id, lambda entry: ended(entry, failure, deps.now(), unknown_before=unknown_before), deps.now())
        raise


def ended(entry: Unsent, error: DvcError, now: datetime, *, unknown_before: bool) -> Unsent:
    """The entry after a failed attempt: queued, rejected, or waiting for a person; `unknown_before` as of the attempts before."""
    found = problems_of(error)
    told = replace(entry, reason_code=found[0].code if found else "", reason=_words(error), next_try_at=None)
    if isinstance(error, LATER):
        arrived = isinstance(error, BadReplyError) or (isinstance(error, UnavailableError) and error.maybe_done)
        unknown = any(item.code == "BE-TIMEOUT-UNKNOWN" for item in found)
        return replace(told, state=QUEUED, next_try_at=now + _pause(entry, error), maybe_done=unknown_before or arrived or unknown)
    if isinstance(error, ConflictError):
        return replace(told, state=NEEDS_YOU)
    if isinstance(error, RefusedError):
        return replace(told, state=REJECTED, maybe_done=False)
    return replace(told, state=NEEDS_YOU, maybe_done=unknown_before)


def accept(deps: Deps, unsent: Unsent, submission: Submission, person: str, dossier: Dossier) -> None:
    """The backend has taken it: keep the receipt, then let the entry and the draft go. `person` is the number of whom it is filed by."""
    now = deps.now()
    title = unsent.title or dossier.title
    desk = deps.desk
    subject = desk.consents.subject(person)
    alike, key = likeness_marks(desk, submission), desk.mark(unsent.idempotency_key)
    desk.receipts.add(Receipt(replace(dossier, title=title), unsent.backend, now, now, subject, mask_number(person), alike, key))
    deps.record("file", mask_number(person), ref=dossier.code, detail=unsent.procedure)
    desk.outbox.remove(unsent.id)
    desk.drafts.forget(unsent.id)


def likeness_marks(desk: Desk, submission: Submission) -> tuple[str, ...]:
    """The marks under which the receipt of this submission is found by another one for the same person."""
    sent = {**submission.payload, **submission.facts}

    def read(key: str) -> str:
        value = sent.get(key)
        return "" if value is None else str(value)

    return marks_of(desk, submission.procedure, own_texts(procedure(submission.procedure).likeness, read))


def marks_of(desk: Desk, command: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    """The marks of likeness texts of one procedure."""
    return tuple(desk.mark(f"like {command} {text}") for text in texts)


def frozen(submission: Submission) -> Mapping[str, object]:
    """A submission as JSON; files by their hash, their content stays with the draft."""
    kept = jsonable(
        {
            "form_version": submission.form_version,
            "payload": dict(submission.payload),
            "facts": dict(submission.facts),
            "attachments": [
                {"slot": file.slot, "id": file.id, "name": file.name, "kind": file.kind, "sha256": file.sha256}
                for file in submission.attachments
            ],
            "acknowledge": dict(submission.acknowledge),
            "pledge": submission.pledge,
        }
    )
    return kept if isinstance(kept, dict) else {}


def thawed(deps: Deps, unsent: Unsent) -> Submission:
    """The submission of the last attempt, letter for letter."""
    fields = Fields(unsent.id, unsent.submission)
    files = tuple(
        Attachment(
            slot=item.number("slot"),
            id=item.text("id"),
            name=item.text("name"),
            kind=item.text("kind"),
            sha256=item.text("sha256"),
            content=deps.desk.drafts.read_blob(item.text("sha256")),
        )
        for item in fields.tables("attachments")
    )
    return Submission(
        procedure=unsent.procedure,
        form_version=fields.text("form_version"),
        payload=fields.table("payload"),
        facts=fields.table("facts"),
        attachments=files,
        acknowledge=fields.texts("acknowledge"),
        pledge=fields.flag("pledge"),
    )


def _words(error: DvcError) -> str:
    found = problems_of(error)
    return " ".join(part for part in (found[0].message, found[0].hint) if part) if found else ""


def _pause(entry: Unsent, error: DvcError) -> timedelta:
    asked = timedelta(seconds=error.retry_after or 0) if isinstance(error, TooManyTriesError) else timedelta()
    return max(pause_after(entry), asked)
