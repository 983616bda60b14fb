"""The log of a run: JSON lines for its owner alone, the newest kept, nothing personal in it."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from dvc_cli.journal import KEPT, Journal, Redaction


def lines_of(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def logs(folder: Path, kind: str = "run") -> list[Path]:
    return sorted(folder.glob(f"{kind}-*.jsonl"))


def raised(text: str) -> Exception:
    try:
        look_up(text)
    except ValueError as error:
        return error
    raise AssertionError


def look_up(text: str) -> None:
    try:
        {}[text]
    except KeyError as error:
        raise ValueError(text) from error


def test_a_run_without_an_event_leaves_no_file(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "logs", "whoami")
    journal.know(["Trần Thị Mai Phương"])
    journal.end(0)
    assert not (tmp_path / "logs").exists()


def test_a_run_is_a_file_of_json_lines_for_its_owner(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "logs", "login")
    journal.note("call", method="begin_login", ms=12, ended="ok", again=False)
    journal.end(5)
    (path,) = logs(tmp_path / "logs")
    begin, call, end = lines_of(path)
    assert (begin["event"], begin["command"]) == ("begin", "login")
    assert {name: call[name] for name in ("method", "ms", "ended", "again")} == {
        "method": "begin_login",
        "ms": 12,
        "ended": "ok",
        "again": False,
    }
    assert (end["event"], end["exit"]) == ("end", 5)
    assert all(str(line["at"]).endswith("Z") for line in (begin, call, end))
    if os.name == "posix":
        assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)


def test_ten_runs_are_kept_and_ten_crashes_beside_them(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("of somebody else")
    for number in range(KEPT + 5):
        journal = Journal(tmp_path, "whoami")
        journal.note("number", which=number)
        if number < KEPT + 2:
            journal.crash(raised("x"))
        journal.end(1)
    kept = [lines_of(path)[1]["which"] for path in logs(tmp_path, "crash")]
    assert kept == list(range(2, KEPT + 2))
    assert [lines_of(path)[1]["which"] for path in logs(tmp_path)] == list(range(KEPT + 2, KEPT + 5))
    for number in range(KEPT):
        journal = Journal(tmp_path, "whoami")
        journal.note("number", which=100 + number)
        journal.end(0)
    assert [lines_of(path)[1]["which"] for path in logs(tmp_path)] == list(range(100, 100 + KEPT))
    assert len(logs(tmp_path, "crash")) == KEPT
    assert (tmp_path / "other.txt").exists()


def test_a_crash_is_told_by_types_and_places_alone(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "khai-sinh")
    crash = journal.crash(raised("092196999001 Trần Thị Mai Phương Gac-Bong7-tim!"))
    journal.end(1)
    assert crash.log is not None
    assert (crash.log.name.startswith("crash-"), crash.log.exists()) == (True, True)
    text = crash.log.read_text(encoding="utf-8")
    assert "092196999001" not in text
    assert "Phương" not in text
    assert "Gac" not in text
    entry = lines_of(crash.log)[1]
    assert entry["error"] == crash.number
    assert entry["chain"][0] == "builtins.ValueError"
    assert "builtins.KeyError" in entry["chain"]
    assert any("test_journal.py" in line and line.endswith(" look_up") for line in entry["chain"])
    assert str(Path.home()) not in text


def test_the_same_fault_has_the_same_number_and_another_one_another(tmp_path: Path) -> None:
    def number(error: Exception) -> str:
        return Journal(tmp_path, "x").crash(error).number

    assert number(raised("a")) == number(raised("b"))
    assert number(raised("a")) != number(ValueError("a"))


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file")
    journal = Journal(tmp_path / "logs", "whoami")
    journal.note("x")
    assert journal.crash(raised("x")).log is None
    journal.note("y")
    journal.end(1)


@pytest.mark.parametrize(
    "held",
    [
        "092196999001",
        "092 196 999 001",
        "０９２１９６９９９００１",
        "123456789",
        "0900000001",
        "+84 900 000 001",
        "090-000-0001",
        "9299999555",
        "maiphuong@example.org",
        "482913",
        "4 8 2 9 1 3",
        "s3cr3tTokenOfASession-x9_Z",
        "a9f1c2d3e4b5a6978899aabbccddeeff",
    ],
)
def test_what_looks_personal_is_not_written(held: str) -> None:
    for text in (held, f"số {held}.", f"({held})", f"a={held};b"):
        assert Redaction().text(text) != text
        assert held not in Redaction().text(text)


def test_what_tells_of_the_program_stays() -> None:
    for text in (
        "begin_login ok",
        "RefusedError TK-OTP-WRONG,A-MISSING",
        "khai-sinh",
        "3 tệp, 12 giây",
        "dvc_cli.backends.registry",
        "2026-11-09",
    ):
        assert Redaction().text(text) == text


@pytest.mark.parametrize("field", ["password", "otp", "full_name", "id_number", "phone", "text", "Authorization", "refresh-token"])
def test_some_fields_are_never_written(field: str) -> None:
    assert Redaction().field(field, "x") == "[…]"


def test_what_the_run_knows_of_people_is_not_written_in_any_spelling() -> None:
    redaction = Redaction()
    redaction.know(["Trần Thị Mai Phương", "12 đường Ví Dụ", "Hoà", ""])
    for text in ("TRẦN THỊ MAI PHƯƠNG", "chị Phương", "Mai", "12 đường Ví Dụ", "tra\u0302\u0300n", "Hòa"):
        assert "[…]" in redaction.text(f"xin chào {text} nhé")
    assert redaction.text("xin chào, đã gửi") == "xin chào, đã gửi"
    assert redaction.text("xin\x1b[31m chào\nhai") == "xin chào hai"
