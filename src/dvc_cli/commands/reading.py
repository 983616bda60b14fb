"""Values of flags that are read the same way by several commands."""

from __future__ import annotations

from datetime import date, datetime

from dvc_cli.clock import parse_now
from dvc_cli.domain.dates import DateError, parse_date
from dvc_cli.errors import UsageError, problem
from dvc_cli.language import _


def read_day(text: str, flag: str) -> date:
    """A full day (ISO or dd/mm/yyyy). UsageError A-USAGE naming the flag."""
    try:
        return parse_date(text)
    except DateError:
        raise UsageError(problem("A-USAGE", detail=_("{flag} cần một ngày, ví dụ 2026-11-02.").format(flag=flag))) from None


def read_instant(text: str, flag: str) -> datetime:
    """An instant (RFC 3339; naive means +07:00); a day alone is its first minute. UsageError A-USAGE naming the flag."""
    try:
        return parse_now(text)
    except (ValueError, OverflowError):
        detail = _("{flag} cần ngày và giờ, ví dụ 2026-11-12T15:20.").format(flag=flag)
        raise UsageError(problem("A-USAGE", detail=detail)) from None
