"""One key, one dossier: again, changed, from two processes at once."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from dvc_cli.domain.calendar import WorkingCalendar, working_calendar
from dvc_cli.errors import ConflictError, RefusedError
from dvc_cli.portal import dossiers, dossiers_kept
from dvc_cli.portal.portal import Portal
from portal_dossiers.worked import FILED, OWNERS, MovableClock, codes, count, file, submission

TESTS = Path(__file__).resolve().parent.parent


def test_the_same_key_with_the_same_content_answers_the_same_dossier_even_days_later(portal: Portal, clock: MovableClock) -> None:
    first = dossiers.submit(portal, OWNERS["a"], submission("a"), "key")
    clock.set("2026-12-20T23:00")
    again = dossiers.submit(portal, OWNERS["a"], submission("a"), "key")
    assert (again.id, again.code, again.filed_at) == (first.id, first.code, first.filed_at)
    assert count(portal) == 1


def test_the_same_key_answers_the_same_dossier_even_when_it_would_be_refused_by_now(portal: Portal) -> None:
    first = dossiers.submit(portal, OWNERS["a"], submission("a"), "key")
    with portal.write() as connection:
        connection.execute("UPDATE people SET full_name = 'TÊN KHÁC' WHERE id_number = ?", (OWNERS["a"],))
    assert dossiers.submit(portal, OWNERS["a"], submission("a"), "key").code == first.code
    with pytest.raises(RefusedError) as refused:
        dossiers.submit(portal, OWNERS["a"], submission("a"), "another key")
    assert "A-REQUESTER" in codes(refused)


def test_what_is_answered_is_what_is_kept(portal: Portal) -> None:
    filed = dossiers.submit(portal, OWNERS["a"], submission("a"), "key")
    assert dossiers.get(portal, OWNERS["a"], filed.code) == filed
    with portal.read() as connection:
        kept = connection.execute("SELECT status FROM dossiers UNION ALL SELECT status FROM dossier_members").fetchall()
    assert [row["status"] for row in kept] == [filed.status, *(line.status for line in filed.members)]


def test_the_same_key_with_other_content_is_a_conflict(portal: Portal) -> None:
    dossiers.submit(portal, OWNERS["a"], submission("a"), "key")
    with pytest.raises(ConflictError) as refused:
        dossiers.submit(portal, OWNERS["a"], submission("a", child_given_name="NHI"), "key")
    assert codes(refused) == ["BE-CONFLICT"]
    assert count(portal) == 1


def test_another_file_under_the_same_key_is_other_content(portal: Portal, clock: MovableClock) -> None:
    clock.set(FILED["b"])
    sent = submission("b")
    dossiers.submit(portal, OWNERS["b"], sent, "key")
    other = replace(sent, attachments=(sent.attachments[0], file(2, "ct01", "ct01-ky.pdf", b"%PDF-1.7 khac")))
    with pytest.raises(ConflictError):
        dossiers.submit(portal, OWNERS["b"], other, "key")


def test_a_key_belongs_to_one_person(portal: Portal, clock: MovableClock) -> None:
    clock.set(FILED["c"])
    one = dossiers.submit(portal, OWNERS["a"], submission("a"), "key")
    other = dossiers.submit(portal, OWNERS["c"], submission("c"), "key")
    assert one.code != other.code


SUBMIT = """
import json, sys
from pathlib import Path
from portal_dossiers.worked import FILED, OWNERS, MovableClock, at, submission
from dvc_cli.portal import dossiers
from dvc_cli.portal.portal import Portal
portal = Portal(Path(sys.argv[1]), MovableClock(at(FILED["a"])))
sent = submission("a")
sys.stdin.readline()
print(json.dumps([dossiers.submit(portal, OWNERS["a"], sent, key).code for key in sys.argv[2:]]))
"""


def together(folder: Path, *keys: tuple[str, ...]) -> list[list[str]]:
    """One process per tuple of keys, each submitting case A under its keys; all let go at once."""
    script = f"import sys; sys.path.insert(0, {str(TESTS)!r})\n{SUBMIT}"
    started = [
        subprocess.Popen([sys.executable, "-c", script, str(folder), *mine], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for mine in keys
    ]
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    printed = [process.communicate(timeout=60)[0] for process in started]
    assert [process.returncode for process in started] == [0] * len(keys)
    return [json.loads(text) for text in printed]


def test_two_processes_with_one_key_file_one_dossier(portal: Portal, tmp_path: Path) -> None:
    assert count(portal) == 0
    one, other = together(tmp_path / "sandbox", ("key",), ("key",))
    assert one == other
    assert count(portal) == 1


def test_two_processes_never_get_the_same_code_for_two_dossiers(portal: Portal, tmp_path: Path) -> None:
    found = together(tmp_path / "sandbox", ("a1", "a2", "a3"), ("b1", "b2", "b3"))
    assert len({code for mine in found for code in mine}) == 6
    assert count(portal) == 6


def test_filing_costs_the_database_no_more_among_many_dossiers_of_the_day(portal: Portal) -> None:
    def filing(key: str) -> int:
        steps = 0

        def step() -> int:
            nonlocal steps
            steps += 1
            return 0

        with portal.read() as connection:
            connection.set_progress_handler(step, 1)
            dossiers.submit(portal, OWNERS["a"], submission("a"), key)
            connection.set_progress_handler(None, 1)
        return steps

    filing("the first of the day")
    among_few = filing("key")
    for number in range(60):
        dossiers.submit(portal, OWNERS["a"], submission("a"), f"key {number}")
    assert filing("another key") == pytest.approx(among_few, rel=0.02)


def test_listing_asks_the_database_no_more_about_many_dossiers_than_about_one(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked() -> int:
        statements: list[str] = []
        with portal.read() as connection:
            connection.set_trace_callback(statements.append)
            assert [dossier.code for dossier in dossiers.list_for(portal, OWNERS["a"])] == filed[::-1]
            connection.set_trace_callback(None)
        return len(statements)

    filed = [dossiers.submit(portal, OWNERS["a"], submission("a"), "key").code]
    about_one = asked()
    filed += [dossiers.submit(portal, OWNERS["a"], submission("a"), f"key {number}").code for number in range(6)]
    assert asked() == about_one
    monkeypatch.setattr(dossiers_kept, "_AT_ONCE", 3)
    assert asked() == about_one + 2 * 3


def test_the_serials_of_a_day_go_on_after_an_upgrade(portal: Portal) -> None:
    day, _serial = dossiers.submit(portal, OWNERS["a"], submission("a"), "before").code.rsplit("-", 1)
    with portal.write() as connection:  # as version 6 left it
        connection.execute("UPDATE dossiers SET code = ?", (f"{day}-345678",))
        connection.execute("DELETE FROM counters")
        connection.execute("DROP INDEX vneid_requests_by_age")
        connection.execute("DROP INDEX vneid_visits_by_request")
        connection.execute("UPDATE meta SET value = '6' WHERE key = 'schema_version'")
    portal.close()
    after = [dossiers.submit(portal, OWNERS["a"], submission("a"), key).code for key in ("after", "and again")]
    assert after == [f"{day}-345679", f"{day}-345680"]


class Interrupted(Portal):
    """A portal in which something happens once, between the judgement and the write lock or while it judges."""

    before_writing: list[Callable[[], object]]

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        while self.before_writing:
            self.before_writing.pop()()
        with super().write() as connection:
            yield connection


def interrupted(
    tmp_path: Path, clock: MovableClock, *, judging: Callable[[], object] = int, writing: Callable[[], object] = int
) -> Interrupted:
    once = [judging]

    def calendar() -> WorkingCalendar:
        while once:
            once.pop()()
        return working_calendar()

    opened = Interrupted(tmp_path / "sandbox", clock, calendar=calendar)
    opened.before_writing = []
    opened.people("")
    opened.before_writing.append(writing)
    return opened


def test_others_write_while_a_dossier_is_judged(portal: Portal, tmp_path: Path, clock: MovableClock) -> None:
    def file_another() -> None:
        dossiers.submit(portal, OWNERS["a"], submission("a"), "another")

    dossiers.submit(interrupted(tmp_path, clock, judging=file_another), OWNERS["a"], submission("a"), "key")
    assert count(portal) == 2


def test_the_same_dossier_filed_while_it_is_judged_is_answered(portal: Portal, tmp_path: Path, clock: MovableClock) -> None:
    filed: list[str] = []

    def file_it() -> None:
        filed.append(dossiers.submit(portal, OWNERS["a"], submission("a"), "key").code)

    answered = dossiers.submit(interrupted(tmp_path, clock, judging=file_it), OWNERS["a"], submission("a"), "key")
    assert ([answered.code], count(portal)) == (filed, 1)
