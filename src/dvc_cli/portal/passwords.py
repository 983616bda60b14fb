"""Passwords of accounts: the server's rule, argon2id, wrong tries in a row.

The server asks only what the real portal publishes: eight characters and the four classes. Strength is judged where the person types.
"""

from __future__ import annotations

import hmac
import os
import sqlite3
import threading
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from dvc_cli.contract.values import Secret
from dvc_cli.domain.passwords import keeps_rule
from dvc_cli.errors import DvcError, RefusedError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.portal.challenges import Outcome, settle
from dvc_cli.portal.instants import later, read_stamp, stamp
from dvc_cli.portal.limits import password_limits
from dvc_cli.portal.portal import Portal

# Compared with when a number has no account, so that the answer takes as long as a wrong password does.
_NOBODY = "\0"

# A comparison takes 64 MiB and a core; more at once than there are cores would only take memory.
_AT_ONCE = threading.BoundedSemaphore(os.cpu_count() or 1)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept:
    """The password of an account as it is kept: a hash, or '' while it is still the derived one."""

    password_hash: str


def check_rule(password: Secret) -> None:
    """RefusedError TK-PW-RULE unless the password keeps the published rule (`domain.passwords.keeps_rule`)."""
    if not keeps_rule(_composed(password)):
        raise RefusedError(problem("TK-PW-RULE", "password"))


def hash_password(password: Secret) -> str:
    """The argon2id text under which a password is kept (salt and costs inside)."""
    from nacl.pwhash import argon2id

    with _AT_ONCE:
        packed = argon2id.str(_bytes(password), argon2id.OPSLIMIT_INTERACTIVE, argon2id.MEMLIMIT_INTERACTIVE)
    return packed.rstrip(b"\0").decode("ascii")


def check_password(
    portal: Portal,
    kind: str,
    id_number: str,
    password: Secret,
    grant: Callable[[sqlite3.Connection], Outcome[T]],
    *,
    admit: Callable[[sqlite3.Connection], None] = lambda _connection: None,
    field: str = "password",
) -> T:
    """Spend a try; for the right password `grant` gives what it opens, in the transaction that gives the tries back.

    RefusedError TK-LOCKED, TK-CREDENTIALS (naming `field`), or what `grant` answers; `admit` may refuse before a try is spent.
    A number without an account of this kind is counted, answered and delayed like a wrong password.
    """
    # Comparing takes a tenth of a second, so it happens between two transactions, and the try is paid for in the first one: however many
    # guess at once, no more is compared than one could. A process that dies in between leaves the try spent.
    with portal.write() as connection:
        admit(connection)
        refusal = _spend(portal, connection, kind, id_number)
        kept = _kept(connection, kind, id_number) if refusal is None else None
    if refusal is not None:
        raise refusal
    right = _is_right(portal, kind, id_number, kept, password)
    with portal.write() as connection:
        # Right is only what still stands: somebody may have chosen another password meanwhile.
        if not right or _kept(connection, kind, id_number) != kept:
            raise RefusedError(problem("TK-CREDENTIALS", field))
        _count(connection, kind, id_number, wrong=0)
        outcome = grant(connection)
    return settle(outcome)


def put_password(connection: sqlite3.Connection, kind: str, id_number: str, password_hash: str) -> None:
    """Keep a password that its owner has chosen; wrong tries are forgotten."""
    connection.execute(
        "UPDATE accounts SET password_hash = ?, password_chosen = 1 WHERE id_number = ? AND kind = ?", (password_hash, id_number, kind)
    )
    _count(connection, kind, id_number, wrong=0)


def _spend(portal: Portal, connection: sqlite3.Connection, kind: str, id_number: str) -> DvcError | None:
    """Count a try as a wrong one before it is compared; the refusal when there is none left."""
    row = connection.execute("SELECT * FROM password_tries WHERE id_number = ? AND kind = ?", (id_number, kind)).fetchone()
    now = portal.now()
    if row is not None and row["locked_until"]:
        until = read_stamp(row["locked_until"])
        if now < until:
            hint = _("Đợi đến {time} rồi thử lại.").format(time=until.strftime("%H:%M:%S %d/%m/%Y"))
            return RefusedError(problem("TK-LOCKED", hint=hint), data={"locked_until": stamp(until)})
        row = None
    limits = password_limits(now.date())
    wrong = (row["wrong"] if row is not None else 0) + 1
    lock = stamp(later(now, limits.lock)) if wrong >= limits.tries else ""
    _count(connection, kind, id_number, wrong=wrong, locked_until=lock)
    return None


def _kept(connection: sqlite3.Connection, kind: str, id_number: str) -> Kept | None:
    row = connection.execute("SELECT password_hash FROM accounts WHERE id_number = ? AND kind = ?", (id_number, kind)).fetchone()
    return None if row is None else Kept(row["password_hash"] or "")


def _is_right(portal: Portal, kind: str, id_number: str, kept: Kept | None, password: Secret) -> bool:
    """One argon2id comparison, whoever it is about."""
    if kept is not None and kept.password_hash:
        return _matches(kept.password_hash, password)
    first = portal.vault.password(kind, id_number)
    _matches(_hash_of_nobody(), password)
    return kept is not None and hmac.compare_digest(first.encode(), _bytes(password))


@cache
def _hash_of_nobody() -> str:
    return hash_password(Secret(_NOBODY))


def _matches(kept: str, password: Secret) -> bool:
    from nacl.exceptions import InvalidkeyError
    from nacl.pwhash import argon2id

    try:
        with _AT_ONCE:
            return argon2id.verify(kept.encode("ascii"), _bytes(password))
    except InvalidkeyError:
        return False


def _count(connection: sqlite3.Connection, kind: str, id_number: str, *, wrong: int, locked_until: str = "") -> None:
    connection.execute(
        "INSERT INTO password_tries (id_number, kind, wrong, locked_until) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (id_number, kind) DO UPDATE SET wrong = excluded.wrong, locked_until = excluded.locked_until",
        (id_number, kind, wrong, locked_until),
    )


def _composed(password: Secret) -> str:
    # One keyboard sends "ế" composed, another decomposed: both are the same password.
    return unicodedata.normalize("NFC", password.value)


def _bytes(password: Secret) -> bytes:
    return _composed(password).encode("utf-8", "surrogatepass")
