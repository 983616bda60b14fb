"""The interruptions of filed dossiers in the tables: writing one down, reading them back, what an office waits for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from dvc_cli.contract.values import OfficeRequest
from dvc_cli.domain.calendar import WorkingCalendar
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.portal.instants import read_stamp, stamp
from dvc_cli.portal.interventions import ASK, SUPPLEMENT, Event

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an office asks for, by field key and paper id."""

    fields: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


def add_event(connection: sqlite3.Connection, dossier_id: str, event: Event, asked: Asked, key: tuple[str, str] = ("", "")) -> None:
    """Write an interruption down; `key` is idempotency key and digest. The caller holds the transaction and has caught up before.

    What a clock that was later wrote down has not happened after all.
    """
    connection.execute("DELETE FROM dossier_history WHERE dossier_id = ? AND at > ?", (dossier_id, stamp(event.at)))
    connection.execute(
        "INSERT INTO dossier_events (dossier_id, at, kind, answer_by, fields, papers, note, idempotency_key, digest)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(dossier_id, stamp(event.at), event.kind, event.answer_by.isoformat() if event.answer_by else ""),
            *(" ".join(asked.fields), " ".join(asked.papers), event.note, *key),
        ),
    )


def events_of(connection: sqlite3.Connection, dossier_id: str) -> tuple[Event, ...]:
    """The interruptions of one dossier, in order."""
    rows = connection.execute("SELECT * FROM dossier_events WHERE dossier_id = ? ORDER BY number", (dossier_id,))
    return tuple(read_event(row) for row in rows)


def read_event(row: sqlite3.Row) -> Event:
    """The interruption that a row holds."""
    return Event(read_stamp(row["at"]), row["kind"], row["note"], date.fromisoformat(row["answer_by"]) if row["answer_by"] else None)


def newest_request(events: Iterable[sqlite3.Row]) -> OfficeRequest | None:
    """What an office asked for last, whether or not it was answered; `events` are the rows of a dossier, in order."""
    asked = [row for row in events if row["kind"] == ASK]
    if not asked:
        return None
    row = asked[-1]
    papers = tuple(row["papers"].split())
    return OfficeRequest(read_stamp(row["at"]), date.fromisoformat(row["answer_by"]), tuple(row["fields"].split()), papers, row["note"])


def answered_with(connection: sqlite3.Connection, dossier_id: str, idempotency_key: str) -> str | None:
    """The digest of the supplement that came with this key; None when none did."""
    query = "SELECT digest FROM dossier_events WHERE dossier_id = ? AND kind = ? AND idempotency_key = ?"
    row = connection.execute(query, (dossier_id, SUPPLEMENT, idempotency_key)).fetchone()
    return None if row is None else str(row["digest"])


def waited_days(events: tuple[Event, ...], calendar: WorkingCalendar) -> int:
    """The working days on which the offices waited for answers: they do not count."""
    return sum(_between(asked.at.date(), calendar.counted_from(answer.at), calendar) for asked, answer in _pairs(events))


def _pairs(events: tuple[Event, ...]) -> Iterator[tuple[Event, Event]]:
    asked: Event | None = None
    for event in events:
        if event.kind == ASK:
            asked = event
        elif event.kind == SUPPLEMENT and asked is not None:
            yield asked, event


def _between(first: date, last: date, calendar: WorkingCalendar) -> int:
    """The working days after `first` up to `last`."""
    return sum(calendar.is_working(first + at * _DAY) for at in range(1, (last - first).days + 1))
