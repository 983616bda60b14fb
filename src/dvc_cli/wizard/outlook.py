"""What filing will bring: papers with their state, fees, offices, the due day with the chain that explains it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dvc_cli.data import choices
from dvc_cli.domain.dates import format_date
from dvc_cli.domain.dossier import AllowanceLine, FeeLine, MemberLine, PaperLine
from dvc_cli.domain.money import format_dong
from dvc_cli.language import ENGLISH, _, language
from dvc_cli.procedures import Assessment


def paper_label(line: PaperLine) -> str:
    """The name of a paper."""
    return label_of(line.id)


def label_of(paper_id: str) -> str:
    """The name of a paper by its id."""
    return _label("paper", paper_id)


def paper_text(papers: Sequence[PaperLine]) -> str:
    """The papers of the case with their state, a line each."""
    if not papers:
        return _("Trường hợp này không cần giấy tờ nào.")
    rows = [_("Giấy tờ")]
    rows += [f"- {paper_label(line)}: {_label('paper_state', line.state)}" for line in papers]
    return "\n".join(rows)


def plan_text(assessment: Assessment) -> str:
    """Fees, what may be paid, offices, and the due day with the chain that explains it."""
    rows = [_("Lệ phí"), *(_fee(line) for line in assessment.fees)]
    if assessment.allowances:
        rows += [_("Dự kiến được hưởng (cơ quan chi trả quyết định)"), *(_allowance(line) for line in assessment.allowances)]
    linked = _("Liên thông {count} thủ tục: {names}.")
    names = "; ".join(_label("member_procedure", line.procedure) for line in assessment.members)
    rows += [_("Cơ quan và ngày hẹn"), linked.format(count=len(assessment.members), names=names)]
    rows += [_member(line) for line in assessment.members]
    day = format_date(assessment.due_on)
    rows.append(_("Ngày hẹn trả dự kiến của cả hồ sơ: {day}.").format(day=day))
    if assessment.deadline.estimated:
        rows.append(_("Lịch nghỉ của năm này là dự kiến; lấy theo ngày hẹn của Cổng."))
    rows += [f"- {format_date(step.date)}: {step.why}" for step in assessment.deadline.chain]
    return "\n".join(rows)


def _fee(line: FeeLine) -> str:
    amount = _("chưa xác định") if line.amount is None else format_dong(line.amount)
    return f"- {_label('fee', line.id)}: {amount}" + (f" ({line.note})" if line.note else "")


def _allowance(line: AllowanceLine) -> str:
    amount = _("chưa xác định") if line.amount is None else format_dong(line.amount)
    note = line.note if line.paid else _("không cộng: chỉ nhận mức cao nhất")
    return f"- {line.label}: {amount}" + (f" ({note})" if note else "")


def _member(line: MemberLine) -> str:
    due = format_date(line.due_on) if line.due_on else _("theo Cổng")
    return f"- {_label('member_procedure', line.procedure)}, {line.agency}: {due}"


def _label(field: str, code: str) -> str:
    labels: Mapping[str, str] = {row.code: row.label_en if language() == ENGLISH else row.label_vi for row in choices(field)}
    return labels.get(code, code)
