"""Passwords of accounts: the server's rule, argon2id, wrong tries in a row.

The server asks only what the real portal publishes: eight characters and the four classes. Strength is judged where the person types.
"""

from __future__ import annotations

import sqlite3
import unicodedata

from dvc_cli.contract.values import Secret
from dvc_cli.domain.passwords import keeps_rule
from dvc_cli.errors import DvcError, RefusedError, problem
from dvc_cli.language import _
from dvc_cli.portal.instants import later, read_stamp, stamp
from dvc_cli.portal.limits import password_limits
from dvc_cli.portal.portal import Portal

# Compared with when a number has no account, so that the answer takes as long as a wrong password does.
_NOBODY = "\0"


def check_rule(password: Secret) -> None:
    """RefusedError TK-PW-RULE unless the password keeps the published rule (`domain.passwords.keeps_rule`)."""
    if not keeps_rule(_composed(password)):
        raise RefusedError(problem("TK-PW-RULE", "password"))


def hash_password(password: Secret) -> str:
    """The argon2id text under which a password is kept (salt and costs inside)."""
    from nacl.pwhash import argon2id

    packed = argon2id.str(
        _composed(password).encode("utf-8", "surrogatepass"), argon2id.OPSLIMIT_INTERACTIVE, argon2id.MEMLIMIT_INTERACTIVE
    )
    return packed.rstrip(b"\0").decode("ascii")


def spend_password(
    portal: Portal, connection: sqlite3.Connection, kind: str, id_number: str, password: Secret, *, field: str = "password"
) -> DvcError | None:
    """Compare a password and count: None when it is right, else the refusal (TK-CREDENTIALS, TK-LOCKED) to raise after the commit.

    `field` is the answer that TK-CREDENTIALS names.
    A number without an account of this kind is counted and answered like a wrong password.
    """
    row = connection.execute("SELECT * FROM password_tries WHERE id_number = ? AND kind = ?", (id_number, kind)).fetchone()
    now = portal.now()
    if row is not None and row["locked_until"]:
        until = read_stamp(row["locked_until"])
        if now < until:
            hint = _("Đợi đến {time} rồi thử lại.").format(time=until.strftime("%H:%M:%S %d/%m/%Y"))
            return RefusedError(problem("TK-LOCKED", hint=hint), data={"locked_until": stamp(until)})
        row = None
    if _is_right(portal, connection, kind, id_number, password):
        _count(connection, kind, id_number, wrong=0)
        return None
    limits = password_limits(now.date())
    wrong = (row["wrong"] if row is not None else 0) + 1
    lock = stamp(later(now, limits.lock)) if wrong >= limits.tries else ""
    _count(connection, kind, id_number, wrong=wrong, locked_until=lock)
    return RefusedError(problem("TK-CREDENTIALS", field))


def put_password(connection: sqlite3.Connection, kind: str, id_number: str, password_hash: str) -> None:
    """Keep a password that its owner has chosen; wrong tries are forgotten."""
    connection.execute(
        "UPDATE accounts SET password_hash = ?, password_chosen = 1 WHERE id_number = ? AND kind = ?", (password_hash, id_number, kind)
    )
    _count(connection, kind, id_number, wrong=0)


def _is_right(portal: Portal, connection: sqlite3.Connection, kind: str, id_number: str, password: Secret) -> bool:
    account = connection.execute("SELECT password_hash FROM accounts WHERE id_number = ? AND kind = ?", (id_number, kind)).fetchone()
    if account is None:
        _matches(hash_password(Secret(_NOBODY)), password)
        return False
    kept = account["password_hash"]
    if kept is None:
        kept = hash_password(Secret(portal.vault.password(kind, id_number)))
        connection.execute("UPDATE accounts SET password_hash = ? WHERE id_number = ? AND kind = ?", (kept, id_number, kind))
    return _matches(kept, password)


def _matches(kept: str, password: Secret) -> bool:
    from nacl.exceptions import InvalidkeyError
    from nacl.pwhash import argon2id

    try:
        return argon2id.verify(kept.encode("ascii"), _composed(password).encode("utf-8", "surrogatepass"))
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
