"""Rules about where a death is registered and the residence removed."""

from __future__ import annotations

from collections.abc import Iterable

from dvc_cli.forms import Case, Finding, rule
from dvc_cli.procedures.shared_rules import told_from_its_day


def at_last_residence(case: Case) -> bool | None:
    """Whether the death office is the one of the last residence; None while one of the two is not known."""
    office, home = (case.text("death_office_province"), case.text("death_office_ward")), case.text("last_residence_ward")
    if not all(office) or not home:
        return None
    return office == (case.text("last_residence_province"), home)


@rule("KT-14")
def office_is_where_the_deceased_resided(case: Case) -> Iterable[Finding]:
    """Until 28/02/2027 the death is registered at the last residence."""
    if at_last_residence(case) is False:
        yield Finding("KT-14", "death_office_ward")


@rule("KT-15")
def residence_is_removed_where_it_was(case: Case) -> Iterable[Finding]:
    """One area is for those who were permanent residents of the office's ward."""
    here = at_last_residence(case)
    if not case.flag("residence_same_area") or here is None:
        return
    kind = case.text("last_residence_type")
    if (kind == "thuong_tru" and not here) or (kind == "tam_tru" and here):
        yield Finding("KT-15", "residence_same_area")


RULES = (
    office_is_where_the_deceased_resided,
    residence_is_removed_where_it_was,
    told_from_its_day("KT-26", "death_office_ward"),  # the law of 2026 unties the office from the residence
)
