"""The portal's own check of a submission: the same form, rules and papers as on the counter's side, its own clock and registers."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from dvc_cli.contract.values import Attachment, Submission
from dvc_cli.domain.calendar import WorkingCalendar, working_calendar
from dvc_cli.domain.dossier import AttachmentFile
from dvc_cli.domain.filetypes import sniff
from dvc_cli.errors import NotSupportedError, Problem, RefusedError, problem
from dvc_cli.forms import Answer, Context, rows_text, unknown_key
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.portal.registers import known_facts, requester_block
from dvc_cli.procedures import Assessment, Procedure, assess, procedure, subject_name
from dvc_cli.text import safe


@dataclass(frozen=True, slots=True)
class Judged:
    """A submission that may be filed; `title` is the name of the person it is about."""

    assessment: Assessment
    title: str


def judge(
    connection: sqlite3.Connection,
    person: str,
    submission: Submission,
    now: datetime,
    calendar: WorkingCalendar | None = None,
    kept: Sequence[AttachmentFile] = (),
) -> Judged:
    """Judge what was sent as if it were filed at `now` by `person`, by the shipped calendar where none is named; `kept` are files
    that the portal has already.

    NotSupportedError BE-NOT-SUPPORTED: no such procedure. RefusedError: DK-FORM-VERSION; A-UNKNOWN-KEY; BE-REFUSED for a file that
    did not arrive whole; A-REQUESTER; every problem of the form, its rules and its papers that
    blocks, a warning without a reason among them.
    """
    item = _procedure(submission, now.date())
    given = given_of(submission)
    _refuse_if(unknown_key(key, item.form.keys) for key in given if key not in item.form)
    block = requester_block(connection, person)
    assessment = assess(
        item,
        given,
        (*kept, *(_file_facts(file) for file in submission.attachments)),
        submission.acknowledge,
        submission.pledge,
        Context(on=now.date(), now=now, calendar=calendar or working_calendar(), session_values=block),
        lambda seen: known_facts(connection, seen, item.lookups),
    )
    _refuse_if(assessment.blocking)
    return Judged(assessment, subject_name(item.form, assessment.evaluation.text))


def given_of(submission: Submission) -> dict[str, Answer]:
    """Payload and facts as answers: the texts that the form reads back to the same values."""
    return {key: _answer(value) for part in (submission.payload, submission.facts) for key, value in part.items()}


def _procedure(submission: Submission, on: date) -> Procedure:
    try:
        item = procedure(submission.procedure, on=on)
    except KeyError:
        raise NotSupportedError(problem("BE-NOT-SUPPORTED", detail=f"({safe(submission.procedure, 40)})")) from None
    if submission.form_version != item.form.version or not item.in_force(on):
        raise RefusedError(problem("DK-FORM-VERSION", detail=f"({safe(submission.form_version, 40)} → {item.form.version})"))
    return item


def _refuse_if(problems: Iterable[Problem]) -> None:
    found = tuple(problems)
    if found:
        raise RefusedError(*found)


def _answer(value: object) -> Answer:
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        rows = [{str(key): _text(part) for key, part in row.items()} for row in value if isinstance(row, Mapping)]
        return rows_text(rows) if rows else tuple(str(part) for part in value)
    return _text(value)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)


def _file_facts(file: Attachment) -> AttachmentFile:
    """What the content itself tells; the sender's word counts only for row, id and name."""
    sha256 = hashlib.sha256(file.content).hexdigest()
    if sha256 != file.sha256:
        detail = _("Tệp {name} đến không nguyên vẹn.").format(name=safe(file.name, 60))
        raise RefusedError(problem("BE-REFUSED", "attachments", detail=detail, hint=_("Nộp lại."), source="sandbox"))
    return AttachmentFile(file.slot, file.id, file.name, len(file.content), sniff(file.content), sha256)
