"""Every command: exactly one JSON document on success, refusal, missing answers, unknown flag; exit codes as published."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from conftest import Dvc, environ_of
from dvc_cli.commands.table import Command, commands, get, top_level

RUNNABLE = [one for one in commands() if one.module]
WITH_ENVELOPE = [one for one in RUNNABLE if one.name not in {"help", "completion"}]


def name_of(command: Command) -> str:
    return command.name


@pytest.mark.parametrize("command", RUNNABLE, ids=name_of)
def test_an_unknown_flag_is_one_document_with_usage(dvc: Dvc, command: Command) -> None:
    outcome = dvc(*command.name.split(), "--khong-co")
    assert (outcome.exit_code, outcome.codes, outcome.status) == (2, ["A-USAGE"], "error")
    assert outcome.document["command"] == command.name


@pytest.mark.parametrize("command", [one for one in RUNNABLE if one.alias], ids=name_of)
def test_an_alias_answers_with_the_canonical_name(dvc: Dvc, command: Command) -> None:
    assert dvc(*command.alias.split(), "--khong-co").document["command"] == command.name


@pytest.mark.parametrize("command", WITH_ENVELOPE, ids=name_of)
def test_the_scripted_example_runs(command: Command, home: Path, tmp_path: Path) -> None:
    """As printed, in a shell, in an empty home; the exit code is the one that help announces."""
    program = tmp_path / "bin"
    program.mkdir()
    (program / "dvc").write_text(f'#!/bin/sh\nexec "{_python()}" -m dvc_cli "$@"\n')
    (program / "dvc").chmod(0o755)
    environ = {**environ_of(home), "PATH": f"{program}:/usr/bin:/bin", "LANG": "C.UTF-8"}
    done = subprocess.run(
        ["bash", "-c", command.scripted], env=environ, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == command.exits, done.stdout + done.stderr
    assert done.stdout.count('{"dvc":1,') == 1
    assert json.loads(done.stdout)["command"] == command.name
    assert done.stdout.endswith("}\n")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words", [["khai-sing"], ["profile", "shwo"], ["sandbox", "poeple"], ["Đăng-nhập"], ["\udcff"], ["profile show"]], ids=str
)
def test_an_unknown_command_names_the_nearest(dvc: Dvc, words: list[str]) -> None:
    outcome = dvc(*words)
    assert (outcome.exit_code, outcome.codes) == (2, ["A-UNKNOWN-COMMAND"])
    assert outcome.document["command"] == (words[0] if len(words) > 1 else None)


def test_the_nearest_command_stands_in_the_hint(dvc: Dvc) -> None:
    assert "dvc khai-sinh" in dvc("khai-sing").document["problems"][0]["hint"]
    assert "dvc profile show" in dvc("profile", "shwo").document["problems"][0]["hint"]
    assert "dvc deadline" in dvc("dead").document["problems"][0]["hint"]  # the nearest, though not near
    assert "--json" in dvc("whoami", "--jsno").document["problems"][0]["hint"]


def test_json_with_a_value_is_a_bad_flag_told_in_json(dvc: Dvc) -> None:
    outcome = dvc.plain("whoami", "--json=true")
    assert (outcome.exit_code, outcome.codes, outcome.document["command"]) == (2, ["A-USAGE"], "whoami")


def test_a_flag_before_the_command_shows_the_right_order(dvc: Dvc) -> None:
    outcome = dvc.plain("--json", "whoami")
    assert (outcome.exit_code, outcome.codes) == (2, ["A-USAGE"])
    assert outcome.document["problems"][0]["hint"] == "dvc whoami --json …"
    outcome = dvc.plain("--lang", "en", "--json", "whoami")
    assert outcome.exit_code == 2
    assert "whoami" in outcome.document["problems"][0]["hint"]


def test_a_parent_without_subcommand_runs_its_harmless_default_or_lists_them(dvc: Dvc) -> None:
    assert dvc("config").document["command"] == "config list"
    assert dvc("profile", "--plain").document["command"] == "profile show"
    outcome = dvc("sandbox")
    assert (outcome.exit_code, outcome.codes) == (2, ["A-USAGE"])
    assert "dvc sandbox otp" in outcome.document["problems"][0]["hint"]


def test_a_subcommand_may_follow_flags(dvc: Dvc) -> None:
    assert dvc.plain("sandbox", "--json", "--lang", "en", "people").document["command"] == "sandbox people"


MISSING = {
    "register": (2, {"method", "id_number", "full_name", "birth_date", "phone"}),
    "login": (2, {"id_number", "password"}),
    "login-vneid": (2, {"id_number", "password"}),
    "consent record": (2, {"id_number", "consent"}),
    "consent withdraw": (2, {"id_number"}),
}


@pytest.mark.parametrize("name", MISSING)
def test_all_missing_answers_come_at_once(dvc: Dvc, name: str) -> None:
    outcome = dvc(*name.split(), answers={})
    expected, keys = MISSING[name]
    assert outcome.exit_code == expected
    assert {problem["field"] for problem in outcome.document["problems"]} == keys
    assert set(outcome.codes) == {"A-MISSING"}


@pytest.mark.parametrize("name", ["verify-otp", "set-password"])
def test_what_waits_for_nothing_says_so(dvc: Dvc, name: str) -> None:
    outcome = dvc(name, answers={"otp": "123456"})
    assert (outcome.exit_code, outcome.codes) == (4, ["TK-NO-CHALLENGE"])


SESSION = ["whoami", "profile show", "profile sync", "ho-so list", "ho-so show G22.99.08-261109-000001", "khai-sinh"]


@pytest.mark.parametrize("line", SESSION)
def test_without_a_session_the_answer_is_three(dvc: Dvc, line: str) -> None:
    outcome = dvc(*line.split())
    assert (outcome.exit_code, outcome.codes, outcome.document["next"]) == (3, ["TK-SESSION-MISSING"], ["dvc login-vneid"])


def test_every_command_stands_in_the_product_page_form() -> None:
    for command in commands():
        assert re.fullmatch(r"[a-z][a-z -]*", command.name)
        assert re.fullmatch(r"[a-z-]*", command.alias)
        assert command.vi
        assert command.en
    assert {one.name for one in top_level()} >= {"register", "khai-sinh", "places", "sandbox", "completion"}
    assert get("dang-ky") is get("register")


def _python() -> str:
    import sys

    return sys.executable
