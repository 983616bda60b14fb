"""Sessions: two tokens each, kept as keyed hashes; short, renewable until a last instant, ended at will."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from dvc_cli.contract.values import Account, Secret, Session
from dvc_cli.errors import SessionError, problem
from dvc_cli.portal.instants import later, read_stamp, stamp
from dvc_cli.portal.limits import session_limits
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.storage.connection import together
from dvc_cli.portal.vault import new_token

Who = Callable[[Secret], Account]
"""The account behind a token, as `who_am_i` of one portal tells it."""

_SESSION = "SELECT sessions.*, people.full_name FROM sessions JOIN people ON people.id_number = sessions.id_number"
_FIND = f"{_SESSION} WHERE sessions.token_hash = ?"
_FIND_RENEWABLE = f"{_SESSION} WHERE sessions.refresh_hash = ?"


def open_session(portal: Portal, connection: sqlite3.Connection, account: Account, tokens: tuple[str, str] | None = None) -> Session:
    """A new session of this account, under fresh tokens or those that were given out already (token, refresh token)."""
    limits = session_limits(portal.now().date())
    return _insert(portal, connection, account, stamp(later(portal.now(), limits.renewable)), tokens)


def who_am_i(portal: Portal, token: Secret) -> Account:
    """The account behind a token. SessionError TK-SESSION-REVOKED (unknown or ended), TK-SESSION-EXPIRED."""
    with portal.read() as connection:
        return _account(_accepted(portal, connection, _FIND, token, "expires_at"))


def refresh(portal: Portal, refresh_token: Secret) -> Session:
    """A renewed session with new tokens; the old ones end, the last instant stays. SessionError as `who_am_i`."""
    with portal.write() as connection:
        row = _accepted(portal, connection, _FIND_RENEWABLE, refresh_token, "refresh_until")
        _end(connection, row)
        return _insert(portal, connection, _account(row), row["refresh_until"])


def log_out(portal: Portal, token: Secret) -> None:
    """End a session; one that is over or unknown is no error."""
    with portal.write() as connection:
        connection.execute("UPDATE sessions SET revoked = 1 WHERE token_hash = ?", (portal.vault.token_hash(token.value),))


def end_others(portal: Portal, connection: sqlite3.Connection, account: Account, token: Secret) -> None:
    """End the person's other sessions of this kind; the one of `token` goes on."""
    connection.execute(
        "UPDATE sessions SET revoked = 1 WHERE id_number = ? AND kind = ? AND token_hash <> ?",
        (account.id_number, account.kind, portal.vault.token_hash(token.value)),
    )


def _accepted(portal: Portal, connection: sqlite3.Connection, query: str, token: Secret, until: str) -> sqlite3.Row:
    with together(connection):
        found, now = connection.execute(query, (portal.vault.token_hash(token.value),)), portal.ask_now(connection)
    row: sqlite3.Row | None = found.fetchone()
    if row is None or row["revoked"]:
        raise SessionError(problem("TK-SESSION-REVOKED"))
    if now() > read_stamp(row[until]):
        raise SessionError(problem("TK-SESSION-EXPIRED"))
    return row


def _insert(
    portal: Portal, connection: sqlite3.Connection, account: Account, refresh_until: str, tokens: tuple[str, str] | None = None
) -> Session:
    limits = session_limits(portal.now().date())
    expires_at = min(stamp(later(portal.now(), limits.lifetime)), refresh_until)
    token, refresh_token = tokens or (new_token(), new_token())
    connection.execute(
        "INSERT INTO sessions (token_hash, refresh_hash, id_number, kind, assurance, expires_at, refresh_until)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            *(portal.vault.token_hash(token), portal.vault.token_hash(refresh_token)),
            *(account.id_number, account.kind, account.assurance, expires_at, refresh_until),
        ),
    )
    return Session(account, Secret(token), Secret(refresh_token), read_stamp(expires_at), read_stamp(refresh_until))


def _end(connection: sqlite3.Connection, row: sqlite3.Row) -> None:
    connection.execute("UPDATE sessions SET revoked = 1 WHERE token_hash = ?", (row["token_hash"],))


def _account(row: sqlite3.Row) -> Account:
    return Account(id_number=row["id_number"], full_name=row["full_name"], kind=row["kind"], assurance=row["assurance"])
