"""Rules about the child's name (KS-N…). The law asks for a Vietnamese name; the rest guards against typing mistakes."""

from __future__ import annotations

from collections.abc import Iterable

from dvc_cli.domain.names import is_placeholder, letter_count, letters_allowed, telex_leftover, word_count
from dvc_cli.forms import Case, Finding, rule
from dvc_cli.procedures.khai_sinh.rules.facts import KINH, NAME_PARTS, child_name, live_parents, parent_name, same

MAX_WORDS, MAX_LETTERS = 6, 30  # project thresholds, the law gives no number
FOREIGN_LETTERS = frozenset("fjwz")


@rule("KS-N1")
def name_is_written_in_letters_of_viet_nam(case: Case) -> Iterable[Finding]:
    """Each part of the name keeps to the alphabets of Viet Nam's peoples."""
    for key in NAME_PARTS:
        if case.text(key) and not letters_allowed(case.text(key)):
            yield Finding("KS-N1", key)


@rule("KS-N2")
def surname_is_a_parents(case: Case) -> Iterable[Finding]:
    """The surname is that of a live parent block; silent when none has a surname, or while one has no name yet."""
    if not all(case.has(f"{parent}_given_name") for parent in live_parents(case)):
        return
    surname = case.text("child_surname")
    known = [case.text(f"{parent}_surname") for parent in live_parents(case)]
    known = [item for item in known if item]
    if surname and known and not any(same(surname, item) for item in known):
        yield Finding("KS-N2", "child_surname")


@rule("KS-N3")
def name_is_not_very_long(case: Case) -> Iterable[Finding]:
    """More than 6 words or 30 letters are hard to use."""
    name = child_name(case)
    if word_count(name) > MAX_WORDS or letter_count(name) > MAX_LETTERS:
        yield Finding("KS-N3", "child_middle_name" if case.has("child_middle_name") else "child_given_name")


@rule("KS-N4")
def kinh_name_has_no_foreign_letter(case: Case) -> Iterable[Finding]:
    """F, J, W and Z are no letters of Vietnamese; other peoples may use them."""
    if case.text("child_ethnicity") != KINH:
        return
    for key in NAME_PARTS:
        if FOREIGN_LETTERS & set(case.text(key).casefold()):
            yield Finding("KS-N4", key)


@rule("KS-N6")
def kinh_name_is_typed_out(case: Case) -> Iterable[Finding]:
    """A word that reads as unfinished Telex or VNI is a typing mistake."""
    if case.text("child_ethnicity") != KINH:
        return
    for key in NAME_PARTS:
        if any(telex_leftover(word) for word in case.text(key).split()):
            yield Finding("KS-N6", key)


@rule("KS-N7")
def name_is_a_name(case: Case) -> Iterable[Finding]:
    """A placeholder or the mother's own name is not the child's name."""
    given, name = case.text("child_given_name"), child_name(case)
    if not given:
        return
    is_mothers = "mother" in live_parents(case) and same(name, parent_name(case, "mother"))
    if is_placeholder(given) or is_placeholder(name) or is_mothers:
        yield Finding("KS-N7", "child_given_name")


RULES = (
    name_is_written_in_letters_of_viet_nam,
    surname_is_a_parents,
    name_is_not_very_long,
    kinh_name_has_no_foreign_letter,
    kinh_name_is_typed_out,
    name_is_a_name,
)
