from __future__ import annotations

from datetime import timedelta

from desk.desks import NOW

NUMBER, MASKED, PURPOSE = "000190012345", "000*******45", "nop-ho-so"


def test_a_receipt_is_found_by_its_code_and_the_newest_stands_first(desk):
    first = {"code": "G22.99-261102-000001", "members": [{"procedure": "a", "due_on": "2026-11-05"}], "fees": []}
    second = {"code": "G22.99-261102-000002", "members": []}
    desk.receipts.add(first, NOW)
    desk.receipts.add(second, NOW)
    assert desk.receipts.list() == (second, first)
    assert desk.receipts.get("G22.99-261102-000001") == first
    assert desk.receipts.get("G22.99-261102-000003") is None


def test_a_receipt_that_comes_again_is_replaced_and_a_deleted_one_is_gone(desk):
    desk.receipts.add({"code": "A", "status": "cho_tiep_nhan"}, NOW)
    desk.receipts.add({"code": "A", "status": "dang_xu_ly"}, NOW)
    assert desk.receipts.list() == ({"code": "A", "status": "dang_xu_ly"},)
    desk.receipts.delete("A")
    desk.receipts.delete("A")
    assert desk.receipts.list() == ()


def test_an_agreement_is_in_force_for_its_person_and_purpose_only(desk):
    subject, other = desk.consents.subject(NUMBER), desk.consents.subject("000190012346")
    given = desk.consents.record(subject, MASKED, PURPOSE, "Lê Văn A", NOW)
    assert (given.given, given.at, given.staff) == (True, NOW, "Lê Văn A")
    assert desk.consents.current(subject, PURPOSE) == given
    assert desk.consents.current(other, PURPOSE) is None
    assert desk.consents.current(subject, "other") is None


def test_a_withdrawal_is_an_entry_of_its_own_and_can_be_followed_by_a_new_agreement(desk):
    subject, later = desk.consents.subject(NUMBER), NOW + timedelta(hours=1)
    assert desk.consents.withdraw(subject, PURPOSE, "A", NOW) is None
    given = desk.consents.record(subject, MASKED, PURPOSE, "A", NOW)
    withdrawn = desk.consents.withdraw(subject, PURPOSE, "B", later)
    assert (withdrawn.given, withdrawn.subject_masked, withdrawn.at) == (False, MASKED, later)
    assert desk.consents.current(subject, PURPOSE) is None
    assert desk.consents.list() == (withdrawn, given)
    again = desk.consents.record(subject, MASKED, PURPOSE, "A", later)
    assert desk.consents.current(subject, PURPOSE) == again


def test_the_subject_does_not_tell_the_number(desk):
    assert desk.consents.subject(NUMBER) == desk.consents.subject(NUMBER)
    assert NUMBER not in desk.consents.subject(NUMBER)
