"""Rules about numbers and relations. The requester is the … of the deceased; the deceased was the … of the householder."""

from __future__ import annotations

from collections.abc import Iterable

from dvc_cli.domain.dates import PartialDate
from dvc_cli.domain.relations import inverses, sex_of
from dvc_cli.forms import Case, Finding, rule
from dvc_cli.procedures.shared_rules import misfit_numbers

PARENTS = frozenset({"cha", "me"})
CHILD = "con"
REQUESTER, HOUSEHOLDER, RECIPIENT = (
    "requester_relation_to_deceased",
    "deceased_relation_to_householder",
    "recipient_relation_to_deceased",
)


@rule("KT-12")
def number_fits_its_person(case: Case) -> Iterable[Finding]:
    """Digit 4 tells sex and century, digits 5 and 6 the birth year."""
    genders = {person: case.text(f"{person}_gender") for person in ("deceased", "requester", "recipient")}
    yield from misfit_numbers(case, "KT-12", genders)


@rule("KT-13")
def relations_fit(case: Case) -> Iterable[Finding]:
    """No relation contradicts sex or age, and the two directions fit each other."""
    birth = case.partial("deceased_birth_date")
    for key, person in ((REQUESTER, "requester"), (RECIPIENT, "recipient")):
        if _contradicts(case.text(key), case.text(f"{person}_gender"), case.partial(f"{person}_birth_date"), birth):
            yield Finding("KT-13", key)
    if _contradicts(case.text(HOUSEHOLDER), case.text("deceased_gender"), birth, _householder_birth(case)) or not _are_inverse(case):
        yield Finding("KT-13", HOUSEHOLDER)


def _contradicts(relation: str, gender: str, own: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether somebody of this sex and birth date cannot be the `relation` of somebody with the `other` birth date."""
    sex = sex_of(relation)
    if sex and gender and sex != gender:
        return True
    parent, child = (own, other) if relation in PARENTS else (other, own) if relation == CHILD else (None, None)
    return bool(parent and child and parent.earliest() >= child.latest())


def _householder_birth(case: Case) -> PartialDate | None:
    return case.partial("requester_birth_date") if case.flag("householder_is_requester") else None


def _are_inverse(case: Case) -> bool:
    if not case.flag("householder_is_requester"):
        return True
    possible, told = inverses(case.text(REQUESTER), case.text("deceased_gender")), case.text(HOUSEHOLDER)
    return not (possible and told) or told in possible


RULES = (number_fits_its_person, relations_fit)
