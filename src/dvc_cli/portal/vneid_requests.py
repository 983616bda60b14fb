"""Sign-ins that wait for an answer on a page: begun by a counter or a browser, answered by a citizen, a session once."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Mapping

from dvc_cli.contract.values import Account, Secret
from dvc_cli.errors import NotFoundError, problem
from dvc_cli.lazy_dataclasses import dataclass, field
from dvc_cli.portal.instants import later, read_stamp, stamp
from dvc_cli.portal.limits import browser_code_lifetime, qr_interval, qr_lifetime
from dvc_cli.portal.logins import VNEID, account_of
from dvc_cli.portal.portal import Portal

OPEN, GRANTED, REFUSED, USED = "open", "granted", "refused", "used"
OVER, TOO_SOON, UNKNOWN = "over", "too soon", "unknown"

# Consonants alone spell no word, and none is read for another; eight of twenty are 34 bits (RFC 8628 6.1).
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
_HALF = 4
_SLOWER = 5
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Asking:
    """What a question found: a state, and where the citizen agreed the account, the sign-in's number and what a browser had asked for."""

    state: str
    account: Account | None = None
    number: int = 0
    asked: Mapping[str, str] = field(default_factory=dict, repr=False)


def new_user_code() -> str:
    """A code for a person to type: eight letters, as WDJB-MJHT."""
    letters = "".join(secrets.choice(_LETTERS) for _place in range(2 * _HALF))
    return f"{letters[:_HALF]}-{letters[_HALF:]}"


def clean_user_code(typed: str) -> str:
    """A code as it is kept, however it was typed: small letters, spaces, without its hyphen."""
    letters = "".join(letter for letter in typed.upper()[:40] if letter in _LETTERS)
    return f"{letters[:_HALF]}-{letters[_HALF:]}"


def begin_by_device(portal: Portal, device_code: Secret, user_code: str) -> None:
    """Keep a sign-in that a counter has just begun."""
    _insert(portal, user_code, portal.vault.token_hash(device_code.value), None)


def begin_by_browser(portal: Portal, asked: Mapping[str, str]) -> str:
    """Keep a sign-in that a browser has just begun, with what it asked for; answers with its name, in the place of a code."""
    name = f"browser-{secrets.token_hex(16)}"
    _insert(portal, name, None, portal.vault.seal(f"browser|{name}", json.dumps(dict(asked)).encode()))
    return name


def asked_by(portal: Portal, row: sqlite3.Row) -> dict[str, str]:
    """What the browser asked for; nothing when a counter did."""
    if row["browser_box"] is None:
        return {}
    asked: dict[str, str] = json.loads(portal.vault.unseal(f"browser|{row['user_code']}", row["browser_box"]))
    return asked


def find_open(portal: Portal, connection: sqlite3.Connection, user_code: str) -> sqlite3.Row:
    """The sign-in that waits under this code. NotFoundError TK-NO-CHALLENGE when none does."""
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM vneid_requests WHERE user_code = ? AND state = ?", (user_code, OPEN)
    ).fetchone()
    if row is None or portal.now() > read_stamp(row["expires_at"]):
        raise NotFoundError(problem("TK-NO-CHALLENGE"))
    return row


def answer(connection: sqlite3.Connection, number: int, id_number: str, *, agreed: bool) -> None:
    """Keep the citizen's answer."""
    state = GRANTED if agreed else REFUSED
    connection.execute("UPDATE vneid_requests SET id_number = ?, state = ? WHERE number = ?", (id_number, state, number))


def ask_by_device(portal: Portal, device_code: Secret) -> Asking:
    """Whether it was answered. What was granted is granted once; the caller opens the session inside the same `portal.write()`."""
    with portal.write() as connection:
        row = _by_secret(portal, connection, device_code)
        if row is None or row["state"] == USED or row["browser_box"] is not None:
            return Asking(UNKNOWN)
        if row["state"] == OPEN:
            return Asking(_still_open(portal, connection, row))
        _spend(connection, row)
        if row["state"] == REFUSED:
            return Asking(REFUSED)
        if portal.now() > read_stamp(row["expires_at"]):
            return Asking(OVER)
        return Asking(GRANTED, account_of(connection, row["id_number"], VNEID), row["number"])


def give_code(portal: Portal, number: int, code: Secret) -> None:
    """Let the browser of a granted sign-in take this code along."""
    until = stamp(later(portal.now(), browser_code_lifetime(portal.now().date())))
    with portal.write() as connection:
        connection.execute(
            "UPDATE vneid_requests SET secret_hash = ?, code_until = ? WHERE number = ?",
            (portal.vault.token_hash(code.value), until, number),
        )


def ask_by_code(portal: Portal, code: Secret) -> Asking:
    """What a browser's code stands for; it is good until `spend`. One that was spent ends the session that it opened."""
    with portal.write() as connection:
        row = _by_secret(portal, connection, code)
        if row is None or row["browser_box"] is None:
            return Asking(UNKNOWN)
        if row["state"] == USED:
            connection.execute("UPDATE sessions SET revoked = 1 WHERE token_hash = ?", (row["session_hash"],))
            return Asking(USED)
        if portal.now() > read_stamp(row["code_until"]):
            return Asking(OVER)
        return Asking(GRANTED, account_of(connection, row["id_number"], VNEID), row["number"], asked_by(portal, row))


def spend(portal: Portal, number: int, token: Secret) -> None:
    """The sign-in has become the session of this token."""
    with portal.write() as connection:
        connection.execute(
            "UPDATE vneid_requests SET state = ?, session_hash = ? WHERE number = ?", (USED, portal.vault.token_hash(token.value), number)
        )


def _insert(portal: Portal, user_code: str, secret_hash: bytes | None, browser_box: bytes | None) -> None:
    now = portal.now()
    today = now.date()
    with portal.write() as connection:
        _forget_old(portal, connection)
        connection.execute(
            "INSERT INTO vneid_requests (user_code, secret_hash, browser_box, begun_at, expires_at, pause) VALUES (?, ?, ?, ?, ?, ?)",
            (user_code, secret_hash, browser_box, stamp(now), stamp(later(now, qr_lifetime(today))), qr_interval(today)),
        )


def _by_secret(portal: Portal, connection: sqlite3.Connection, given: Secret) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM vneid_requests WHERE secret_hash = ?", (portal.vault.token_hash(given.value),)
    ).fetchone()
    return row


def _still_open(portal: Portal, connection: sqlite3.Connection, row: sqlite3.Row) -> str:
    now = portal.now()
    if now > read_stamp(row["expires_at"]):
        return OVER
    too_soon = bool(row["ask_after"]) and now < read_stamp(row["ask_after"])
    pause = row["pause"] + (_SLOWER if too_soon else 0)
    connection.execute(
        "UPDATE vneid_requests SET pause = ?, ask_after = ? WHERE number = ?", (pause, stamp(later(now, pause)), row["number"])
    )
    return TOO_SOON if too_soon else OPEN


def _spend(connection: sqlite3.Connection, row: sqlite3.Row) -> None:
    connection.execute("UPDATE vneid_requests SET state = ? WHERE number = ?", (USED, row["number"]))


def _forget_old(portal: Portal, connection: sqlite3.Connection) -> None:
    """A day later nobody asks for it any more."""
    day = (stamp(later(portal.now(), -_DAY)),)
    connection.execute("DELETE FROM vneid_visits WHERE request IN (SELECT number FROM vneid_requests WHERE expires_at < ?)", day)
    connection.execute("DELETE FROM vneid_requests WHERE expires_at < ?", day)
