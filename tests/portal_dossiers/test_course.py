from __future__ import annotations

from datetime import date, datetime

import pytest

from dvc_cli.data import choices
from dvc_cli.domain.dossier import FINAL_STATUSES
from dvc_cli.portal import dossiers
from dvc_cli.portal.offices import Course, status_of, steps, steps_until
from dvc_cli.portal.portal import Portal
from portal_dossiers.worked import FILED, OWNERS, MovableClock, at, submission

BIRTH = (("khai_sinh", date(2026, 11, 9)), ("thuong_tru", date(2026, 11, 11)), ("can_cuoc", None), ("bhyt", date(2026, 11, 11)))


def course(filed: str, counted_from: str, due_on: str, members: tuple[tuple[str, date | None], ...] = BIRTH) -> Course:
    return Course(at(filed), date.fromisoformat(counted_from), date.fromisoformat(due_on), members)


IN_HOURS = course("2026-11-09T09:30", "2026-11-09", "2026-11-12")


def statuses(filed: Course, now: str) -> tuple[str, ...]:
    history = steps_until(filed, at(now))
    return tuple(status_of(history, member) for member in (None, *(name for name, _due in filed.members)))


RECEIVED, WORKED_ON, DONE, HANDED_OVER = "duoc_tiep_nhan", "dang_xu_ly", "da_xu_ly_xong", "da_tra_ket_qua"


@pytest.mark.parametrize(
    ("now", "expected"),
    # The whole, then birth registration, residence, identity card, insurance card.
    [
        ("2026-11-09T09:30", (RECEIVED, RECEIVED, RECEIVED, RECEIVED, RECEIVED)),
        ("2026-11-09T10:00", (WORKED_ON, WORKED_ON, RECEIVED, RECEIVED, RECEIVED)),
        ("2026-11-09T15:59", (WORKED_ON, WORKED_ON, RECEIVED, RECEIVED, RECEIVED)),
        ("2026-11-09T16:00", (WORKED_ON, DONE, WORKED_ON, WORKED_ON, WORKED_ON)),
        ("2026-11-11T15:59", (WORKED_ON, DONE, WORKED_ON, WORKED_ON, WORKED_ON)),
        ("2026-11-11T16:00", (DONE, DONE, DONE, WORKED_ON, DONE)),
        ("2026-11-12T07:29", (DONE, DONE, DONE, WORKED_ON, DONE)),
        ("2026-11-12T07:30", (HANDED_OVER, HANDED_OVER, HANDED_OVER, WORKED_ON, HANDED_OVER)),
        ("2026-11-18T16:30", (HANDED_OVER, HANDED_OVER, HANDED_OVER, HANDED_OVER, HANDED_OVER)),
    ],
)
def test_a_dossier_filed_in_hours_moves_through_the_offices(now: str, expected: tuple[str, ...]) -> None:
    assert statuses(IN_HOURS, now) == expected


@pytest.mark.parametrize(
    ("filed", "counted_from", "before", "received"),
    [
        ("2026-11-09T06:00", "2026-11-09", "2026-11-09T07:29", "2026-11-09T07:30"),
        ("2026-11-12T15:20", "2026-11-13", "2026-11-13T07:29", "2026-11-13T07:30"),
        ("2026-11-14T10:00", "2026-11-16", "2026-11-16T07:29", "2026-11-16T07:30"),
    ],
)
def test_out_of_hours_it_waits_for_the_opening_of_the_day_it_is_counted_from(
    filed: str, counted_from: str, before: str, received: str
) -> None:
    waiting = course(filed, counted_from, "2026-11-20", (("khai_sinh", date.fromisoformat(counted_from)),))
    assert statuses(waiting, filed) == ("moi_dang_ky", "moi_dang_ky")
    assert statuses(waiting, before) == ("moi_dang_ky", "moi_dang_ky")
    assert statuses(waiting, received) == ("duoc_tiep_nhan", "duoc_tiep_nhan")


def test_filed_at_the_last_moment_of_the_day_it_is_still_registered_that_day() -> None:
    last = course("2026-11-09T15:00", "2026-11-09", "2026-11-12")
    assert statuses(last, "2026-11-09T16:00")[:2] == ("dang_xu_ly", "da_xu_ly_xong")


def test_with_a_member_due_on_the_last_day_the_result_is_handed_over_that_afternoon() -> None:
    members = (("khai_tu", date(2026, 10, 9)), ("xoa_thuong_tru", date(2026, 10, 13)), ("mai_tang_phi", date(2026, 10, 23)))
    death = course("2026-10-08T15:40", "2026-10-09", "2026-10-23", members)
    assert statuses(death, "2026-10-23T16:00") == ("da_xu_ly_xong", "da_xu_ly_xong", "da_xu_ly_xong", "da_xu_ly_xong")
    assert statuses(death, "2026-10-23T16:30") == ("da_tra_ket_qua", "da_tra_ket_qua", "da_tra_ket_qua", "da_tra_ket_qua")


def test_steps_are_of_the_national_set_in_order_of_time_and_end_in_a_final_status() -> None:
    known = {choice.code for choice in choices("dossier_status")}
    found = steps(IN_HOURS)
    assert {step.status for step in found} <= known
    assert [step.at for step in found] == sorted(step.at for step in found)
    assert all(status_of(found, member) in FINAL_STATUSES for member in (None, *(name for name, _due in BIRTH)))


def test_a_status_never_comes_back() -> None:
    for member in (None, *(name for name, _due in BIRTH)):
        seen = [step.status for step in steps(IN_HOURS) if step.member == member]
        assert len(seen) == len(set(seen)) == 5


def test_the_history_grows_with_the_clock_and_is_kept(portal: Portal, clock: MovableClock) -> None:
    filed = dossiers.submit(portal, OWNERS["a"], submission("a"), "key")
    assert (filed.status, {entry.status for entry in filed.history}) == ("duoc_tiep_nhan", {"moi_dang_ky", "duoc_tiep_nhan"})
    lengths = [len(filed.history)]
    for day in ("2026-11-09T17:00", "2026-11-11T17:00", "2026-11-12T09:30"):
        clock.set(day)
        found = dossiers.get(portal, OWNERS["a"], filed.code)
        assert [entry.at for entry in found.history] == sorted(entry.at for entry in found.history)
        assert all(entry.at <= clock.now() for entry in found.history)
        lengths.append(len(found.history))
    assert lengths == sorted(set(lengths))
    assert found.status == "da_tra_ket_qua"
    with portal.read() as connection:
        kept = connection.execute("SELECT status FROM dossiers").fetchone()["status"]
        members = {row["procedure"]: row["status"] for row in connection.execute("SELECT * FROM dossier_members")}
    assert kept == found.status
    assert members == {member.procedure: member.status for member in found.members}


def test_looking_once_at_the_end_tells_the_same_as_looking_every_day(portal: Portal, clock: MovableClock) -> None:
    often = dossiers.submit(portal, OWNERS["a"], submission("a"), "often")
    seldom = dossiers.submit(portal, OWNERS["a"], submission("a"), "seldom")
    for day in range(9, 21):
        clock.set(f"2026-11-{day:02d}T18:00")
        dossiers.get(portal, OWNERS["a"], often.code)
    ends = [dossiers.get(portal, OWNERS["a"], dossier.code).history for dossier in (often, seldom)]
    assert ends[0] == ends[1]


def test_a_clock_set_back_does_not_show_what_has_not_happened(portal: Portal, clock: MovableClock) -> None:
    filed = dossiers.submit(portal, OWNERS["a"], submission("a"), "key")
    clock.set("2026-11-20T09:00")
    assert dossiers.get(portal, OWNERS["a"], filed.code).status == "da_tra_ket_qua"
    clock.set(FILED["a"])
    assert dossiers.get(portal, OWNERS["a"], filed.code) == filed
    clock.set("2026-11-01T09:00")
    assert dossiers.get(portal, OWNERS["a"], filed.code).status == "moi_dang_ky"


def test_the_sandbox_time_moves_the_dossier(portal: Portal, clock: MovableClock) -> None:
    clock.set(FILED["b"])
    filed = dossiers.submit(portal, OWNERS["b"], submission("b"), "key")
    assert (filed.status, filed.history[0].at) == ("moi_dang_ky", datetime.fromisoformat("2026-11-12T15:20:00+07:00"))
    clock.set("2026-11-18T15:20")
    assert dossiers.list_for(portal, OWNERS["b"])[0].status == "da_tra_ket_qua"
