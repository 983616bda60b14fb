from __future__ import annotations

from datetime import timedelta

from desk.desks import NOW, dossier, receipt
from dvc_cli.desk.receipt import reduce_receipt
from dvc_cli.desk.receipts import changed, seen

S1, S2, X, Y, Z = (letter * 32 for letter in "12abc")
NUMBER, MASKED, PURPOSE = "000190012345", "000*******45", "nop-ho-so"


def test_a_receipt_is_found_by_its_code_and_the_newest_stands_first(desk):
    first, second = receipt("G22.99-261102-000001"), receipt("G22.99-261102-000002")
    desk.receipts.add(first)
    desk.receipts.add(second)
    assert desk.receipts.list() == (second, first)
    assert desk.receipts.list(limit=1) == (second,)
    assert desk.receipts.get(" g22.99-261102-000001") == first
    assert desk.receipts.get("G22.99-261102-000003") is None


def test_a_receipt_that_comes_again_is_replaced_and_a_deleted_one_is_gone(desk):
    desk.receipts.add(receipt("A", status="duoc_tiep_nhan"))
    desk.receipts.add(receipt("A", status="dang_xu_ly"))
    assert desk.receipts.list() == (receipt("A", status="dang_xu_ly"),)
    desk.receipts.delete("A")
    desk.receipts.delete("A")
    assert desk.receipts.list() == ()


def test_a_receipt_is_found_by_person_and_by_likeness_and_not_when_it_has_gone(desk):
    mine, other = receipt("A", subject=S1, likeness=(X, Y)), receipt("B", subject=S2, likeness=(Y,))
    desk.receipts.add(mine)
    desk.receipts.add(other)
    assert desk.receipts.of_subject(S1) == (mine,)
    assert desk.receipts.of_subject("") == ()
    assert desk.receipts.like((X, Z)) == (mine,)
    assert desk.receipts.like((X, Y)) == (other, mine)
    desk.receipts.delete("A")
    assert desk.receipts.like((X,)) == ()


def test_what_the_backend_tells_later_is_kept_with_its_instant(desk):
    desk.receipts.add(receipt("A"))
    later = NOW + timedelta(days=1)
    desk.receipts.change("a", lambda found: seen(found, "da_xu_ly_xong", ("da_xu_ly_xong", None), later))
    assert desk.receipts.change("B", lambda found: found) is None
    found = desk.receipts.get("A")
    assert (found.dossier.status, found.dossier.members[0].status, found.seen_at, found.waits_for) == (
        "da_xu_ly_xong",
        "da_xu_ly_xong",
        later,
        "citizen",
    )


def test_a_reduced_receipt_keeps_code_dates_and_statuses_and_nobodys_name(desk):
    full = receipt("A", subject=S1, title="NGUYỄN VĂN VÍ DỤ")
    reduced = reduce_receipt(full)
    desk.receipts.add(reduced)
    kept = desk.receipts.get("A")
    assert kept == reduced == reduce_receipt(reduced)
    assert (kept.dossier.code, kept.dossier.due_on, kept.dossier.members[0].due_on) == ("A", full.dossier.due_on, full.dossier.due_on)
    assert (kept.dossier.title, kept.dossier.id, kept.dossier.members[0].agency, kept.dossier.papers) == ("N*** V*** V*** D***", "", "", ())


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


def test_a_supplement_renews_the_receipt_but_brings_nothing_of_the_citizen_back():
    told = dossier("A", status="yeu_cau_rut", due_on=NOW.date() + timedelta(days=9), title="NGUYỄN VĂN VÍ DỤ")
    kept = receipt("A")
    assert changed(kept, told, NOW).dossier == told
    gone = changed(reduce_receipt(kept), told, NOW)
    assert (gone.dossier.status, gone.dossier.due_on, gone.reduced) == ("yeu_cau_rut", told.due_on, True)
    assert gone.dossier.title == reduce_receipt(kept).dossier.title != told.title
