"""A dossier as data (the published paths) and as text, before filing and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dvc_cli.commands.labels import label
from dvc_cli.domain.calendar import Deadline, WorkingCalendar
from dvc_cli.domain.dates import format_date
from dvc_cli.domain.dossier import AllowanceLine, FeeLine, MemberLine, PaperLine
from dvc_cli.domain.money import format_dong
from dvc_cli.language import _
from dvc_cli.output.result import Table
from dvc_cli.procedures import Assessment, procedure, procedures

if TYPE_CHECKING:
    from dvc_cli.contract.values import Dossier, OfficeRequest

WAITED = "yeu_cau_bo_sung"  # while an office waits for an answer its time stands still

Block = str | Table | tuple[str, str]


def assessed_document(found: Assessment) -> dict[str, object]:
    """`dossier` of a check: no code, id and filed_at."""
    return {
        "procedure_code": found.procedure_code,
        "counted_from": found.counted_from,
        "due_on": found.due_on,
        **chain_document(found.deadline),
        "members": [member_document(line) for line in found.members],
        "fees": [fee_document(line) for line in found.fees],
        "allowances": [allowance_document(line) for line in found.allowances],
        "papers": [paper_document(line) for line in found.papers],
    }


def filed_document(found: Dossier, calendar: WorkingCalendar) -> dict[str, object]:
    """`dossier` of a filed one, with its present status."""
    return {
        "code": found.code,
        "id": found.id,
        "procedure": found.procedure,
        "procedure_code": found.procedure_code,
        "status": found.status,
        "status_label": label("dossier_status", found.status),
        "filed_at": found.filed_at,
        "counted_from": found.counted_from,
        "due_on": found.due_on,
        **chain_document(chain_of(found, calendar)),
        "members": [member_document(line) for line in found.members],
        "fees": [fee_document(line) for line in found.fees],
        "allowances": [allowance_document(line) for line in found.allowances],
        "papers": [paper_document(line) for line in found.papers],
        "request": request_document(found.procedure, found.request) if found.request else None,
    }


def chain_of(found: Dossier, calendar: WorkingCalendar) -> Deadline | None:
    """What explains the due day of a filed dossier; None when the backend counted in another way."""
    return calendar.explain(found.filed_at, found.counted_from, found.due_on)


def chain_document(found: Deadline | None) -> dict[str, object]:
    """`estimated` and `chain[]`; null and empty where nothing explains the day."""
    steps = found.chain if found else ()
    return {"estimated": found.estimated if found else None, "chain": [{"date": step.date, "why": step.why} for step in steps]}


def request_document(command: str, found: OfficeRequest) -> dict[str, object]:
    """`request`: what an office waits for in a dossier of that procedure."""
    return {
        "asked_at": found.asked_at,
        "answer_by": found.answer_by,
        "fields": list(found.fields),
        "field_labels": _field_labels(command, found.fields),
        "papers": list(found.papers),
        "paper_labels": [label("paper", paper) for paper in found.papers],
        "note": found.note,
    }


def whole_document(found: Dossier, calendar: WorkingCalendar) -> dict[str, object]:
    """`dossier` with the name of the person it is about and its history."""
    return {**filed_document(found, calendar), "title": found.title, "history": history_document(found)}


def history_document(found: Dossier) -> list[dict[str, object]]:
    """`history[]`, oldest first."""
    return [
        {
            "at": entry.at,
            "status": entry.status,
            "status_label": label("dossier_status", entry.status),
            "member": entry.member,
            "note": entry.note,
        }
        for entry in found.history
    ]


def member_document(line: MemberLine) -> dict[str, object]:
    """One entry of `members[]`."""
    return {
        "procedure": line.procedure,
        "procedure_label": label("member_procedure", line.procedure),
        "agency": line.agency,
        "status": line.status,
        "status_label": label("dossier_status", line.status) if line.status else None,
        "due_on": line.due_on,
    }


def fee_document(line: FeeLine) -> dict[str, object]:
    """One entry of `fees[]`; `amount` null when the tool may not compute it."""
    return {"id": line.id, "label": label("fee", line.id), "amount": line.amount, "note": line.note}


def allowance_document(line: AllowanceLine) -> dict[str, object]:
    """One entry of `allowances[]`; `amount` null when only the paying office can tell, `paid` false beside a higher one."""
    return {
        "id": line.id,
        "label": line.label,
        "amount": line.amount,
        "note": line.note,
        "paid": line.paid,
        "source": line.source,
        "confidence": line.confidence,
    }


def paper_document(line: PaperLine) -> dict[str, object]:
    """One entry of `papers[]`."""
    return {
        "id": line.id,
        "label": label("paper", line.id),
        "slot": line.slot,
        "required": line.required,
        "state": line.state,
        "state_label": label("paper_state", line.state),
    }


def linked_blocks(lines: Sequence[MemberLine]) -> tuple[Block, ...]:
    """How many procedures the dossier links, by name, with offices, status and due days; nothing where a backend names none."""
    names = "; ".join(label("member_procedure", line.procedure) for line in lines)
    linked = _("Liên thông {count} thủ tục: {names}.").format(count=len(lines), names=names)
    return (linked, *member_blocks(lines)) if lines else ()


def member_blocks(lines: Sequence[MemberLine]) -> tuple[Table, ...]:
    """Offices, status and due days; nothing where a backend names none."""
    rows = tuple(
        (
            label("member_procedure", line.procedure),
            line.agency,
            label("dossier_status", line.status) if line.status else "",
            format_date(line.due_on) if line.due_on else _("theo Cổng"),
        )
        for line in lines
    )
    return (Table((_("Thủ tục"), _("Cơ quan"), _("Trạng thái"), _("Hẹn")), rows),) if rows else ()


def fee_blocks(lines: Sequence[FeeLine]) -> list[Block]:
    """The fees and their total; what the tool may not compute is named beside the total."""
    blocks: list[Block] = ["", _("Lệ phí")]
    for line in lines:
        amount = _("chưa xác định") if line.amount is None else format_dong(line.amount)
        blocks.append((f"  {label('fee', line.id)}", f"{amount} ({line.note})" if line.note else amount))
    total = format_dong(sum(line.amount or 0 for line in lines))
    unknown = [label("fee", line.id) for line in lines if line.amount is None]
    without = " " + _("(chưa gồm: {fees})").format(fees=", ".join(unknown)) if unknown else ""
    return [*blocks, ("  " + _("Tổng cộng"), total + without)]


def allowance_blocks(lines: Sequence[AllowanceLine]) -> list[Block]:
    """What may be paid, as an estimate."""
    if not lines:
        return []
    blocks: list[Block] = ["", _("Dự kiến được hưởng (cơ quan chi trả quyết định)")]
    for line in lines:
        amount = _("chưa xác định") if line.amount is None else format_dong(line.amount)
        note = line.note if line.paid else _("không cộng: chỉ nhận mức cao nhất")
        blocks.append((f"  {line.label}", f"{amount} ({note})" if note else amount))
    return blocks


def paper_blocks(lines: Sequence[PaperLine]) -> list[Block]:
    """The papers and their state."""
    if not lines:
        return ["", _("Không cần giấy tờ nào kèm theo.")]
    return ["", _("Giấy tờ"), *((f"  {label('paper', line.id)}", label("paper_state", line.state)) for line in lines)]


def chain_blocks(found: Deadline) -> list[Block]:
    """The due day and every step that leads to it."""
    blocks: list[Block] = [(_("Tính từ"), format_date(found.counted_from)), (_("Hẹn trả cả hồ sơ"), format_date(found.due_on))]
    blocks += [f"  {format_date(step.date)}  {step.why}" for step in found.chain]
    if found.estimated:
        blocks.append(_("Lịch nghỉ của năm này là dự tính; lấy theo ngày hẹn của Cổng."))
    return blocks


def receipt_blocks(found: Dossier, calendar: WorkingCalendar) -> tuple[Block, ...]:
    """The receipt: code first, what an office waits for, then offices and days, fees, papers, what to bring."""
    blocks: list[Block] = [(_("Mã hồ sơ"), found.code), (_("Nộp lúc"), f"{found.filed_at:%H:%M %d/%m/%Y}")]
    blocks.append((_("Trạng thái"), label("dossier_status", found.status)))
    if found.request:
        blocks += request_blocks(found.procedure, found.request)
    chain = chain_of(found, calendar)
    if chain is not None:
        blocks += chain_blocks(chain)
        if any(entry.status == WAITED for entry in found.history):
            blocks.append(_("Thời gian chờ bổ sung không tính vào hạn."))
    else:
        blocks += [(_("Tính từ"), format_date(found.counted_from)), (_("Hẹn trả cả hồ sơ"), format_date(found.due_on))]
    blocks += [*linked_blocks(found.members), *fee_blocks(found.fees), *allowance_blocks(found.allowances)]
    blocks += [*paper_blocks(found.papers), *bring_blocks(found.papers)]
    return tuple(blocks)


def request_blocks(command: str, found: OfficeRequest) -> list[Block]:
    """What an office waits for, and until when."""
    blocks: list[Block] = [(_("Cơ quan yêu cầu bổ sung"), found.note or "—"), (_("Trả lời chậm nhất"), format_date(found.answer_by))]
    if found.fields:
        blocks.append((_("Ô phải sửa"), "; ".join(_field_labels(command, found.fields))))
    if found.papers:
        blocks.append((_("Giấy tờ"), "; ".join(label("paper", paper) for paper in found.papers)))
    return blocks


def _field_labels(command: str, keys: Sequence[str]) -> list[str]:
    """The labels of a form's fields; the key itself where the form is not shipped or does not have it."""
    form = procedure(command).form if keys and command in procedures() else None
    return [str(form[key].label) if form and key in form else key for key in keys]


def bring_blocks(lines: Sequence[PaperLine]) -> list[Block]:
    """What to bring when the result is collected."""
    originals = [label("paper", line.id) for line in lines if line.state == "attached"]
    blocks: list[Block] = ["", _("Mang theo khi nhận kết quả: căn cước của người yêu cầu; mã hồ sơ.")]
    if originals:
        blocks.append(_("Nộp bản chính: {papers}.").format(papers="; ".join(originals)))
    return blocks
