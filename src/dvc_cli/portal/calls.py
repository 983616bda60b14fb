"""How often an address or an account calls: counted in the database, so that several servers count together."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Network, ip_address

from dvc_cli.errors import TooManyTriesError, problem
from dvc_cli.portal.instants import stamp
from dvc_cli.portal.limits import call_limit
from dvc_cli.portal.portal import Portal

ADDRESS, ACCOUNT = "address", "account"

_MINUTE = 60
_ONE_CUSTOMER = 64  # bits: a customer of IPv6 has at least so many addresses that begin alike, and may call from any


def count_call(portal: Portal, kind: str, subject: str) -> None:
    """Count one limited call of an address or account. TooManyTriesError BE-TOO-MANY when this minute has had its number.

    IPv6 addresses of one network are one. What was counted in other minutes is forgotten.
    """
    now = portal.now()
    minute = now.replace(second=0)
    key = portal.vault.token_hash(f"{kind}|{_caller(subject) if kind == ADDRESS else subject}")
    with portal.write() as connection:
        connection.execute(
            "INSERT INTO calls (kind, subject, since, made) VALUES (?, ?, ?, 1) ON CONFLICT (kind, subject) DO UPDATE SET"
            " made = CASE WHEN calls.since = excluded.since THEN calls.made + 1 ELSE 1 END, since = excluded.since",
            (kind, key, stamp(minute)),
        )
        made = connection.execute("SELECT made FROM calls WHERE kind = ? AND subject = ?", (kind, key)).fetchone()["made"]
        if made == 1:
            connection.execute("DELETE FROM calls WHERE since <> ?", (stamp(minute),))
    if made > call_limit(kind, now.date()):
        raise TooManyTriesError(problem("BE-TOO-MANY"), retry_after=_MINUTE - now.second)


def _caller(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return address
    return str(found.ipv4_mapped or IPv6Network((int(found), _ONE_CUSTOMER), strict=False))
