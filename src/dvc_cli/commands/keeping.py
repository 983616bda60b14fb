"""How long the desk keeps things: the setting `keep_days`."""

from __future__ import annotations

from datetime import datetime, timedelta

from dvc_cli.commands.deps import Deps
from dvc_cli.errors import UsageError, problem
from dvc_cli.language import _

MOST_DAYS = 3650


def keep_days(deps: Deps, given: str = "") -> int:
    """The days that drafts and receipts are kept. UsageError A-USAGE unless it is a whole number from 1 to 3650."""
    text = (given or deps.settings.keep_days).strip()
    if text.isascii() and text.isdigit() and 1 <= int(text[:5]) <= MOST_DAYS:
        return int(text)
    raise UsageError(problem("A-USAGE", "keep_days", detail=_("Số ngày lưu từ 1 đến {most}.").format(most=MOST_DAYS)))


def oldest_kept(deps: Deps, days: int) -> datetime:
    """What was written before this instant is old."""
    return deps.now() - timedelta(days=days)
