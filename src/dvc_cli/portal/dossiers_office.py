"""The other side of the counter, for training: an office asks for a supplement, refuses, or finishes at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime

from dvc_cli.contract.values import Dossier
from dvc_cli.data import limit
from dvc_cli.errors import RefusedError, UsageError, problem
from dvc_cli.forms import unknown_key
from dvc_cli.language import _
from dvc_cli.portal.dossiers_changes import refusal
from dvc_cli.portal.dossiers_events import Asked, add_event
from dvc_cli.portal.dossiers_kept import caught_up
from dvc_cli.portal.dossiers_store import row_of
from dvc_cli.portal.interventions import ASK, FINISH, REFUSE, Event
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.statuses import ASKED, FILED, RECEIVED, WORKED_ON
from dvc_cli.procedures import Procedure, procedure, procedure_of_version
from dvc_cli.text import safe

OPEN = frozenset({FILED, RECEIVED, WORKED_ON})


def ask(portal: Portal, code: str, asked: Asked, note: str = "") -> Dossier:
    """Ask for fields to be mended and papers to be added; the answer has seven working days.

    UsageError A-USAGE for nothing asked, A-UNKNOWN-KEY for a key that the form does not have or that nobody types; RefusedError A-CHOICE
    for an unknown paper; NotFoundError, RefusedError BE-REFUSED when the dossier is not being worked on.
    """

    def event(row: sqlite3.Row, now: datetime) -> Event:
        _refuse_unknown(procedure_of_version(row["procedure"], row["form_version"]) or procedure(row["procedure"]), asked)
        days = limit("supplement_duty", now.date()).value or 0
        return Event(now, ASK, note, portal.calendar.add(now.date(), days))

    return _step(portal, code, OPEN, event, asked)


def refuse(portal: Portal, code: str, note: str = "") -> Dossier:
    """Refuse what is not finished. NotFoundError, RefusedError BE-REFUSED when the dossier is closed."""
    return _step(portal, code, OPEN | {ASKED}, lambda _row, now: Event(now, REFUSE, note))


def finish(portal: Portal, code: str, note: str = "") -> Dossier:
    """Finish everything and hand the results over. NotFoundError, RefusedError BE-REFUSED when the dossier is closed or waits."""
    return _step(portal, code, OPEN, lambda _row, now: Event(now, FINISH, note))


def _step(
    portal: Portal, code: str, allowed: Iterable[str], event: Callable[[sqlite3.Row, datetime], Event], asked: Asked | None = None
) -> Dossier:
    with portal.write() as connection:
        row, now = row_of(connection, code), portal.now()
        (found,) = caught_up(connection, [row], now)
        made = event(row, now)
        if found.status not in allowed:
            waits = found.status == ASKED
            raise refusal(_("Hồ sơ đang chờ công dân bổ sung.") if waits else _("Hồ sơ đã xong hoặc đã đóng."))
        add_event(connection, row["id"], made, asked or Asked())
        return caught_up(connection, [row], now)[0]


def _refuse_unknown(item: Procedure, asked: Asked) -> None:
    if not asked.fields and not asked.papers:
        raise UsageError(problem("A-USAGE", detail=_("Cần ít nhất một ô hoặc một giấy tờ.")))
    typed = [field.key for field in item.form.fields if not field.readonly and not field.from_session]
    unknown = [unknown_key(key, typed) for key in asked.fields if key not in typed]
    if unknown:
        raise UsageError(*unknown)
    papers = [paper.id for paper in item.papers.papers]
    odd = [paper for paper in asked.papers if paper not in papers]
    if odd:
        raise RefusedError(*(problem("A-CHOICE", "attachments", detail=f"({safe(paper, 40)})", hint=", ".join(papers)) for paper in odd))
