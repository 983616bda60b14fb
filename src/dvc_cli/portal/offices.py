"""How the invented offices work through a dossier: a pure function from its days to its steps.

    filed ─▶ moi_dang_ky ─▶ duoc_tiep_nhan ─▶ dang_xu_ly ─▶ da_xu_ly_xong ─▶ da_tra_ket_qua

A dossier filed in office hours is received at once, any other at the opening of the day it is counted from. The first member
(registration) is taken up half an hour later, the others when it is done; each is done in the afternoon of its due day. The whole is done
with its last dated member and handed over in the morning of its own due day, or that afternoon when a member is due on the same day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from dvc_cli.contract.values import HistoryEntry
from dvc_cli.domain.calendar import working_calendar
from dvc_cli.domain.dates import VN_TZ
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.portal.interventions import Event, interrupted
from dvc_cli.portal.statuses import FILED, ORDINARY, status_of

__all__ = ["Course", "status_of", "steps", "steps_until"]

_OPENING = time(7, 30, tzinfo=VN_TZ)
_AFTERNOON = time(16, 0, tzinfo=VN_TZ)
_MOMENT = timedelta(minutes=30)

# A member without a due day ("theo Cổng"): one ward tells seven working days for a child's identity card.
_UNTOLD_DAYS = 7


@dataclass(frozen=True, slots=True)
class Course:
    """The days that decide how a dossier moves, and what interrupts it; `members` are pairs of member procedure and due day, the
    registration first.
    """

    filed_at: datetime
    counted_from: date
    due_on: date
    members: tuple[tuple[str, date | None], ...]
    events: tuple[Event, ...] = ()


def steps(course: Course) -> tuple[HistoryEntry, ...]:
    """Every step from filing to the last result, in the order of time; the whole before its members where they fall together."""
    return interrupted(_ordinary(course), course.events, [name for name, _due in course.members])


def _ordinary(course: Course) -> tuple[HistoryEntry, ...]:
    found = [HistoryEntry(at, status, member) for member, at, status in _all_steps(course)]
    places = {member: place for place, member in enumerate([None, *(name for name, _due in course.members)])}
    return tuple(sorted(found, key=lambda step: (step.at, ORDINARY.index(step.status), places[step.member])))


def steps_until(course: Course, now: datetime) -> tuple[HistoryEntry, ...]:
    """The steps that have happened by `now`; the filing itself always has."""
    happened = tuple(step for step in steps(course) if step.at <= now)
    return happened or tuple(step for step in steps(course) if step.status == FILED)


def _all_steps(course: Course) -> Iterator[tuple[str | None, datetime, str]]:
    received = max(course.filed_at, _at(course.counted_from, _OPENING))
    taken_up = received + _MOMENT
    dated = [_at(due, _AFTERNOON) for _name, due in course.members if due is not None]
    done = max([*dated, taken_up])
    handed_over = max(_at(course.due_on, _OPENING), done + _MOMENT)
    yield from _steps_of(None, course.filed_at, (received, taken_up, done, handed_over))
    registered = _finished(course, course.members[0][1]) if course.members else done
    for place, (name, due) in enumerate(course.members):
        finished = _finished(course, due)
        begun = taken_up if place == 0 else max(min(registered, finished), taken_up)
        yield from _steps_of(name, course.filed_at, (received, begun, finished, max(handed_over, finished + _MOMENT)))


def _steps_of(member: str | None, filed_at: datetime, later: tuple[datetime, ...]) -> Iterator[tuple[str | None, datetime, str]]:
    for at, status in zip((filed_at, *later), ORDINARY, strict=True):
        yield member, at, status


def _finished(course: Course, due: date | None) -> datetime:
    if due is None:
        due = working_calendar().add(course.counted_from, _UNTOLD_DAYS)
    return _at(due, _AFTERNOON)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour)
