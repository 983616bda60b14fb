"""What interrupts the ordinary course of a dossier. Pure.

    asked      the course stands still; unanswered by the end of the last day, the dossier is refused
    answered   work goes on; what the offices would have done meanwhile comes half an hour later at the earliest
    refused    nothing follows
    finished   done and handed over at once
    withdrawn  asked for, then stopped half an hour later

Members that are done keep their status whatever happens to the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from dvc_cli.contract.values import HistoryEntry
from dvc_cli.domain.dates import VN_TZ
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass, replace
from dvc_cli.portal.statuses import (
    ASKED,
    DONE,
    FINISHED,
    HANDED_OVER,
    RECEIVED,
    REFUSED,
    STOPPED,
    WITHDRAWING,
    WORKED_ON,
    status_of,
)

ASK, SUPPLEMENT, REFUSE, FINISH, WITHDRAW = "ask", "supplement", "refuse", "finish", "withdraw"

_MOMENT = timedelta(minutes=30)
_DAY = timedelta(days=1)

Steps = list[HistoryEntry]


@dataclass(frozen=True, slots=True)
class Event:
    """One interruption at an instant; `answer_by` is the last day of the answer to an `ask`."""

    at: datetime
    kind: str
    note: str = ""
    answer_by: date | None = None


def interrupted(ordinary: Sequence[HistoryEntry], events: Iterable[Event], members: Sequence[str]) -> tuple[HistoryEntry, ...]:
    """The steps of a course with its interruptions, both in order of time. What happened before an event is never changed by it."""
    happened: Steps = []
    ahead, waiting = list(ordinary), list[HistoryEntry]()
    for event in events:
        happened += [step for step in ahead if step.at <= event.at]
        later = [step for step in ahead if step.at > event.at]
        if event.kind == ASK:
            waiting = later
        happened_now, ahead = _follow(event, happened, waiting, members)
        happened += happened_now
    return (*happened, *ahead)


def _follow(event: Event, happened: Steps, waiting: Steps, members: Sequence[str]) -> tuple[Steps, Steps]:
    """What an event brings at once, and what comes after it if nothing else does."""
    at, whole = event.at, HistoryEntry(event.at, "", None, event.note)
    if event.kind == ASK:
        lapsed = datetime.combine((event.answer_by or at.date()) + _DAY, time(tzinfo=VN_TZ))
        return [replace(whole, status=ASKED)], _all(REFUSED, lapsed, _open(happened, members), _("Quá hạn bổ sung."))
    if event.kind == SUPPLEMENT:
        return [replace(whole, status=WORKED_ON)], _resumed(waiting, at)
    if event.kind == REFUSE:
        return _all(REFUSED, at, _open(happened, members), event.note), []
    if event.kind == FINISH:
        return [*_all(DONE, at, _open(happened, members), event.note), *_all(HANDED_OVER, at, _not_handed_over(happened, members), "")], []
    return [replace(whole, status=WITHDRAWING)], _all(STOPPED, at + _MOMENT, _open(happened, members), "")


def _all(status: str, at: datetime, who: Sequence[str | None], note: str) -> Steps:
    """The same step for the whole (with the note) and for members."""
    return [HistoryEntry(at, status, member, "" if member else note) for member in who]


def _open(happened: Steps, members: Sequence[str]) -> tuple[str | None, ...]:
    return tuple(who for who in (None, *members) if status_of(happened, who) not in FINISHED)


def _not_handed_over(happened: Steps, members: Sequence[str]) -> tuple[str | None, ...]:
    return tuple(who for who in (None, *members) if status_of(happened, who) != HANDED_OVER)


def _resumed(waiting: Steps, at: datetime) -> Steps:
    """The steps that waited; the whole is being worked on already."""
    still = [step for step in waiting if not (step.member is None and step.status in {RECEIVED, WORKED_ON})]
    return [replace(step, at=max(step.at, at + _MOMENT)) for step in still]
