"""Instants as the portal keeps them: whole seconds at +07:00, as text whose order is the order of time."""

from __future__ import annotations

from datetime import datetime, timedelta

from dvc_cli.domain.dates import VN_TZ

_LAST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=VN_TZ)


def whole(instant: datetime) -> datetime:
    """The same instant at +07:00 without a fraction of a second."""
    return instant.astimezone(VN_TZ).replace(microsecond=0)


def stamp(instant: datetime) -> str:
    """The text that is kept, such as 2026-11-09T09:30:00+07:00."""
    return whole(instant).isoformat()


def read_stamp(text: str) -> datetime:
    """The instant behind a kept text."""
    return datetime.fromisoformat(text)


def later(instant: datetime, seconds: int) -> datetime:
    """`seconds` after `instant`; stops at the end of the calendar instead of failing."""
    room = int((_LAST - instant).total_seconds())
    return instant + timedelta(seconds=min(seconds, room))


def earlier(instant: datetime, seconds: int) -> datetime:
    """`seconds` before `instant`; stops at the beginning of the calendar instead of failing."""
    room = int((instant - datetime(1, 1, 2, tzinfo=VN_TZ)).total_seconds())
    return instant - timedelta(seconds=min(seconds, max(room, 0)))
