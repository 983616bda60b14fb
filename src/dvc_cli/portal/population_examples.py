"""The people of the worked examples, as `example_people.toml` tells them.

All have VNeID level 2 and a phone of their own, none has an account of the portal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import cast

from dvc_cli.domain.identity import card_issuer
from dvc_cli.portal.population_records import MarriageRecord, NoticeRecord, NotificationRecord, PersonRecord, Records, marriage_id
from dvc_cli.toml_tables import read_shipped

_FILE = "example_people.toml"
_LEVEL = 2
_Table = Mapping[str, str]


def example_people() -> Records:
    """Everybody in the file, with marriages, the electronic birth notification of case A and the death notice of the first death."""
    tables = cast("dict[str, list[_Table]]", read_shipped("dvc_cli.portal", _FILE))
    marriages = [_marriage(table) for table in tables["marriages"]]
    certificates = {
        person: (marriage.id, spouse)
        for marriage in marriages
        for person, spouse in ((marriage.husband_id, marriage.wife_id), (marriage.wife_id, marriage.husband_id))
    }
    return Records(
        people=[_person(table, certificates) for table in tables["people"]],
        marriages=marriages,
        notifications=[NotificationRecord(**_told(table)) for table in tables["birth_notifications"]],
        notices=[NoticeRecord(**_told(table)) for table in tables["death_notices"]],
    )


def numbers_in(records: Records) -> Iterator[str]:
    """Personal numbers, phones and insurance numbers that are taken by these people."""
    for person in records.people:
        yield from (person.id_number, person.phone, person.social_insurance_number)


def _told(table: _Table) -> dict[str, str]:
    return {key: value for key, value in table.items() if key != "source"}


def _person(table: _Table, certificates: Mapping[str, tuple[str, str]]) -> PersonRecord:
    told = _told(table)
    marriage, spouse = certificates.get(told["id_number"], ("", ""))
    # The card's issuer follows its date where the example does not name it.
    told.setdefault("id_issue_place", card_issuer(date.fromisoformat(told["id_issue_date"])))
    return PersonRecord(
        **told,
        phone_owner=told["id_number"],
        vneid_level=_LEVEL,
        vneid_phone=told["phone"],
        spouse_id=spouse,
        marriage_no=marriage,
        origin="example",
    )


def _marriage(table: _Table) -> MarriageRecord:
    told = _told(table)
    ward = told.pop("ward")
    return MarriageRecord(id=marriage_id(ward, told["book_no"], told["certificate_no"]), **told)
