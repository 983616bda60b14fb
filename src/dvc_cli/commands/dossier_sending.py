"""Sending a complete dossier exactly once, and what a refusal leaves behind."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from dvc_cli.commands import sessions
from dvc_cli.commands.attempts import accept, attempt
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.dossier_case import DossierCase
from dvc_cli.commands.dossier_document import assessed_document, filed_document
from dvc_cli.commands.labels import field_labels
from dvc_cli.commands.receipt import filed_blocks
from dvc_cli.commands.training_mark import training_mark
from dvc_cli.contract.values import Attachment, Dossier, Submission
from dvc_cli.desk import Unsent
from dvc_cli.desk.draft import OPEN
from dvc_cli.errors import Problem, exit_code
from dvc_cli.lazy_dataclasses import dataclass, replace
from dvc_cli.output.envelope import jsonable
from dvc_cli.output.result import ERROR, Result
from dvc_cli.procedures import Assessment

KEY_VERSION = "dvc-idempotency-v1"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A dossier that is ready to go: what is sent, by whom, under which key; `found` is what it was judged to be."""

    found: Assessment
    submission: Submission
    person: str
    key: str


def prepare(deps: Deps, case: DossierCase) -> Prepared:
    """Everything that is needed to send the draft of a case that nothing blocks; the backend tells who is signed in."""
    found = case.assessment()
    submission = _submission(case, found)
    person = deps.backend.who_am_i(sessions.require(deps).token).id_number
    tried = case.draft.state != OPEN
    return Prepared(found, submission, person, case.draft.idempotency_key if tried else _idempotency_key(deps, person, submission))


def deliver(deps: Deps, case: DossierCase, ready: Prepared) -> Dossier:
    """Send it. Key and attempt are on the disk before it begins; a failure keeps the draft, and the outbox knows how it ended."""
    key = case.fix_key(ready.key)
    unsent = replace(waiting_entry(deps, case), idempotency_key=key, subject=deps.desk.consents.subject(ready.person))
    dossier = attempt(deps, sessions.require(deps).token, unsent, ready.submission)
    accept(deps, unsent, ready.submission, ready.person, dossier)
    return dossier


def filed(deps: Deps, case: DossierCase, ready: Prepared, dossier: Dossier, extra: Mapping[str, object]) -> Result:
    """The receipt of a dossier that was taken."""
    return Result(
        deps.command,
        data={"dossier": filed_document(dossier, deps.calendar), "draft": {"id": case.draft.id}, **extra},
        problems=ready.found.problems,
        next=(f"dvc ho-so show {dossier.code}",),
        text=(*training_mark(deps), *filed_blocks(dossier, ready.found.reminders, deps.calendar)),
        labels=field_labels(ready.found.evaluation.form),
        lasting=True,
    )


def waiting_entry(deps: Deps, case: DossierCase) -> Unsent:
    """The outbox entry of a draft that nobody has tried to send yet."""
    draft, now = case.draft, deps.now()
    return Unsent(
        id=draft.id,
        procedure=draft.procedure,
        backend=draft.backend,
        idempotency_key=draft.idempotency_key,
        created_at=now,
        updated_at=now,
        title=draft.title,
        draft_version=draft.version,
    )


def refused(deps: Deps, case: DossierCase, blocking: Iterable[Problem]) -> Result:
    """Nothing was sent: all problems at once, the draft kept."""
    found = case.assessment()
    return Result(
        deps.command,
        ERROR,
        {"dossier": assessed_document(found), "missing": list(found.missing), **case.draft_data()},
        case.problems(found),
        next_of(case),
        exit_code=exit_code(blocking),
        labels=field_labels(found.evaluation.form),
    )


def next_of(case: DossierCase) -> tuple[str, ...]:
    """How to go on with what was kept."""
    return (f"dvc {case.item.command} --draft {case.draft_id}",) if case.draft_id else ()


def _submission(case: DossierCase, found: Assessment) -> Submission:
    files = tuple(
        Attachment(file.slot, file.id, file.name, file.kind or "", file.sha256, case.read_file(file)) for file in found.attachments
    )
    draft = case.draft
    return Submission(
        procedure=case.item.command,
        form_version=case.item.form.version,
        payload=found.payload,
        facts=found.facts,
        attachments=files,
        acknowledge=dict(draft.acknowledge),
        pledge=draft.pledge,
    )


def _idempotency_key(deps: Deps, person: str, submission: Submission) -> str:
    """The same answers of the same account are the same dossier, in whatever process and however often they are sent."""
    parts = [
        KEY_VERSION,
        deps.place,
        person,
        submission.procedure,
        {"payload": dict(submission.payload), "facts": dict(submission.facts)},
        sorted([file.slot, file.id, file.sha256] for file in submission.attachments),
    ]
    text = json.dumps(jsonable(parts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
