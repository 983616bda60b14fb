"""Opening a portal account: the person, the subscriber, a code, a ticket, the first password."""

from __future__ import annotations

import sqlite3

from dvc_cli import text
from dvc_cli.contract.values import Account, Challenge, Registration, Secret, Ticket
from dvc_cli.domain.phones import normalise_phone
from dvc_cli.errors import NotFoundError, NotSupportedError, RefusedError, problem
from dvc_cli.portal import challenges
from dvc_cli.portal.instants import later, read_stamp, stamp
from dvc_cli.portal.limits import ticket_lifetime
from dvc_cli.portal.passwords import check_rule, hash_password, put_password
from dvc_cli.portal.people import owns_phone, person_row
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.vault import new_token

BY_SUBSCRIBER = "cong_dan/thue_bao_di_dong"
BY_INSURANCE = "cong_dan/bao_hiem_xa_hoi"
METHODS = frozenset({BY_SUBSCRIBER, BY_INSURANCE})

ASSURANCE = "m2"


def begin(portal: Portal, registration: Registration) -> Challenge:
    """Check the person as the portal does and send the first code.

    Refuses, in this order, with TK-METHOD, TK-PERSON-UNKNOWN, TK-PERSON-MISMATCH (one per field that differs), TK-EXISTS, TK-SUBSCRIBER
    (by mobile subscriber only: by social insurance the insurer, not the operator, vouches for the person), BE-TOO-MANY. Any social
    insurance number stands: nobody at the counter could know the one of an invented person.
    """
    method = f"{registration.subject}/{registration.method}"
    if method not in METHODS:
        raise NotSupportedError(problem("TK-METHOD", "method"))
    phone = _phone(registration.phone)
    with portal.write() as connection:
        _check_person(connection, registration)
        if _has_account(connection, registration.id_number):
            raise RefusedError(problem("TK-EXISTS", "id_number"))
        if not phone or (method == BY_SUBSCRIBER and not owns_phone(connection, registration.id_number, phone)):
            raise RefusedError(problem("TK-SUBSCRIBER", "phone"))
        request = {"email": registration.email}
        begun = challenges.Begun(challenges.REGISTER, registration.id_number, phone, request)
        outcome = challenges.begin(portal, connection, begun)
    return challenges.settle(outcome)


def verify(portal: Portal, challenge_id: str, code: Secret) -> Ticket:
    """Spend a try for the right to set the first password; refuses as `challenges.verify`."""

    def grant(connection: sqlite3.Connection, row: sqlite3.Row) -> Ticket:
        ticket = new_token()
        expires_at = later(portal.now(), ticket_lifetime(portal.now().date()))
        connection.execute(
            "INSERT INTO tickets (hash, challenge_id, expires_at) VALUES (?, ?, ?)",
            (portal.vault.token_hash(ticket), row["id"], stamp(expires_at)),
        )
        challenges.set_state(connection, row["id"], "verified")
        return Ticket(Secret(ticket), expires_at)

    return challenges.verify(portal, challenge_id, frozenset({challenges.REGISTER}), code, grant)


def set_password(portal: Portal, ticket: Secret, password: Secret) -> Account:
    """End a registration: the account exists from now on, medium assurance.

    Refuses with TK-NO-CHALLENGE (ticket unknown, used, replaced or expired), TK-PW-RULE (the ticket stays good).
    """
    with portal.read() as connection:
        _waiting(portal, connection, ticket)
    check_rule(password)
    password_hash = hash_password(password)
    with portal.write() as connection:
        row = _waiting(portal, connection, ticket)
        connection.execute("UPDATE tickets SET used = 1 WHERE hash = ?", (row["hash"],))
        challenges.set_state(connection, row["id"], "used")
        connection.execute(
            "INSERT INTO accounts (id_number, kind, phone, email, assurance, created_at) VALUES (?, 'portal', ?, ?, ?, ?)",
            (row["subject"], row["phone"], challenges.request_of(portal, row)["email"], ASSURANCE, stamp(portal.now())),
        )
        put_password(connection, "portal", row["subject"], password_hash)
        return Account(id_number=row["subject"], full_name=row["full_name"], kind="portal", assurance=ASSURANCE)


def _check_person(connection: sqlite3.Connection, registration: Registration) -> None:
    row = person_row(connection, registration.id_number)
    if row is None:
        raise NotFoundError(problem("TK-PERSON-UNKNOWN", "id_number"))
    differing = []
    if text.fold(registration.full_name) != text.fold(row["full_name"]):
        differing.append("full_name")
    if registration.birth_date.isoformat() != row["birth_date"]:
        differing.append("birth_date")
    if differing:
        raise RefusedError(*(problem("TK-PERSON-MISMATCH", field) for field in differing))


def _has_account(connection: sqlite3.Connection, id_number: str) -> bool:
    return connection.execute("SELECT 1 FROM accounts WHERE id_number = ? AND kind = 'portal'", (id_number,)).fetchone() is not None


def _waiting(portal: Portal, connection: sqlite3.Connection, ticket: Secret) -> sqlite3.Row:
    row: sqlite3.Row | None = connection.execute(
        "SELECT tickets.hash, tickets.expires_at AS ticket_until, tickets.used, challenges.*, people.full_name FROM tickets"
        " JOIN challenges ON challenges.id = tickets.challenge_id JOIN people ON people.id_number = challenges.subject"
        " WHERE tickets.hash = ?",
        (portal.vault.token_hash(ticket.value),),
    ).fetchone()
    if row is None or row["used"] or portal.now() > read_stamp(row["ticket_until"]):
        raise NotFoundError(problem("TK-NO-CHALLENGE"))
    return row


def _phone(typed: str) -> str:
    try:
        return normalise_phone(typed)
    except ValueError:
        return ""
