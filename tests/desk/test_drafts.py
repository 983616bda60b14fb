from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.desks import NOW, Keeper, desk_in
from dvc_cli.domain.dossier import AttachmentFile
from dvc_cli.errors import StoreError, UsageError

PDF = b"%PDF-1.7 giay chung sinh"


def new_draft(desk):
    return desk.drafts.create("khai-sinh", "2026-07", "sandbox", NOW)


def code_of(call):
    with pytest.raises((UsageError, StoreError)) as caught:
        call()
    return caught.value.problems[0].code


def test_a_new_draft_is_empty_and_has_its_idempotency_key(desk):
    draft = new_draft(desk)
    assert (draft.procedure, draft.form_version, draft.backend, draft.state) == ("khai-sinh", "2026-07", "sandbox", "open")
    assert (draft.answers, draft.attachments, draft.acknowledge, draft.pledge) == ({}, (), {}, False)
    assert (draft.created_at, draft.updated_at) == (NOW, NOW)
    assert len(draft.idempotency_key) == 32
    assert desk.drafts.get(draft.id) == draft


def test_ids_are_short_ascii_and_never_the_same(desk):
    ids = {new_draft(desk).id for _draft in range(50)}
    assert len(ids) == 50
    assert all(len(found) == 8 and set(found) <= set("0123456789abcdefghjkmnpqrstvwxyz") for found in ids)


def test_an_id_is_found_as_a_person_reads_it(desk):
    draft = new_draft(desk)
    assert desk.drafts.get(f" {draft.id.upper().replace('0', 'O').replace('1', 'L')} ").id == draft.id


def test_an_unknown_id_is_a_usage_error(desk):
    for call in (
        lambda: desk.drafts.get("zzzzzzzz"),
        lambda: desk.drafts.delete("zzzzzzzz"),
        lambda: desk.drafts.save_answer("zzzzzzzz", "a", "b", NOW),
        lambda: desk.drafts.attach("zzzzzzzz", 1, "a", "a.pdf", PDF, NOW),
        lambda: desk.drafts.get("../../etc"),
    ):
        with pytest.raises(UsageError) as caught:
            call()
        assert (caught.value.problems[0].code, caught.value.exit_code) == ("DK-DRAFT-NOT-FOUND", 2)


def test_an_answer_is_kept_replaced_and_taken_out(desk):
    draft = new_draft(desk)
    later = NOW + timedelta(minutes=1)
    desk.drafts.save_answer(draft.id, "child_surname", "Nguyễn", NOW)
    desk.drafts.save_answer(draft.id, "members", ("a", "b"), NOW)
    desk.drafts.save_answer(draft.id, "child_surname", "Trần", later)
    saved = desk.drafts.get(draft.id)
    assert saved.answers == {"child_surname": "Trần", "members": ("a", "b")}
    assert (saved.created_at, saved.updated_at) == (NOW, later)
    desk.drafts.save_answer(draft.id, "child_surname", None, later)
    desk.drafts.save_answer(draft.id, "never_given", None, later)
    assert desk.drafts.get(draft.id).answers == {"members": ("a", "b")}


def test_the_newest_draft_stands_first_even_in_the_same_second(desk):
    first, second = new_draft(desk), new_draft(desk)
    assert [draft.id for draft in desk.drafts.list()] == [second.id, first.id]
    desk.drafts.save_answer(first.id, "a", "b", NOW)
    assert [draft.id for draft in desk.drafts.list()] == [first.id, second.id]


def test_update_writes_everything_but_what_makes_the_draft_itself(desk):
    draft = desk.drafts.save_answer(new_draft(desk).id, "a", "b", NOW)
    edited = replace(draft, acknowledge={"KS-N2": "cha mẹ đã chọn"}, pledge=True, state="filed", title="A", idempotency_key="other")
    desk.drafts.update(edited, NOW)
    found = desk.drafts.get(draft.id)
    assert (found.acknowledge, found.pledge, found.state, found.title) == ({"KS-N2": "cha mẹ đã chọn"}, True, "filed", "A")
    assert (found.answers, found.idempotency_key) == ({"a": "b"}, draft.idempotency_key)


def test_update_of_a_draft_that_was_changed_meanwhile_undoes_nothing(desk):
    stale = new_draft(desk)
    desk.drafts.save_answer(stale.id, "a", "b", NOW)
    assert code_of(lambda: desk.drafts.update(replace(stale, pledge=True), NOW)) == "DK-LOCKED"
    assert desk.drafts.get(stale.id).answers == {"a": "b"}


def test_a_change_that_fails_changes_nothing(desk):
    draft = new_draft(desk)

    def edit(_draft):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        desk.drafts.change(draft.id, edit, NOW)
    assert desk.drafts.get(draft.id) == draft
    desk.drafts.save_answer(draft.id, "a", "b", NOW)


def test_an_attached_file_is_kept_with_its_facts(desk):
    draft = new_draft(desk)
    attached = desk.drafts.attach(draft.id, 2, "giay_chung_sinh", "giấy.pdf", PDF, NOW)
    assert (attached.slot, attached.id, attached.name, attached.size, attached.kind) == (2, "giay_chung_sinh", "giấy.pdf", len(PDF), "pdf")
    assert desk.drafts.get(draft.id).attachments == (attached,)
    assert desk.drafts.read_blob(attached.sha256) == PDF


def test_a_file_that_is_nothing_known_is_attached_without_a_kind(desk):
    draft = new_draft(desk)
    assert desk.drafts.attach(draft.id, 1, "a", "a.pdf", b"MZ", NOW).kind is None
    assert desk.drafts.get(draft.id).attachments[0] == AttachmentFile(
        1, "a", "a.pdf", 2, None, desk.drafts.get(draft.id).attachments[0].sha256
    )


def test_attaching_the_same_again_is_once_and_another_slot_is_twice(desk):
    draft = new_draft(desk)
    for slot in (1, 1, 2):
        desk.drafts.attach(draft.id, slot, "a", "a.pdf", PDF, NOW)
    assert [item.slot for item in desk.drafts.get(draft.id).attachments] == [1, 2]


def test_a_file_goes_with_the_last_draft_that_uses_it(desk):
    one, two = new_draft(desk), new_draft(desk)
    shared = desk.drafts.attach(one.id, 1, "a", "a.pdf", PDF, NOW)
    own = desk.drafts.attach(one.id, 1, "b", "b.pdf", PDF + b"b", NOW)
    desk.drafts.attach(two.id, 1, "a", "a.pdf", PDF, NOW)
    desk.drafts.delete(one.id)
    assert code_of(lambda: desk.drafts.get(one.id)) == "DK-DRAFT-NOT-FOUND"
    assert code_of(lambda: desk.drafts.read_blob(own.sha256)) == "DK-STORE-CORRUPT"
    assert desk.drafts.read_blob(shared.sha256) == PDF
    desk.drafts.detach(two.id, shared, NOW)
    assert desk.drafts.get(two.id).attachments == ()
    assert code_of(lambda: desk.drafts.read_blob(shared.sha256)) == "DK-STORE-CORRUPT"


@given(
    key=st.text(min_size=1, max_size=20),
    value=st.one_of(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=4).map(tuple)),
)
def test_any_text_comes_back_as_it_was(key, value):
    with desk_in("/nowhere", Keeper(), memory=True) as desk:
        draft = new_draft(desk)
        desk.drafts.save_answer(draft.id, key, value, NOW)
        assert desk.drafts.get(draft.id).answers == {key: value}
