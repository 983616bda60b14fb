"""Start-up is a feature: what each kind of command line may load."""

from __future__ import annotations

import json
import re
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
ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "tests" / "cases" / "birth_a.yaml"
PROGRAM = """
import sys
from dvc_cli.cli import main
code = main(sys.argv[1:])
print("\\n" + __import__("json").dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""


def loaded(words: list[str], home: Path, exit_code: int = 0) -> set[str]:
    """The packages and modules that a command line loads."""
    return run(words, home, exit_code)[0]


def run(words: list[str], home: Path, exit_code: int = 0, given: str = "") -> tuple[set[str], str]:
    """What a command line loads, and what it writes to standard output, when `given` is its standard input."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words], env=environ_of(home), input=given, capture_output=True, text=True, check=True, cwd=home
    )
    code, modules = json.loads(done.stderr.rsplit("\n", 2)[1])
    assert code == exit_code, (words, done.stderr)
    return {*modules, *(name.split(".")[0] for name in modules)}, done.stdout


@pytest.mark.parametrize("line", ["--version", "--help", "", "help answers", "completion bash", "completion fish", "--help --lang en"])
def test_static_pages_load_next_to_nothing(line: str, home: Path) -> None:
    # `json` is loaded by the measuring program alone, after the list was asked for.
    assert not loaded(line.split(), home) & (HEAVY - {"json"})


# What a command that looks something up, or judges a file, has no use for; the parser among it, while the line is plain.
UNUSED = (HEAVY - {"json"}) | {"inspect", "sqlite3", "tomllib", "hashlib", "secrets", "importlib.metadata"}
LOOK_UPS = [
    ["places", "cai khe", "--json"],
    ["deadline", "--from", "2026-11-12", "--days", "3", "--json"],
    ["explain", "KS-D2", "--json"],
    ["schema", "khai-sinh", "--json"],
    ["template", "khai-sinh"],
    ["config", "list", "--json"],
]
CHECK = ["khai-sinh", "--check", "--no-input", "--json", "--answers", str(CASE)]


@pytest.fixture(scope="module", autouse=True)
def tables_are_kept() -> None:
    """As after any first run: what this module measures is the second one."""
    subprocess.run([sys.executable, str(ROOT / "scripts" / "compile.py")], check=True)


@pytest.mark.parametrize("line", LOOK_UPS, ids=lambda line: line[0])
def test_a_look_up_loads_no_parser_no_prompt_no_network_no_database(line: list[str], home: Path) -> None:
    assert not loaded(line, home) & UNUSED


def test_asking_who_is_signed_in_opens_no_key_and_no_backend(home: Path) -> None:
    assert not loaded(["whoami", "--json"], home, exit_code=3) & UNUSED


def test_a_check_loads_what_reads_and_judges_a_file_and_nothing_that_files_it(home: Path) -> None:
    assert not loaded(CHECK, home) & (UNUSED - {"yaml", "hashlib"})


@pytest.mark.parametrize("line", [["sandbox", "people", "--json"], ["drafts", "list", "--json", "--no-input"]], ids=lambda line: line[0])
def test_a_scripted_command_loads_no_prompt_and_no_network(line: list[str], home: Path) -> None:
    assert not loaded(line, home) & {
        "typer",
        "questionary",
        "prompt_toolkit",
        "httpx",
        "keyring",
        "rich",
        "pydantic",
        "sqlalchemy",
        "zxcvbn",
    }


def test_data_classes_are_those_that_cost_nothing_at_start() -> None:
    """A module that takes the standard decorator makes every command that loads it load `inspect` and generate code."""
    standard = re.compile(r"^from dataclasses import .*\b(dataclass|field|replace)\b", re.MULTILINE)
    sources = [path for path in sorted((ROOT / "src").rglob("*.py")) if path.name != "lazy_dataclasses.py"]
    wrong = [path.relative_to(ROOT).as_posix() for path in sources if standard.search(path.read_text(encoding="utf-8"))]
    assert wrong == [], "take dataclass, field and replace from dvc_cli.lazy_dataclasses"
