"""`dvc explain`: what a problem code means, why, what to do, an example, since and until when; `--list` names every code."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags, argument, option
from dvc_cli.data import ProblemRow, problem_codes, problem_example, problem_row
from dvc_cli.domain.dated_numbers import DatedNumber, numbers_of
from dvc_cli.domain.dates import format_date
from dvc_cli.errors import ERROR, WARNING, UsageError, problem
from dvc_cli.language import ENGLISH, _, language, localized_problem
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.result import Result, Table
from dvc_cli.text import nearest

EVERYWHERE = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainOptions(CommonFlags):
    """`code` is a problem code in any case; with `list_` there is none, and `procedure` restricts the list to one command."""

    code: Annotated[str, argument(metavar="MÃ", help="Mã lỗi, cảnh báo hoặc lưu ý, ví dụ KS-D2")] = ""
    list_: Annotated[bool, option("--list", help="Liệt kê mọi mã")] = False
    procedure: Annotated[str, option("--procedure", metavar="LỆNH", help="Chỉ các mã của lệnh này, ví dụ khai-sinh")] = ""


def run(options: ExplainOptions, deps: Deps) -> Result:
    """Explain one code, or list them."""
    if options.list_ == bool(options.code) or (options.procedure and not options.list_):
        raise UsageError(problem("A-USAGE", detail=_("Cần một mã, hoặc --list (có thể kèm --procedure).")))
    return _list(options.procedure, deps) if options.list_ else _one(options.code.strip().upper(), deps)


def _one(code: str, deps: Deps) -> Result:
    if code not in problem_codes():
        near = nearest(code, problem_codes())
        hint = _("Có phải {code}?").format(code=near) if near else ""
        raise UsageError(problem("A-USAGE", detail=_("Không có mã này."), hint=hint))
    row, today = problem_row(code), deps.today()
    return Result(deps.command, data={"problem": document(row, today)}, text=_text(row, today))


def _list(command: str, deps: Deps) -> Result:
    rows = [problem_row(code) for code in problem_codes()]
    known = sorted({name for row in rows for name in row.procedures} - {EVERYWHERE})
    if command and command not in known:
        near = nearest(command, known)
        raise UsageError(problem("A-USAGE", detail=_("Không có mã nào của lệnh này."), hint=near or ", ".join(known)))
    wanted = [row for row in rows if not command or {command, EVERYWHERE} & set(row.procedures)]
    documents = [_entry(row, deps.today()) for row in wanted]
    cells = tuple((row.code, _severity(row), str(entry["message"]), _days(row)) for row, entry in zip(wanted, documents, strict=True))
    return Result(deps.command, data={"codes": documents}, text=(Table((_("Mã"), _("Mức"), _("Nội dung"), _("Hiệu lực")), cells),))


def document(row: ProblemRow, today: date) -> dict[str, object]:
    """The row as data, texts in the chosen language, numbers as they hold today."""
    _message, todo = localized_problem(row.code, row.message_vi, row.todo_vi)
    return {
        **_entry(row, today),
        "fields": row.fields,
        "hint": todo,
        "why": why(row),
        "source": row.law,
        "confidence": row.confidence,
        "trigger": row.trigger,
        "example": _example(row.code),
        "numbers": [number_document(each) for each in numbers_of(row.code, today)],
    }


def _entry(row: ProblemRow, today: date) -> dict[str, object]:
    return {
        "code": row.code,
        "severity": row.severity,
        "procedures": row.procedures,
        "message": localized_problem(row.code, row.message_vi, row.todo_vi)[0],
        "effective_from": row.effective_from,
        "effective_to": row.effective_to,
        "in_force": row.in_force(today),
        "exit_code": row.exit_code,
    }


def number_document(number: DatedNumber) -> dict[str, object]:
    """One entry of `numbers[]`: a row of a dated table on which the code rests."""
    found = number.row
    return {
        "id": found.id,
        "value": found.value,
        "unit": found.unit,
        "label": number.text,
        "source": found.source,
        "valid_from": found.valid_from,
        "valid_to": found.valid_to,
    }


def why(row: ProblemRow) -> str:
    """On what the code rests, with the article; and whether that still wants a second look."""
    if row.confidence == "own" or row.law in {"", "–", "own"}:
        return _("Quy tắc của công cụ, không phải của luật.")
    because = _("Theo {law}.").format(law=row.law)
    return because if row.confidence in {"A", "B"} else because + " " + _("Chưa đối chiếu được với văn bản gốc: kiểm tra lại.")


def _example(code: str) -> str:
    example = problem_example(code)
    return example.en if language() == ENGLISH else example.vi


def _severity(row: ProblemRow) -> str:
    return {ERROR: _("Lỗi"), WARNING: _("Cảnh báo")}.get(row.severity, _("Lưu ý"))


def _kind(row: ProblemRow) -> str:
    return {ERROR: _("Lỗi: không nộp được"), WARNING: _("Cảnh báo: cần ghi lý do để nộp")}.get(row.severity, _("Lưu ý"))


def _days(row: ProblemRow) -> str:
    if row.effective_from is None and row.effective_to is None:
        return ""
    return " – ".join(format_date(day) if day else "…" for day in (row.effective_from, row.effective_to))


def _text(row: ProblemRow, today: date) -> tuple[tuple[str, str], ...]:
    message, todo = localized_problem(row.code, row.message_vi, row.todo_vi)
    days = _days(row)
    pairs = [
        (_("Mã"), row.code),
        (_("Mức"), _kind(row)),
        (_("Nội dung"), message),
        (_("Vì sao"), why(row)),
        (_("Cách xử lý"), todo),
        (_("Ví dụ"), _example(row.code)),
        *((_("Con số"), f"{number.text} ({number.row.source})") for number in numbers_of(row.code, today)),
        (_("Ô liên quan"), " ".join(row.fields)),
        (_("Lệnh"), " ".join(name for name in row.procedures if name != EVERYWHERE)),
        (_("Hiệu lực"), days if row.in_force(today) else f"{days} ({_('hôm nay không áp dụng')})"),
        (_("Điều kiện kỹ thuật"), row.trigger),
    ]
    return tuple((label, value) for label, value in pairs if value)


COMMANDS = {"explain": declare(ExplainOptions, run)}
