"""`dvc ho-so supplement`: answer what an office asks for, at the fields that it names. Sent once, however often it is tried."""

from __future__ import annotations

from typing import Annotated

from dvc_cli.commands import sessions
from dvc_cli.commands.answers import read_answers
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.dossier_context import Surroundings
from dvc_cli.commands.dossier_document import receipt_blocks, whole_document
from dvc_cli.commands.failures import error_for
from dvc_cli.commands.flags import AskingFlags, argument
from dvc_cli.commands.sessions import SignedIn
from dvc_cli.commands.supplement_case import SupplementCase
from dvc_cli.contract.values import Dossier
from dvc_cli.desk.receipts import changed
from dvc_cli.errors import ERROR, CancelledError, DvcError, NotSupportedError, RefusedError, problem
from dvc_cli.forms import Given, flatten, is_empty
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass, replace
from dvc_cli.output.result import PENDING, Result
from dvc_cli.procedures import procedure_of_version

ACTION = "supplement"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementOptions(AskingFlags):
    """`code` is a dossier code."""

    code: Annotated[str, argument(metavar="MÃ", help="Mã hồ sơ, xem dvc ho-so list")]


def run(options: SupplementOptions, deps: Deps) -> Result:
    """Answer the office; without a request that waits, say whether what is given stands in the dossier already."""
    answers = read_answers(options, deps)
    with sessions.signed_in(deps) as session:
        case = _case(options.code, session, deps)
        given = flatten(case.item.form, answers.raw)
        if given.unknown or given.problems:
            raise error_for((*given.unknown, *given.problems))
        case.take(_filled(case, given), answers.folder)
        if case.found.request is None:
            return _already(case, deps)
        case.changed = {**deps.desk.supplements.get(case.found.code), **case.changed}
        try:
            return _go(options, case, session, deps)
        except KeyboardInterrupt:
            raise _stopped(case) from None


def _case(code: str, session: SignedIn, deps: Deps) -> SupplementCase:
    if ACTION not in deps.backend.capabilities().dossier_actions:
        raise NotSupportedError(problem("BE-NOT-SUPPORTED"))
    found = deps.backend.get_dossier(session.token, code)
    filed = deps.backend.get_filed_answers(session.token, code)
    item = procedure_of_version(found.procedure, filed.form_version)
    if item is None:
        raise RefusedError(problem("DK-FORM-VERSION", detail=f"({filed.form_version})"))
    return SupplementCase(item, deps, Surroundings(deps, session, found.filed_at), found, filed)


def _filled(case: SupplementCase, given: Given) -> Given:
    """An empty value is no answer."""
    return replace(given, values={key: value for key, value in given.values.items() if not is_empty(case.item.form[key], value)})


def _go(options: SupplementOptions, case: SupplementCase, session: SignedIn, deps: Deps) -> Result:
    if deps.may_ask and not (options.yes and not case.unanswered()):
        from dvc_cli.commands.supplement_talk import talk

        if not talk(case, deps):
            return Result(deps.command, PENDING, _data(case.found, deps), next=(_again(case),), text=(_("Đã lưu, chưa gửi."),))
    found = case.assessment()
    own = [*case.unanswered(), *case.own_problems(found)]
    blocking = [*(each for each in own if each.severity == ERROR), *found.blocking]
    if blocking:
        raise error_for((*own, *found.problems), blocking=blocking, data=_data(case.found, deps), next_commands=(_again(case),))
    submission = case.submission(found)
    try:
        sent = deps.backend.supplement_dossier(session.token, case.found.code, submission, case.idempotency_key(submission))
    except DvcError as error:
        error.next_commands = error.next_commands or (_again(case),)
        raise
    deps.record("dossier_change", session.facts.id_masked, ref=sent.code, detail=ACTION)
    _keep(sent, case, deps)
    return Result(
        deps.command,
        data=_data(sent, deps),
        problems=found.problems,
        next=(f"dvc ho-so show {sent.code}",),
        text=(_("Đã gửi bổ sung."), *receipt_blocks(sent, deps.calendar)),
    )


def _already(case: SupplementCase, deps: Deps) -> Result:
    """Nothing is asked for: the same supplement once more is no error, anything else is refused."""
    if (case.changed or case.files) and case.unchanged():
        deps.desk.supplements.delete(case.found.code)
        return Result(
            deps.command,
            data=_data(case.found, deps),
            text=(_("Nội dung này đã có trong hồ sơ."), *receipt_blocks(case.found, deps.calendar)),
        )
    detail = _("Không có yêu cầu bổ sung nào đang chờ.")
    raise RefusedError(
        problem("BE-REFUSED", detail=detail), data=_data(case.found, deps), next_commands=(f"dvc ho-so show {case.found.code}",)
    )


def _keep(sent: Dossier, case: SupplementCase, deps: Deps) -> None:
    """The receipt of this desk follows; what was kept of the supplement goes."""
    deps.desk.supplements.delete(case.found.code)
    deps.desk.receipts.change(sent.code, lambda receipt: changed(receipt, sent, deps.now()))


def _again(case: SupplementCase) -> str:
    return f"dvc ho-so supplement {case.found.code}"


def _data(found: Dossier, deps: Deps) -> dict[str, object]:
    return {"dossier": whole_document(found, deps.calendar)}


def _stopped(case: SupplementCase) -> CancelledError:
    error = CancelledError()
    error.next_commands = (_again(case),)
    return error


COMMANDS = {"ho-so supplement": declare(SupplementOptions, run)}
