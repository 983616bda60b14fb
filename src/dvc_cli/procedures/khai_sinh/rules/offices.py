"""Rules about where a birth and the residence are registered (KS-W…)."""

from __future__ import annotations

from collections.abc import Iterable

from dvc_cli.forms import Case, Finding, rule
from dvc_cli.procedures.khai_sinh.rules.facts import live_parents
from dvc_cli.procedures.shared_rules import told_from_its_day

NO_PARENTS = frozenset({"bo_roi", "chua_co_cha_me"})
NO_CONSENT_NEEDED = frozenset({"cha_me_chu_so_huu", "cha_me_khong_chu_so_huu", "ve_voi_giam_ho"})
VIET_NAM = "VN"


def _place(case: Case, block: str) -> tuple[str, str]:
    return case.text(f"{block}_province"), case.text(f"{block}_ward")


@rule("KS-W2")
def office_is_where_a_parent_resides(case: Case) -> Iterable[Finding]:
    """The birth is registered where a parent resides; silent while a residence is still to be answered."""
    parents, office = live_parents(case), _place(case, "birth_office")
    if not parents or not all(office):
        return
    homes = [_place(case, parent) for parent in parents]
    if office in homes:
        return
    # A residence that is still to be answered may turn out to be the office's.
    if all(all(home) or not _must_have_home(case, parent) for home, parent in zip(homes, parents, strict=True)):
        yield Finding("KS-W2", "birth_office_ward")


def _must_have_home(case: Case, parent: str) -> bool:
    return case.text(f"{parent}_country") == VIET_NAM and not case.flag(f"{parent}_deceased")


@rule("KS-W3")
def office_is_where_the_carer_resides(case: Case) -> Iterable[Finding]:
    """Without known parents it is the carer's residence that counts."""
    office, carer = _place(case, "birth_office"), _place(case, "requester")
    if case.text("birth_case") in NO_PARENTS and all(office) and all(carer) and office != carer:
        yield Finding("KS-W3", "birth_office_ward")


@rule("KS-W5")
def one_area_is_ticked_once(case: Case) -> Iterable[Finding]:
    """Two equal offices are better told by the box "Cùng địa bàn"."""
    office = _place(case, "birth_office")
    if case.get("residence_same_area") is False and all(office) and office == _place(case, "residence_office"):
        yield Finding("KS-W5", "residence_same_area")


@rule("KS-W6")
def child_of_the_home_needs_no_consent(case: Case) -> Iterable[Finding]:
    """Joining parents or a guardian needs no consent of householder or owner."""
    if case.text("residence_case") in NO_CONSENT_NEEDED:
        yield Finding("KS-W6", "residence_case")


RULES = (
    office_is_where_a_parent_resides,
    office_is_where_the_carer_resides,
    one_area_is_ticked_once,
    child_of_the_home_needs_no_consent,
    told_from_its_day("KS-W8", "birth_office_ward"),  # the law of 2026 unties the office from the residence
)
