"""Rules about ethnicity, nationality and hometown of the child (KS-E…)."""

from __future__ import annotations

from collections.abc import Iterable

from dvc_cli.forms import Case, Finding, rule
from dvc_cli.procedures.khai_sinh.rules.facts import OTHER_ETHNICITY, live_parents
from dvc_cli.text import fold

DOMESTIC, FATHER_UNKNOWN = "khong_yeu_to_nuoc_ngoai", "chua_co_cha"
VIET_NAM = "VN"


def _ethnicity(case: Case, person: str) -> str:
    """The ethnicity of a person as one comparable text: groups outside the list are told apart by their name."""
    code = case.text(f"{person}_ethnicity")
    other = case.text(f"{person}_ethnicity_other")
    return f"{code}:{fold(other)}" if code == OTHER_ETHNICITY and other else code


@rule("KS-E1")
def ethnicity_is_a_parents(case: Case) -> Iterable[Finding]:
    """The child has the ethnicity of its father or mother; silent while one of theirs is not answered."""
    parents = live_parents(case)
    if "father" not in parents:  # the mother alone is KS-E2
        return
    child, known = _ethnicity(case, "child"), [_ethnicity(case, parent) for parent in parents]
    if child and all(known) and child not in known:
        yield Finding("KS-E1", "child_ethnicity")


@rule("KS-E2")
def child_without_father_follows_the_mother(case: Case) -> Iterable[Finding]:
    """With the father not known, ethnicity and nationality are the mother's."""
    if case.text("birth_case") != FATHER_UNKNOWN:
        return
    child, mother = _ethnicity(case, "child"), _ethnicity(case, "mother")
    if child and mother and child != mother:
        yield Finding("KS-E2", "child_ethnicity")
    child, mother = case.text("child_nationality"), case.text("mother_nationality")
    if child and mother and child != mother:
        yield Finding("KS-E2", "child_nationality")


@rule("KS-E3")
def hometown_is_a_parents(case: Case) -> Iterable[Finding]:
    """The hometown is that of a parent; judged only when a look-up told one."""
    known = [case.known.get(f"{parent}_hometown_province", "") for parent in live_parents(case)]
    known = [item for item in known if item]
    hometown = case.text("hometown_province")
    if hometown and known and hometown not in known:
        yield Finding("KS-E3", "hometown_province")


@rule("KS-E4")
def hometown_is_not_copied_from_the_residence(case: Case) -> Iterable[Finding]:
    """A hometown equal to a parent's residence is worth a second question."""
    hometown = (case.text("hometown_province"), case.text("hometown_ward"))
    if not all(hometown):
        return
    if any(hometown == (case.text(f"{parent}_province"), case.text(f"{parent}_ward")) for parent in live_parents(case)):
        yield Finding("KS-E4", "hometown_ward")


@rule("KS-E6")
def domestic_child_is_vietnamese(case: Case) -> Iterable[Finding]:
    """Without foreign element the child is Vietnamese."""
    nationality = case.text("child_nationality")
    if case.text("birth_kind") == DOMESTIC and nationality and nationality != VIET_NAM:
        yield Finding("KS-E6", "child_nationality")


RULES = (
    ethnicity_is_a_parents,
    child_without_father_follows_the_mother,
    hometown_is_a_parents,
    hometown_is_not_copied_from_the_residence,
    domestic_child_is_vietnamese,
)
