"""A citizen's browser at work on a waiting sign-in: the code on the counter's screen, number and password, code by SMS, the answer.

A visit is a secret that each form carries; there is no cookie, so nothing of it stays in the browser. Each step is refused out of turn.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from dvc_cli.contract.values import Challenge, Secret
from dvc_cli.errors import NotFoundError, RefusedError, problem
from dvc_cli.lazy_dataclasses import dataclass, field
from dvc_cli.portal import challenges, logins, vneid_requests
from dvc_cli.portal.instants import read_stamp
from dvc_cli.portal.people import person_row
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.vault import new_token

SIGN_IN, CODE, CONSENT = "sign in", "code", "consent"


@dataclass(frozen=True, slots=True)
class Visit:
    """Where a visit stands.

    `step` is the next one; `user_code` what stands on the counter's screen; `challenge` the code that was sent; `full_name` of whom has
    signed in; `asked` what the browser of this machine asked for, nothing when a counter did.
    """

    step: str
    user_code: str
    challenge: Challenge | None = None
    full_name: str = field(default="", repr=False)
    asked: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Answered:
    """A sign-in that has its answer: its number, and what a browser asked for."""

    number: int
    asked: Mapping[str, str] = field(repr=False)


def begin(portal: Portal, user_code: str) -> Secret:
    """A new visit to the sign-in that waits under this code. NotFoundError TK-NO-CHALLENGE when none does."""
    visit = Secret(new_token())
    with portal.write() as connection:
        row = vneid_requests.find_open(portal, connection, user_code)
        connection.execute("INSERT INTO vneid_visits (hash, request) VALUES (?, ?)", (portal.vault.token_hash(visit.value), row["number"]))
    return visit


def look(portal: Portal, visit: Secret) -> Visit:
    """Where the visit stands. NotFoundError TK-NO-CHALLENGE when it is unknown or its sign-in was answered or is over."""
    with portal.read() as connection:
        row = _row(portal, connection, visit)
        person = person_row(connection, row["id_number"]) if row["signed_in"] else None
    asked = vneid_requests.asked_by(portal, row)
    if person is not None:
        return Visit(CONSENT, row["user_code"], full_name=person["full_name"], asked=asked)
    if not row["challenge_id"]:
        return Visit(SIGN_IN, row["user_code"], asked=asked)
    try:
        return Visit(CODE, row["user_code"], challenges.get(portal, row["challenge_id"]), asked=asked)
    except NotFoundError:  # replaced by a later sign-in of this person elsewhere
        return Visit(SIGN_IN, row["user_code"], asked=asked)


def sign_in(portal: Portal, visit: Secret, id_number: str, password: Secret) -> None:
    """Number and password; sends a code. Refuses as `logins.begin_vneid`."""
    with portal.read() as connection:
        _row(portal, connection, visit)
    challenge = logins.begin_vneid(portal, id_number, password, share_data=True)  # what is shared is asked for last, before it is
    with portal.write() as connection:
        connection.execute(
            "UPDATE vneid_visits SET challenge_id = ?, id_number = (SELECT subject FROM challenges WHERE id = ?), signed_in = 0"
            " WHERE hash = ?",
            (challenge.id, challenge.id, portal.vault.token_hash(visit.value)),
        )


def resend(portal: Portal, visit: Secret) -> None:
    """Another code. Refuses as `challenges.resend`."""
    challenges.resend(portal, _challenge_id(portal, visit))


def verify(portal: Portal, visit: Secret, code: Secret) -> None:
    """Spend a try; after the right code the citizen is asked. Refuses as `challenges.verify`."""

    def grant(connection: sqlite3.Connection, row: sqlite3.Row) -> None:
        challenges.set_state(connection, row["id"], "used")
        # Of the visit as it stands now: meanwhile it may have gone over to somebody else, whom this code does not sign in.
        which = (portal.vault.token_hash(visit.value), row["id"])
        connection.execute("UPDATE vneid_visits SET signed_in = 1 WHERE hash = ? AND challenge_id = ?", which)

    challenges.verify(portal, _challenge_id(portal, visit), frozenset({challenges.LOGIN_VNEID}), code, grant)


def answer(portal: Portal, visit: Secret, *, agreed: bool) -> Answered:
    """The citizen's answer. RefusedError TK-CREDENTIALS before they have signed in; to refuse they need not."""
    with portal.write() as connection:
        row = _row(portal, connection, visit)
        if agreed and not row["signed_in"]:
            raise RefusedError(problem("TK-CREDENTIALS", "password"))
        vneid_requests.answer(connection, row["request"], row["id_number"], agreed=agreed)
    return Answered(row["request"], vneid_requests.asked_by(portal, row))


def _challenge_id(portal: Portal, visit: Secret) -> str:
    with portal.read() as connection:
        return str(_row(portal, connection, visit)["challenge_id"])


def _row(portal: Portal, connection: sqlite3.Connection, visit: Secret) -> sqlite3.Row:
    row: sqlite3.Row | None = connection.execute(
        "SELECT vneid_visits.*, vneid_requests.user_code, vneid_requests.browser_box,"
        " vneid_requests.expires_at, vneid_requests.state FROM vneid_visits"
        " JOIN vneid_requests ON vneid_requests.number = vneid_visits.request WHERE vneid_visits.hash = ?",
        (portal.vault.token_hash(visit.value),),
    ).fetchone()
    if row is None or row["state"] != vneid_requests.OPEN or portal.now() > read_stamp(row["expires_at"]):
        raise NotFoundError(problem("TK-NO-CHALLENGE"))
    return row
