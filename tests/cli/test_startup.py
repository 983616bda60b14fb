"""Start-up is a feature: what each kind of command line may load."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import environ_of

HEAVY = {
    "typer",
    "questionary",
    "prompt_toolkit",
    "httpx",
    "keyring",
    "rich",
    "pydantic",
    "sqlalchemy",
    "yaml",
    "nacl",
    "zxcvbn",
    "json",
    "dataclasses",
}
CASE = Path(__file__).resolve().parents[1] / "cases" / "birth_a.yaml"
PROGRAM = """
import sys
from dvc_cli.cli import main
code = main(sys.argv[1:])
print("\\n" + __import__("json").dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""


def loaded(words: list[str], home: Path) -> set[str]:
    """The top-level packages that a command line loads."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words], env=environ_of(home), capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
    )
    code, modules = json.loads(done.stderr.rsplit("\n", 2)[1])
    assert code == 0, done.stderr
    return {name.split(".")[0] for name in modules}


@pytest.mark.parametrize("line", ["--version", "--help", "", "help answers", "completion bash", "completion fish", "--help --lang en"])
def test_static_pages_load_next_to_nothing(line: str, home: Path) -> None:
    # `json` is loaded by the measuring program alone, after the list was asked for.
    assert not loaded(line.split(), home) & (HEAVY - {"json"})


@pytest.mark.parametrize(
    "line", [["places", "cai khe", "--json"], ["deadline", "--from", "2026-11-12", "--days", "3", "--json"], ["explain", "KS-D2"]]
)
def test_a_look_up_loads_no_prompt_no_network_no_database(line: list[str], home: Path) -> None:
    modules = loaded(line, home)
    assert not modules & {"questionary", "prompt_toolkit", "httpx", "keyring", "rich", "pydantic", "sqlalchemy", "sqlite3", "nacl", "yaml"}


def test_a_scripted_filing_check_loads_no_prompt_and_no_network(home: Path) -> None:
    modules = loaded(["khai-sinh", "--check", "--no-input", "--json", "--answers", str(CASE)], home)
    assert not modules & {"questionary", "prompt_toolkit", "httpx", "keyring", "rich", "pydantic", "sqlalchemy", "zxcvbn"}


def test_a_scripted_login_loads_no_prompt_and_no_network(home: Path) -> None:
    modules = loaded(["sandbox", "people", "--json"], home) | loaded(["drafts", "list", "--json", "--no-input"], home)
    assert not modules & {"questionary", "prompt_toolkit", "httpx", "keyring", "rich", "pydantic", "sqlalchemy", "zxcvbn"}
