"""`dvc ho-so withdraw`: ask for a filed dossier back, before there is a result."""

from __future__ import annotations

from typing import Annotated

from dvc_cli.commands import sessions
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.dossier_document import whole_document
from dvc_cli.commands.flags import CommonFlags, argument, option
from dvc_cli.commands.labels import label
from dvc_cli.contract.values import Dossier
from dvc_cli.desk.receipts import changed
from dvc_cli.errors import CancelledError, NotSupportedError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.result import Result
from dvc_cli.prompts.prompter import Question, Signal

ACTION = "withdraw"


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawOptions(CommonFlags):
    """`code` is a dossier code; `yes` skips the question."""

    code: Annotated[str, argument(metavar="MÃ", help="Mã hồ sơ, xem dvc ho-so list")]
    yes: Annotated[bool, option("--yes", help="Không hỏi lại")] = False


def run(options: WithdrawOptions, deps: Deps) -> Result:
    """Ask, then withdraw; a dossier that was withdrawn before stays so."""
    with sessions.signed_in(deps) as session:
        if ACTION not in deps.backend.capabilities().dossier_actions:
            raise NotSupportedError(problem("BE-NOT-SUPPORTED"))
        found = deps.backend.get_dossier(session.token, options.code)
        if not (options.yes or deps.settings.no_input):
            _confirm(found, deps)
        withdrawn = deps.backend.withdraw_dossier(session.token, found.code)
        deps.record("dossier_change", session.facts.id_masked, ref=withdrawn.code, detail=ACTION)
    deps.desk.receipts.change(withdrawn.code, lambda receipt: changed(receipt, withdrawn, deps.now()))
    document = whole_document(withdrawn, deps.calendar)
    text = (
        _("Đã gửi yêu cầu rút hồ sơ {code}.").format(code=withdrawn.code),
        (_("Trạng thái"), label("dossier_status", withdrawn.status)),
        _("Muốn làm lại thì nộp hồ sơ mới."),
    )
    return Result(deps.command, data={"dossier": document}, next=(f"dvc ho-so show {withdrawn.code}",), text=text)


def _confirm(found: Dossier, deps: Deps) -> None:
    deps.need_asking(_("Thêm --yes để rút mà không hỏi."))
    question = Question("withdraw", _("Rút hồ sơ {code} ({title})?").format(code=found.code, title=found.title or found.procedure))
    try:
        sure = deps.prompter.confirm(question)
    except Signal:
        sure = False
    if not sure:
        raise CancelledError


COMMANDS = {"ho-so withdraw": declare(WithdrawOptions, run)}
