from __future__ import annotations

import stat
from dataclasses import replace
from datetime import timedelta

import pytest

from desk.desks import NOW, paths_in
from dvc_cli.desk import Pending, SessionFacts, open_facts
from dvc_cli.errors import StoreError

PENDING = Pending("ch-1", "register", "sandbox", "091****678", "000*******45", NOW)
FACTS = SessionFacts(
    "r1", "sandbox", "000*******45", "N*** A*", "portal", "M2", NOW + timedelta(hours=1), NOW + timedelta(hours=8), "file", "abc"
)


@pytest.fixture(params=["on the disk", "in memory"])
def facts(request, tmp_path):
    return open_facts(paths_in(tmp_path), memory=request.param == "in memory")


def test_what_waits_is_listed_with_the_newest_code_first(facts):
    newer = replace(PENDING, id="ch-2", sent_at=NOW + timedelta(minutes=1))
    other = replace(PENDING, id="ch-3", backend="http", sent_at=NOW - timedelta(minutes=1))
    for pending in (newer, PENDING, other):
        facts.waiting.add(pending)
    assert facts.waiting.list() == (newer, PENDING, other)
    assert facts.waiting.list("sandbox") == (newer, PENDING)
    assert facts.waiting.get("ch-1") == PENDING


def test_of_two_codes_sent_in_the_same_second_the_later_added_is_newer(facts):
    facts.waiting.add(PENDING)
    facts.waiting.add(replace(PENDING, id="ch-0"))
    assert [pending.id for pending in facts.waiting.list()] == ["ch-0", "ch-1"]


def test_a_code_sent_again_replaces_and_a_verified_one_stays(facts):
    facts.waiting.add(PENDING)
    facts.waiting.add(replace(PENDING, sent_at=NOW + timedelta(seconds=40)))
    facts.waiting.mark_verified("ch-1")
    facts.waiting.mark_verified("never")
    assert facts.waiting.list() == (replace(PENDING, sent_at=NOW + timedelta(seconds=40), verified=True),)
    facts.waiting.remove("ch-1")
    facts.waiting.remove("ch-1")
    assert facts.waiting.list() == ()
    assert facts.waiting.get("ch-1") is None


def test_the_session_put_last_is_the_current_one_of_its_backend(facts):
    assert facts.sessions.current("sandbox") is None
    vneid = replace(FACTS, record="r2", kind="vneid")
    for item in (FACTS, vneid, replace(FACTS, record="r3", backend="http")):
        facts.sessions.put(item)
    assert facts.sessions.current("sandbox") == vneid
    facts.sessions.put(FACTS)
    assert facts.sessions.current("sandbox") == FACTS
    facts.sessions.remove("r1")
    assert facts.sessions.current("sandbox") == vneid
    assert [item.record for item in facts.sessions.all()] == ["r3", "r2"]


def test_another_process_sees_them(tmp_path):
    facts = open_facts(paths_in(tmp_path))
    facts.waiting.add(PENDING)
    facts.sessions.put(FACTS)
    again = open_facts(paths_in(tmp_path))
    assert (again.waiting.list(), again.sessions.all()) == ((PENDING,), (FACTS,))


def test_the_files_are_their_owners_alone(tmp_path):
    facts = open_facts(paths_in(tmp_path / "home"))
    facts.waiting.add(PENDING)
    facts.sessions.put(FACTS)
    for path in (tmp_path / "home").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"order": 1, "card": {}}', b'{"order": "x", "card": {}}', b"\xff", b"[" * 99_999])
def test_a_damaged_card_is_told_and_left_as_it_is(tmp_path, content):
    facts = open_facts(paths_in(tmp_path))
    facts.waiting.add(PENDING)
    [path] = (paths_in(tmp_path).state / "waiting").iterdir()
    path.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        facts.waiting.list()
    assert caught.value.problems[0].code == "DK-STORE-CORRUPT"
    assert path.read_bytes() == content


def test_memory_touches_no_disk(tmp_path):
    facts = open_facts(paths_in(tmp_path), memory=True)
    facts.waiting.add(PENDING)
    facts.sessions.put(FACTS)
    assert list(tmp_path.iterdir()) == []
