"""An office asks, refuses or finishes; the citizen answers within seven working days, or withdraws before there is a result."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dvc_cli.contract.values import Dossier
from dvc_cli.errors import ConflictError, NotFoundError, RefusedError, UsageError
from dvc_cli.portal import dossiers, dossiers_changes, dossiers_office
from dvc_cli.portal.dossiers_events import Asked
from dvc_cli.portal.portal import Portal
from portal_dossiers.worked import FILED, OWNERS, MovableClock, codes, file, submission

NAME = Asked(fields=("child_given_name",))
SCAN = Asked(papers=("birth_notification_scan",))


@pytest.fixture
def filed(portal: Portal) -> Dossier:
    """Case A: Monday 09/11/2026 09:30, due Thursday 12/11."""
    return dossiers.submit(portal, OWNERS["a"], submission("a"), "key")


def now(portal: Portal, filed: Dossier) -> Dossier:
    return dossiers.get(portal, OWNERS["a"], filed.code)


def answer(portal: Portal, filed: Dossier, key: str = "s1", **changes: str) -> Dossier:
    return dossiers_changes.supplement(portal, OWNERS["a"], filed.code, replace(submission("a", **changes), attachments=()), key)


def test_what_the_office_asks_for_stands_in_the_dossier_with_the_last_day(portal: Portal, clock: MovableClock, filed: Dossier) -> None:
    clock.set("2026-11-09T11:00")
    asked = dossiers_office.ask(portal, filed.code, Asked(("child_given_name",), ("ct01",)), "Tên chưa rõ dấu")
    assert asked.status == "yeu_cau_bo_sung"
    assert asked.request is not None
    assert (asked.request.fields, asked.request.papers, asked.request.note) == (("child_given_name",), ("ct01",), "Tên chưa rõ dấu")
    assert asked.request.answer_by == date(2026, 11, 18)  # Tue 10 to Wed 18: seven working days
    assert now(portal, filed) == asked
    assert [entry.note for entry in asked.history if entry.status == "yeu_cau_bo_sung"] == ["Tên chưa rõ dấu"]


def test_holidays_stretch_the_seven_days(portal: Portal, clock: MovableClock, filed: Dossier) -> None:
    clock.set("2026-11-09T11:00")
    dossiers_office.finish(portal, filed.code)
    clock.set("2026-11-20T09:00")
    other = dossiers.submit(portal, OWNERS["a"], submission("a", child_given_name="NHI"), "other")
    asked = dossiers_office.ask(portal, other.code, NAME)
    assert asked.request is not None
    assert asked.request.answer_by == date(2026, 12, 2)  # 24/11 is a holiday


def test_while_it_waits_the_course_stands_still_and_then_goes_on_later(portal: Portal, clock: MovableClock, filed: Dossier) -> None:
    clock.set("2026-11-09T11:00")
    dossiers_office.ask(portal, filed.code, NAME)
    clock.set("2026-11-12T18:00")
    assert (now(portal, filed).status, now(portal, filed).members[0].status) == ("yeu_cau_bo_sung", "dang_xu_ly")
    clock.set("2026-11-11T10:00")
    mended = answer(portal, filed, child_given_name="NHI")
    assert (mended.status, mended.request, mended.title) == ("dang_xu_ly", None, "NGUYỄN TRẦN AN NHI")
    # Two working days were waited for: they do not count.
    assert mended.due_on == date(2026, 11, 16)
    assert [member.due_on for member in mended.members] == [date(2026, 11, 11), date(2026, 11, 13), None, date(2026, 11, 13)]
    clock.set("2026-11-16T18:00")
    assert now(portal, filed).status == "da_tra_ket_qua"
    history = now(portal, filed).history
    assert [entry.at for entry in history] == sorted(entry.at for entry in history)


def test_what_was_done_before_the_request_stays_done(portal: Portal, clock: MovableClock, filed: Dossier) -> None:
    clock.set("2026-11-10T09:00")
    dossiers_office.ask(portal, filed.code, SCAN)
    clock.set("2026-11-12T09:00")
    mended = dossiers_changes.supplement(
        portal,
        OWNERS["a"],
        filed.code,
        replace(submission("a"), attachments=(file(1, "birth_notification_scan", "gcs.pdf"),)),
        "s1",
    )
    assert (mended.members[0].status, mended.members[0].due_on) == ("da_xu_ly_xong", date(2026, 11, 9))
    assert ("birth_notification_scan", "attached") in {(paper.id, paper.state) for paper in mended.papers}
    held = dossiers_changes.filed_answers(portal, OWNERS["a"], filed.code)
    assert [(one.id, one.name) for one in held.attachments] == [("birth_notification_scan", "gcs.pdf")]


def test_a_new_file_takes_the_place_of_that_paper_only(portal: Portal, clock: MovableClock) -> None:
    clock.set("2026-11-12T09:00")
    filed = dossiers.submit(portal, OWNERS["b"], submission("b"), "key")
    dossiers_office.ask(portal, filed.code, SCAN, "Bản chụp mờ")
    clear = file(1, "birth_notification_scan", "ro.pdf", b"%PDF-1.7\n ro hon \n")
    sent = replace(submission("b"), attachments=(clear,))
    dossiers_changes.supplement(portal, OWNERS["b"], filed.code, sent, "s1")
    held = dossiers_changes.filed_answers(portal, OWNERS["b"], filed.code)
    assert {(one.id, one.name) for one in held.attachments} == {("birth_notification_scan", "ro.pdf"), ("ct01", "ct01-ky.pdf")}


def test_a_request_without_an_answer_ends_in_refusal_after_its_last_day(portal: Portal, clock: MovableClock, filed: Dossier) -> None:
    clock.set("2026-11-09T11:00")
    dossiers_office.ask(portal, filed.code, NAME)
    clock.set("2026-11-18T23:59:59")
    assert now(portal, filed).status == "yeu_cau_bo_sung"
    clock.set("2026-11-19T00:00")
    lapsed = now(portal, filed)
    assert (lapsed.status, lapsed.request) == ("khong_tiep_nhan", None)
    assert {member.status for member in lapsed.members} == {"khong_tiep_nhan"}
    with pytest.raises(RefusedError, match="BE-REFUSED") as refused:
        answer(portal, filed, child_given_name="NHI")
    assert "quá hạn" in refused.value.problems[0].message
    clock.set("2026-12-31T09:00")
    assert now(portal, filed).history == lapsed.history


def test_at_the_last_second_an_answer_still_counts(portal: Portal, clock: MovableClock, filed: Dossier) -> None:
    clock.set("2026-11-09T11:00")
    dossiers_office.ask(portal, filed.code, NAME)
    clock.set("2026-11-18T23:59:59")
    assert answer(portal, filed, child_given_name="NHI").status == "dang_xu_ly"


def test_the_same_supplement_twice_is_one(portal: Portal, clock: MovableClock, filed: Dossier) -> None:
    dossiers_office.ask(portal, filed.code, NAME)
    once = answer(portal, filed, child_given_name="NHI")
    clock.set("2026-11-09T10:00")
    assert answer(portal, filed, child_given_name="NHI").history[: len(once.history)] == once.history
    with pytest.raises(ConflictError):
        answer(portal, filed, child_given_name="NHIÊN")
    with pytest.raises(RefusedError, match="BE-REFUSED"):
        answer(portal, filed, "s2", child_given_name="NHIÊN")


def test_a_supplement_is_judged_as_the_filing_was(portal: Portal, clock: MovableClock, filed: Dossier) -> None:
    clock.set("2026-11-10T11:00")
    dossiers_office.ask(portal, filed.code, NAME)
    with pytest.raises(RefusedError) as refused:
        answer(portal, filed, child_given_name="NHI 2")
    assert codes(refused) == ["KS-N1"]
    with pytest.raises(RefusedError) as refused:
        answer(portal, filed, want_identity_card="false")
    assert codes(refused) == ["BE-REFUSED"]
    assert now(portal, filed).request is not None


def test_an_office_can_ask_again_after_an_answer(portal: Portal, clock: MovableClock, filed: Dossier) -> None:
    dossiers_office.ask(portal, filed.code, NAME)
    with pytest.raises(RefusedError):
        dossiers_office.ask(portal, filed.code, NAME)
    answer(portal, filed, child_given_name="NHI")
    clock.set("2026-11-09T14:00")
    assert dossiers_office.ask(portal, filed.code, SCAN).status == "yeu_cau_bo_sung"
    assert answer(portal, filed, "s2", child_given_name="NHI").status == "dang_xu_ly"


@pytest.mark.parametrize(
    ("asked", "code", "error"),
    [
        (Asked(), "A-USAGE", UsageError),
        (Asked(fields=("child_name",)), "A-UNKNOWN-KEY", UsageError),
        (Asked(fields=("requester_full_name",)), "A-UNKNOWN-KEY", UsageError),
        (Asked(papers=("giay_la",)), "A-CHOICE", RefusedError),
    ],
)
def test_an_office_asks_for_what_the_form_has(portal: Portal, filed: Dossier, asked: Asked, code: str, error: type[Exception]) -> None:
    with pytest.raises(error) as refused:
        dossiers_office.ask(portal, filed.code, asked)
    assert codes(refused) == [code]


def test_an_office_refuses_or_finishes_what_is_open(portal: Portal, clock: MovableClock, filed: Dossier) -> None:
    other = dossiers.submit(portal, OWNERS["a"], submission("a", child_given_name="NHI"), "other")
    clock.set("2026-11-09T17:00")  # birth registration is done
    refused = dossiers_office.refuse(portal, filed.code, "Sai nơi đăng ký")
    assert (refused.status, [member.status for member in refused.members][:2]) == ("khong_tiep_nhan", ["da_xu_ly_xong", "khong_tiep_nhan"])
    assert refused.history[-1].at == clock.now()
    finished = dossiers_office.finish(portal, other.code)
    assert (finished.status, {member.status for member in finished.members}) == ("da_tra_ket_qua", {"da_tra_ket_qua"})
    for closed in (filed.code, other.code):
        for act in (dossiers_office.refuse, dossiers_office.finish):
            with pytest.raises(RefusedError):
                act(portal, closed)
    with pytest.raises(NotFoundError):
        dossiers_office.finish(portal, "G22.99.08-261109-000000")


def test_a_dossier_is_withdrawn_once_and_then_stopped(portal: Portal, clock: MovableClock, filed: Dossier) -> None:
    clock.set("2026-11-09T11:00")
    withdrawn = dossiers_changes.withdraw(portal, OWNERS["a"], filed.code)
    assert withdrawn.status == "yeu_cau_rut"
    assert dossiers_changes.withdraw(portal, OWNERS["a"], filed.code) == withdrawn
    clock.set("2026-11-20T09:00")
    stopped = dossiers_changes.withdraw(portal, OWNERS["a"], filed.code)
    assert (stopped.status, {member.status for member in stopped.members}) == ("dung_xu_ly", {"dung_xu_ly"})
    with pytest.raises(RefusedError):
        dossiers_office.ask(portal, filed.code, NAME)


def test_a_dossier_that_waits_can_be_withdrawn(portal: Portal, clock: MovableClock, filed: Dossier) -> None:
    dossiers_office.ask(portal, filed.code, NAME)
    assert dossiers_changes.withdraw(portal, OWNERS["a"], filed.code).status == "yeu_cau_rut"
    clock.set("2026-12-20T09:00")
    assert now(portal, filed).status == "dung_xu_ly"


@pytest.mark.parametrize("when", ["2026-11-11T16:00", "2026-11-12T09:00"])
def test_once_there_are_results_nothing_is_withdrawn(portal: Portal, clock: MovableClock, filed: Dossier, when: str) -> None:
    clock.set(when)
    with pytest.raises(RefusedError) as refused:
        dossiers_changes.withdraw(portal, OWNERS["a"], filed.code)
    assert codes(refused) == ["BE-REFUSED"]


def test_nobody_else_sees_answers_or_withdraws(portal: Portal, filed: Dossier) -> None:
    for act in (dossiers_changes.filed_answers, dossiers_changes.withdraw):
        with pytest.raises(NotFoundError):
            act(portal, OWNERS["b"], filed.code)


def test_looking_every_day_or_once_tells_the_same(portal: Portal, clock: MovableClock) -> None:
    both = [dossiers.submit(portal, OWNERS["a"], submission("a"), key) for key in ("often", "seldom")]
    for filed in both:
        dossiers_office.ask(portal, filed.code, NAME)
    clock.set("2026-11-11T09:00")
    for filed in both:
        answer(portal, filed, child_given_name="NHI")
    for day in range(11, 25):
        clock.set(f"2026-11-{day:02d}T18:00")
        now(portal, both[0])
    assert now(portal, both[0]).history == now(portal, both[1]).history


def test_a_dossier_filed_out_of_hours_may_be_asked_about_before_it_is_received(portal: Portal, clock: MovableClock) -> None:
    clock.set(FILED["b"])
    filed = dossiers.submit(portal, OWNERS["b"], submission("b"), "key")
    assert filed.status == "moi_dang_ky"
    dossiers_office.ask(portal, filed.code, NAME)
    clock.set("2026-11-12T15:30")
    sent = replace(submission("b", child_given_name="KHÔI NGUYÊN"), attachments=())
    assert dossiers_changes.supplement(portal, OWNERS["b"], filed.code, sent, "s1").status == "dang_xu_ly"
    clock.set("2026-11-30T09:00")
    assert dossiers.get(portal, OWNERS["b"], filed.code).status == "da_tra_ket_qua"


def test_a_clock_set_back_does_not_lose_the_request(portal: Portal, clock: MovableClock, filed: Dossier) -> None:
    clock.set("2026-11-20T09:00")
    assert now(portal, filed).status == "da_tra_ket_qua"
    clock.set("2026-11-09T11:00")
    assert dossiers_office.ask(portal, filed.code, NAME).status == "yeu_cau_bo_sung"
    clock.set("2026-11-10T09:00")
    assert answer(portal, filed, child_given_name="NHI").status == "dang_xu_ly"
