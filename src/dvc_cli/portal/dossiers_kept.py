"""Filed dossiers as the tables hold them: any number read by three questions, told as they stand, moved on as the offices' time goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from dvc_cli.contract.values import Dossier, HistoryEntry
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.portal.dossiers_events import newest_request, read_event
from dvc_cli.portal.dossiers_store import add_steps, day_in, dossier_of
from dvc_cli.portal.instants import read_stamp
from dvc_cli.portal.offices import Course, steps_until
from dvc_cli.portal.statuses import ASKED, FILED, status_of
from dvc_cli.portal.storage.connection import together

_AT_ONCE = 500  # a statement takes no more than some thousand values


@dataclass(frozen=True, slots=True)
class Kept:
    """One dossier: its own row and those of its members, of what interrupted it and of the steps that are written down, each in order."""

    row: sqlite3.Row
    members: Sequence[sqlite3.Row]
    events: Sequence[sqlite3.Row]
    steps: Sequence[sqlite3.Row]

    def happened(self, now: datetime) -> tuple[HistoryEntry, ...]:
        """What the offices have done by `now`, written down or not."""
        course = Course(
            filed_at=read_stamp(self.row["filed_at"]),
            counted_from=date.fromisoformat(self.row["counted_from"]),
            due_on=date.fromisoformat(self.row["due_on"]),
            members=tuple((member["procedure"], day_in(member["due_on"])) for member in self.members),
            events=tuple(read_event(event) for event in self.events),
        )
        return steps_until(course, now)

    def is_behind(self, now: datetime) -> bool:
        """Whether the offices have made steps that are not written down yet."""
        return len(self.happened(now)) > len(self.steps)

    def dossier(self, now: datetime) -> Dossier:
        """The dossier as it stands at `now`, with its whole history until then."""
        # A clock that was set back does not show what has not happened yet; the filing itself is never hidden.
        steps = (HistoryEntry(read_stamp(step["at"]), step["status"], step["member"], step["note"]) for step in self.steps)
        history = tuple(step for step in steps if step.at <= now or step.status == FILED)
        request = newest_request(self.events) if status_of(history, None) == ASKED else None
        return dossier_of(self.row, self.members, history, request)


def kept(connection: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> tuple[Kept, ...]:
    """The dossiers of these rows, in the same order."""
    parts = (rows[first : first + _AT_ONCE] for first in range(0, len(rows), _AT_ONCE))
    return tuple(each for part in parts for each in _kept(connection, part))


def caught_up(connection: sqlite3.Connection, rows: Sequence[sqlite3.Row], now: datetime) -> tuple[Dossier, ...]:
    """The dossiers as they stand, what the offices have done meanwhile written down; the caller holds the transaction."""
    found = kept(connection, rows)
    behind = [each for each in found if each.is_behind(now)]
    for each in behind:
        _catch_up(connection, each, now)
    return tuple(each.dossier(now) for each in (kept(connection, rows) if behind else found))


def _kept(connection: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> tuple[Kept, ...]:
    ids = [row["id"] for row in rows]
    with together(connection):
        members = _of_dossiers(connection, "dossier_members", "position", ids)
        events = _of_dossiers(connection, "dossier_events", "number", ids)
        steps = _of_dossiers(connection, "dossier_history", "number", ids)
    parts = [_by_dossier(found) for found in (members, events, steps)]
    return tuple(Kept(row, *(part.get(row["id"], ()) for part in parts)) for row in rows)


def _of_dossiers(connection: sqlite3.Connection, table: str, order: str, ids: Sequence[str]) -> sqlite3.Cursor:
    marks = ", ".join("?" * len(ids))
    return connection.execute(f"SELECT * FROM {table} WHERE dossier_id IN ({marks}) ORDER BY dossier_id, {order}", ids)  # noqa: S608


def _by_dossier(found: Iterable[sqlite3.Row]) -> dict[str, list[sqlite3.Row]]:
    groups: dict[str, list[sqlite3.Row]] = {}
    for row in found:
        groups.setdefault(row["dossier_id"], []).append(row)
    return groups


def _catch_up(connection: sqlite3.Connection, behind: Kept, now: datetime) -> None:
    happened, dossier_id = behind.happened(now), behind.row["id"]
    new = happened[len(behind.steps) :]
    add_steps(connection, dossier_id, new)
    for member in {step.member for step in new}:
        status = status_of(happened, member)
        if member is None:
            connection.execute("UPDATE dossiers SET status = ? WHERE id = ?", (status, dossier_id))
        else:
            connection.execute("UPDATE dossier_members SET status = ? WHERE dossier_id = ? AND procedure = ?", (status, dossier_id, member))
