"""Electronic birth notifications (giấy chứng sinh điện tử) of invented newborns, each commune with one invented hospital."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from dvc_cli.domain.dates import VN_TZ
from dvc_cli.portal.instants import stamp
from dvc_cli.portal.population_draws import Draws
from dvc_cli.portal.population_names import FEMALE, MALE
from dvc_cli.portal.population_records import NotificationRecord
from dvc_cli.portal.population_seats import Seat

_FIRST_BIRTH = date(2026, 9, 1)
_LAST_BIRTH = date(2026, 10, 31)
_ISSUED = time(9, 0, tzinfo=VN_TZ)

# Facility codes 999xx do not exist; those of the worked examples end before 99920.
_FACILITIES_FROM = 99920


def newborn(draws: Draws, seat: Seat, mother_id_number: str) -> NotificationRecord:
    """The notification of a child born to that mother in the last two months before the population's day, issued the day after."""
    born = draws.between(_FIRST_BIRTH, _LAST_BIRTH)
    issued = datetime.combine(born + timedelta(days=1), _ISSUED)
    facility = f"{_FACILITIES_FROM + seat.number:05d}"
    tail = f".GCS.{facility}.{issued.year % 100:02d}"
    return NotificationRecord(
        code=f"{draws.serial(tail, 5)}{tail}",
        mother_id_number=mother_id_number,
        birth_date=born.isoformat(),
        gender=draws.chance.choice((MALE, FEMALE)),
        facility=f"Bệnh viện Đa khoa Ví Dụ {seat.province_name}",
        issued_at=stamp(issued),
    )
