"""Who of the invented people has died in hospital, and who receives what: drawn apart, so that everybody else stays as they are."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from dvc_cli.domain.dates import age_in_years
from dvc_cli.lazy_dataclasses import replace
from dvc_cli.portal.population_draws import AS_OF
from dvc_cli.portal.population_records import NoticeRecord, PersonRecord, Records
from dvc_cli.portal.population_seats import seats

_OLD, _PENSION_AGE = 55, 75
_DIED_EVERY = 2
_FIRST_DEATH, _LAST_DEATH = date(2026, 10, 1), date(2026, 10, 31)
_CAUSES = ("Bệnh già", "Suy hô hấp", "Nhồi máu cơ tim", "Đột quỵ")
_SOCIAL_PENSION, _MONTHLY = "huu_tri_xa_hoi", "bao_tro_xa_hoi_hang_thang"


def add_deaths(records: Records, seed: str) -> None:
    """Death notices for every second old person who signs in nowhere; who is old and has no insurance receives assistance or pension.

    The registers have not heard of the deaths yet; the notices wait for a family to declare them.
    """
    chance = Random(f"deaths:{seed}")  # noqa: S311 - invented people, no secret: the same seed must give the same people
    provinces = {seat.province: seat.province_name for seat in seats()}
    silent = 0
    for place, person in enumerate(records.people):
        age = age_in_years(date.fromisoformat(person.birth_date), AS_OF)
        if person.origin != "generated" or age < _OLD:
            continue
        if not person.social_insurance_number:
            records.people[place] = replace(person, assistance_category=_SOCIAL_PENSION if age >= _PENSION_AGE else _MONTHLY)
        if person.vneid_level == 0 and person.id_number not in records.with_account:
            if silent % _DIED_EVERY == 0:
                records.notices.append(_notice(chance, person, provinces[person.province]))
            silent += 1


def _notice(chance: Random, person: PersonRecord, province: str) -> NoticeRecord:
    day = _FIRST_DEATH + timedelta(days=chance.randrange((_LAST_DEATH - _FIRST_DEATH).days + 1))
    hospital = f"Bệnh viện Đa khoa Ví Dụ {province}"
    return NoticeRecord(
        id_number=person.id_number,
        died_at=f"{day.isoformat()}T{chance.randrange(24):02d}:{chance.randrange(1, 60):02d}",
        number=f"GBT.{chance.randrange(1, 100_000):05d}",
        issued_on=day.isoformat(),
        issuer=hospital,
        death_province=person.province,
        death_ward=person.ward,
        death_place_detail=hospital,
        cause=chance.choice(_CAUSES),
    )
