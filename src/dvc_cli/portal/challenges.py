"""Challenges: a code goes to a phone, a person types it, each guess costs a try.

What a guess costs is written in the same transaction that compares it; the refusal is raised after the commit. That is why the
functions that count answer with an `Outcome`, which `settle` turns into a value or an error once the transaction is over.
"""

from __future__ import annotations

import hmac
import json
import secrets
import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias, TypeVar

from dvc_cli.contract.values import Challenge, Secret
from dvc_cli.domain.phones import mask_phone
from dvc_cli.errors import DvcError, NotFoundError, RefusedError, TooManyTriesError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.portal import messages
from dvc_cli.portal.codes import clean_code, new_code
from dvc_cli.portal.instants import earlier, later, read_stamp, stamp
from dvc_cli.portal.limits import challenge_limits
from dvc_cli.portal.portal import Portal

T = TypeVar("T")

REGISTER, LOGIN, LOGIN_VNEID = "register", "login", "login-vneid"

_EARLIER = 20  # challenges whose messages a person may still have at hand


@dataclass(frozen=True, slots=True)
class Begun:
    """What a challenge is about: its kind, the person's number, the phone that gets the code, facts to remember."""

    kind: str
    subject: str
    phone: str
    request: Mapping[str, str]


Outcome: TypeAlias = T | DvcError


def settle(outcome: Outcome[T]) -> T:
    """The value of an outcome; raises its error. To be called after the transaction that counted."""
    if isinstance(outcome, DvcError):
        raise outcome
    return outcome


def begin(portal: Portal, connection: sqlite3.Connection, begun: Begun) -> Outcome[Challenge]:
    """Send a first code; an older open challenge of the same kind and person ends. TooManyTriesError BE-TOO-MANY by phone."""
    refusal = _phone_refusal(portal, connection, begun.phone)
    if refusal is not None:
        return refusal
    _supersede(connection, begun)
    now, limits = portal.now(), challenge_limits(begun.kind, portal.now().date())
    challenge_id, code = f"ch-{secrets.token_hex(6)}", new_code()
    box = portal.vault.seal(f"request|{challenge_id}", json.dumps(dict(begun.request)).encode())
    connection.execute(
        "INSERT INTO challenges (id, kind, subject, phone, code_hash, begun_at, sent_at, expires_at, resend_at, tries_left, request_box)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(challenge_id, begun.kind, begun.subject, begun.phone, portal.vault.code_hash(challenge_id, code), stamp(now), stamp(now)),
            *(stamp(later(now, limits.lifetime)), stamp(later(now, limits.resend_after)), limits.tries, box),
        ),
    )
    return _send(portal, connection, challenge_id, code)


def get(portal: Portal, challenge_id: str) -> Challenge:
    """The waiting challenge as it stands; one whose tries are used up has `tries_left` 0 and waits for nobody.

    NotFoundError TK-NO-CHALLENGE for an unknown id and for a challenge that was answered or replaced.
    """
    with portal.read() as connection:
        row = _row(connection, challenge_id)
    if row["state"] not in {"open", "locked"}:
        raise _no_challenge()
    return _challenge(row)


def resend(portal: Portal, challenge_id: str) -> Challenge:
    """Send a new code, the old one ends; tries are not given back.

    Refuses with TK-NO-CHALLENGE (unknown or over), TK-OTP-LOCKED, TK-RESEND-LIMIT, TK-RESEND-SOON, BE-TOO-MANY.
    """
    with portal.write() as connection:
        row = _row(connection, challenge_id)
        limits = challenge_limits(row["kind"], portal.now().date())
        _check_resend(portal, row, limits.resends)
        outcome = _phone_lock(portal, connection, row["phone"]) or _replace_code(portal, connection, row)
    return settle(outcome)


def verify(
    portal: Portal,
    challenge_id: str,
    kinds: frozenset[str],
    code: Secret,
    grant: Callable[[sqlite3.Connection, sqlite3.Row], T],
) -> T:
    """Spend a try; for the right code `grant` gives what it opens, in the same transaction, and sets the challenge's new state.

    Refuses with TK-NO-CHALLENGE, TK-OTP-USED, -SUPERSEDED, -LOCKED, -EXPIRED, -WRONG; `data` holds `challenge` as it stands then.
    """
    with portal.write() as connection:
        row = _row(connection, challenge_id)
        if row["kind"] not in kinds:
            raise _no_challenge()
        fault = _fault(portal, connection, row, clean_code(code.value))
        outcome: Outcome[T]
        outcome = _refusal(fault, _row(connection, challenge_id)) if fault else grant(connection, row)
    return settle(outcome)


def request_of(portal: Portal, row: sqlite3.Row) -> Mapping[str, str]:
    """The facts that `begin` was given to remember."""
    facts: dict[str, str] = json.loads(portal.vault.unseal(f"request|{row['id']}", row["request_box"]))
    return facts


def set_state(connection: sqlite3.Connection, challenge_id: str, state: str) -> None:
    """Give a challenge its state: open, verified, used, superseded or locked."""
    connection.execute("UPDATE challenges SET state = ? WHERE id = ?", (state, challenge_id))


def challenge_facts(challenge: Challenge) -> dict[str, object]:
    """A challenge as the envelope shows it: instants as text."""
    return {
        "id": challenge.id,
        "kind": challenge.kind,
        "phone_masked": challenge.phone_masked,
        "sent_at": stamp(challenge.sent_at),
        "expires_at": stamp(challenge.expires_at),
        "tries_left": challenge.tries_left,
        "code_number": challenge.code_number,
        "resend_at": stamp(challenge.resend_at),
    }


def _fault(portal: Portal, connection: sqlite3.Connection, row: sqlite3.Row, code: str) -> str:
    """The problem code that this guess earns, '' for the right code; a guess that was compared and failed costs a try."""
    over = {"verified": "TK-OTP-USED", "used": "TK-OTP-USED", "superseded": "TK-OTP-SUPERSEDED", "locked": "TK-OTP-LOCKED"}
    if row["state"] in over:
        return over[row["state"]]
    if portal.now() > read_stamp(row["expires_at"]):
        return "TK-OTP-EXPIRED"
    given = portal.vault.code_hash(row["id"], code)
    if hmac.compare_digest(given, row["code_hash"]):
        return ""
    left = row["tries_left"] - 1
    connection.execute(
        "UPDATE challenges SET tries_left = ?, state = ? WHERE id = ?",
        (left, "open" if left else "locked", row["id"]),
    )
    if _is_old(connection, row["id"], given):
        return "TK-OTP-SUPERSEDED"
    return _fault_of_an_earlier(portal, connection, row, code) or "TK-OTP-WRONG"


def _fault_of_an_earlier(portal: Portal, connection: sqlite3.Connection, row: sqlite3.Row, code: str) -> str:
    """What the code is when a message of an earlier challenge of this kind and person brought it; '' when none did."""
    earlier_ones = connection.execute(
        "SELECT id, code_hash, state FROM challenges WHERE subject = ? AND kind = ? AND number < ? ORDER BY number DESC LIMIT ?",
        (row["subject"], row["kind"], row["number"], _EARLIER),
    ).fetchall()
    for earlier_one in earlier_ones:
        given = portal.vault.code_hash(earlier_one["id"], code)
        if hmac.compare_digest(given, earlier_one["code_hash"]):
            return "TK-OTP-USED" if earlier_one["state"] in {"verified", "used"} else "TK-OTP-SUPERSEDED"
        if _is_old(connection, earlier_one["id"], given):
            return "TK-OTP-SUPERSEDED"
    return ""


def _is_old(connection: sqlite3.Connection, challenge_id: str, given: bytes) -> bool:
    rows = connection.execute("SELECT code_hash FROM old_codes WHERE challenge_id = ?", (challenge_id,)).fetchall()
    return any(hmac.compare_digest(given, row["code_hash"]) for row in rows)


def _refusal(code: str, row: sqlite3.Row) -> RefusedError:
    return RefusedError(problem(code, "otp"), data={"challenge": challenge_facts(_challenge(row))})


def _check_resend(portal: Portal, row: sqlite3.Row, most: int) -> None:
    facts = {"challenge": challenge_facts(_challenge(row))}
    if row["state"] == "locked":
        raise RefusedError(problem("TK-OTP-LOCKED", "otp", hint=_("Bắt đầu lại bằng register, login hoặc login-vneid.")), data=facts)
    if row["state"] != "open":
        raise _no_challenge()
    if row["resends"] >= most:
        raise RefusedError(problem("TK-RESEND-LIMIT"), data=facts)
    if portal.now() < read_stamp(row["resend_at"]):
        raise RefusedError(problem("TK-RESEND-SOON"), data=facts)


def _replace_code(portal: Portal, connection: sqlite3.Connection, row: sqlite3.Row) -> Challenge:
    now, limits = portal.now(), challenge_limits(row["kind"], portal.now().date())
    connection.execute("INSERT INTO old_codes (challenge_id, code_hash) VALUES (?, ?)", (row["id"], row["code_hash"]))
    code = new_code()
    while _is_old(connection, row["id"], portal.vault.code_hash(row["id"], code)):
        code = new_code()
    connection.execute(
        "UPDATE challenges SET code_hash = ?, code_number = code_number + 1, resends = resends + 1,"
        " sent_at = ?, expires_at = ?, resend_at = ? WHERE id = ?",
        (
            *(portal.vault.code_hash(row["id"], code), stamp(now), stamp(later(now, limits.lifetime))),
            *(stamp(later(now, limits.resend_after)), row["id"]),
        ),
    )
    return _send(portal, connection, row["id"], code)


def _send(portal: Portal, connection: sqlite3.Connection, challenge_id: str, code: str) -> Challenge:
    row = _row(connection, challenge_id)
    messages.send_code(portal, connection, row, code)
    return _challenge(row)


def _supersede(connection: sqlite3.Connection, begun: Begun) -> None:
    which = (begun.subject, begun.kind)
    connection.execute("UPDATE challenges SET state = 'superseded' WHERE subject = ? AND kind = ? AND state = 'open'", which)
    connection.execute(
        "UPDATE tickets SET used = 1 WHERE challenge_id IN (SELECT id FROM challenges WHERE subject = ? AND kind = ?)", which
    )


def _phone_refusal(portal: Portal, connection: sqlite3.Connection, phone: str) -> TooManyTriesError | None:
    locked = _phone_lock(portal, connection, phone)
    if locked is not None:
        return locked
    now, limits = portal.now(), challenge_limits(REGISTER, portal.now().date())
    since = stamp(earlier(now, limits.phone_window))
    begun = connection.execute("SELECT count(*) FROM challenges WHERE phone = ? AND begun_at > ?", (phone, since)).fetchone()[0]
    if begun < limits.phone_challenges:
        return None
    until = later(now, limits.phone_lock)
    connection.execute(
        "INSERT INTO phone_locks (phone, locked_until) VALUES (?, ?)"
        " ON CONFLICT (phone) DO UPDATE SET locked_until = excluded.locked_until",
        (phone, stamp(until)),
    )
    return _too_many(until, now)


def _phone_lock(portal: Portal, connection: sqlite3.Connection, phone: str) -> TooManyTriesError | None:
    row = connection.execute("SELECT locked_until FROM phone_locks WHERE phone = ?", (phone,)).fetchone()
    now = portal.now()
    if row is None or now >= read_stamp(row["locked_until"]):
        return None
    return _too_many(read_stamp(row["locked_until"]), now)


def _too_many(until: datetime, now: datetime) -> TooManyTriesError:
    hint = _("Đợi đến {time} rồi thử lại.").format(time=until.strftime("%H:%M:%S %d/%m/%Y"))
    return TooManyTriesError(problem("BE-TOO-MANY", hint=hint), retry_after=int((until - now).total_seconds()))


def _row(connection: sqlite3.Connection, challenge_id: str) -> sqlite3.Row:
    known = challenge_id.isascii()
    row = connection.execute("SELECT * FROM challenges WHERE id = ?", (challenge_id,)).fetchone() if known else None
    if row is None:
        raise _no_challenge()
    found: sqlite3.Row = row
    return found


def _no_challenge() -> NotFoundError:
    return NotFoundError(problem("TK-NO-CHALLENGE"))


def _challenge(row: sqlite3.Row) -> Challenge:
    return Challenge(
        id=row["id"],
        kind=row["kind"],
        phone_masked=mask_phone(row["phone"]),
        sent_at=read_stamp(row["sent_at"]),
        expires_at=read_stamp(row["expires_at"]),
        tries_left=row["tries_left"],
        code_number=row["code_number"],
        resend_at=read_stamp(row["resend_at"]),
    )
