"""What a register answered, as look-up facts: texts under names that begin with the name of the look-up (`mother`, `mother_ward`).

Client and portal tell them alike, so that a dossier is judged by the same facts on both sides. What the register does not know is absent.
"""

from __future__ import annotations

from dvc_cli.contract.values import BirthNotification, DeathNotice, PersonFacts
from dvc_cli.domain.names import split_full_name
from dvc_cli.procedures.lookups import FOUND, MISSING

Facts = dict[str, str]

_PERSON = ("gender", "ethnicity", "province", "ward", "address_detail", "hometown_province", "hometown_ward", "social_insurance_number")
_MORE = ("assistance_category", "householder_full_name", "householder_id_number")
_NOTICE = ("birth_date", "gender", "ethnicity", "province", "ward", "address_detail", "type", "number", "issuer")


def missing(fact: str) -> Facts:
    """The register was asked and has nothing."""
    return {fact: MISSING}


def person_facts(fact: str, found: PersonFacts) -> Facts:
    """A person of the population register."""
    texts = {name: str(getattr(found, name)) for name in (*_PERSON, *_MORE)}
    texts |= {**_name(found.full_name), "birth_date": found.birth_known or found.birth_date.isoformat()}
    return _facts(fact, texts)


def notification_facts(fact: str, found: BirthNotification) -> Facts:
    """An electronic birth notification."""
    return _facts(fact, {"birth_date": found.birth_date.isoformat(), "gender": found.gender, "facility": found.facility})


def notice_facts(fact: str, found: DeathNotice) -> Facts:
    """An electronic death notice. A place of death equal to the residence is told as such."""
    texts = {name: str(getattr(found, name)) for name in _NOTICE}
    texts |= {
        **_name(found.full_name),
        "death_datetime": found.died_at,
        "date": found.issued_on.isoformat(),
        "death_cause": found.cause,
        "not_issued": "false",
    }
    if found.death_ward:
        texts |= {
            "death_place_same_as_residence": "false",
            "death_province": found.death_province,
            "death_ward": found.death_ward,
            "death_place_detail": found.death_place_detail,
        }
    return _facts(fact, texts)


def _name(full_name: str) -> Facts:
    return dict(zip(("surname", "middle_name", "given_name"), split_full_name(full_name), strict=True))


def _facts(fact: str, texts: Facts) -> Facts:
    return {fact: FOUND, **{f"{fact}_{name}": text for name, text in texts.items() if text}}
