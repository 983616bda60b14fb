"""The overview: every dossier that is not over stands in exactly one place."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desk.desks import NOW, receipt
from dvc_cli.desk import Unsent
from dvc_cli.domain.dossier import MemberLine, waits_for

TODAY = NOW.date()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def codes(group):
    assert group.count >= len(group.receipts)
    return [each.code for each in group.receipts]


def test_an_empty_desk_has_nothing_to_do(desk):
    found = desk.overview(NOW)
    assert (found.day, found.drafts, found.unsent) == (TODAY, (), ())
    assert [group.count for group in (found.overdue, found.due_today, found.with_citizen, found.with_office)] == [0, 0, 0, 0]


def test_what_was_filed_stands_by_whose_step_is_next_and_by_its_day(desk):
    for code, status, due in (
        ("LATE", "dang_xu_ly", YESTERDAY),
        ("LATER", "duoc_tiep_nhan", date(2026, 10, 1)),
        ("TODAY", "dang_xu_ly", TODAY),
        ("SOON", "moi_dang_ky", TOMORROW),
        ("PAPERS", "yeu_cau_bo_sung", YESTERDAY),
        ("FETCH", "da_xu_ly_xong", TODAY),
        ("OVER", "da_tra_ket_qua", YESTERDAY),
        ("STOPPED", "dung_xu_ly", TODAY),
    ):
        desk.receipts.add(receipt(code, status=status, due_on=due))
    found = desk.overview(NOW)
    assert codes(found.overdue) == ["LATER", "LATE"]
    assert codes(found.due_today) == ["TODAY"]
    assert codes(found.with_office) == ["SOON"]
    assert codes(found.with_citizen) == ["PAPERS", "FETCH"]


def test_the_counts_count_what_the_limit_leaves_out(desk):
    for number in range(5):
        desk.receipts.add(receipt(f"A{number}", due_on=YESTERDAY))
    found = desk.overview(NOW, limit=2).overdue
    assert (found.count, codes(found)) == (5, ["A0", "A1"])


def test_a_draft_that_waits_in_the_outbox_is_no_open_draft(desk):
    open_, sent = (desk.drafts.create("khai-sinh", "1", "sandbox", NOW) for _draft in range(2))
    desk.outbox.begin(Unsent(sent.id, "khai-sinh", "sandbox", "key", NOW, NOW), NOW)
    found = desk.overview(NOW)
    assert [draft.id for draft in found.drafts] == [open_.id]
    assert [(entry.id, entry.state) for entry in found.unsent] == [(sent.id, "sending")]


@pytest.mark.parametrize(
    ("status", "members", "whose"),
    [
        ("dang_xu_ly", ("dang_xu_ly", None), "office"),
        ("dang_xu_ly", ("yeu_cau_nop_phi", "dang_xu_ly"), "citizen"),
        ("dang_xu_ly", ("da_xu_ly_xong", "dang_xu_ly"), "office"),
        ("da_xu_ly_xong", ("da_xu_ly_xong", "da_xu_ly_xong"), "citizen"),
        ("khong_tiep_nhan", ("yeu_cau_bo_sung",), "nobody"),
    ],
)
def test_one_member_that_calls_the_citizen_is_enough_and_one_that_is_finished_is_not(status, members, whose):
    assert waits_for(status, [MemberLine("khai_sinh", "", each, None) for each in members]) == whose
