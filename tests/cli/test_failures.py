"""What goes wrong outside a command's own rules: crashes, interruption, closed pipes, odd bytes, bad settings."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Dvc, environ_of
from dvc_cli.commands.deps import Deps
from dvc_cli.config import Settings
from dvc_cli.errors import BadReplyError, TooManyTriesError, UnavailableError


class Broken(Deps):
    """Dependencies that fail as told."""

    failure: BaseException = RuntimeError()

    @property
    def settings(self) -> Settings:
        raise self.failure


def failing(failure: BaseException) -> type[Broken]:
    return type("Failing", (Broken,), {"failure": failure})


def test_a_crash_is_one_sentence_a_number_and_a_redacted_log(dvc: Dvc) -> None:
    dvc.wire = failing(RuntimeError("số 092196999001 của Trần Thị Mai Phương"))
    outcome = dvc("whoami")
    assert (outcome.exit_code, outcome.status, outcome.codes) == (1, "error", [])
    (log,) = (dvc.home / "logs").glob("crash-*.jsonl")
    text = log.read_text(encoding="utf-8")
    assert "builtins.RuntimeError" in text
    assert "test_failures.py" in text
    assert json.loads(text.splitlines()[-1])["exit"] == 1
    assert outcome.data["crash"] == {"number": json.loads(text.splitlines()[1])["error"], "log": str(log)}
    shown = dvc.plain("whoami")
    assert (shown.exit_code, shown.out) == (1, "")
    told, where = shown.err.splitlines()
    assert re.search(r"\(số lỗi [0-9A-F]{8}\)\.$", told)
    assert str(dvc.home / "logs" / "crash-") in where
    for written in (text, outcome.out, outcome.err, shown.err):
        assert "092196999001" not in written
        assert "Mai Phương" not in written
    if os.name == "posix":
        assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_a_crash_where_no_log_can_be_written_is_still_one_sentence(dvc: Dvc) -> None:
    dvc.wire = failing(RuntimeError())
    (dvc.home / "logs").write_text("not a folder")
    outcome = dvc.plain("whoami")
    assert (outcome.exit_code, outcome.out) == (1, "")
    assert len(outcome.err.splitlines()) == 1
    assert dvc("whoami").data["crash"]["log"] is None


def test_a_result_that_cannot_be_shown_is_a_crash_too(dvc: Dvc, monkeypatch: pytest.MonkeyPatch) -> None:
    from dvc_cli.commands import explain
    from dvc_cli.commands.declared import declare
    from dvc_cli.commands.flags import CommonFlags
    from dvc_cli.output.result import Result

    monkeypatch.setitem(
        explain.COMMANDS, "explain", declare(CommonFlags, lambda _options, deps: Result(deps.command, data={"x": object()}))
    )
    outcome = dvc("explain")
    assert (outcome.exit_code, outcome.status, set(outcome.data)) == (1, "error", {"crash"})


def test_look_ups_leave_no_log_and_what_calls_the_backend_leaves_one(dvc: Dvc) -> None:
    for words in (["places", "cai khe"], ["explain", "KS-D2"], ["whoami"], ["config", "list"], ["schema", "khai-sinh"]):
        dvc(*words)
    assert not (dvc.home / "logs").exists()
    dvc("login", answers={"id_number": "092196999001", "password": "khong-dung"})
    (log,) = (dvc.home / "logs").glob("run-*.jsonl")
    calls = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [line["method"] for line in calls if line["event"] == "call"][-1] == "begin_login"
    assert calls[-2]["problems"] == "TK-CREDENTIALS"
    assert calls[-1]["exit"] == 4


@pytest.mark.parametrize(
    ("failure", "exit_code", "codes"),
    [
        (KeyboardInterrupt(), 130, []),
        (UnavailableError(), 5, ["BE-UNREACHABLE"]),
        (UnavailableError(maybe_done=True), 5, ["BE-TIMEOUT-UNKNOWN"]),
        (TooManyTriesError(), 5, ["BE-TOO-MANY"]),
        (BadReplyError(), 5, ["BE-BAD-REPLY"]),
    ],
)
def test_failures_that_carry_no_problem_get_the_general_one(dvc: Dvc, failure: BaseException, exit_code: int, codes: list[str]) -> None:
    dvc.wire = failing(failure)
    outcome = dvc("whoami")
    assert (outcome.exit_code, outcome.codes, outcome.status) == (exit_code, codes, "error")


def test_a_reader_that_goes_away_is_no_error(home: Path) -> None:
    command = f'"{sys.executable}" -m dvc_cli sandbox people --json | head -c 10; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(
        ["bash", "-c", command], env={**environ_of(home), "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1].endswith("0")
    assert done.stderr == ""


def test_output_is_utf8_in_any_locale(home: Path) -> None:
    environ = {**environ_of(home), "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([sys.executable, "-m", "dvc_cli", "places", "cai khe"], env=environ, capture_output=True, check=True)
    assert "Phường Cái Khế" in done.stdout.decode("utf-8")
    done = subprocess.run([sys.executable, "-m", "dvc_cli", "--help"], env=environ, capture_output=True, check=True)
    assert "trợ lý" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("word", ["\udcff", "\x00", "\x1b[31m", "\u202e", "a" * 5000, ""])
def test_odd_words_never_crash(dvc: Dvc, word: str) -> None:
    for words in (
        [word],
        ["places", word],
        ["explain", word],
        ["whoami", word],
        ["places", "x", "--province", word],
        ["deadline", "--from", word, "--days", "1"],
    ):
        outcome = dvc(*words)
        assert outcome.exit_code in {0, 2, 3}
        assert "\x1b" not in outcome.out + outcome.err
        outcome.out.encode("utf-8")


def test_a_bad_setting_is_usage_and_says_where(dvc: Dvc) -> None:
    assert dvc("whoami", "--lang", "fr").codes == ["A-USAGE"]
    outcome = dvc("config", "list", DVC_LANG="fr")
    assert (outcome.exit_code, outcome.codes) == (2, ["A-USAGE"])
    assert "DVC_LANG" in outcome.document["problems"][0]["message"]
    assert dvc("deadline", "--from", "2026-11-12", "--days", "1", DVC_NOW="hôm nay").exit_code in {0, 2}
    for now in ("hôm nay", "9999-12-31T23:59", "0001-01-01T00:00+14:00"):
        assert dvc("places", "cai khe", DVC_NOW=now).codes == ["A-USAGE"]
    assert dvc("khai-sinh", "--check", DVC_NOW="8999-12-31T23:59").exit_code == 0
    assert dvc("profile", "show", "--backend", "khong-co").exit_code in {2, 3}


def test_messages_follow_the_language(dvc: Dvc) -> None:
    vietnamese, english = dvc("whoami").document, dvc("whoami", "--lang", "en").document
    assert vietnamese["problems"][0]["code"] == english["problems"][0]["code"]
    assert vietnamese["problems"][0]["message"] == "Chưa đăng nhập."


def test_verbose_names_the_law(dvc: Dvc) -> None:
    words = ["khai-sinh", "--check", "--no-input", "--answers", str(Path(__file__).parents[1] / "cases" / "birth_a.yaml")]
    assert "Căn cứ" not in dvc.plain(*words).err
    assert "Căn cứ" in dvc.plain(*words, "--verbose").err
