"""`dvc drafts`: unfinished dossiers on this workstation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import typer

from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.dossier_context import Surroundings
from dvc_cli.commands.flags import CommonFlags
from dvc_cli.desk import Draft
from dvc_cli.errors import CancelledError
from dvc_cli.forms import Evaluation, evaluate
from dvc_cli.language import _
from dvc_cli.output.result import Result, Table
from dvc_cli.procedures import procedure, procedures
from dvc_cli.prompts.prompter import Question, Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowOptions(CommonFlags):
    """`id` names one draft."""

    id: Annotated[str, typer.Argument(metavar="MÃ", help="Mã bản nháp, xem dvc drafts list")]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteOptions(ShowOptions):
    """`yes` skips the question."""

    yes: Annotated[bool, typer.Option("--yes", help="Không hỏi lại")] = False


def list_(_options: CommonFlags, deps: Deps) -> Result:
    """All drafts, the one changed last first."""
    documents = [_document(draft, deps) for draft in deps.desk.drafts.list()]
    rows = tuple(
        (
            str(each["id"]),
            str(each["procedure"]),
            str(each["title"]),
            _("{answered} câu, còn {remaining}").format(answered=each["answered"], remaining=each["remaining"]),
            f"{draft.updated_at:%H:%M %d/%m/%Y}",
        )
        for each, draft in zip(documents, deps.desk.drafts.list(), strict=True)
    )
    headers = (_("Mã"), _("Thủ tục"), _("Người được khai"), _("Đã trả lời"), _("Lưu lúc"))
    return Result(deps.command, data={"drafts": documents}, text=(Table(headers, rows),) if rows else (_("Không có bản nháp nào."),))


def show(options: ShowOptions, deps: Deps) -> Result:
    """One draft with its answers; it is the command's own result and stands in full."""
    draft = deps.desk.drafts.get(options.id)
    evaluation = _evaluation(draft, deps)
    document = {
        **_document(draft, deps),
        "backend": draft.backend,
        "state": draft.state,
        "created_at": draft.created_at,
        "answers": draft.answers,
        "missing": list(evaluation.missing) if evaluation else [],
        "attachments": [{"slot": file.slot, "id": file.id, "name": file.name, "size": file.size} for file in draft.attachments],
        "acknowledge": draft.acknowledge,
        "pledge": draft.pledge,
    }
    text = [(_("Mã"), draft.id), (_("Thủ tục"), draft.procedure), (_("Người được khai"), draft.title or "—")]
    text += _answer_lines(draft.answers, evaluation)
    return Result(deps.command, data={"draft": document}, next=(f"dvc {draft.procedure} --draft {draft.id}",), text=tuple(text))


def delete(options: DeleteOptions, deps: Deps) -> Result:
    """Delete a draft with its files, after a question where one can be asked."""
    draft = deps.desk.drafts.get(options.id)
    if not (options.yes or deps.settings.no_input):
        _confirm(draft, deps)
    deps.desk.drafts.delete(draft.id)
    return Result(deps.command, data={"draft": {"id": draft.id}}, text=(_("Đã xóa bản nháp {draft}.").format(draft=draft.id),))


def _confirm(draft: Draft, deps: Deps) -> None:
    deps.need_asking(_("Thêm --yes để xóa mà không hỏi."))
    question = Question("delete", _("Xóa bản nháp {draft} ({title})?").format(draft=draft.id, title=draft.title or draft.procedure))
    try:
        sure = deps.prompter.confirm(question)
    except Signal:
        sure = False
    if not sure:
        raise CancelledError(draft.id)


def _document(draft: Draft, deps: Deps) -> dict[str, object]:
    evaluation = _evaluation(draft, deps)
    answered = [key for key, value in draft.answers.items() if value and (evaluation is None or key in evaluation.live)]
    return {
        "id": draft.id,
        "procedure": draft.procedure,
        "form_version": draft.form_version,
        "title": draft.title,
        "answered": len(answered),
        "remaining": len(evaluation.missing) if evaluation else 0,
        "updated_at": draft.updated_at,
    }


def _evaluation(draft: Draft, deps: Deps) -> Evaluation | None:
    """What the draft's form says; None when that form is no longer shipped."""
    if draft.procedure not in procedures() or procedure(draft.procedure).form.version != draft.form_version:
        return None
    return evaluate(procedure(draft.procedure).form, draft.answers, Surroundings(deps, None).context())


def _answer_lines(answers: Mapping[str, str | tuple[str, ...]], evaluation: Evaluation | None) -> list[tuple[str, str]]:
    if evaluation is None:
        return [(key, value if isinstance(value, str) else "; ".join(value)) for key, value in answers.items()]
    return [(str(evaluation.form[key].label), evaluation.display(key)) for key in evaluation.live if evaluation.display(key)]


COMMANDS = {
    "drafts list": declare(CommonFlags, list_),
    "drafts show": declare(ShowOptions, show),
    "drafts delete": declare(DeleteOptions, delete),
}
