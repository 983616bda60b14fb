"""The invented people as the portal's registers know them: one by number, and the whole list with what a tester needs."""

from __future__ import annotations

import sqlite3
from datetime import date

from dvc_cli.contract.training import InventedPerson
from dvc_cli.contract.values import BirthNotification, DeathNotice, PersonFacts
from dvc_cli.errors import NotFoundError, problem
from dvc_cli.portal.portal import Portal

_RESIDENCE = ("province", "ward", "address_detail")
_FACTS = (
    *("id_number", "full_name", "gender", "ethnicity", "nationality", "residence_type", *_RESIDENCE, "hometown_province", "hometown_ward"),
    *("birth_known", "social_insurance_number", "assistance_category"),
)
_OF_THE_DEAD = ("id_number", "full_name", "gender", "ethnicity", *_RESIDENCE)
_OF_THE_NOTICE = ("died_at", "number", "issuer", "death_province", "death_ward", "death_place_detail", "cause")

_PERSON_AND_HEAD = (
    "SELECT people.*, head.full_name AS head_name, head.id_number AS head_number FROM people"
    " LEFT JOIN people AS head ON head.id_number = people.household_id WHERE people.id_number = ?"
)


def list_people(portal: Portal, id_number: str | None = None) -> tuple[InventedPerson, ...]:
    """All invented people, or the one with `id_number`, by number."""
    with portal.read() as connection:
        rows = connection.execute(
            "SELECT people.*, accounts.created_at, accounts.password_chosen FROM people"
            " LEFT JOIN accounts ON accounts.id_number = people.id_number AND accounts.kind = 'portal'"
            " WHERE CAST(:number AS TEXT) IS NULL OR people.id_number = :number ORDER BY people.id_number",
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
        found = person_in(connection, id_number)
    if found is None:
        raise NotFoundError(problem("BE-REFUSED", "id_number", source="CSDL quốc gia về dân cư"))
    return found


def person_in(connection: sqlite3.Connection, id_number: str) -> PersonFacts | None:
    """As `find_person`, None when the number is unknown."""
    row = connection.execute(_PERSON_AND_HEAD, (id_number,)).fetchone() if id_number.isascii() else None
    if row is None:
        return None
    return PersonFacts(
        **{name: row[name] for name in _FACTS},
        birth_date=date.fromisoformat(row["birth_date"]),
        householder_full_name=row["head_name"] or "",
        householder_id_number=row["head_number"] or "",
    )


def find_birth_notification(portal: Portal, code: str, mother_id_number: str) -> BirthNotification:
    """An electronic birth notification by code and mother's number. NotFoundError BE-REFUSED when the pair is unknown."""
    with portal.read() as connection:
        found = birth_notification_in(connection, code, mother_id_number)
    if found is None:
        raise NotFoundError(problem("BE-REFUSED", "birth_notification_no", source="CSDL bảo hiểm"))
    return found


def birth_notification_in(connection: sqlite3.Connection, code: str, mother_id_number: str) -> BirthNotification | None:
    """As `find_birth_notification`, None when the pair is unknown."""
    if not (code.isascii() and mother_id_number.isascii()):
        return None
    row = connection.execute(
        "SELECT * FROM birth_notifications WHERE code = ? AND mother_id_number = ?", (code.strip().upper(), mother_id_number)
    ).fetchone()
    if row is None:
        return None
    return BirthNotification(
        code=row["code"],
        mother_id_number=row["mother_id_number"],
        birth_date=date.fromisoformat(row["birth_date"]),
        gender=row["gender"],
        facility=row["facility"],
    )


def find_death_notice(portal: Portal, id_number: str) -> DeathNotice:
    """The electronic death notice of one person. NotFoundError BE-REFUSED when the insurance database has none."""
    with portal.read() as connection:
        found = death_notice_in(connection, id_number)
    if found is None:
        raise NotFoundError(problem("BE-REFUSED", "deceased_id_number", source="CSDL bảo hiểm"))
    return found


def death_notice_in(connection: sqlite3.Connection, id_number: str) -> DeathNotice | None:
    """As `find_death_notice`, None when there is none. Who died is told as the population register knows them."""
    person = person_row(connection, id_number)
    row = connection.execute("SELECT * FROM death_notices WHERE id_number = ?", (id_number,)).fetchone() if person is not None else None
    if person is None or row is None:
        return None
    return DeathNotice(
        **{name: person[name] for name in _OF_THE_DEAD},
        **{name: row[name] for name in _OF_THE_NOTICE},
        issued_on=date.fromisoformat(row["issued_on"]),
        birth_date=person["birth_known"] or person["birth_date"],
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
