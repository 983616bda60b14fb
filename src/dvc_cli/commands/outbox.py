"""`dvc outbox`: dossiers that are complete and not yet accepted: what waits, why, and trying again."""

from __future__ import annotations

from typing import Annotated

from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags, argument, option
from dvc_cli.commands.outbox_document import next_for, unsent_document, unsent_headers, unsent_row
from dvc_cli.desk import Unsent
from dvc_cli.desk.outbox import is_due
from dvc_cli.desk.unsent import REJECTED
from dvc_cli.errors import UsageError, exit_code, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.result import ERROR, OK, PENDING, Result, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowOptions(CommonFlags):
    """`id` names one entry, as its draft is named."""

    id: Annotated[str, argument(metavar="MÃ", help="Mã trong hộp gửi, xem dvc outbox list")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SendOptions(CommonFlags):
    """`id` names one entry; `all_` takes every entry that can be sent; without either, those whose time has come."""

    id: Annotated[str, argument(metavar="MÃ", help="Mã trong hộp gửi; để trống là những hồ sơ đã đến lượt")] = ""
    all_: Annotated[bool, option("--all", help="Mọi hồ sơ gửi được, cả khi chưa đến lượt")] = False


def list_(_options: CommonFlags, deps: Deps) -> Result:
    """Everything that waits, the oldest first."""
    entries = deps.desk.outbox.list()
    text = (Table(unsent_headers(), tuple(unsent_row(each) for each in entries)),) if entries else (_("Hộp gửi trống."),)
    sendable = any(each.state != REJECTED for each in entries)
    return Result(
        deps.command,
        data={"outbox": [unsent_document(each) for each in entries]},
        next=("dvc outbox send",) if sendable else (),
        text=text,
    )


def show(options: ShowOptions, deps: Deps) -> Result:
    """One entry."""
    unsent = deps.desk.outbox.get(options.id)
    document = {**unsent_document(unsent), "idempotency_key": unsent.idempotency_key, "maybe_done": unsent.maybe_done}
    text = [*zip(unsent_headers(), unsent_row(unsent), strict=True), (_("Khóa chống trùng"), unsent.idempotency_key)]
    if unsent.maybe_done:
        text.append((_("Lưu ý"), _("Có thể đã đến nơi; gửi lại bằng cùng khóa nên không bị nộp hai lần.")))
    return Result(deps.command, data={"outbox": document}, next=next_for(unsent), text=tuple(text))


def send(options: SendOptions, deps: Deps) -> Result:
    """Try again. "Already there" is success: the same dossier under the same key. Other dossiers for the same person are shown first."""
    entries = _chosen(options, deps)
    if not entries:
        waiting = len(deps.desk.outbox.list())
        text = _("Chưa có hồ sơ nào đến lượt ({count} hồ sơ trong hộp gửi).").format(count=waiting) if waiting else _("Hộp gửi trống.")
        return Result(deps.command, data={"outbox": [], "sent": 0}, text=(text,))
    from dvc_cli.commands.outbox_sending import send_entry

    outcomes = [send_entry(deps, each) for each in entries]
    problems = tuple(item for each in outcomes for item in each.blocking)
    code = exit_code(problems)
    sent = [each for each in outcomes if each.dossier is not None]
    duplicates = [document for each in outcomes for document in each.duplicates()]
    stopped = any(each.stopped for each in outcomes)
    return Result(
        deps.command,
        ERROR if code else PENDING if stopped else OK,
        {"outbox": [each.document() for each in outcomes], "sent": len(sent), **({"duplicates": duplicates} if duplicates else {})},
        tuple(item for each in outcomes for item in each.problems),
        tuple(dict.fromkeys(command for each in outcomes for command in each.next)),
        tuple(line for each in outcomes for line in each.text()),
        code,
    )


def _chosen(options: SendOptions, deps: Deps) -> tuple[Unsent, ...]:
    outbox = deps.desk.outbox
    if options.id and options.all_:
        raise UsageError(problem("A-USAGE", detail=_("Chọn một mã hoặc --all, không cả hai.")))
    if options.id:
        unsent = outbox.get(options.id)
        if unsent.backend != deps.place:
            raise UsageError(problem("A-USAGE", "backend", detail=_("Bản nháp này dành cho backend {name}.").format(name=unsent.backend)))
        return (unsent,)
    mine = [each for each in outbox.list() if each.backend == deps.place]
    return tuple(each for each in mine if (each.state != REJECTED if options.all_ else is_due(each, deps.now())))


COMMANDS = {
    "outbox list": declare(CommonFlags, list_),
    "outbox show": declare(ShowOptions, show),
    "outbox send": declare(SendOptions, send),
}
