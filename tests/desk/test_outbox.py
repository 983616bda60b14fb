"""The outbox keeps a dossier with its one key until it is taken; the pause between two tries grows and is the entry's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.desks import NOW
from dvc_cli.desk import Unsent
from dvc_cli.desk.outbox import LONGEST_PAUSE, is_due, pause_after
from dvc_cli.errors import UsageError

ENTRY = Unsent("d1", "khai-sinh", "sandbox", "key", NOW, NOW, "NGUYỄN AN", "subject", submission={"payload": {"a": ["b"]}}, draft_version=3)
LATER = NOW + timedelta(minutes=5)


def test_an_attempt_is_written_before_it_is_made_and_counted(desk):
    begun = desk.outbox.begin(ENTRY, NOW)
    assert (begun.state, begun.tries, begun.submission) == ("sending", 1, {"payload": {"a": ["b"]}})
    again = desk.outbox.begin(ENTRY, LATER)
    assert (again.tries, again.created_at, again.updated_at) == (2, NOW, LATER)
    assert desk.outbox.get("D1 ") == again


def test_how_an_attempt_ended_is_kept_and_an_entry_that_has_gone_stays_gone(desk):
    desk.outbox.begin(ENTRY, NOW)
    edited = desk.outbox.settle("d1", lambda entry: replace(entry, state="queued", reason_code="BE-UNREACHABLE", next_try_at=LATER), NOW)
    assert desk.outbox.list() == (edited,)
    desk.outbox.remove("d1")
    desk.outbox.remove("d1")
    assert desk.outbox.settle("d1", lambda entry: entry, NOW) is None
    assert desk.outbox.list() == ()
    with pytest.raises(UsageError) as caught:
        desk.outbox.get("d1")
    assert caught.value.problems[0].code == "DK-DRAFT-NOT-FOUND"


def test_the_oldest_stands_first(desk):
    desk.outbox.begin(replace(ENTRY, id="d2"), LATER)
    desk.outbox.begin(ENTRY, NOW)
    assert [entry.id for entry in desk.outbox.list()] == ["d1", "d2"]


@given(st.integers(1, 500), st.text(max_size=20))
def test_the_pause_grows_to_the_longest_and_is_the_same_whenever_it_is_asked_for(tries, key):
    entry = replace(ENTRY, tries=tries, idempotency_key=key)
    pause = pause_after(entry)
    full = min(timedelta(seconds=30) * 2 ** (min(tries, 20) - 1), LONGEST_PAUSE)
    assert full * 0.66 <= pause <= full
    assert pause_after(entry) == pause


def test_entries_that_failed_together_do_not_come_together():
    assert len({pause_after(replace(ENTRY, tries=8, idempotency_key=f"key{number}")) for number in range(50)}) > 40


def test_an_entry_is_due_at_its_instant_and_a_clock_that_was_set_back_keeps_none_waiting():
    waiting = replace(ENTRY, state="queued", next_try_at=LATER)
    assert [is_due(waiting, at) for at in (NOW, LATER, LATER - timedelta(days=1))] == [False, True, True]
    assert [is_due(replace(waiting, state=state), LATER) for state in ("sending", "rejected", "needs_you")] == [True, False, False]
