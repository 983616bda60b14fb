from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date

import pytest

from dvc_cli.domain.dossier import is_dossier_code
from dvc_cli.errors import NotFoundError, NotSupportedError, RefusedError
from dvc_cli.portal import dossiers
from dvc_cli.portal.portal import Portal
from portal_dossiers.worked import FILED, OWNERS, MovableClock, codes, count, file, submission, with_payload


@dataclass(frozen=True)
class Expected:
    """What a worked case tells of its dossier."""

    procedure_code: str
    counted_from: date
    due_on: date
    members: dict[str, date | None]
    fees: dict[str, int]


def november(day: int) -> date:
    return date(2026, 11, day)


WORKED = {
    "a": Expected(
        procedure_code="2.000987",
        counted_from=november(9),
        due_on=november(12),
        members={"khai_sinh": november(9), "thuong_tru": november(11), "can_cuoc": None, "bhyt": november(11)},
        fees={"registration": 0, "copies": 40_000, "residence": 0, "bhyt": 0, "identity_card": 0},
    ),
    "b": Expected(
        procedure_code="2.000986",
        counted_from=november(13),
        due_on=november(18),
        members={"khai_sinh": november(13), "thuong_tru": november(17), "bhyt": november(17)},
        fees={"registration": 0, "copies": 16_000, "residence": 0, "bhyt": 0},
    ),
    "c": Expected(
        procedure_code="2.000986",
        counted_from=november(16),
        due_on=november(19),
        members={"khai_sinh": november(16), "thuong_tru": november(18), "bhyt": november(18)},
        fees={"registration": 0, "late": 0, "copies": 0, "residence": 0, "bhyt": 0},
    ),
}


@pytest.mark.parametrize("case", WORKED)
def test_worked_cases_are_filed_with_their_days_and_fees(portal: Portal, clock: MovableClock, case: str) -> None:
    clock.set(FILED[case])
    filed = dossiers.submit(portal, OWNERS[case], submission(case), "key")
    members = {member.procedure: member.due_on for member in filed.members}
    fees = {fee.id: fee.amount for fee in filed.fees}
    assert Expected(filed.procedure_code, filed.counted_from, filed.due_on, members, fees) == WORKED[case]
    assert all(member.agency for member in filed.members)
    assert filed.filed_at == clock.now()


def test_the_electronic_notification_stands_in_for_the_paper(portal: Portal) -> None:
    filed = dossiers.submit(portal, OWNERS["a"], submission("a"), "key")
    assert [(paper.id, paper.state) for paper in filed.papers if paper.required] == [("birth_notification", "from_data")]


def test_the_code_has_the_real_pattern_with_the_filing_day_and_counts_on(portal: Portal) -> None:
    found = [dossiers.submit(portal, OWNERS["a"], submission("a"), f"key {turn}") for turn in range(3)]
    serials = [int(re.fullmatch(r"G22\.99\.08-261109-([0-9]{6})", dossier.code)[1]) for dossier in found]
    assert serials == [serials[0], serials[0] + 1, serials[0] + 2]
    assert all(is_dossier_code(dossier.code) for dossier in found)
    assert len({dossier.id for dossier in found}) == 3


def test_the_title_names_the_child(portal: Portal) -> None:
    assert dossiers.submit(portal, OWNERS["a"], submission("a"), "key").title == "NGUYỄN TRẦN AN NHIÊN"


def test_a_rule_that_says_no_refuses_and_nothing_is_kept(portal: Portal) -> None:
    with pytest.raises(RefusedError) as refused:
        dossiers.submit(portal, OWNERS["a"], submission("a", birth_office_ward="Phường Cái Răng"), "key")
    assert "KS-W2" in codes(refused)
    assert refused.value.exit_code == 4
    assert count(portal) == 0


def test_a_key_is_free_again_after_a_refusal(portal: Portal) -> None:
    with pytest.raises(RefusedError):
        dossiers.submit(portal, OWNERS["a"], submission("a", birth_office_ward="Phường Cái Răng"), "key")
    assert dossiers.submit(portal, OWNERS["a"], submission("a"), "key").code


def test_the_portal_judges_by_its_own_clock(portal: Portal, clock: MovableClock) -> None:
    clock.set("2027-01-20T09:00")
    with pytest.raises(RefusedError) as refused:
        dossiers.submit(portal, OWNERS["a"], submission("a"), "key")
    assert codes(refused) == ["KS-D2"]


def test_the_portal_looks_the_notification_up_itself(portal: Portal) -> None:
    with pytest.raises(RefusedError) as refused:
        dossiers.submit(portal, OWNERS["a"], submission("a", child_birth_date="2026-11-03", child_birth_date_words=""), "key")
    assert codes(refused) == ["KS-D4"]


def test_without_the_notification_in_the_register_the_paper_is_needed(portal: Portal) -> None:
    with pytest.raises(RefusedError) as refused:
        dossiers.submit(portal, OWNERS["a"], submission("a", birth_notification_no="00413.GCS.99901.26"), "key")
    assert codes(refused) == ["A-PAPER-MISSING"]


def test_a_warning_needs_its_reason(portal: Portal, clock: MovableClock) -> None:
    clock.set(FILED["c"])
    with pytest.raises(RefusedError) as refused:
        dossiers.submit(portal, OWNERS["c"], replace(submission("c"), acknowledge={}), "key")
    assert codes(refused) == ["KS-D2"]


def test_the_requester_is_the_person_of_the_session(portal: Portal) -> None:
    with pytest.raises(RefusedError) as refused:
        dossiers.submit(portal, "092094999002", submission("a"), "key")
    assert "A-REQUESTER" in codes(refused)


def test_without_the_pledge_nothing_is_filed(portal: Portal) -> None:
    with pytest.raises(RefusedError) as refused:
        dossiers.submit(portal, OWNERS["a"], replace(submission("a"), pledge=False), "key")
    assert codes(refused) == ["A-PLEDGE"]


def test_a_key_that_the_form_does_not_have_is_refused(portal: Portal) -> None:
    with pytest.raises(RefusedError) as refused:
        dossiers.submit(portal, OWNERS["a"], with_payload(submission("a"), {"child_name": "X"}), "key")
    assert codes(refused) == ["A-UNKNOWN-KEY"]


def test_a_form_of_another_version_is_refused(portal: Portal) -> None:
    with pytest.raises(RefusedError) as refused:
        dossiers.submit(portal, OWNERS["a"], replace(submission("a"), form_version="2024-07-01"), "key")
    assert codes(refused) == ["DK-FORM-VERSION"]


def test_a_procedure_that_the_portal_does_not_have_is_not_supported(portal: Portal) -> None:
    with pytest.raises(NotSupportedError) as refused:
        dossiers.submit(portal, OWNERS["a"], replace(submission("a"), procedure="ket-hon"), "key")
    assert codes(refused) == ["BE-NOT-SUPPORTED"]


def test_files_are_judged_by_their_content(portal: Portal, clock: MovableClock) -> None:
    clock.set(FILED["b"])
    sent = submission("b")
    fake = file(1, "birth_notification_scan", "giay-chung-sinh.pdf", b"MZ\x90\x00 not a paper")
    with pytest.raises(RefusedError) as refused:
        dossiers.submit(portal, OWNERS["b"], replace(sent, attachments=(fake, sent.attachments[1])), "key")
    assert codes(refused) == ["A-PAPER-TYPE"]


def test_a_row_of_files_over_the_limit_is_refused(portal: Portal, clock: MovableClock) -> None:
    clock.set(FILED["b"])
    sent = submission("b")
    large = file(1, "birth_notification_scan", "giay-chung-sinh.pdf", b"%PDF-" + bytes(2_600_000))
    with pytest.raises(RefusedError) as refused:
        dossiers.submit(portal, OWNERS["b"], replace(sent, attachments=(large, sent.attachments[1])), "key")
    assert codes(refused) == ["A-PAPER-SIZE"]


def test_a_file_that_did_not_arrive_whole_is_refused(portal: Portal, clock: MovableClock) -> None:
    clock.set(FILED["b"])
    sent = submission("b")
    cut = replace(sent.attachments[0], content=sent.attachments[0].content[:-3])
    with pytest.raises(RefusedError) as refused:
        dossiers.submit(portal, OWNERS["b"], replace(sent, attachments=(cut, sent.attachments[1])), "key")
    assert codes(refused) == ["BE-REFUSED"]
    assert "giay-chung-sinh.pdf" in refused.value.problems[0].message


def test_files_are_kept_with_size_kind_and_hash(portal: Portal, clock: MovableClock) -> None:
    clock.set(FILED["b"])
    sent = submission("b")
    dossiers.submit(portal, OWNERS["b"], sent, "key")
    with portal.read() as connection:
        rows = connection.execute("SELECT * FROM attachments ORDER BY position").fetchall()
    assert [(row["slot"], row["id"], row["kind"], row["size"]) for row in rows] == [
        (1, "birth_notification_scan", "pdf", len(sent.attachments[0].content)),
        (2, "ct01", "pdf", len(sent.attachments[1].content)),
    ]
    assert all(hashlib.sha256(row["content"]).hexdigest() == row["sha256"] for row in rows)


def test_dossiers_are_listed_newest_first_and_only_ones_own(portal: Portal, clock: MovableClock) -> None:
    first = dossiers.submit(portal, OWNERS["a"], submission("a"), "1")
    clock.set("2026-11-10T09:30")
    second = dossiers.submit(portal, OWNERS["a"], submission("a", child_given_name="NHI"), "2")
    assert [dossier.code for dossier in dossiers.list_for(portal, OWNERS["a"])] == [second.code, first.code]
    assert dossiers.list_for(portal, OWNERS["b"]) == ()


def test_a_dossier_is_found_by_its_code_by_its_owner_only(portal: Portal) -> None:
    filed = dossiers.submit(portal, OWNERS["a"], submission("a"), "key")
    assert dossiers.get(portal, OWNERS["a"], f" {filed.code.lower()} ") == filed
    for person, code in ((OWNERS["b"], filed.code), (OWNERS["a"], "G22.99.08-261109-000000"), (OWNERS["a"], "Đ\ud800")):
        with pytest.raises(NotFoundError) as refused:
            dossiers.get(portal, person, code)
        assert codes(refused) == ["BE-REFUSED"]
