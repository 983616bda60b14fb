"""`dvc deadline`: the due day of a limit, with every step that leads to it."""

from __future__ import annotations

from typing import Annotated

from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags, option
from dvc_cli.commands.reading import read_instant
from dvc_cli.domain.calendar import Deadline
from dvc_cli.domain.dates import format_date
from dvc_cli.errors import UsageError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.result import Result, Table

MOST = 3660


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineOptions(CommonFlags):
    """One of `working_days` and `days` is given; -1 stands for not given."""

    start: Annotated[str, option("--from", metavar="LÚC", help="Lúc nộp, ví dụ 2026-11-12T15:20")]
    working_days: Annotated[int, option("--working-days", metavar="SỐ", help="Hạn tính bằng ngày làm việc")] = -1
    days: Annotated[int, option("--days", metavar="SỐ", help="Hạn tính bằng ngày lịch")] = -1


def run(options: DeadlineOptions, deps: Deps) -> Result:
    """Count from the instant; 15:00:00 is still in time."""
    if (options.working_days < 0) == (options.days < 0) or max(options.working_days, options.days) > MOST:
        raise UsageError(problem("A-USAGE", detail=_("Cần đúng một trong --working-days và --days, từ 0 đến {most}.").format(most=MOST)))
    instant = read_instant(options.start, "--from")
    calendar = deps.calendar
    try:
        if options.working_days >= 0:
            found = calendar.deadline(instant, working_days=options.working_days)
        else:
            found = calendar.deadline(instant, days=options.days)
    except (ValueError, OverflowError):  # the calendar ends with the year 9999
        raise UsageError(problem("A-USAGE", detail=_("--from quá xa, lịch không tính tới."))) from None
    return Result(deps.command, data=document(found), text=text(found))


def document(found: Deadline) -> dict[str, object]:
    """The published paths of a deadline."""
    return {
        "counted_from": found.counted_from,
        "due_on": found.due_on,
        "estimated": found.estimated,
        "chain": [{"date": step.date, "why": step.why} for step in found.chain],
    }


def text(found: Deadline) -> tuple[str | Table | tuple[str, str], ...]:
    """The same for a person."""
    lines: list[str | Table | tuple[str, str]] = [
        (_("Tính từ"), format_date(found.counted_from)),
        (_("Hẹn trả"), format_date(found.due_on)),
        Table((_("Ngày"), _("Vì sao")), tuple((format_date(step.date), step.why) for step in found.chain)),
    ]
    if found.estimated:
        lines.append(_("Lịch nghỉ của năm này chưa được công bố: ngày hẹn là dự tính."))
    return tuple(lines)


COMMANDS = {"deadline": declare(DeadlineOptions, run)}
