"""Rules about the death notice, what replaces it, and the place and cause of death that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from dvc_cli.domain.places import bare_name, places
from dvc_cli.forms import Case, Finding, rule
from dvc_cli.text import fold

NOTICE, LONG_AGO = "giay_bao_tu", "chung_cu_chet_da_lau"
NOTICE_KEYS = ("death_notice_type", "death_notice_number", "death_notice_date", "death_notice_issuer")
SCAN, EVIDENCE = "death_notice_scan", "death_evidence"
VIET_NAM = "VN"

_FACILITY = re.compile(r"(?<!\w)(bệnh viện|trung tâm y tế|trạm y tế|phòng khám)(?!\w)")
_UNIT = re.compile(r"(?<!\w)(?:phường|xã|đặc khu|tỉnh|thành phố) (?P<name>\w.*)")
_UNUSUAL = re.compile(r"(?<!\w)(tai nạn|án mạng|bị giết|đột tử|đuối nước|điện giật|bỏng|cháy|ngã|tự tử)(?!\w)")
_MOST_WORDS = 5  # of a unit's name


@rule("KT-05")
def notice_is_whole(case: Case) -> Iterable[Finding]:
    """All four entries, unless no notice is issued or evidence stands in for it."""
    if case.flag("death_notice_not_issued") or case.text("death_notice_type") == LONG_AGO:
        return
    for key in NOTICE_KEYS:
        if case.lacks(key):
            yield Finding("KT-05", key)


@rule("KT-06")
def no_notice_only_at_home(case: Case) -> Iterable[Finding]:
    """No notice is issued only when the person died at home in the commune that registers the death."""
    if not case.flag("death_notice_not_issued"):
        return
    place, office = case.text("death_ward"), case.text("death_office_ward")
    elsewhere = bool(place and office and place != office) or case.text("death_country") not in {"", VIET_NAM}
    if elsewhere or _FACILITY.search(fold(case.text("death_place_detail"))):
        yield Finding("KT-06", "death_notice_not_issued")


@rule("KT-07")
def number_is_no_extract(case: Case) -> Iterable[Finding]:
    """…/TLKT is the number of an extract, which is the result and not a notice."""
    if "tlkt" in case.text("death_notice_number").casefold():
        yield Finding("KT-07", "death_notice_number")


@rule("KT-08")
def number_has_its_letters(case: Case) -> Iterable[Finding]:
    """Digits alone are half a number."""
    if case.text("death_notice_number").isdigit():
        yield Finding("KT-08", "death_notice_number")


@rule("KT-09")
def notice_follows_death(case: Case) -> Iterable[Finding]:
    """A notice is issued after the death and not after the filing; what replaces it may be older (a judgment)."""
    issued, death = case.day("death_notice_date"), case.partial("death_datetime")
    if issued is None:
        return
    before = case.text("death_notice_type") == NOTICE and death is not None and issued < death.earliest()
    if issued > case.on or before:
        yield Finding("KT-09", "death_notice_date")


@rule("KT-10")
def facility_stands_alone(case: Case) -> Iterable[Finding]:
    """In a facility its name is all; commune and province have their own fields."""
    detail = fold(case.text("death_place_detail"))
    if _FACILITY.search(detail) and _names_a_unit(detail, case):
        yield Finding("KT-10", "death_place_detail")


def _names_a_unit(folded: str, case: Case) -> bool:
    found = _UNIT.search(folded)
    while found:
        names = _unit_names(case.on)
        words = re.findall(r"[\w'’-]+", found["name"])[:_MOST_WORDS]
        if words[0].isdigit() or any(" ".join(words[:count]) in names for count in range(1, len(words) + 1)):
            return True
        found = _UNIT.search(folded, found.start("name"))
    return False


@lru_cache(maxsize=4)
def _unit_names(on: date) -> frozenset[str]:
    table = places(on)
    provinces = table.provinces()
    communes = (commune.name for province in provinces for commune in table.communes(province.code))
    return frozenset(fold(bare_name(name)) for name in (*(province.name for province in provinces), *communes))


@rule("KT-11")
def unusual_death_has_its_paper(case: Case) -> Iterable[Finding]:
    """After an accident or a suspicious death the police or a forensic conclusion speaks, not the commune."""
    told = " ".join(fold(case.text(key)) for key in ("death_cause", "death_place_detail"))
    by_commune = fold(case.text("death_notice_issuer")).startswith("ubnd")
    if case.text("death_notice_type") == NOTICE and by_commune and _UNUSUAL.search(told):
        yield Finding("KT-11", "death_notice_type")


@rule("KT-24")
def evidence_replaces_the_notice(case: Case) -> Iterable[Finding]:
    """The second row is for deaths long ago, and never both rows are used."""
    if EVIDENCE in case.papers and (SCAN in case.papers or case.text("death_notice_type") != LONG_AGO):
        yield Finding("KT-24", "attachments")


RULES = (
    no_notice_only_at_home,
    notice_is_whole,
    number_is_no_extract,
    number_has_its_letters,
    notice_follows_death,
    facility_stands_alone,
    unusual_death_has_its_paper,
    evidence_replaces_the_notice,
)
