"""Rules about copies, the funeral groups and the insurance number."""

from __future__ import annotations

from collections.abc import Iterable

from dvc_cli.forms import Case, Finding, rule

GROUPS = "funeral_groups"
NUMBER_DIGITS = 10


@rule("KT-04")
def a_group_is_chosen(case: Case) -> Iterable[Finding]:
    """Nothing chosen is no answer; "none" is one. Groups that exclude each other are refused by the form."""
    if case.lacks(GROUPS):
        yield Finding("KT-04", GROUPS)


@rule("KT-16")
def copies_have_their_price(case: Case) -> Iterable[Finding]:
    """The original is free, a copy is not."""
    if case.flag("want_copies") and (case.number("copies_count") or 0) >= 1:
        yield Finding("KT-16", "copies_count")


@rule("KT-19")
def insurance_number_is_known(case: Case) -> Iterable[Finding]:
    """Ten digits, or the reason why they are not known."""
    number = case.text("deceased_si_number")
    if case.live("deceased_si_number") and not (len(number) == NUMBER_DIGITS and number.isascii() and number.isdigit()):
        yield Finding("KT-19", "deceased_si_number")


RULES = (a_group_is_chosen, copies_have_their_price, insurance_number_is_known)
