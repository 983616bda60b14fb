"""`dvc today`: what is overdue, due today, waiting for the citizen, waiting for an office, not sent yet.

It answers from this desk's own receipts, without a network; with a session the statuses of its citizen are asked for first.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated

from dvc_cli.commands import sessions
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags, option
from dvc_cli.commands.outbox_document import unsent_document, unsent_headers, unsent_row
from dvc_cli.commands.receipt_document import receipt_document, receipt_headers, receipt_row
from dvc_cli.desk import Group, Overview, Receipt
from dvc_cli.desk.receipts import seen
from dvc_cli.domain.dates import format_date
from dvc_cli.errors import DvcError, UsageError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.result import Result, Table

if TYPE_CHECKING:
    from dvc_cli.contract.values import Dossier

MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayOptions(CommonFlags):
    """`limit` bounds the lines of each group."""

    limit: Annotated[int, option("--limit", metavar="SỐ", help="Nhiều nhất bao nhiêu hồ sơ mỗi nhóm (mặc định 20)")] = 20


def run(options: TodayOptions, deps: Deps) -> Result:
    """The groups with their counts; each dossier that is not over stands in exactly one."""
    if not 1 <= options.limit <= MOST:
        raise UsageError(problem("A-USAGE", detail=_("--limit từ 1 đến {most}.").format(most=MOST)))
    refreshed = refresh(deps)
    found = deps.desk.overview(deps.now(), options.limit)
    data = {"today": found.day, "refreshed": refreshed, "counts": counts(found), **_lists(found)}
    return Result(deps.command, data=data, next=_next(found), text=_text(found))


def refresh(deps: Deps) -> bool:
    """Ask the backend how the signed-in citizen's dossiers stand; False where nobody is signed in or it cannot be asked."""
    session = sessions.usable_without_asking(deps)
    if session is None:
        return False
    try:
        told = deps.backend.list_dossiers(session.token)
    except DvcError as error:
        deps.tell(_("Chưa hỏi được trạng thái mới: {codes}.").format(codes=error))
        return False
    deps.record("dossier_read", session.facts.id_masked)
    for each in told:
        deps.desk.receipts.change(each.code, partial(_seen, each, deps.now()))
    return True


def _seen(told: Dossier, now: datetime, receipt: Receipt) -> Receipt:
    return seen(receipt, told.status, tuple(line.status for line in told.members), now)


def counts(found: Overview) -> dict[str, int]:
    """How many there are of each kind."""
    return {
        "overdue": found.overdue.count,
        "due_today": found.due_today.count,
        "waiting_citizen": found.with_citizen.count,
        "waiting_office": found.with_office.count,
        "unsent": len(found.unsent),
        "drafts": len(found.drafts),
    }


def _lists(found: Overview) -> dict[str, object]:
    def rows(group: Group) -> list[dict[str, object]]:
        return [receipt_document(each, found.day) for each in group.receipts]

    return {
        "overdue": rows(found.overdue),
        "due_today": rows(found.due_today),
        "waiting_citizen": rows(found.with_citizen),
        "waiting_office": rows(found.with_office),
        "unsent": [unsent_document(each) for each in found.unsent],
    }


def _next(found: Overview) -> tuple[str, ...]:
    sending = ("dvc outbox send",) if found.unsent else ()
    late = found.overdue.receipts[:1] or found.with_citizen.receipts[:1]
    return (*sending, *(f"dvc ho-so show {each.code}" for each in late))


def _text(found: Overview) -> tuple[str | Table, ...]:
    blocks: list[str | Table] = [_("Hôm nay {day}").format(day=format_date(found.day))]
    for title, group in (
        (_("Quá hẹn"), found.overdue),
        (_("Hẹn trả hôm nay"), found.due_today),
        (_("Chờ công dân"), found.with_citizen),
        (_("Chờ cơ quan"), found.with_office),
    ):
        if group.count:
            blocks += ["", _headline(title, group), Table(receipt_headers(), tuple(receipt_row(each) for each in group.receipts))]
    if found.unsent:
        heading = _("Chưa gửi được: {count}").format(count=len(found.unsent))
        blocks += ["", heading, Table(unsent_headers(), tuple(unsent_row(each) for each in found.unsent))]
    if found.drafts:
        blocks += ["", _("Bản nháp còn dở: {count} (dvc drafts list)").format(count=len(found.drafts))]
    return tuple(blocks) if len(blocks) > 1 else (*blocks, _("Không có việc nào chờ."))


def _headline(title: str, group: Group) -> str:
    shown = len(group.receipts)
    more = "" if shown == group.count else " " + _("({shown} hồ sơ đầu)").format(shown=shown)
    return f"{title}: {group.count}{more}"


COMMANDS = {"today": declare(TodayOptions, run)}
