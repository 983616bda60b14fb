"""What the registers of the sandbox keep of a person, a marriage and a birth notification, and how it goes into the tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, fields
from typing import ClassVar

from dvc_cli.lazy_dataclasses import dataclass, field

ACCOUNT_SINCE = "2024-03-15T09:00:00+07:00"
"""Accounts that people have from the beginning were opened when a mobile subscriber could still do so without VNeID."""


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """One person; the fields are the columns of table `people`, in the same words and as the same texts."""

    id_number: str
    full_name: str
    birth_date: str
    gender: str
    ethnicity: str = ""
    nationality: str = "VN"
    id_issue_date: str = ""
    id_issue_place: str = ""
    residence_type: str = "thuong_tru"
    province: str = ""
    ward: str = ""
    address_detail: str = ""
    hometown_province: str = ""
    hometown_ward: str = ""
    phone: str = ""
    phone_owner: str = ""
    email: str = ""
    vneid_level: int = 0
    vneid_phone: str = ""
    social_insurance_number: str = ""
    household_id: str = ""
    father_id: str = ""
    mother_id: str = ""
    spouse_id: str = ""
    marriage_no: str = ""
    origin: str = "generated"
    birth_known: str = ""
    assistance_category: str = ""

    table: ClassVar[str] = "people"


@dataclass(frozen=True, slots=True)
class MarriageRecord:
    """One registered marriage; the fields are the columns of table `marriages`."""

    id: str
    husband_id: str
    wife_id: str
    certificate_no: str
    book_no: str
    issued_on: str
    issued_by: str

    table: ClassVar[str] = "marriages"


@dataclass(frozen=True, slots=True)
class NotificationRecord:
    """One electronic birth notification; the fields are the columns of table `birth_notifications`."""

    code: str
    mother_id_number: str
    birth_date: str
    gender: str
    facility: str
    issued_at: str

    table: ClassVar[str] = "birth_notifications"


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """One electronic death notice; the fields are the columns of table `death_notices`."""

    id_number: str
    died_at: str
    number: str
    issued_on: str
    issuer: str
    death_province: str = ""
    death_ward: str = ""
    death_place_detail: str = ""
    cause: str = ""

    table: ClassVar[str] = "death_notices"


@dataclass(slots=True)
class Records:
    """People with their marriages, birth notifications and death notices, and the numbers of those among them who have a portal account."""

    people: list[PersonRecord] = field(default_factory=list)
    marriages: list[MarriageRecord] = field(default_factory=list)
    notifications: list[NotificationRecord] = field(default_factory=list)
    with_account: list[str] = field(default_factory=list)
    notices: list[NoticeRecord] = field(default_factory=list)

    def extend(self, other: Records) -> None:
        """Take in another batch."""
        self.people += other.people
        self.marriages += other.marriages
        self.notifications += other.notifications
        self.with_account += other.with_account
        self.notices += other.notices

    def store(self, connection: sqlite3.Connection) -> None:
        """Write everything; the caller holds the transaction. sqlite3.IntegrityError when a number is taken."""
        _insert(connection, PersonRecord, self.people)
        _insert(connection, MarriageRecord, self.marriages)
        _insert(connection, NotificationRecord, self.notifications)
        _insert(connection, NoticeRecord, self.notices)
        with_account = set(self.with_account)
        connection.executemany(
            "INSERT INTO accounts (id_number, kind, phone, email, assurance, created_at) VALUES (?, 'portal', ?, ?, 'm2', ?)",
            [(person.id_number, person.phone, person.email, ACCOUNT_SINCE) for person in self.people if person.id_number in with_account],
        )


Record = PersonRecord | MarriageRecord | NotificationRecord | NoticeRecord


def _insert(connection: sqlite3.Connection, kind: type[Record], records: Iterable[Record]) -> None:
    columns = [item.name for item in fields(kind)]
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {kind.table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - words of this module only
    connection.executemany(statement, [astuple(record) for record in records])


def marriage_id(ward: str, book_no: str, certificate_no: str) -> str:
    """The key of a marriage: certificates are numbered inside the book of a commune."""
    return f"{ward}:{book_no}:{certificate_no}"
