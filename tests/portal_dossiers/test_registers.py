from __future__ import annotations

import pytest

from dvc_cli.domain.calendar import working_calendar
from dvc_cli.domain.filetypes import HEAD_BYTES, sniff
from dvc_cli.forms import Context, evaluate
from dvc_cli.portal.dossiers_check import given_of, judge
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.registers import is_training_number, known_facts, requester_block
from dvc_cli.procedures import procedure
from portal_dossiers.worked import FILED, OWNERS, at, submission

READ = {
    *("notification", "notification_birth_date", "mother", "mother_hometown_province", "father", "father_hometown_province", "marriage"),
}


def facts(portal: Portal, case: str, **changes: str) -> dict[str, str]:
    now = at(FILED[case])
    context = Context(on=now.date(), now=now, calendar=working_calendar())
    given = {**given_of(submission(case)), **changes}
    with portal.read() as connection:
        item = procedure("khai-sinh")
        found = known_facts(connection, evaluate(item.form, given, context), item.lookups)
    # Further facts of a person are offered at the questions; rules and papers read these.
    return {key: value for key, value in found.items() if key in READ}


def test_case_a_is_known_to_every_register(portal: Portal) -> None:
    assert facts(portal, "a") == {
        "notification": "found",
        "notification_birth_date": "2026-11-02",
        "mother": "found",
        "mother_hometown_province": "92",
        "father": "found",
        "father_hometown_province": "92",
        "marriage": "found",
    }


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("a", {"KS-W6", "KS-I8", "KS-E4"}),
        ("b", {"KS-D8", "KS-W6"}),
        ("c", {"KS-D2", "KS-W1", "KS-W6", "KS-E4"}),
    ],
)
def test_with_the_registers_the_worked_cases_have_the_problems_written_there_and_no_other(
    portal: Portal, case: str, expected: set[str]
) -> None:
    with portal.read() as connection:
        judged = judge(connection, OWNERS[case], submission(case), at(FILED[case]))
    assert {problem.code for problem in judged.assessment.problems} == expected


def test_a_typed_notification_is_not_looked_up_and_an_absent_father_neither(portal: Portal) -> None:
    assert facts(portal, "b") == {"mother": "found", "mother_hometown_province": "37"}


def test_what_the_registers_do_not_have_is_missing(portal: Portal) -> None:
    found = facts(portal, "a", father_id_number="092094999777", birth_notification_no="00499.GCS.99901.26", householder_is_father="false")
    assert (found["father"], found["marriage"], found["notification"]) == ("missing", "missing", "missing")
    assert "notification_birth_date" not in found


def test_a_notification_belongs_to_one_mother(portal: Portal) -> None:
    assert facts(portal, "a", birth_notification_mother_id="001301999003")["notification"] == "missing"


def test_the_requester_block_is_that_of_the_worked_example(portal: Portal) -> None:
    with portal.read() as connection:
        block = requester_block(connection, OWNERS["a"])
        assert requester_block(connection, "000000000000") == {}
    assert block == {
        "requester_full_name": "TRẦN THỊ MAI PHƯƠNG",
        "requester_id_number": "092196999001",
        "requester_birth_date": "1996-03-14",
        "requester_gender": "nu",
        "requester_id_issue_date": "2024-08-15",
        "requester_id_issue_place": "Bộ Công an",
        "requester_residence_type": "thuong_tru",
        "requester_country": "VN",
        "requester_province": "92",
        "requester_ward": "31120",
        "requester_address_detail": "12 đường Ví Dụ",
    }


@pytest.mark.parametrize(
    ("number", "accepted"),
    [("000190123456", True), ("092196999001", True), ("092196123999", False), ("099900123456", False), ("001190012345", False)],
)
def test_only_invented_numbers_are_for_training(number: str, accepted: bool) -> None:
    assert is_training_number(number) is accepted


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.4", "pdf"),
        (b"\xff\xd8\xff\xe0\x00\x10JF", "jpeg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\x89PNG\n\x1a\n..", None),
        (b"GIF89a..", None),
        (b" %PDF-1.", None),
        (b"\xff\xd8", None),
        (b"", None),
    ],
)
def test_a_file_is_what_its_content_says(head: bytes, kind: str | None) -> None:
    assert sniff(head[:HEAD_BYTES]) == kind
