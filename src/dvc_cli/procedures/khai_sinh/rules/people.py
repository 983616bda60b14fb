"""Rules about numbers and roles of the people on the form (KS-I…, KS-W1). The shape of a number or phone is the form's own check."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dvc_cli.forms import Case, Finding, rule
from dvc_cli.procedures.khai_sinh.rules.facts import live_parents, parent_name, same
from dvc_cli.procedures.shared_rules import misfit_numbers

GUARDIAN = "nguoi_giam_ho"
NOTIFICATION_CODE = re.compile(r"[0-9]{5}\.GCS\.[0-9]{5}\.[0-9]{2}")
RELATION_TO_PARENT = {"cha": "father", "me": "mother"}


@rule("KS-I2")
def number_fits_its_person(case: Case) -> Iterable[Finding]:
    """Digit 4 tells sex and century, digits 5 and 6 the birth year."""
    yield from misfit_numbers(case, "KS-I2", {"mother": "nu", "father": "nam", "requester": case.text("requester_gender")})


@rule("KS-I4")
def notification_code_has_its_shape(case: Case) -> Iterable[Finding]:
    """The code has 18 characters, five digits, GCS, five digits, two of the year; papers with a wrong one exist."""
    code = case.text("birth_notification_no")
    if code and not NOTIFICATION_CODE.fullmatch(code):
        yield Finding("KS-I4", "birth_notification_no")


@rule("KS-I5")
def marriage_number_is_no_birth_notification(case: Case) -> Iterable[Finding]:
    """A number with GCS belongs to the birth notification."""
    if "gcs" in case.text("marriage_cert_no").casefold():
        yield Finding("KS-I5", "marriage_cert_no")


@rule("KS-I7")
def requester_is_the_parent_named(case: Case) -> Iterable[Finding]:
    """Who files as father or mother has that parent's number."""
    parent = RELATION_TO_PARENT.get(case.text("requester_relation"))
    if parent not in live_parents(case):
        return
    own, number = case.text("requester_id_number"), case.text(f"{parent}_id_number")
    if own and number and own != number:
        yield Finding("KS-I7", "requester_relation")


@rule("KS-I8")
def confirmers_need_vneid(case: Case) -> Iterable[Finding]:
    """Confirming in VNeID takes active level-2 accounts."""
    if case.text("residence_confirm_mode") == "vneid":
        yield Finding("KS-I8", "residence_confirm_mode")


@rule("KS-I9")
def roles_are_different_people(case: Case) -> Iterable[Finding]:
    """Two roles that cannot coincide do not share a number, and one person does not have two names."""
    mother, father = case.text("mother_id_number"), case.text("father_id_number")
    if mother and mother == father:
        yield Finding("KS-I9", "mother_id_number")
    own, relation = case.text("requester_id_number"), case.text("requester_relation")
    if relation == GUARDIAN and own and own in {mother, father}:
        yield Finding("KS-I9", "requester_id_number")
    parent = RELATION_TO_PARENT.get(relation, "")
    if parent in live_parents(case) and not case.has(f"{parent}_id_number") and _names_differ(case, parent):
        yield Finding("KS-I9", "requester_id_number")


def _names_differ(case: Case, parent: str) -> bool:
    own, name = case.text("requester_full_name"), parent_name(case, parent)
    return bool(own and name) and not same(own, name)


@rule("KS-W1")
def parents_come_first(case: Case) -> Iterable[Finding]:
    """A guardian or relative files only when the parents cannot."""
    if case.text("requester_relation") == GUARDIAN:
        yield Finding("KS-W1", "requester_relation")


RULES = (
    number_fits_its_person,
    notification_code_has_its_shape,
    marriage_number_is_no_birth_notification,
    requester_is_the_parent_named,
    confirmers_need_vneid,
    roles_are_different_people,
    parents_come_first,
)
