"""Sending one entry of the outbox again: letter for letter where it may have arrived, judged anew where it has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dvc_cli.commands import sessions
from dvc_cli.commands.attempts import accept, attempt, ended, thawed
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.dossier_answers import DossierAnswers
from dvc_cli.commands.dossier_case import DossierCase
from dvc_cli.commands.dossier_context import Surroundings
from dvc_cli.commands.dossier_sending import deliver, prepare
from dvc_cli.commands.duplicates import Alike, find_alike, go_on
from dvc_cli.commands.outbox_document import next_for, session_commands, unsent_document, unsent_row
from dvc_cli.commands.outcome import problems_of
from dvc_cli.commands.sessions import SignedIn
from dvc_cli.desk import Draft, Unsent
from dvc_cli.desk.unsent import ACCEPTED, NEEDS_YOU, SENDING
from dvc_cli.errors import DvcError, Problem, RefusedError, SessionError, StoreError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass, replace
from dvc_cli.procedures import procedure_of_version

if TYPE_CHECKING:
    from dvc_cli.contract.values import Dossier


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the sending of one entry ended: `unsent` as it stands now, `dossier` when it was taken; `blocking` decide the exit code.

    `alike` are other dossiers for the same person; `stopped` when somebody was shown them and said no.
    """

    unsent: Unsent
    dossier: Dossier | None = None
    alike: tuple[Alike, ...] = ()
    stopped: bool = False
    problems: tuple[Problem, ...] = ()
    blocking: tuple[Problem, ...] = ()
    next: tuple[str, ...] = ()

    def document(self) -> dict[str, object]:
        """One entry of `outbox[]`, with the dossier's code once there is one."""
        return {**unsent_document(self.unsent), "dossier_code": self.dossier.code if self.dossier else None}

    def duplicates(self) -> tuple[dict[str, object], ...]:
        """The entries of `duplicates[]`, each with the draft that it stands beside."""
        return tuple({**each.document(), "draft": self.unsent.id} for each in self.alike)

    def text(self) -> tuple[str, ...]:
        """One line for a person."""
        if self.stopped:
            return (_("{title}: chưa gửi, vẫn nằm trong hộp gửi.").format(title=self.unsent.title or self.unsent.id),)
        if self.dossier is not None:
            return (_("{title}: đã nộp, mã hồ sơ {code}.").format(title=self.unsent.title or self.unsent.id, code=self.dossier.code),)
        row = unsent_row(self.unsent)
        return (f"{row[2]} ({row[0]}): {row[3]}. {row[6]}",)


class _BlockedError(RefusedError):
    """Raised when the draft is no longer complete; carries all problems, `blocking` those that block."""

    def __init__(self, problems: tuple[Problem, ...], blocking: tuple[Problem, ...]) -> None:
        super().__init__(*problems)
        self.blocking = blocking


def send_entry(deps: Deps, unsent: Unsent) -> Outcome:
    """One more attempt, with the key of all attempts. Failures of the local store are raised, all others told in the outcome."""
    try:
        with sessions.signed_in(deps) as session:
            person = _person(deps, session, unsent)
            return _send(deps, session, unsent, person)
    except StoreError:
        raise
    except DvcError as error:
        return _failed(deps, unsent, error)


def _accepted(unsent: Unsent, dossier: Dossier, alike: tuple[Alike, ...] = ()) -> Outcome:
    accepted = replace(unsent, state=ACCEPTED, reason_code="", reason="", next_try_at=None)
    return Outcome(accepted, dossier, alike, next=(f"dvc ho-so show {dossier.code}",))


def _person(deps: Deps, session: SignedIn, unsent: Unsent) -> str:
    """The number of the signed-in person, who must be the one that the dossier is filed by."""
    person = deps.backend.who_am_i(session.token).id_number
    if unsent.subject and deps.desk.consents.subject(person) != unsent.subject:
        raise SessionError(problem("TK-SESSION-MISSING", detail=_("Hồ sơ này của công dân khác; công dân ấy cần đăng nhập.")))
    return person


def _send(deps: Deps, session: SignedIn, unsent: Unsent, person: str) -> Outcome:
    draft = deps.desk.drafts.get(unsent.id)
    if (unsent.maybe_done or unsent.state == SENDING) and draft.version == unsent.draft_version:
        submission = thawed(deps, unsent)
        dossier = attempt(deps, session.token, unsent, submission)
        accept(deps, unsent, submission, person, dossier)
        return _accepted(unsent, dossier)
    case = _case(deps, session, draft)
    blocking = case.blocking()
    if blocking:
        raise _BlockedError(case.problems(case.assessment()), blocking)
    ready = prepare(deps, case)
    alike = find_alike(deps, case, ready)
    if alike and not go_on(deps, case, alike):
        again = (f"dvc outbox send {unsent.id}", f"dvc {unsent.procedure} --draft {unsent.id}")
        return Outcome(deps.desk.outbox.find(unsent.id) or unsent, alike=alike, stopped=True, next=again)
    return _accepted(unsent, deliver(deps, case, ready), alike)


def _case(deps: Deps, session: SignedIn, draft: Draft) -> DossierCase:
    item = procedure_of_version(draft.procedure, draft.form_version)
    if item is None or not item.in_force(deps.today()):
        raise RefusedError(problem("DK-FORM-VERSION", detail=f"({draft.form_version})"))
    answers = DossierAnswers(dict(draft.answers), acknowledge=dict(draft.acknowledge), pledge=draft.pledge, draft=draft)
    return DossierCase(item, deps, Surroundings(deps, session), answers)


def _failed(deps: Deps, unsent: Unsent, error: DvcError) -> Outcome:
    """What an attempt that ended in `error` left; one that ended before it was made is written down here."""
    found = problems_of(error)
    present = deps.desk.outbox.find(unsent.id) or unsent
    if present.tries == unsent.tries:
        unknown = unsent.maybe_done or unsent.state == SENDING
        left = ended(present, error, deps.now(), unknown_before=unknown)
        # Nobody but the backend rejects: what the desk itself finds waits for a person.
        left = replace(left, state=NEEDS_YOU, maybe_done=unknown) if isinstance(error, RefusedError) else left
        present = deps.desk.outbox.settle(unsent.id, lambda _entry: left, deps.now()) or left
    blocking = error.blocking if isinstance(error, _BlockedError) else found
    edit = (f"dvc {unsent.procedure} --draft {unsent.id}",) if isinstance(error, RefusedError) else ()
    return Outcome(present, problems=found, blocking=blocking, next=(*session_commands(error), *edit, *(() if edit else next_for(present))))
