"""`dvc done`: the citizen leaves. What is theirs goes; codes, dates and masked lines stay, and it says which and until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated

from dvc_cli.commands import sessions
from dvc_cli.commands.codes import Tickets
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags, option
from dvc_cli.commands.keeping import keep_days, oldest_kept
from dvc_cli.commands.kept_login import forget_kept
from dvc_cli.desk import Draft, Receipt, SessionFacts
from dvc_cli.desk.receipt import reduce_receipt
from dvc_cli.domain.dates import format_date
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.result import Result, Table
from dvc_cli.prompts.prompter import Question, Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneOptions(CommonFlags):
    """`all_` takes every citizen of this desk; `yes` deletes unfinished drafts without a question."""

    all_: Annotated[bool, option("--all", help="Mọi công dân trên máy này, ở mọi nơi tiếp nhận")] = False
    yes: Annotated[bool, option("--yes", help="Xóa cả bản nháp còn dở mà không hỏi")] = False


@dataclass(frozen=True, slots=True)
class Belongings:
    """What belongs to those who leave: their sessions, unfinished drafts, drafts that wait in the outbox, receipts."""

    sessions: tuple[SessionFacts, ...]
    drafts: tuple[Draft, ...]
    unsent: tuple[Draft, ...]
    receipts: tuple[Receipt, ...]


def run(options: DoneOptions, deps: Deps) -> Result:
    """Sign out, wipe, clear the screen. An unfinished draft goes only when somebody says so; what is unsent stays in the outbox."""
    days = keep_days(deps)
    theirs = _belongings(options, deps)
    gone = theirs.drafts if options.yes or (theirs.drafts and _sure(theirs.drafts, deps)) else ()
    kept_drafts = tuple(draft for draft in theirs.drafts if draft not in gone)
    for facts in theirs.sessions:
        sessions.end(deps, facts)
    pending = _forget_pending(options, deps, theirs.sessions)
    reduced = _wipe(deps, gone, theirs.receipts)
    _purge_receipts(deps, days)
    masked = ", ".join(dict.fromkeys(facts.id_masked for facts in theirs.sessions))
    deps.record("done", masked, detail=f"{len(gone)} drafts, {len(reduced)} receipts")
    cleared = not deps.plain and deps.world.clear_screen()
    data = {
        "signed_out": len(theirs.sessions),
        "deleted": {"drafts": [draft.id for draft in gone], "pending": pending},
        "kept": {
            "dossiers": [_kept(receipt, days) for receipt in reduced],
            "drafts": [draft.id for draft in kept_drafts],
            "unsent": [draft.id for draft in theirs.unsent],
        },
        "screen_cleared": cleared,
    }
    next_commands = (*(("dvc outbox list",) if theirs.unsent else ()), *(("dvc drafts list",) if kept_drafts else ()))
    return Result(deps.command, data=data, next=next_commands, text=_text(theirs, gone, kept_drafts, reduced, days))


def _belongings(options: DoneOptions, deps: Deps) -> Belongings:
    mine = sessions.current(deps)
    leaving = deps.sessions.all() if options.all_ else (mine,) if mine else ()
    subjects = {facts.subject for facts in leaving if facts.subject}
    desk = deps.desk
    waiting = {entry.id for entry in desk.outbox.list()}
    drafts = [draft for draft in desk.drafts.list() if options.all_ or draft.subject in subjects]
    receipts = (
        desk.receipts.unreduced() if options.all_ else tuple(each for subject in subjects for each in desk.receipts.of_subject(subject))
    )
    return Belongings(
        tuple(leaving),
        tuple(draft for draft in drafts if draft.id not in waiting),
        tuple(draft for draft in drafts if draft.id in waiting),
        receipts,
    )


def _sure(drafts: tuple[Draft, ...], deps: Deps) -> bool:
    """Whether unfinished drafts may go; where nobody can be asked they stay, and the answer says so."""
    if not deps.may_ask:
        return False
    names = ", ".join(draft.title or draft.id for draft in drafts[:3])
    try:
        return deps.prompter.confirm(Question("done", _("Xóa {count} bản nháp còn dở ({names})?").format(count=len(drafts), names=names)))
    except Signal:
        return False


def _forget_pending(options: DoneOptions, deps: Deps, leaving: Iterable[SessionFacts]) -> int:
    """Registrations, codes and sign-ins that wait: those of the citizen who leaves, all of them where nobody is signed in."""
    masked = {facts.id_masked for facts in leaving}
    waiting = [each for each in deps.waiting.list() if options.all_ or not masked or each.subject_masked in masked]
    for each in waiting:
        Tickets(deps).forget(each.id)
    return len(waiting) + forget_kept(deps, everywhere=options.all_)


def _wipe(deps: Deps, drafts: Iterable[Draft], receipts: Iterable[Receipt]) -> tuple[Receipt, ...]:
    """Delete drafts with their files and unsent answers to offices; of receipts only code, dates and statuses stay."""
    desk = deps.desk
    for draft in drafts:
        desk.drafts.forget(draft.id)
    reduced = []
    for receipt in receipts:
        desk.supplements.delete(receipt.code)
        kept = desk.receipts.change(receipt.code, reduce_receipt)
        reduced += [kept] if kept else []
    return tuple(reduced)


def _purge_receipts(deps: Deps, days: int) -> None:
    """What was promised to go by now goes: there is no daemon that would see to it."""
    old = deps.desk.receipts.older(oldest_kept(deps, days))
    if old:
        deps.record("purge", detail=f"{len(old)} receipts")
        deps.desk.receipts.delete(*(receipt.code for receipt in old))


def _kept_until(receipt: Receipt, days: int) -> date:
    return max(receipt.kept_at.date(), receipt.dossier.due_on) + timedelta(days=days)


def _kept(receipt: Receipt, days: int) -> dict[str, object]:
    dossier = receipt.dossier
    return {
        "code": dossier.code,
        "procedure": dossier.procedure,
        "filed_at": dossier.filed_at,
        "due_on": dossier.due_on,
        "subject_masked": receipt.subject_masked,
        "keep_until": _kept_until(receipt, days),
    }


def _text(
    theirs: Belongings, gone: tuple[Draft, ...], kept_drafts: tuple[Draft, ...], reduced: tuple[Receipt, ...], days: int
) -> tuple[str | Table, ...]:
    signed_out = _("Đã đăng xuất và xóa phiên.") if theirs.sessions else _("Không có ai đang đăng nhập.")
    blocks: list[str | Table] = [signed_out, _("Đã xóa {count} bản nháp cùng tệp kèm theo.").format(count=len(gone))]
    if reduced:
        rows = tuple(
            (each.code, f"{each.dossier.filed_at:%d/%m/%Y}", format_date(each.dossier.due_on), format_date(_kept_until(each, days)))
            for each in reduced
        )
        blocks += [_("Chỉ giữ lại mã hồ sơ và ngày:"), Table((_("Mã hồ sơ"), _("Nộp ngày"), _("Hẹn trả"), _("Giữ đến")), rows)]
    if theirs.unsent:
        blocks.append(_("Còn {count} hồ sơ chưa gửi, được giữ lại (dvc outbox list).").format(count=len(theirs.unsent)))
    if kept_drafts:
        blocks.append(_("Còn {count} bản nháp chưa xóa (dvc drafts list).").format(count=len(kept_drafts)))
    blocks.append(_("Sổ nhật ký và sự đồng ý chỉ ghi thông tin đã che."))
    return tuple(blocks)


COMMANDS = {"done": declare(DoneOptions, run)}
