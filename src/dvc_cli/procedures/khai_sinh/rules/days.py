"""Rules about dates and deadlines (KS-D…). Duties are judged by the calendar day of filing, the clock of the office by its instant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from dvc_cli.data import limit
from dvc_cli.domain.dates import age_in_years, format_date
from dvc_cli.forms import Case, Finding, rule
from dvc_cli.language import _
from dvc_cli.procedures.khai_sinh.rules.facts import live_parents
from dvc_cli.procedures.shared_rules import filing_counts_later

MIN_PARENT_AGE, MAX_MOTHER_AGE = 12, 60  # project thresholds


def last_day_in_time(case: Case) -> date | None:
    """The last day of the duty to register: birth + 60 days, moved to the next working day if it is a day off.

    None when the child is not born by the filing day.
    """
    born = case.day("child_birth_date")
    if born is None or born > case.on:
        return None
    return case.calendar.next_working(born + _days("birth_registration_duty", case.on))


def _days(limit_id: str, on: date) -> timedelta:
    return timedelta(days=limit(limit_id, on).value or 0)


@rule("KS-D1")
def child_is_born_and_under_six(case: Case) -> Iterable[Finding]:
    """The linked group is for children under 6 who are born."""
    born = case.day("child_birth_date")
    if born and (born > case.on or age_in_years(born, case.on) >= (limit("linked_birth_age", case.on).value or 0)):
        yield Finding("KS-D1", "child_birth_date")


@rule("KS-D2")
def registration_is_in_time(case: Case) -> Iterable[Finding]:
    """The duty to register lasts 60 days."""
    last = last_day_in_time(case)
    if last and case.on > last:
        yield Finding("KS-D2", "child_birth_date", detail=_("Hạn là {day}.").format(day=format_date(last)))


@rule("KS-D3")
def registration_is_not_due_soon(case: Case) -> Iterable[Finding]:
    """From day 45 to the last day the office says that time runs out."""
    born, last = case.day("child_birth_date"), last_day_in_time(case)
    if born and last and born + _days("birth_registration_warning", case.on) <= case.on <= last:
        yield Finding("KS-D3", "child_birth_date", detail=_("Hạn là {day}.").format(day=format_date(last)))


@rule("KS-D4")
def birth_date_is_that_of_the_notification(case: Case) -> Iterable[Finding]:
    """The electronic notification wins over a typed date."""
    born, notified = case.day("child_birth_date"), case.known.get("notification_birth_date", "")
    if case.text("birth_data_source") == "csdl_bao_hiem" and born and notified and born.isoformat() != notified:
        yield Finding("KS-D4", "child_birth_date")


@rule("KS-D5")
def parents_ages_are_likely(case: Case) -> Iterable[Finding]:
    """A parent is at least 12 years older than the child, a mother at most 60; partial dates count in their favour."""
    born = case.day("child_birth_date")
    if born is None:
        return
    for parent in live_parents(case):
        key = f"{parent}_birth_date"
        parent_born = case.partial(key)
        if parent_born is None:
            continue
        age = age_in_years(parent_born.earliest(), born)
        if age < MIN_PARENT_AGE or (parent == "mother" and age > MAX_MOTHER_AGE):
            yield Finding("KS-D5", key)


@rule("KS-D6")
def facility_may_still_certify(case: Case) -> Iterable[Finding]:
    """Within 30 days of a birth outside a facility one may still be asked for a notification."""
    born, place = case.day("child_birth_date"), case.text("birth_place_kind")
    if not born or place in {"", "co_so_y_te"} or case.text("birth_case") == "bo_roi":
        return
    if timedelta() <= case.on - born <= _days("birth_facility_notice", case.on):
        yield Finding("KS-D6", "birth_place_kind")


RULES = (
    child_is_born_and_under_six,
    registration_is_in_time,
    registration_is_not_due_soon,
    birth_date_is_that_of_the_notification,
    parents_ages_are_likely,
    facility_may_still_certify,
    filing_counts_later("KS-D8"),
)
