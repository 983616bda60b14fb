"""The receipt of a dossier just filed: details first, then what stays on the screen: code, days, what to bring, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dvc_cli.commands.dossier_document import (
    allowance_blocks,
    bring_blocks,
    chain_blocks,
    chain_of,
    fee_blocks,
    member_blocks,
    paper_blocks,
)
from dvc_cli.commands.labels import label
from dvc_cli.data import limit
from dvc_cli.domain.dates import format_date
from dvc_cli.domain.dossier import MemberLine
from dvc_cli.domain.money import format_dong
from dvc_cli.language import _
from dvc_cli.output.result import Coded, Table

if TYPE_CHECKING:
    from dvc_cli.contract.values import Dossier
    from dvc_cli.domain.calendar import WorkingCalendar

Block = str | Table | Coded | tuple[str, str]


def filed_blocks(found: Dossier, reminders: Sequence[str], calendar: WorkingCalendar) -> tuple[Block, ...]:
    """All that the receipt says, so ordered that its end fits a screen of 80×24 with the code on it."""
    chain = chain_of(found, calendar)
    details: list[Block] = [*(chain_blocks(chain) if chain else ()), *member_blocks(found.members), *fee_blocks(found.fees)]
    details += [*allowance_blocks(found.allowances), *paper_blocks(found.papers), ""]
    return (*details, Coded(found.code, _summary(found)), *bring_blocks(found.papers), *reminders, _next(found))


def _summary(found: Dossier) -> tuple[str, ...]:
    total = format_dong(sum(line.amount or 0 for line in found.fees))
    return (
        _("Đã nộp hồ sơ."),
        _("Mã hồ sơ: {code}").format(code=found.code),
        _("Nộp lúc: {at}").format(at=f"{found.filed_at:%H:%M %d/%m/%Y}"),
        _("Trạng thái: {status}").format(status=label("dossier_status", found.status)),
        _("Hẹn trả cả hồ sơ: {day}").format(day=format_date(found.due_on)),
        _("Lệ phí: {total}").format(total=total) + (" " + _("và phần chưa xác định") if _unknown(found) else ""),
        *_linked(found),
    )


def _linked(found: Dossier) -> tuple[str, ...]:
    """The linked procedures with their days; nothing where a backend names none."""
    head = _("Liên thông {count} thủ tục, ngày hẹn:").format(count=len(found.members))
    return ("", head, *(_member(line) for line in found.members)) if found.members else ()


def _unknown(found: Dossier) -> bool:
    return any(line.amount is None for line in found.fees)


def _member(line: MemberLine) -> str:
    day = format_date(line.due_on) if line.due_on else _("theo Cổng")
    return f"- {label('member_procedure', line.procedure)}: {day}"


def _next(found: Dossier) -> str:
    days = limit("supplement_duty", found.filed_at.date()).value
    said = _("Kết quả và yêu cầu bổ sung báo qua Cổng, VNeID hoặc tin nhắn; phải bổ sung trong {days} ngày làm việc.")
    return said.format(days=days)
