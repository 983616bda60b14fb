"""How often an address or an account calls: counted in the database, so that several servers count together."""

from __future__ import annotations

from dvc_cli.errors import TooManyTriesError, problem
from dvc_cli.portal.instants import stamp
from dvc_cli.portal.limits import call_limit
from dvc_cli.portal.portal import Portal

ADDRESS, ACCOUNT = "address", "account"

_MINUTE = 60


def count_call(portal: Portal, kind: str, subject: str) -> None:
    """Count one limited call of an address or account. TooManyTriesError BE-TOO-MANY when this minute has had its number."""
    now = portal.now()
    minute = now.replace(second=0)
    key = portal.vault.token_hash(f"{kind}|{subject}")
    with portal.write() as connection:
        connection.execute(
            "INSERT INTO calls (kind, subject, since, made) VALUES (?, ?, ?, 1) ON CONFLICT (kind, subject) DO UPDATE SET"
            " made = CASE WHEN calls.since = excluded.since THEN calls.made + 1 ELSE 1 END, since = excluded.since",
            (kind, key, stamp(minute)),
        )
        made = connection.execute("SELECT made FROM calls WHERE kind = ? AND subject = ?", (kind, key)).fetchone()["made"]
    if made > call_limit(kind, now.date()):
        raise TooManyTriesError(problem("BE-TOO-MANY"), retry_after=_MINUTE - now.second)
