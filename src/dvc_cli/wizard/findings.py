"""What is wrong with a sheet, for the person who mends it: which line, what to do, the law behind it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dvc_cli.errors import ERROR, HINT, WARNING, Problem
from dvc_cli.language import _
from dvc_cli.wizard.sheet import Line

# Settled after the lines: papers are asked for, the pledge is read out, reasons come from the review itself.
_LATER = frozenset({"A-PLEDGE", "A-PAPER-MISSING", "A-ACK-UNUSED", "A-NOT-LIVE"})
MOST = 4  # problems in full on a small screen, so that the first stays on it


def to_mend(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that the lines can mend or that want a look now; papers and pledge come later."""
    return tuple(item for item in problems if item.code not in _LATER and item.field != "attachments")


def problem_text(item: Problem, lines: Sequence[Line]) -> str:
    """One problem with its line, what to do, the law behind it and its code."""
    kind = {ERROR: _("Lỗi"), WARNING: _("Cảnh báo")}.get(item.severity, _("Gợi ý"))
    number = _number(item, lines)
    where = _("{kind}, dòng {number}").format(kind=kind, number=number) if number else kind
    law = _("Căn cứ: {law}.").format(law=item.source) if item.source and item.source != "own" else ""
    return " ".join(part for part in (f"{where}:", item.message, item.hint, law, f"[{item.code}]") if part)


def problem_rows(problems: Sequence[Problem], lines: Sequence[Line]) -> list[str]:
    """Errors and warnings, the first few in full, of the others the lines."""
    wrong = [item for item in problems if item.severity != HINT]
    rows = [problem_text(item, lines) for item in wrong[:MOST]]
    if len(wrong) > MOST:
        numbers = ", ".join(str(_number(item, lines) or item.code) for item in wrong[MOST:])
        rows.append(_("Còn {count} chỗ nữa, ở dòng: {numbers}.").format(count=len(wrong) - MOST, numbers=numbers))
    return rows


def hint_rows(problems: Sequence[Problem], lines: Sequence[Line]) -> list[str]:
    """Every hint in full."""
    return [problem_text(item, lines) for item in problems if item.severity == HINT]


def summary(problems: Sequence[Problem], lines: Sequence[Line]) -> str:
    """How many errors and warnings there are, and on which lines."""
    errors = [item for item in problems if item.severity == ERROR]
    warnings = [item for item in problems if item.severity == WARNING]
    if not errors and not warnings:
        return _("Không có lỗi, không có cảnh báo.")
    said = _("Có {errors} lỗi phải sửa{where}, {warnings} cảnh báo{and_where}.")
    return said.format(errors=len(errors), where=_where(errors, lines), warnings=len(warnings), and_where=_where(warnings, lines))


def _where(problems: Sequence[Problem], lines: Sequence[Line]) -> str:
    numbers = sorted({number for item in problems if (number := _number(item, lines))})
    return _(" (dòng {numbers})").format(numbers=", ".join(map(str, numbers))) if numbers else ""


def _number(item: Problem, lines: Sequence[Line]) -> int | None:
    return next((line.number for line in lines if line.key == item.field), None)
