"""`--check`: what filing would meet. Needs no session, no backend and no token store; a session that is there is used."""

from __future__ import annotations

from dvc_cli.commands import sessions
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.dossier_answers import DossierAnswers
from dvc_cli.commands.dossier_context import Surroundings, invented_numbers
from dvc_cli.commands.dossier_document import (
    Block,
    allowance_blocks,
    assessed_document,
    chain_blocks,
    fee_blocks,
    linked_blocks,
    paper_blocks,
)
from dvc_cli.commands.labels import field_labels
from dvc_cli.errors import ERROR, DvcError, Problem
from dvc_cli.language import _
from dvc_cli.output.result import Result
from dvc_cli.procedures import Assessment, Procedure, assess


def check_dossier(item: Procedure, answers: DossierAnswers, deps: Deps) -> Result:
    """Judge the answers as if they were filed now; exit 0 whatever is wrong with them."""
    surroundings = _surroundings(deps)
    files = (*(answers.draft.attachments if answers.draft else ()), *(each.facts for each in answers.files))
    look_up = surroundings.look_up(item.lookups)
    found = assess(item, answers.values, files, answers.acknowledge, answers.pledge, surroundings.context(), look_up)
    extra = (*answers.problems, *(invented_numbers(found.evaluation) if _real_people(deps) else ()))
    complete = found.complete and not any(each.severity == ERROR for each in extra)
    data = {
        "dossier": assessed_document(found),
        "payload": found.payload,
        "missing": list(found.missing),
        "complete": complete,
    }
    text = _text(found, extra, complete=complete)
    return Result(deps.command, data=data, problems=(*extra, *found.problems), text=tuple(text), labels=field_labels(found.evaluation.form))


def _surroundings(deps: Deps) -> Surroundings:
    session = sessions.usable_without_asking(deps)
    if session is not None:
        try:
            found = Surroundings(deps, session)
            found.context()  # asks the backend
        except DvcError as error:
            deps.detail(_("Kiểm tra không dùng phiên đăng nhập: {codes}.").format(codes=error))
        else:
            return found
    return Surroundings(deps, None)


def _real_people(deps: Deps) -> bool:
    """Whether the chosen backend takes real citizens only; one that cannot be asked counts so."""
    if deps.on_sandbox:
        return False
    try:
        return not deps.backend.capabilities().invented_people
    except DvcError:
        return True


def _text(found: Assessment, extra: tuple[Problem, ...], *, complete: bool) -> list[Block]:
    blocks: list[Block] = [_("Có thể nộp như đang có.") if complete else _("Chưa nộp được.")]
    if found.missing:
        form = found.evaluation.form
        blocks.append(_("Còn thiếu {count} câu trả lời:").format(count=len(found.missing)))
        blocks += [(f"  {key}", str(form[key].label)) for key in found.missing]
    if extra:
        blocks.append(_("Tệp trả lời có {count} chỗ sai.").format(count=len(extra)))
    blocks += [(_("Mã thủ tục"), found.procedure_code), *chain_blocks(found.deadline)]
    blocks += linked_blocks(found.members)
    return [*blocks, *fee_blocks(found.fees), *allowance_blocks(found.allowances), *paper_blocks(found.papers)]
