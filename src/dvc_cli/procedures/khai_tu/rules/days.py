"""Rules about the time of death and its duties. A duty is judged by the calendar day of filing, the work of the office by its instant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from dvc_cli.data import limit
from dvc_cli.domain.dates import VN_TZ, PartialDate, format_date
from dvc_cli.forms import Case, Finding, rule
from dvc_cli.language import _
from dvc_cli.procedures.shared_rules import filing_counts_later

DEATH, BIRTH = "death_datetime", "deceased_birth_date"
DUTY = "death_registration_duty"
INFANT_DAYS = 30


def last_day_in_time(case: Case) -> date | None:
    """The last day of the duty to register: death + 15 days by the latest reading, moved to the next working day if it is a day off."""
    death = case.partial(DEATH)
    return case.calendar.last_day(death.latest(), _days(DUTY, case)) if death else None


def _days(limit_id: str, case: Case) -> int:
    return limit(limit_id, case.on).value or 0


def _is_after(death: PartialDate, now: datetime) -> bool:
    if death.hour is None or death.minute is None:
        return death.earliest() > now.astimezone(VN_TZ).date()
    return datetime.combine(death.earliest(), time(death.hour, death.minute), VN_TZ) > now


@rule("KT-01")
def death_lies_between_birth_and_now(case: Case) -> Iterable[Finding]:
    """Partial dates count in favour of the person: only what no reading allows is refused."""
    death, birth = case.partial(DEATH), case.partial(BIRTH)
    if death and (_is_after(death, case.now) or (birth and death.latest() < birth.earliest())):
        yield Finding("KT-01", DEATH)


@rule("KT-02")
def registration_is_in_time(case: Case) -> Iterable[Finding]:
    """The duty to register lasts 15 days."""
    last = last_day_in_time(case)
    if last and case.on > last:
        yield Finding("KT-02", DEATH, detail=_("Hạn là {day}.").format(day=format_date(last)))


@rule("KT-03")
def a_day_off_moves_the_limit(case: Case) -> Iterable[Finding]:
    """Told to whom it helps: who files on the days that are won by day 15 being a day off."""
    death, last = case.partial(DEATH), last_day_in_time(case)
    if death is None or last is None:
        return
    filed, most = ((day - death.latest()).days - _days(DUTY, case) for day in (case.on, last))
    if most > 0 and 0 <= filed <= most:
        yield Finding("KT-03", DEATH)


@rule("KT-18")
def midnight_is_not_made_up(case: Case) -> Iterable[Finding]:
    """00:00 mostly stands for an hour that nobody knows."""
    death = case.partial(DEATH)
    if death and (death.hour, death.minute) == (0, 0):
        yield Finding("KT-18", DEATH)


@rule("KT-22")
def infant_is_registered_twice(case: Case) -> Iterable[Finding]:
    """Who lived 24 hours is registered as born and as dead."""
    death, birth = case.partial(DEATH), case.partial(BIRTH)
    if death and birth and timedelta() <= death.latest() - birth.earliest() <= timedelta(days=INFANT_DAYS):
        yield Finding("KT-22", BIRTH)


@rule("KT-25")
def insurance_is_claimed_in_time(case: Case) -> Iterable[Finding]:
    """Relatives claim from social insurance within 90 days; silent when a later reading of the death is in time."""
    death = case.partial(DEATH)
    claims = "social_insurance" in case.chosen("funeral_groups")
    if death and claims and (case.on - death.latest()).days > _days("funeral_claim_duty", case):
        yield Finding("KT-25", DEATH)


@rule("KT-20")
def burial_follows_death(case: Case) -> Iterable[Finding]:
    """Nobody is buried before the day of death."""
    death, burial = case.partial(DEATH), case.day("burial_date")
    if death and burial and burial < death.earliest():
        yield Finding("KT-20", "burial_date")


RULES = (
    death_lies_between_birth_and_now,
    registration_is_in_time,
    a_day_off_moves_the_limit,
    midnight_is_not_made_up,
    burial_follows_death,
    infant_is_registered_twice,
    insurance_is_claimed_in_time,
    filing_counts_later("KT-28"),
)
