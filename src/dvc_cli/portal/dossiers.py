"""Filed dossiers: taking one in, once and checked; telling where it stands as the portal's time goes on."""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from datetime import date, datetime

from dvc_cli.contract.values import Dossier, Submission
from dvc_cli.errors import ConflictError, DvcError, problem
from dvc_cli.language import _
from dvc_cli.portal.dossiers_check import Judged, judge
from dvc_cli.portal.dossiers_store import Filing, catch_up, insert, is_behind, read_dossier, row_of
from dvc_cli.portal.portal import Portal

# Serials of a day begin somewhere below this, so that a code tells nothing about how many were filed.
_SERIALS_BEGIN_BELOW = 500_000

_ENDLESS = 2**62

# Sub-code 08 was seen on births of 2026; that of deaths was never seen, so all dossiers of the sandbox share it.
_FAMILY = "G22.99.08"


def submit(portal: Portal, person: str, submission: Submission, idempotency_key: str) -> Dossier:
    """File a dossier for the session's person (personal number), judged as of now and written in one transaction.

    The same key with the same content answers the dossier of the first time, whatever has happened since.
    ConflictError BE-CONFLICT: the key came with other content. RefusedError: what the check finds (`dossiers_check.judge`).
    """
    digest, now = digest_of(submission), portal.now()
    # Judging takes most of the time, so it is done before the write lock is taken, as of the registers of that instant.
    judged = _judged(portal, person, submission, now)
    with portal.write() as connection:
        row = _filed_under(connection, person, idempotency_key)
        if row is None:
            if isinstance(judged, DvcError):
                raise judged
            code = _next_code(connection, now)
            return insert(connection, Filing(f"hs-{secrets.token_hex(8)}", code, person, idempotency_key, digest, now, submission, judged))
    if not secrets.compare_digest(row["digest"], digest):
        raise ConflictError(problem("BE-CONFLICT", detail=_("Khóa chống trùng đã dùng cho hồ sơ khác.")))
    return _as_they_stand(portal, [row])[0]


def list_for(portal: Portal, person: str) -> tuple[Dossier, ...]:
    """The dossiers of one person as they stand now, newest first."""
    with portal.read() as connection:
        rows = connection.execute("SELECT * FROM dossiers WHERE owner = ? ORDER BY number DESC", (person,)).fetchall()
    return _as_they_stand(portal, rows)


def page_for(portal: Portal, person: str, before: int | None, most: int) -> tuple[tuple[Dossier, ...], int | None]:
    """At most `most` of the dossiers of one person that come after number `before`, newest first, and the number to go on with."""
    query = "SELECT * FROM dossiers WHERE owner = ? AND number < ? ORDER BY number DESC LIMIT ?"
    with portal.read() as connection:
        rows = connection.execute(query, (person, _ENDLESS if before is None else before, most + 1)).fetchall()
    page = rows[:most]
    return _as_they_stand(portal, page), int(page[-1]["number"]) if len(rows) > most else None


def get(portal: Portal, person: str, code: str) -> Dossier:
    """One dossier of that person by code. NotFoundError BE-REFUSED when there is none, or it is somebody else's."""
    with portal.read() as connection:
        row = row_of(connection, code, person)
    return _as_they_stand(portal, [row])[0]


def digest_of(submission: Submission) -> str:
    """A hash of everything that is filed; files count by row, id, name and content."""
    parts = {
        "procedure": submission.procedure,
        "form_version": submission.form_version,
        "payload": dict(submission.payload),
        "facts": dict(submission.facts),
        "attachments": [[file.slot, file.id, file.name, hashlib.sha256(file.content).hexdigest()] for file in submission.attachments],
        "acknowledge": dict(submission.acknowledge),
        "pledge": submission.pledge,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=_plain).encode()).hexdigest()


def _judged(portal: Portal, person: str, submission: Submission, now: datetime) -> Judged | DvcError:
    """The judgement, or why there is none: of no interest where the key turns out to be known already."""
    with portal.read() as connection:
        try:
            return judge(connection, person, submission, now, portal.calendar)
        except DvcError as refusal:
            return refusal


def _filed_under(connection: sqlite3.Connection, person: str, idempotency_key: str) -> sqlite3.Row | None:
    query = "SELECT * FROM dossiers WHERE owner = ? AND idempotency_key = ?"
    row: sqlite3.Row | None = connection.execute(query, (person, idempotency_key)).fetchone()
    return row


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else list(value) if isinstance(value, tuple | set) else str(value)


def _as_they_stand(portal: Portal, rows: list[sqlite3.Row]) -> tuple[Dossier, ...]:
    now = portal.now()
    with portal.read() as connection:
        behind = [row for row in rows if is_behind(connection, row, now)]
    if behind:
        with portal.write() as connection:
            for row in behind:
                catch_up(connection, row, now)
    with portal.read() as connection:
        return tuple(read_dossier(connection, row, now) for row in rows)


def _next_code(connection: sqlite3.Connection, now: datetime) -> str:
    """The next code of the day; the caller holds the write lock, so nobody else takes it meanwhile."""
    prefix = f"{_FAMILY}-{now:%y%m%d}-"
    # The range is for the index: LIKE alone reads the code of every dossier ever filed, with all other writers waiting.
    query = "SELECT max(code) FROM dossiers WHERE code BETWEEN ? AND ? AND code LIKE ?"
    last = connection.execute(query, (f"{prefix}000000", f"{prefix}999999", f"{prefix}%")).fetchone()[0]
    serial = int(last.removeprefix(prefix)) + 1 if last else secrets.randbelow(_SERIALS_BEGIN_BELOW) + 1
    return f"{prefix}{serial:06d}"
