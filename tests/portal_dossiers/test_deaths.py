"""Deaths in the sandbox: the notice of the insurance database, what the registers tell of the dead, and the way of a dossier."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from pathlib import Path

import pytest

from dvc_cli.contract.values import Attachment, Submission
from dvc_cli.domain.calendar import working_calendar
from dvc_cli.errors import NotFoundError, RefusedError
from dvc_cli.forms import Context, evaluate, flatten, parse_answers
from dvc_cli.portal import dossiers, people
from dvc_cli.portal.dossiers_check import judge
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.registers import known_facts, requester_block
from dvc_cli.procedures import assess, procedure
from portal_dossiers.worked import MovableClock, at

CASES = Path(__file__).parent.parent / "cases"
FILED = {"a": "2026-10-08T15:40", "b": "2026-11-23T15:45", "c": "2026-10-14T09:05"}
OWNERS = {"a": "048176999101", "b": "051072999201", "c": "092197999301"}
DECEASED = {"a": "048048999102", "b": "051141999202", "c": "092095999302"}
PDF = b"%PDF-1.4 invented"
SCAN = Attachment(1, "death_notice_scan", "giay-bao-tu.pdf", "pdf", hashlib.sha256(PDF).hexdigest(), PDF)


def submission(portal: Portal, case: str, files: tuple[Attachment, ...] | None = None, **changes: str) -> Submission:
    """What the counter would send for a worked case."""
    item, now = procedure("khai-tu"), at(FILED[case])
    given = flatten(item.form, parse_answers((CASES / f"death_{case}.yaml").read_text(encoding="utf-8"), "yaml"))
    with portal.read() as connection:
        block = requester_block(connection, OWNERS[case])
        context = Context(on=now.date(), now=now, calendar=working_calendar(), session_values=block)
        values = {**given.values, **changes}
        known = known_facts(connection, evaluate(item.form, values, context), item.lookups)
    context = Context(on=now.date(), now=now, calendar=working_calendar(), session_values=block, known=known)
    found = assess(item, values, (), given.acknowledge, pledge=True, context=context)
    attached = files if files is not None else ((SCAN,) if case != "b" else ())
    return Submission("khai-tu", item.form.version, found.payload, found.facts, attached, given.acknowledge, pledge=True)


def test_the_insurance_database_has_the_notice_of_the_first_case(portal: Portal) -> None:
    found = people.find_death_notice(portal, DECEASED["a"])
    assert (found.full_name, found.died_at, found.number, found.issued_on) == (
        "TRẦN VĂN MINH",
        "2026-10-05T14:35",
        "GBT.09901",
        date(2026, 10, 5),
    )
    assert (found.death_ward, found.ward, found.cause) == ("20242", "20257", "Suy hô hấp")


@pytest.mark.parametrize("number", [DECEASED["b"], "000000000000", "số", ""])
def test_without_a_notice_the_database_says_so(portal: Portal, number: str) -> None:
    with pytest.raises(NotFoundError):
        people.find_death_notice(portal, number)


def test_the_register_tells_status_household_and_what_is_known_of_a_birth(portal: Portal) -> None:
    pensioner, grandmother = (people.find_person(portal, DECEASED[case]) for case in "ab")
    assert (pensioner.social_insurance_number, pensioner.assistance_category) == ("9900000101", "")
    assert (grandmother.birth_known, grandmother.assistance_category) == ("1941", "huu_tri_xa_hoi")
    assert (grandmother.householder_full_name, grandmother.householder_id_number) == ("PHẠM VĂN TÍN", OWNERS["b"])


EXPECTED = {"a": {"KT-16", "KT-28"}, "b": {"KT-28"}, "c": {"KT-02", "KT-16"}}


@pytest.mark.parametrize("case", "abc")
def test_the_portal_finds_the_written_problems_and_no_other(portal: Portal, case: str) -> None:
    sent = submission(portal, case)
    with portal.read() as connection:
        judged = judge(connection, OWNERS[case], sent, at(FILED[case]))
    assert {problem.code for problem in judged.assessment.problems} == EXPECTED[case]
    assert judged.title == {"a": "TRẦN VĂN MINH", "b": "NGUYỄN THỊ SEN", "c": "LÊ QUỐC BẢO"}[case]


NOTHING = dict.fromkeys(
    (
        *(
            "deceased_surname",
            "deceased_middle_name",
            "deceased_given_name",
            "deceased_birth_date",
            "deceased_gender",
            "deceased_ethnicity",
        ),
        *("last_residence_province", "last_residence_ward", "last_residence_detail", "death_datetime", "death_place_same_as_residence"),
        *("death_province", "death_ward", "death_place_detail", "death_cause"),
        *("death_notice_type", "death_notice_number", "death_notice_date", "death_notice_issuer"),
    ),
    "",
)


def test_the_notice_gives_all_that_the_family_would_have_typed(portal: Portal) -> None:
    typed, filled = submission(portal, "a"), submission(portal, "a", (), **NOTHING)
    assert filled.payload == typed.payload
    with portal.read() as connection:
        judged = judge(connection, OWNERS["a"], filled, at(FILED["a"]))
    assert [(line.id, line.state) for line in judged.assessment.papers] == [("death_notice_scan", "from_data")]


def test_without_a_notice_in_the_database_the_scan_is_missing(portal: Portal) -> None:
    sent = submission(portal, "c", (), deceased_input_mode="insurance_db")
    with portal.read() as connection, pytest.raises(RefusedError) as refused:
        judge(connection, OWNERS["c"], sent, at(FILED["c"]))
    assert [item.code for item in refused.value.problems] == ["A-PAPER-MISSING"]


def test_rows_of_relatives_arrive_as_they_were_sent(portal: Portal) -> None:
    rows = '[{"full_name":"LÊ THỊ MẪU","birth_date":"1950","relation":"vo"}]'
    sent = submission(portal, "a", si_survivors=rows)
    with portal.read() as connection:
        judged = judge(connection, OWNERS["a"], sent, at(FILED["a"]))
    assert judged.assessment.facts["si_survivors"] == [{"full_name": "LÊ THỊ MẪU", "birth_date": "1950", "relation": "vo"}]


def test_a_dossier_goes_from_the_commune_to_the_police_to_the_paying_office(portal: Portal, clock: MovableClock) -> None:
    clock.set(FILED["b"])
    filed = dossiers.submit(portal, OWNERS["b"], submission(portal, "b"), "key")
    assert [(line.id, line.amount) for line in filed.allowances] == [("funeral_social_assistance", 10_800_000)]
    clock.instant += timedelta(days=12)
    last = dossiers.get(portal, OWNERS["b"], filed.code)
    done = [(step.member, f"{step.at:%Y-%m-%d}") for step in last.history if step.status == "da_xu_ly_xong" and step.member]
    assert done == [("khai_tu", "2026-11-25"), ("xoa_thuong_tru", "2026-11-27"), ("mai_tang_phi", "2026-12-02")]
    assert last.status == "da_tra_ket_qua"
    assert last.allowances == filed.allowances
