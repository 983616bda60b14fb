"""`dvc purge`: drafts and receipts that are older than the desk keeps them; what is unsent is never thrown away."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from dvc_cli.commands.codes import Tickets
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.draft_document import draft_document, draft_evaluation
from dvc_cli.commands.flags import CommonFlags, option
from dvc_cli.commands.keeping import keep_days, oldest_kept
from dvc_cli.commands.receipt_document import receipt_document
from dvc_cli.desk import Draft, Receipt
from dvc_cli.errors import CancelledError
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.result import Result
from dvc_cli.prompts.prompter import Question, Signal

LONG_UNUSED_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeOptions(CommonFlags):
    """`dry_run` only says what would go; `days` stands in for the setting; `yes` skips the question."""

    dry_run: Annotated[bool, option("--dry-run", help="Chỉ nói sẽ xóa gì")] = False
    days: Annotated[str, option("--days", metavar="SỐ", help="Cũ hơn bao nhiêu ngày (mặc định: thiết lập keep_days)")] = ""
    yes: Annotated[bool, option("--yes", help="Không hỏi lại")] = False


@dataclass(frozen=True, slots=True)
class Old:
    """What is older than the desk keeps it; `unsent` are ids of drafts that stay because they wait in the outbox."""

    drafts: tuple[Draft, ...]
    receipts: tuple[Receipt, ...]
    unsent: tuple[str, ...]


def run(options: PurgeOptions, deps: Deps) -> Result:
    """Delete what is old, after a question where one can be asked."""
    days = keep_days(deps, options.days)
    before = oldest_kept(deps, days)
    old = find_old(deps, before)
    data: dict[str, object] = {
        "days": days,
        "dry_run": options.dry_run,
        "drafts": [draft_document(each, draft_evaluation(each, deps)) for each in old.drafts],
        "receipts": [receipt_document(each, deps.today()) for each in old.receipts],
        "kept_unsent": list(old.unsent),
    }
    counted = _("{drafts} bản nháp, {receipts} biên nhận cũ hơn {days} ngày").format(
        drafts=len(old.drafts), receipts=len(old.receipts), days=days
    )
    kept = (_("Còn {count} hồ sơ chưa gửi, được giữ lại (dvc outbox list).").format(count=len(old.unsent)),) if old.unsent else ()
    if options.dry_run:
        return Result(deps.command, data=data, text=(_("Sẽ xóa: {what}.").format(what=counted), *kept))
    if not (options.yes or deps.settings.no_input):
        _confirm(counted, deps)
    clear(deps, old, before)
    return Result(deps.command, data=data, text=(_("Đã xóa: {what}.").format(what=counted), *kept))


def find_old(deps: Deps, before: datetime) -> Old:
    """Drafts that nobody has changed, and receipts that were kept and due, before an instant."""
    desk = deps.desk
    waiting = {entry.id for entry in desk.outbox.list()}
    drafts = [draft for draft in desk.drafts.list() if draft.updated_at < before]
    return Old(
        drafts=tuple(draft for draft in drafts if draft.id not in waiting),
        receipts=desk.receipts.older(before),
        unsent=tuple(draft.id for draft in drafts if draft.id in waiting),
    )


def clear(deps: Deps, old: Old, before: datetime) -> None:
    """Delete it, with answers to offices and registrations that were left lying; one line in the audit."""
    desk = deps.desk
    deps.record("purge", detail=f"{len(old.drafts)} drafts, {len(old.receipts)} receipts")
    for draft in old.drafts:
        desk.drafts.forget(draft.id)
    if old.receipts:
        desk.receipts.delete(*(receipt.code for receipt in old.receipts))
    desk.supplements.delete_older(before)
    for pending in deps.waiting.list():
        if pending.sent_at < before:
            Tickets(deps).forget(pending.id)


def _confirm(counted: str, deps: Deps) -> None:
    deps.need_asking(_("Thêm --yes để xóa mà không hỏi."))
    last = deps.desk.audit.last_instant()
    if last is not None and (deps.now() - last).days > LONG_UNUSED_DAYS:
        deps.tell(_("Lần dùng trước là {day}; xem lại đồng hồ của máy trước khi xóa.").format(day=f"{last:%d/%m/%Y}"))
    try:
        sure = deps.prompter.confirm(Question("purge", _("Xóa {what}?").format(what=counted)))
    except Signal:
        sure = False
    if not sure:
        raise CancelledError


COMMANDS = {"purge": declare(PurgeOptions, run)}
