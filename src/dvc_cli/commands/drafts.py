"""`dvc drafts`: unfinished dossiers on this workstation."""

from __future__ import annotations

from typing import Annotated

from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.draft_document import answer_lines, draft_document, draft_evaluation
from dvc_cli.commands.flags import CommonFlags, argument, option
from dvc_cli.desk import Draft
from dvc_cli.domain.names import mask_name
from dvc_cli.errors import CancelledError
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.result import Result, Table
from dvc_cli.prompts.prompter import Question, Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowOptions(CommonFlags):
    """`id` names one draft."""

    id: Annotated[str, argument(metavar="MÃ", help="Mã bản nháp, xem dvc drafts list")]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteOptions(ShowOptions):
    """`yes` skips the question."""

    yes: Annotated[bool, option("--yes", help="Không hỏi lại")] = False


def list_(_options: CommonFlags, deps: Deps) -> Result:
    """All drafts, the one changed last first."""
    drafts = deps.desk.drafts.list()
    documents = [draft_document(draft, draft_evaluation(draft, deps)) for draft in drafts]
    rows = tuple(
        (
            str(each["id"]),
            str(each["procedure"]),
            str(each["title"]),
            _("{answered} câu, còn {remaining}").format(answered=each["answered"], remaining=each["remaining"]),
            f"{draft.updated_at:%H:%M %d/%m/%Y}",
        )
        for each, draft in zip(documents, drafts, strict=True)
    )
    headers = (_("Mã"), _("Thủ tục"), _("Người được khai"), _("Đã trả lời"), _("Lưu lúc"))
    return Result(deps.command, data={"drafts": documents}, text=(Table(headers, rows),) if rows else (_("Không có bản nháp nào."),))


def show(options: ShowOptions, deps: Deps) -> Result:
    """One draft with its answers; it is the command's own result and stands in full."""
    draft = deps.desk.drafts.get(options.id)
    deps.record("draft_read", mask_name(draft.title), ref=draft.id)
    evaluation = draft_evaluation(draft, deps)
    document = {
        **draft_document(draft, evaluation),
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
    text += answer_lines(draft.answers, evaluation)
    return Result(deps.command, data={"draft": document}, next=(f"dvc {draft.procedure} --draft {draft.id}",), text=tuple(text))


def delete(options: DeleteOptions, deps: Deps) -> Result:
    """Delete a draft with its files, after a question where one can be asked."""
    draft = deps.desk.drafts.get(options.id)
    if not (options.yes or deps.settings.no_input):
        _confirm(draft, deps)
    deps.record("draft_delete", mask_name(draft.title), ref=draft.id)
    deps.desk.outbox.remove(draft.id)
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


COMMANDS = {
    "drafts list": declare(CommonFlags, list_),
    "drafts show": declare(ShowOptions, show),
    "drafts delete": declare(DeleteOptions, delete),
}
