"""Filing now: ask what is missing, review, send once, keep the receipt; whatever ends it, the draft is named."""

from __future__ import annotations

from dvc_cli.commands import sessions
from dvc_cli.commands.attempts import LATER, ended
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.dossier_answers import DossierAnswers
from dvc_cli.commands.dossier_case import DossierCase
from dvc_cli.commands.dossier_context import Surroundings
from dvc_cli.commands.dossier_sending import deliver, filed, next_of, prepare, refused, waiting_entry
from dvc_cli.commands.duplicates import find_alike, go_on
from dvc_cli.commands.flags import FilingFlags
from dvc_cli.commands.outbox_document import session_commands, unsent_document
from dvc_cli.desk import Unsent
from dvc_cli.desk.unsent import NEEDS_YOU, QUEUED
from dvc_cli.errors import CancelledError, DvcError, NotSupportedError, problem
from dvc_cli.language import _
from dvc_cli.output.result import PENDING, Result
from dvc_cli.procedures import Procedure


def file_now(options: FilingFlags, item: Procedure, answers: DossierAnswers, deps: Deps) -> Result:
    """File what was answered. SessionError, then NotSupportedError, then what filing itself meets."""
    with sessions.signed_in(deps) as session:
        away = _away(item, answers, deps)
        if deps.desk.memory and deps.may_ask:
            deps.tell(_("Chỉ giữ trong lần chạy này: không có bản nháp nào được lưu."))
        case = DossierCase(item, deps, Surroundings(deps, session), answers)
        try:
            if away is not None:
                raise away
            return _go(options, item, answers, case, deps)
        except KeyboardInterrupt:
            raise _stopped(case) from None
        except DvcError as error:
            raise _with_draft(error, case, deps) from error.__cause__


def _away(item: Procedure, answers: DossierAnswers, deps: Deps) -> DvcError | None:
    """Why the backend cannot be asked now, where answers are there to be kept first. NotSupportedError: it does not take this procedure."""
    try:
        able = deps.backend.capabilities()
    except LATER as error:
        if not answers.values:
            raise
        return error
    if item.command not in able.procedures:
        raise NotSupportedError(problem("BE-NOT-SUPPORTED"))
    return None


def _go(options: FilingFlags, item: Procedure, answers: DossierAnswers, case: DossierCase, deps: Deps) -> Result:
    if deps.may_ask and not (options.yes and not case.blocking()):
        from dvc_cli.commands.dossier_talk import talk

        if not talk(item, case, deps, asked_before=answers.draft is not None, optional=not options.answers):
            return _saved(case, deps)
    blocking = case.blocking()
    if blocking:
        return refused(deps, case, blocking)
    ready = prepare(deps, case)
    alike = find_alike(deps, case, ready)
    if alike and not go_on(deps, case, alike):
        return _saved(case, deps)
    extra = {"duplicates": [each.document() for each in alike]} if alike else {}
    return filed(deps, case, ready, deliver(deps, case, ready), extra)


def _saved(case: DossierCase, deps: Deps) -> Result:
    """Left with "save": nothing failed."""
    if case.draft_id is None:
        return Result(deps.command, PENDING, case.draft_data(), text=(_("Đã dừng; không có bản nháp nào được giữ."),))
    text = _("Đã lưu bản nháp {draft}.").format(draft=case.draft_id)
    return Result(deps.command, PENDING, case.draft_data(), next=next_of(case), text=(text,))


def _stopped(case: DossierCase) -> CancelledError:
    error = CancelledError(case.draft_id)
    error.next_commands = next_of(case)
    return error


def _with_draft(error: DvcError, case: DossierCase, deps: Deps) -> DvcError:
    """The same error, with the draft that was kept, and with what waits in the outbox."""
    error.data = {**error.data, **case.draft_data()}
    unsent = _unsent(error, case, deps) if case.draft_id else None
    if unsent is not None and unsent.state in {QUEUED, NEEDS_YOU}:
        error.data = {**error.data, "outbox": unsent_document(unsent)}
        error.next_commands = (*session_commands(error), f"dvc outbox send {unsent.id}", *next_of(case))
    error.next_commands = error.next_commands or next_of(case)
    return error


def _unsent(error: DvcError, case: DossierCase, deps: Deps) -> Unsent | None:
    """The outbox entry of this draft; a backend that could not be reached before the first attempt leaves one too."""
    unsent = deps.desk.outbox.find(case.draft.id)
    if unsent is None and isinstance(error, LATER) and case.ready_offline():
        unsent = deps.desk.outbox.put(ended(waiting_entry(deps, case), error, deps.now(), unknown_before=False), deps.now())
    return unsent
