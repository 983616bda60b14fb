"""`dvc doctor`: each check, what it calls a fault, which exit code the worst of them has; it asks and changes nothing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import pytest

from commands.foreign_backend import dressed
from conftest import Dvc, Outcome
from dvc_cli.commands import doctor
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.doctor_machine import TOO_LITTLE, check_terminal
from dvc_cli.errors import UnavailableError
from flows import SCHEMA

NAMES = ["python", "terminal", "config", "disk", "store", "desk", "backend"]
KEYRINGS = "tokens.helpers.token_rings."


def examined(outcome: Outcome) -> dict[str, dict[str, object]]:
    SCHEMA.validate(outcome.document)
    checks = outcome.data["checks"]
    assert [each["id"] for each in checks] == NAMES
    return {each["id"]: each for each in checks}


def states(outcome: Outcome) -> dict[str, str]:
    """Those that are not ok."""
    return {name: each["state"] for name, each in examined(outcome).items() if each["state"] != "ok"}


def snapshot(home: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in home.rglob("*") if path.is_file() and path.suffix != ".jsonl"}


def test_a_new_workstation_is_well_and_stays_as_it_is(dvc: Dvc) -> None:
    before = snapshot(dvc.home)
    outcome = dvc("doctor")
    assert (outcome.exit_code, outcome.status, states(outcome)) == (0, "ok", {})
    assert snapshot(dvc.home) == before


def test_a_used_one_tells_versions_times_and_space(dvc: Dvc) -> None:
    dvc.sign_in_vneid("092196999001")
    dvc("khai-sinh", answers={"child_surname": "NGUYỄN"})
    checks = examined(dvc("doctor"))
    assert checks["python"]["facts"]["python"].startswith("3.")
    assert isinstance(checks["store"]["facts"]["probe_ms"], int)
    assert checks["desk"]["facts"] == {"file": str(dvc.home / "data" / "desk.db"), "exists": True, "whole": True, "key": True}
    assert checks["disk"]["facts"]["free_bytes"] > 0
    assert checks["backend"]["facts"] | {"answer_ms": 0} == {
        "backend": "sandbox",
        "reachable": True,
        "answer_ms": 0,
        "clock_seconds": 0,
    } | {"clock_seconds": checks["backend"]["facts"]["clock_seconds"]}
    assert "NGUYỄN" not in dvc("doctor").out


def test_people_read_a_line_a_check_in_both_languages(dvc: Dvc) -> None:
    shown = dvc.plain("doctor")
    assert shown.exit_code == 0
    assert [line.split(":")[0] for line in shown.out.splitlines()] == NAMES
    assert shown.out.count("[tốt]") == len(NAMES)
    assert dvc.plain("doctor", "--lang", "en").out.count("[good]") == len(NAMES)


def test_a_settings_file_that_stops_everything_else_is_named(dvc: Dvc) -> None:
    (dvc.home / "config").mkdir()
    (dvc.home / "config" / "config.toml").write_text("lang = [")
    assert dvc("whoami").exit_code == 2
    outcome = dvc("doctor")
    assert (outcome.exit_code, outcome.codes, states(outcome)) == (2, ["A-USAGE"], {"config": "fail"})
    shown = dvc.plain("doctor")
    assert (shown.exit_code, shown.out) == (2, "")
    assert str(dvc.home / "config" / "config.toml") in shown.err


@pytest.mark.parametrize(
    ("ring", "exit_code", "code"),
    [("LockedRing", 3, "TK-STORE-LOCKED"), ("ForgetfulRing", 2, "TK-STORE-MISSING"), ("OddlyBrokenRing", 2, "TK-STORE-MISSING")],
)
def test_a_keyring_that_cannot_be_used_is_a_failure(dvc: Dvc, ring: str, exit_code: int, code: str) -> None:
    outcome = dvc("doctor", DVC_TOKEN_STORE="keyring", PYTHON_KEYRING_BACKEND=KEYRINGS + ring)
    assert (outcome.exit_code, outcome.codes, states(outcome)) == (exit_code, [code], {"store": "fail"})


def test_a_keyring_that_works_says_how_long_it_took(dvc: Dvc) -> None:
    outcome = dvc("doctor", DVC_TOKEN_STORE="keyring", PYTHON_KEYRING_BACKEND=KEYRINGS + "MemoryRing")
    assert outcome.exit_code == 0
    assert examined(outcome)["store"]["facts"]["store"] == "keyring"


def test_what_cannot_be_tried_without_the_passphrase_is_a_note(dvc: Dvc) -> None:
    dvc("drafts", "list")
    outcome = dvc("doctor", DVC_PASSPHRASE="")
    assert (outcome.exit_code, states(outcome)) == (0, {"store": "warn", "desk": "warn"})
    assert "DVC_PASSPHRASE" in examined(outcome)["store"]["hint"]
    wrong = dvc("doctor", DVC_PASSPHRASE="sai")
    assert (wrong.exit_code, set(wrong.codes), states(wrong)) == (3, {"TK-STORE-LOCKED"}, {"store": "fail", "desk": "fail"})
    assert states(dvc("doctor", DVC_TOKEN_STORE="memory")) == {"store": "warn", "desk": "warn"}


def spoil(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(8192))


def foreign(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE other (x)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize("damage", [spoil, foreign, lambda path: path.write_bytes(b"no database" * 999)])
def test_a_damaged_desk_is_told_with_what_to_do_and_left_as_it_is(dvc: Dvc, damage: Callable[[Path], None]) -> None:
    dvc("drafts", "list")
    path = dvc.home / "data" / "desk.db"
    for beside in path.parent.glob("desk.db-*"):
        beside.unlink()
    damage(path)
    before = path.read_bytes()
    outcome = dvc("doctor")
    assert (outcome.exit_code, outcome.codes) == (1, ["DK-STORE-CORRUPT"])
    assert states(outcome) == {"desk": "fail"}
    assert "dvc doctor" not in examined(outcome)["desk"]["hint"]
    assert path.read_bytes() == before


def test_no_space_and_no_rights(dvc: Dvc, monkeypatch: pytest.MonkeyPatch) -> None:
    from dvc_cli.commands import doctor_machine

    usage = type("Usage", (), {"free": TOO_LITTLE - 1})
    with monkeypatch.context() as patch:
        patch.setattr(doctor_machine.shutil, "disk_usage", lambda _folder: usage)
        outcome = dvc("doctor")
        assert (outcome.exit_code, outcome.codes, states(outcome)) == (1, ["DK-DISK-FULL"], {"disk": "fail"})
        usage.free = TOO_LITTLE + 1
        assert states(dvc("doctor")) == {"disk": "warn"}
    with monkeypatch.context() as patch:
        patch.setattr(doctor_machine.os, "access", lambda _folder, _mode: False)
        assert dvc("doctor").codes == ["DK-LOCKED"]
    if os.name == "posix":
        (dvc.home / "data").chmod(0o755)
        assert states(dvc("doctor")) == {"disk": "warn"}


@pytest.mark.parametrize("name", ["config", "state", "logs"])
def test_every_folder_that_is_written_to_is_looked_at(dvc: Dvc, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from dvc_cli.commands import doctor_machine

    folder = dvc.home / name
    folder.mkdir(exist_ok=True, mode=0o700)
    with monkeypatch.context() as patch:
        patch.setattr(doctor_machine.os, "access", lambda path, _mode: path != folder)
        outcome = dvc("doctor")
        assert (outcome.codes, states(outcome)) == (["DK-LOCKED"], {"disk": "fail"})
        assert examined(outcome)["disk"]["facts"]["folder"] == str(folder)
        assert str(folder) in examined(outcome)["disk"]["message"]
    full, roomy = type("Full", (), {"free": TOO_LITTLE - 1}), type("Roomy", (), {"free": TOO_LITTLE * 1000})
    with monkeypatch.context() as patch:
        patch.setattr(doctor_machine.shutil, "disk_usage", lambda path: full if path == folder else roomy)
        assert dvc("doctor").codes == ["DK-DISK-FULL"]


def test_a_folder_that_others_can_read_is_named(dvc: Dvc) -> None:
    (dvc.home / "logs").mkdir(exist_ok=True)
    (dvc.home / "logs").chmod(0o755)
    found = examined(dvc("doctor"))["disk"]
    assert (found["state"], found["facts"]["private"]) == ("warn", False)
    assert f"chmod -R go= {dvc.home / 'logs'}" in found["hint"]
    (dvc.home / "logs").chmod(0o700)
    config = dvc.home / "config"
    config.mkdir(mode=0o755)
    (config / "config.toml").write_text('lang = "vi"\n')
    assert states(dvc("doctor")) == {}
    (config / "config.toml").write_text('proxy = "http://ten:mat-khau@127.0.0.1:3128"\n')
    assert states(dvc("doctor")) == {"disk": "warn"}


def test_a_backend_that_does_not_answer_leaves_with_five(dvc: Dvc) -> None:
    dvc.wire = dressed(failing={"now": UnavailableError()})
    outcome = dvc("doctor")
    assert (outcome.exit_code, states(outcome)) == (5, {"backend": "fail"})
    assert examined(outcome)["backend"]["facts"]["reachable"] is False
    dvc.wire = None
    assert dvc("doctor", "--backend", "khong-co").exit_code == 2


def test_a_check_that_breaks_does_not_keep_the_others_from_their_work(dvc: Dvc, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_deps: Deps) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(doctor, "CHECKS", tuple((name, broken if name == "disk" else check) for name, check in doctor.CHECKS))
    outcome = dvc("doctor")
    assert (outcome.exit_code, states(outcome)) == (1, {"disk": "fail"})
    assert examined(outcome)["disk"]["message"] == "ZeroDivisionError"


@pytest.mark.parametrize(
    ("encoding", "columns", "state"), [("utf-8", 80, "ok"), ("utf-8", 60, "warn"), ("cp1258", 120, "warn"), ("ANSI_X3.4-1968", 80, "warn")]
)
def test_a_terminal_wants_utf8_and_eighty_columns(encoding: str, columns: int, state: str) -> None:
    class Screen:
        stdin = type("Stream", (), {"encoding": encoding})
        stdin_tty = stderr_tty = True

        def width(self) -> int:
            return columns

        def colour(self) -> bool:
            return True

    class Wired:
        world = Screen()
        plain = False

    found = check_terminal(Wired())
    assert (found.state, bool(found.todo)) == (state, state != "ok")
    assert found.facts["columns"] == columns


def test_it_tells_of_a_wrong_clock(dvc: Dvc) -> None:
    from datetime import timedelta

    from dvc_cli.clock import SystemClock

    class Wired(Deps):
        @cached_property
        def backend(self) -> object:
            return type("Late", (), {"now": lambda _self: SystemClock(timedelta(minutes=9)).now(), "close": lambda _self: None})()

        @property
        def on_sandbox(self) -> bool:
            return False

        def check_settings(self) -> None:
            return

    dvc.wire = Wired
    found = examined(dvc("doctor"))["backend"]
    assert found["state"] == "warn"
    assert found["facts"]["clock_seconds"] > 500
