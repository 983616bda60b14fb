"""Signing in: portal account (number, password, code) and VNeID (the same, with the citizen's agreement to share data)."""

from __future__ import annotations

import sqlite3

from dvc_cli.contract.values import Account, Challenge, Secret, Session
from dvc_cli.domain.identity import parse_personal_number
from dvc_cli.errors import NotFoundError, NotSupportedError, RefusedError, problem
from dvc_cli.portal import challenges, sessions
from dvc_cli.portal.challenges import Outcome
from dvc_cli.portal.instants import stamp
from dvc_cli.portal.passwords import check_password, check_rule, hash_password, put_password
from dvc_cli.portal.people import person_row
from dvc_cli.portal.portal import Portal

PORTAL, VNEID = "portal", "vneid"

_SIGN_IN_LEVEL = 2

_KINDS = {challenges.LOGIN: PORTAL, challenges.LOGIN_VNEID: VNEID}


def begin_portal(portal: Portal, id_number: str, password: Secret) -> Challenge:
    """Check a portal account's password and send a code to its phone.

    Refuses with TK-CREDENTIALS (also for a number without an account), TK-LOCKED, BE-TOO-MANY.
    """
    number = _number(id_number)
    if number is None:
        raise RefusedError(problem("TK-CREDENTIALS", "password"))

    def grant(connection: sqlite3.Connection) -> Outcome[Challenge]:
        begun = challenges.Begun(challenges.LOGIN, number, _account_row(connection, number, PORTAL)["phone"], {})
        return challenges.begin(portal, connection, begun)

    return check_password(portal, PORTAL, number, password, grant)


def begin_vneid(portal: Portal, id_number: str, password: Secret, *, share_data: bool) -> Challenge:
    """Check a VNeID password and send a code to the phone of the digital identity.

    Refuses, in this order, with TK-PERSON-UNKNOWN, TK-VNEID-LEVEL, TK-CREDENTIALS or TK-LOCKED, TK-CONSENT.
    """
    number = _number(id_number) or ""

    def admit(connection: sqlite3.Connection) -> None:
        row = person_row(connection, number)
        if row is None:
            raise NotFoundError(problem("TK-PERSON-UNKNOWN", "id_number"))
        if row["vneid_level"] < _SIGN_IN_LEVEL:
            raise RefusedError(problem("TK-VNEID-LEVEL"))
        _ensure_vneid_account(portal, connection, row)

    def grant(connection: sqlite3.Connection) -> Outcome[Challenge]:
        if not share_data:
            return RefusedError(problem("TK-CONSENT"))
        row = _account_row(connection, number, VNEID)
        begun = challenges.Begun(challenges.LOGIN_VNEID, number, row["vneid_phone"] or row["own_phone"], {})
        return challenges.begin(portal, connection, begun)

    return check_password(portal, VNEID, number, password, grant, admit=admit)


def verify(portal: Portal, challenge_id: str, code: Secret) -> Session:
    """Spend a try for a session; refuses as `challenges.verify`."""

    def grant(connection: sqlite3.Connection, row: sqlite3.Row) -> Session:
        challenges.set_state(connection, row["id"], "used")
        return sessions.open_session(portal, connection, account_of(connection, row["subject"], _KINDS[row["kind"]]))

    return challenges.verify(portal, challenge_id, frozenset(_KINDS), code, grant)


def account_of(connection: sqlite3.Connection, id_number: str, kind: str) -> Account:
    """The account of this kind of a person who has signed in to it."""
    row = _account_row(connection, id_number, kind)
    return Account(id_number=row["id_number"], full_name=row["full_name"], kind=row["kind"], assurance=row["assurance"])


def change_password(portal: Portal, token: Secret, current: Secret, new: Secret) -> None:
    """Change the portal account's password; its other sessions end.

    Refuses with TK-PW-RULE, TK-CREDENTIALS, TK-LOCKED; BE-NOT-SUPPORTED when the person has VNeID only: that password is the ministry's.
    """
    account = sessions.who_am_i(portal, token)
    check_rule(new)
    password_hash = hash_password(new)

    def admit(connection: sqlite3.Connection) -> None:
        row = connection.execute("SELECT 1 FROM accounts WHERE id_number = ? AND kind = 'portal'", (account.id_number,)).fetchone()
        if row is None:
            raise NotSupportedError(problem("BE-NOT-SUPPORTED"))

    def grant(connection: sqlite3.Connection) -> None:
        put_password(connection, PORTAL, account.id_number, password_hash)
        sessions.end_others(portal, connection, account, token)

    check_password(portal, PORTAL, account.id_number, current, grant, admit=admit, field="current_password")


def _number(typed: str) -> str | None:
    try:
        return parse_personal_number(typed)
    except ValueError:
        return None


def _account_row(connection: sqlite3.Connection, id_number: str, kind: str) -> sqlite3.Row:
    row: sqlite3.Row = connection.execute(
        "SELECT accounts.*, people.full_name, people.vneid_phone, people.phone AS own_phone"
        " FROM accounts JOIN people ON people.id_number = accounts.id_number"
        " WHERE accounts.id_number = ? AND accounts.kind = ?",
        (id_number, kind),
    ).fetchone()
    return row


def _ensure_vneid_account(portal: Portal, connection: sqlite3.Connection, person: sqlite3.Row) -> None:
    connection.execute(
        "INSERT INTO accounts (id_number, kind, phone, assurance, created_at) VALUES (?, 'vneid', ?, 'vneid_2', ?)"
        " ON CONFLICT (id_number, kind) DO NOTHING",
        (person["id_number"], person["vneid_phone"] or person["phone"], stamp(portal.now())),
    )
