"""`dvc explain`: what a problem code means, what to do, and the law behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags
from dvc_cli.data import ProblemRow, problem_codes, problem_row
from dvc_cli.domain.dates import format_date
from dvc_cli.errors import ERROR, WARNING, UsageError, problem
from dvc_cli.language import _, localized_problem
from dvc_cli.output.result import Result
from dvc_cli.text import nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainOptions(CommonFlags):
    """`code` is a problem code in any case."""

    code: Annotated[str, typer.Argument(metavar="MÃ", help="Mã lỗi, cảnh báo hoặc lưu ý, ví dụ KS-D2")]


def run(options: ExplainOptions, deps: Deps) -> Result:
    """Look the code up in the table."""
    code = options.code.strip().upper()
    if code not in problem_codes():
        near = nearest(code, problem_codes())
        hint = _("Có phải {code}?").format(code=near) if near else ""
        raise UsageError(problem("A-USAGE", detail=_("Không có mã này."), hint=hint))
    row = problem_row(code)
    return Result(deps.command, data={"problem": document(row)}, text=_text(row))


def document(row: ProblemRow) -> dict[str, object]:
    """The row as data, texts in the chosen language."""
    message, todo = localized_problem(row.code, row.message_vi, row.todo_vi)
    return {
        "code": row.code,
        "severity": row.severity,
        "fields": row.fields,
        "procedures": row.procedures,
        "message": message,
        "hint": todo,
        "source": row.law,
        "confidence": row.confidence,
        "trigger": row.trigger,
        "effective_from": row.effective_from,
        "effective_to": row.effective_to,
        "exit_code": row.exit_code,
    }


def _text(row: ProblemRow) -> tuple[tuple[str, str], ...]:
    message, todo = localized_problem(row.code, row.message_vi, row.todo_vi)
    kind = {ERROR: _("Lỗi: không nộp được"), WARNING: _("Cảnh báo: cần ghi lý do để nộp")}.get(row.severity, _("Lưu ý"))
    since = format_date(row.effective_from) if row.effective_from else "…"
    until = format_date(row.effective_to) if row.effective_to else "…"
    pairs = [
        (_("Mã"), row.code),
        (_("Mức"), kind),
        (_("Nội dung"), message),
        (_("Cách xử lý"), todo),
        (_("Ô liên quan"), " ".join(row.fields)),
        (_("Căn cứ"), row.law),
        (_("Hiệu lực"), f"{since} – {until}" if row.effective_from or row.effective_to else ""),
        (_("Khi nào báo"), row.trigger),
    ]
    return tuple((label, value) for label, value in pairs if value)


COMMANDS = {"explain": declare(ExplainOptions, run)}
