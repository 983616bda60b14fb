"""The invented people as the portal's registers know them: one by number, and the whole list with what a tester needs."""

from __future__ import annotations

import sqlite3
from datetime import date

from dvc_cli.contract.values import BirthNotification, PersonFacts
from dvc_cli.errors import NotFoundError, problem
from dvc_cli.lazy_dataclasses import dataclass, field
from dvc_cli.portal.portal import Portal


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """One invented person for `sandbox people`; a password is '' where there is no account or its owner has chosen another."""

    id_number: str
    full_name: str
    birth_date: date
    gender: str
    phone: str
    phone_owned: bool
    vneid_level: int
    vneid_password: str = field(repr=False)
    portal_account: bool
    portal_password: str = field(repr=False)


def list_people(portal: Portal, id_number: str | None = None) -> tuple[InventedPerson, ...]:
    """All invented people, or the one with `id_number`, by number."""
    with portal.read() as connection:
        rows = connection.execute(
            "SELECT people.*, accounts.created_at, accounts.password_chosen FROM people"
            " LEFT JOIN accounts ON accounts.id_number = people.id_number AND accounts.kind = 'portal'"
            " WHERE :number IS NULL OR people.id_number = :number ORDER BY people.id_number",
            {"number": id_number},
        ).fetchall()
    return tuple(_invented(portal, row) for row in rows)


def person_row(connection: sqlite3.Connection, id_number: str) -> sqlite3.Row | None:
    """The register's row of one person; None when the number is unknown."""
    if not id_number.isascii():
        return None
    row: sqlite3.Row | None = connection.execute("SELECT * FROM people WHERE id_number = ?", (id_number,)).fetchone()
    return row


def owns_phone(connection: sqlite3.Connection, id_number: str, phone: str) -> bool:
    """Whether the operator has `phone` under this number."""
    found = connection.execute("SELECT 1 FROM people WHERE phone = ? AND phone_owner = ?", (phone, id_number)).fetchone()
    return found is not None


def find_person(portal: Portal, id_number: str) -> PersonFacts:
    """What the population register tells of one person. NotFoundError BE-REFUSED when it has no such number."""
    with portal.read() as connection:
        row = person_row(connection, id_number)
    if row is None:
        raise NotFoundError(problem("BE-REFUSED", "id_number", source="CSDL quốc gia về dân cư"))
    return PersonFacts(
        id_number=row["id_number"],
        full_name=row["full_name"],
        birth_date=date.fromisoformat(row["birth_date"]),
        gender=row["gender"],
        ethnicity=row["ethnicity"],
        nationality=row["nationality"],
        residence_type=row["residence_type"],
        province=row["province"],
        ward=row["ward"],
        address_detail=row["address_detail"],
        hometown_province=row["hometown_province"],
        hometown_ward=row["hometown_ward"],
    )


def find_birth_notification(portal: Portal, code: str, mother_id_number: str) -> BirthNotification:
    """An electronic birth notification by code and mother's number. NotFoundError BE-REFUSED when the pair is unknown."""
    row = None
    if code.isascii() and mother_id_number.isascii():
        with portal.read() as connection:
            row = connection.execute(
                "SELECT * FROM birth_notifications WHERE code = ? AND mother_id_number = ?", (code.strip().upper(), mother_id_number)
            ).fetchone()
    if row is None:
        raise NotFoundError(problem("BE-REFUSED", "birth_notification_no", source="CSDL bảo hiểm"))
    return BirthNotification(
        code=row["code"],
        mother_id_number=row["mother_id_number"],
        birth_date=date.fromisoformat(row["birth_date"]),
        gender=row["gender"],
        facility=row["facility"],
    )


def _invented(portal: Portal, row: sqlite3.Row) -> InventedPerson:
    has_account = row["created_at"] is not None
    id_number, level = row["id_number"], row["vneid_level"]
    return InventedPerson(
        id_number=id_number,
        full_name=row["full_name"],
        birth_date=date.fromisoformat(row["birth_date"]),
        gender=row["gender"],
        phone=row["phone"],
        phone_owned=bool(row["phone"]) and row["phone_owner"] == id_number,
        vneid_level=level,
        vneid_password=portal.vault.password("vneid", id_number) if level else "",
        portal_account=has_account,
        portal_password=portal.vault.password("portal", id_number) if has_account and not row["password_chosen"] else "",
    )
