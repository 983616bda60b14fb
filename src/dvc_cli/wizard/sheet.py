"""The sheet that is read over before filing: numbered lines by section, what is wrong on top, then papers, fees and days. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dvc_cli.data import choices
from dvc_cli.domain.dates import format_date
from dvc_cli.domain.dossier import FeeLine, MemberLine, PaperLine
from dvc_cli.domain.money import format_dong
from dvc_cli.errors import ERROR, WARNING, Problem
from dvc_cli.forms import Evaluation
from dvc_cli.language import ENGLISH, _, language
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.procedures import Assessment
from dvc_cli.wizard.questions import origin_text

# Settled after the lines: papers are asked for, the pledge is read out, reasons come from the review itself.
_LATER = frozenset({"A-PLEDGE", "A-PAPER-MISSING", "A-ACK-UNUSED", "A-NOT-LIVE"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet; `locked` ones fill themselves."""

    number: int
    key: str
    section: str
    label: str
    shown: str
    origin: str
    locked: bool


def sheet_lines(evaluation: Evaluation) -> tuple[Line, ...]:
    """The live fields in form order, numbered from 1; a self-filling field without a value has no line."""
    form = evaluation.form
    keys = [key for key in evaluation.live if key in evaluation.values or key not in evaluation.locked]
    return tuple(
        Line(
            number,
            key,
            str(form.section(form[key].section).title),
            str(form[key].label),
            evaluation.display(key),
            origin_text(evaluation.origin.get(key, "")),
            key in evaluation.locked,
        )
        for number, key in enumerate(keys, 1)
    )


def sheet_text(lines: Sequence[Line]) -> str:
    """The numbered lines under their section headings."""
    rows: list[str] = []
    section = ""
    for line in lines:
        if line.section != section:
            section = line.section
            rows += ["", section]
        shown = line.shown or _("(bỏ trống)")
        rows.append(f"{line.number}. {line.label}: {shown}" + (f" ({line.origin})" if line.origin and line.shown else ""))
    return "\n".join(rows)


def to_mend(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that the lines can mend or that want a look now; papers and pledge come later."""
    return tuple(item for item in problems if item.code not in _LATER and item.field != "attachments")


def problem_text(item: Problem, lines: Sequence[Line]) -> str:
    """One problem with its line, what to do, the law behind it and its code."""
    kind = {ERROR: _("Lỗi"), WARNING: _("Cảnh báo")}.get(item.severity, _("Gợi ý"))
    numbers = [line.number for line in lines if line.key == item.field]
    where = _("{kind}, dòng {number}").format(kind=kind, number=numbers[0]) if numbers else kind
    law = _("Căn cứ: {law}.").format(law=item.source) if item.source and item.source != "own" else ""
    return " ".join(part for part in (f"{where}:", item.message, item.hint, law, f"[{item.code}]") if part)


def summary(problems: Sequence[Problem]) -> str:
    """How many errors and warnings there are."""
    errors = sum(item.severity == ERROR for item in problems)
    warnings = sum(item.severity == WARNING for item in problems)
    if not errors and not warnings:
        return _("Không có lỗi, không có cảnh báo.")
    return _("Có {errors} lỗi phải sửa, {warnings} cảnh báo.").format(errors=errors, warnings=warnings)


def paper_label(line: PaperLine) -> str:
    """The name of a paper."""
    return _label("paper", line.id)


def paper_text(papers: Sequence[PaperLine]) -> str:
    """The papers of the case with their state, a line each."""
    if not papers:
        return _("Trường hợp này không cần giấy tờ nào.")
    rows = [_("Giấy tờ")]
    rows += [f"- {paper_label(line)}: {_label('paper_state', line.state)}" for line in papers]
    return "\n".join(rows)


def plan_text(assessment: Assessment) -> str:
    """Fees, offices, and the due day with the chain that explains it."""
    rows = [_("Lệ phí"), *(_fee(line) for line in assessment.fees)]
    rows += [_("Cơ quan và ngày hẹn"), *(_member(line) for line in assessment.members)]
    day = format_date(assessment.due_on)
    rows.append(_("Ngày hẹn trả dự kiến của cả hồ sơ: {day}.").format(day=day))
    if assessment.deadline.estimated:
        rows.append(_("Lịch nghỉ của năm này là dự kiến; lấy theo ngày hẹn của Cổng."))
    rows += [f"- {format_date(step.date)}: {step.why}" for step in assessment.deadline.chain]
    return "\n".join(rows)


def _fee(line: FeeLine) -> str:
    amount = _("chưa xác định") if line.amount is None else format_dong(line.amount)
    return f"- {_label('fee', line.id)}: {amount}" + (f" ({line.note})" if line.note else "")


def _member(line: MemberLine) -> str:
    due = format_date(line.due_on) if line.due_on else _("theo Cổng")
    return f"- {_label('member_procedure', line.procedure)}, {line.agency}: {due}"


def _label(field: str, code: str) -> str:
    labels: Mapping[str, str] = {row.code: row.label_en if language() == ENGLISH else row.label_vi for row in choices(field)}
    return labels.get(code, code)
