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
from dvc_cli.portal.dossiers_check import judge
from dvc_cli.portal.dossiers_kept import caught_up, kept
from dvc_cli.portal.dossiers_store import Filing, Prepared, insert, prepare, row_of
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.storage.connection import together

# Serials of a day begin somewhere below this, so that a code tells nothing about how many were filed.
_SERIALS_BEGIN_BELOW = 500_000

_ENDLESS = 2**62

# Sub-code 08 was seen on births of 2026; that of deaths was never seen, so all dossiers of the sandbox share it.
_FAMILY = "G22.99.08"

_COUNT = "INSERT INTO counters (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


def submit(portal: Portal, person: str, submission: Submission, idempotency_key: str) -> Dossier:
    """File a dossier for the session's person (personal number), judged as of now and written in one transaction.

    The same key with the same content answers the dossier of the first time, whatever has happened since.
    ConflictError BE-CONFLICT: the key came with other content. RefusedError: what the check finds (`dossiers_check.judge`).
    """
    digest, now = digest_of(submission), portal.now()
    # All that can be done before the write lock is taken is done before, as of the registers of that instant: everybody waits for the lock.
    prepared = _prepared(portal, Filing(f"hs-{secrets.token_hex(8)}", person, idempotency_key, digest, now, submission))
    day = f"{_FAMILY}-{now:%y%m%d}-"
    with portal.write() as connection:
        earlier, serial = _earlier_and_next(connection, person, idempotency_key, day)
        code = f"{day}{serial:06d}"
        if earlier is None and isinstance(prepared, Prepared):
            with together(connection):
                insert(connection, prepared, code)
                connection.execute(_COUNT, (day, serial))
    if earlier is not None:
        if not secrets.compare_digest(earlier["digest"], digest):
            raise ConflictError(problem("BE-CONFLICT", detail=_("Khóa chống trùng đã dùng cho hồ sơ khác.")))
        return _as_they_stand(portal, [earlier])[0]
    if isinstance(prepared, DvcError):
        raise prepared
    return prepared.told(code)


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
    """A hash of everything that is filed; files count by row, id, name and the hash of their content, which judging holds them to."""
    parts = {
        "procedure": submission.procedure,
        "form_version": submission.form_version,
        "payload": dict(submission.payload),
        "facts": dict(submission.facts),
        "attachments": [[file.slot, file.id, file.name, file.sha256] for file in submission.attachments],
        "acknowledge": dict(submission.acknowledge),
        "pledge": submission.pledge,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=_plain).encode()).hexdigest()


def _prepared(portal: Portal, filing: Filing) -> Prepared | DvcError:
    """The judged filing, or why there is none: of no interest where the key turns out to be known already."""
    with portal.read() as connection:
        try:
            return prepare(filing, judge(connection, filing.owner, filing.submission, filing.filed_at, portal.calendar))
        except DvcError as refusal:
            return refusal


def _earlier_and_next(connection: sqlite3.Connection, person: str, key: str, day: str) -> tuple[sqlite3.Row | None, int]:
    """What the person filed under this key before, and the next serial of the day; under the write lock it is nobody else's."""
    with together(connection):
        filed = connection.execute("SELECT * FROM dossiers WHERE owner = ? AND idempotency_key = ?", (person, key))
        # Counted, not read from the codes: everybody waits, and a database may read all of the day's codes to find the last.
        counted = connection.execute("SELECT value FROM counters WHERE name = ?", (day,))
    last = counted.fetchone()
    return filed.fetchone(), last[0] + 1 if last else secrets.randbelow(_SERIALS_BEGIN_BELOW) + 1


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else list(value) if isinstance(value, tuple | set) else str(value)


def _as_they_stand(portal: Portal, rows: list[sqlite3.Row]) -> tuple[Dossier, ...]:
    now = portal.now()
    with portal.read() as connection:
        found = kept(connection, rows)
    if any(each.is_behind(now) for each in found):
        with portal.write() as connection:
            return caught_up(connection, rows, now)
    return tuple(each.dossier(now) for each in found)
