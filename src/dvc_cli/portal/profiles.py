""" "Thông tin cá nhân": the register's facts with the account's phone and email, and which of them the register has confirmed."""

from __future__ import annotations

import sqlite3
from datetime import date

from dvc_cli.contract.values import Account, Profile
from dvc_cli.portal.instants import stamp
from dvc_cli.portal.portal import Portal

# What signing in with VNeID brings along, confirmed (accounts: identity data of the ministry).
_FROM_VNEID = ("id_number", "full_name", "birth_date", "gender")

# What the population register confirms when the profile is taken anew from it; phone and email stay the account's own.
_FROM_REGISTER = (
    *("id_number", "full_name", "birth_date", "gender", "ethnicity", "nationality", "id_issue_date", "id_issue_place"),
    *("residence_type", "province", "ward", "address_detail", "hometown_province", "hometown_ward"),
)


def get_profile(portal: Portal, account: Account) -> Profile:
    """The profile of the person of this account."""
    with portal.read() as connection:
        return _profile(connection, account)


def refresh_profile(portal: Portal, account: Account) -> Profile:
    """Take the profile anew from the population register: every field that the register holds is confirmed from now on."""
    with portal.write() as connection:
        connection.execute(
            "INSERT INTO profiles (id_number, refreshed_at) VALUES (?, ?)"
            " ON CONFLICT (id_number) DO UPDATE SET refreshed_at = excluded.refreshed_at",
            (account.id_number, stamp(portal.now())),
        )
        return _profile(connection, account)


def _profile(connection: sqlite3.Connection, account: Account) -> Profile:
    person = connection.execute("SELECT * FROM people WHERE id_number = ?", (account.id_number,)).fetchone()
    own = connection.execute("SELECT phone, email FROM accounts WHERE id_number = ? AND kind = 'portal'", (account.id_number,)).fetchone()
    phone = (own["phone"] if own else "") or (person["vneid_phone"] if account.kind == "vneid" else "") or person["phone"]
    return Profile(
        id_number=person["id_number"],
        full_name=person["full_name"],
        birth_date=date.fromisoformat(person["birth_date"]),
        gender=person["gender"],
        ethnicity=person["ethnicity"],
        nationality=person["nationality"],
        id_issue_date=date.fromisoformat(person["id_issue_date"]) if person["id_issue_date"] else None,
        id_issue_place=person["id_issue_place"],
        residence_type=person["residence_type"],
        province=person["province"],
        ward=person["ward"],
        address_detail=person["address_detail"],
        phone=phone,
        email=(own["email"] if own else "") or person["email"],
        hometown_province=person["hometown_province"],
        hometown_ward=person["hometown_ward"],
        verified=_verified(connection, account, person),
    )


def _verified(connection: sqlite3.Connection, account: Account, person: sqlite3.Row) -> tuple[str, ...]:
    refreshed = connection.execute("SELECT 1 FROM profiles WHERE id_number = ?", (account.id_number,)).fetchone()
    if refreshed is not None:
        return tuple(key for key in _FROM_REGISTER if person[key])
    return _FROM_VNEID if account.kind == "vneid" else ()
