"""Invented households: who lives together, how they are named and how they are related."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import count

from dvc_cli.domain.identity import card_issuer
from dvc_cli.lazy_dataclasses import dataclass, replace
from dvc_cli.portal.population_draws import Draws
from dvc_cli.portal.population_means import Means
from dvc_cli.portal.population_names import FEMALE, MALE, Naming, naming_of
from dvc_cli.portal.population_newborns import newborn
from dvc_cli.portal.population_records import MarriageRecord, PersonRecord, Records, marriage_id
from dvc_cli.portal.population_seats import Seat

GRANDFATHER, GRANDMOTHER, FATHER, MOTHER, CHILD = "grandfather", "grandmother", "father", "mother", "child"
Shape = tuple[str, ...]

# Who lives together; the first is the householder. Without a child of their own the young ones are ready for a newborn.
SHAPES: tuple[Shape, ...] = (
    (GRANDFATHER, GRANDMOTHER, FATHER, MOTHER),
    (FATHER, MOTHER, CHILD),
    (GRANDFATHER, GRANDMOTHER, FATHER, MOTHER, CHILD),
    (GRANDMOTHER, MOTHER),
    (FATHER, MOTHER, CHILD, CHILD),
    (FATHER, MOTHER),
    (GRANDFATHER, GRANDMOTHER, MOTHER),
)
ALONE: Shape = (GRANDMOTHER,)

_COUPLES = ((GRANDFATHER, GRANDMOTHER), (FATHER, MOTHER))
_MALE_ROLES = frozenset({GRANDFATHER, FATHER})

# One couple or mother in so many has a newborn with an electronic notification.
_NEWBORN_EVERY = 2

# One Kinh household in so many only stays there.
_STAYING_EVERY = 12
_KINH = "01"

_CERTIFICATES_A_YEAR = 400


@dataclass(frozen=True, slots=True)
class _Member:
    """One person of a household in the making."""

    role: str
    gender: str
    birth: date
    family: str
    number: str


class Households:
    """Makes one household after the other from the same draws."""

    def __init__(self, draws: Draws) -> None:
        self._draws = draws
        self._means = Means(draws)
        self._expecting = count()

    def make(self, seat: Seat, shape: Shape) -> Records:
        """A household of that shape at that seat: housed, related, equipped."""
        naming = naming_of(seat.group, seat.province)
        members = self._members(naming, shape)
        house = seat.address(self._draws.chance.randint(1, 99))
        names = self._names(naming, members)
        people = [self._person(seat, item, name, house) for item, name in zip(members, names, strict=True)]
        records = Records(people=_related(naming, members, people))
        grown = sum(item.role != CHILD for item in members)
        equipped, records.with_account = self._means.equip(records.people[:grown])
        records.people[:grown] = equipped
        for couple in _COUPLES:
            self._marry(seat, members, records, couple)
        if MOTHER in shape and CHILD not in shape and next(self._expecting) % _NEWBORN_EVERY == 0:
            records.notifications.append(newborn(self._draws, seat, members[shape.index(MOTHER)].number))
        return records

    def _members(self, naming: Naming, shape: Shape) -> list[_Member]:
        families: dict[str, str] = {}
        members = []
        for role, age in zip(shape, self._ages(naming, shape), strict=True):
            gender = self._draws.chance.choice((MALE, FEMALE)) if role == CHILD else MALE if role in _MALE_ROLES else FEMALE
            birth = self._draws.birthday(age)
            family = self._family(naming, role, shape, families)
            families.setdefault(role, family)
            members.append(_Member(role, gender, birth, family, self._draws.personal_number(gender, birth)))
        return members

    def _ages(self, naming: Naming, shape: Shape) -> list[int]:
        chance = self._draws.chance
        mother = chance.randint(25 if CHILD in shape else 21, 36)
        father = mother + chance.randint(0, 5)
        heir = mother if _heir(naming, shape) == MOTHER else father
        grandmother = heir + chance.randint(20, 27) if MOTHER in shape else chance.randint(58, 80)
        ages = {MOTHER: mother, FATHER: father, GRANDMOTHER: grandmother, GRANDFATHER: grandmother + chance.randint(0, 5)}
        return [ages[role] if role in ages else chance.randint(1, min(mother - 22, 10)) for role in shape]

    def _family(self, naming: Naming, role: str, shape: Shape, families: Mapping[str, str]) -> str:
        giver = ""
        if role == CHILD:
            giver = MOTHER if naming.maternal or FATHER not in shape else FATHER
        elif role == _heir(naming, shape):
            giver = GRANDMOTHER if naming.maternal else GRANDFATHER
        return families.get(giver) or naming.family(self._draws.chance, other_than=next(iter(families.values()), ""))

    def _names(self, naming: Naming, members: list[_Member]) -> list[str]:
        """Full names in order; nobody is named as somebody of the household."""
        names: list[str] = []
        for item in members:
            name = naming.full_name(self._draws.chance, item.gender, item.family)
            while name in names:
                name = naming.full_name(self._draws.chance, item.gender, item.family)
            names.append(name)
        return names

    def _person(self, seat: Seat, item: _Member, full_name: str, house: str) -> PersonRecord:
        issued_on = self._draws.card_issue(item.birth)
        stays = seat.group == _KINH and seat.number % _STAYING_EVERY == 1
        return PersonRecord(
            id_number=item.number,
            full_name=full_name,
            birth_date=item.birth.isoformat(),
            gender=item.gender,
            ethnicity=seat.group,
            id_issue_date=issued_on.isoformat() if issued_on else "",
            id_issue_place=card_issuer(issued_on) if issued_on else "",
            residence_type="tam_tru" if stays else "thuong_tru",
            province=seat.province,
            ward=seat.ward,
            address_detail=house,
            hometown_province=seat.province,
            hometown_ward=seat.ward,
        )

    def _marry(self, seat: Seat, members: list[_Member], records: Records, couple: tuple[str, str]) -> None:
        roles = [item.role for item in members]
        if not set(couple).issubset(roles):
            return
        husband, wife = (roles.index(role) for role in couple)
        youngest = max(members[husband].birth, members[wife].birth)
        day = youngest.replace(year=youngest.year + 20, day=min(youngest.day, 28)) + timedelta(days=self._draws.chance.randrange(300))
        book = f"01/{day.year}"
        number = self._draws.number_in(marriage_id(seat.ward, book, ""), _CERTIFICATES_A_YEAR)
        marriage = MarriageRecord(
            id=marriage_id(seat.ward, book, number),
            husband_id=members[husband].number,
            wife_id=members[wife].number,
            certificate_no=number,
            book_no=book,
            issued_on=day.isoformat(),
            issued_by=seat.office,
        )
        records.marriages.append(marriage)
        for one, other in ((husband, wife), (wife, husband)):
            spouse = members[other].number
            records.people[one] = replace(records.people[one], spouse_id=spouse, marriage_no=marriage.id)


def _heir(naming: Naming, shape: Shape) -> str:
    """The role of the child of the house: the young father, or the young mother where couples live with her parents or she is alone."""
    return MOTHER if naming.maternal or FATHER not in shape else FATHER


def _related(naming: Naming, members: list[_Member], people: list[PersonRecord]) -> list[PersonRecord]:
    shape = tuple(item.role for item in members)
    numbers = {item.role: item.number for item in members if item.role != CHILD}
    parents = {_heir(naming, shape): (GRANDFATHER, GRANDMOTHER), CHILD: (FATHER, MOTHER)}
    related = []
    for item, person in zip(members, people, strict=True):
        father, mother = parents.get(item.role, ("", ""))
        related.append(
            replace(
                person,
                household_id=people[0].id_number,
                father_id=numbers.get(father, ""),
                mother_id=numbers.get(mother, ""),
            )
        )
    return related
