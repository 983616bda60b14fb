"""Help: Vietnamese first, complete, in step with what the parser takes."""

from __future__ import annotations

import subprocess
from importlib import import_module

import pytest

from conftest import Dvc
from dvc_cli import __version__
from dvc_cli.commands.completion import SHELLS, script, words_after
from dvc_cli.commands.parser import build, option_names
from dvc_cli.commands.table import Command, commands, subcommands, top_level
from dvc_cli.commands.topics import NAMES

RUNNABLE = [one for one in commands() if one.module]


def name_of(command: Command) -> str:
    return command.name


@pytest.mark.parametrize("command", RUNNABLE, ids=name_of)
def test_the_table_lists_exactly_the_flags_that_the_parser_takes(command: Command) -> None:
    declared = import_module(f"dvc_cli.commands.{command.module}").COMMANDS[command.name]
    parser = build(declared.options, command.name)
    values = {name: "=" for each in parser.params for name in each.opts if name.startswith("-") and not getattr(each, "is_flag", False)}
    assert sorted(name + values.get(name, "") for name in option_names(parser)) == sorted(command.all_flags())
    arguments = [each for each in parser.params if not each.opts[0].startswith("-")]
    assert bool(arguments) == bool(command.arguments)


@pytest.mark.parametrize("command", [one for one in commands() if one.name != "help"], ids=name_of)
def test_help_of_a_command_shows_usage_flags_and_both_examples(dvc: Dvc, command: Command) -> None:
    page = dvc.plain(*command.name.split(), "--help")
    assert page.exit_code == 0
    assert page.err == ""
    assert page.out.startswith(command.vi + "\n")
    assert f"dvc {command.name}" in page.out
    if command.module:
        assert command.interactive in page.out
        assert command.scripted in page.out
        assert all(flag.rstrip("=") in page.out for flag in command.all_flags())
    for below in subcommands(command.name):
        assert f"dvc {below.name}" in page.out
    english = dvc.plain(*command.name.split(), "--help", "--lang", "en")
    assert english.out.startswith(command.en + "\n")
    said = english.out.rpartition("\n\n")[0]  # the examples at the end name invented people
    assert [word for word in said.split() if any(letter.isalpha() and not letter.isascii() for letter in word)] == []


def test_help_stays_plain_text_whatever_else_is_asked(dvc: Dvc) -> None:
    for words in (["whoami", "--help", "--json"], ["completion", "bash", "--json"], ["help", "answers", "--json"], ["help", "khai-sinh"]):
        page = dvc.plain(*words)
        assert page.exit_code == 0
        assert not page.out.startswith("{")


def test_root_help_is_english_to_its_last_word(dvc: Dvc) -> None:
    english = dvc.plain("--help", "--lang", "en").out
    assert "--backend NAME" in english
    assert "dvc COMMAND --help" in english


def test_root_help_names_every_command_once(dvc: Dvc) -> None:
    page = dvc.plain("--help").out
    for one in top_level():
        assert page.count(f"\n  {one.name} ") == 1
        assert one.vi in page
    assert dvc.plain().out == page
    assert dvc.plain("help").out == page
    assert dvc.plain("--help", DVC_LANG="en").out != page
    assert dvc.plain("--version").out == f"dvc {__version__}\n"


@pytest.mark.parametrize("name", NAMES)
def test_topics_in_both_languages(dvc: Dvc, name: str) -> None:
    page = dvc.plain("help", name)
    assert (page.exit_code, page.err) == (0, "")
    assert dvc.plain("help", name, "--lang", "en").out != page.out


def test_an_unknown_page_names_the_nearest(dvc: Dvc) -> None:
    page = dvc("help", "exit-code")
    assert (page.exit_code, page.codes) == (2, ["A-USAGE"])
    assert page.document["problems"][0]["hint"] == "dvc help exit-codes"
    assert dvc("completion").exit_code == 2
    assert dvc("completion", "tcsh").codes == ["A-USAGE"]


def test_exit_codes_of_the_topic_are_those_of_the_interface(dvc: Dvc) -> None:
    page = dvc.plain("help", "exit-codes").out
    assert [line.split()[0] for line in page.splitlines()[1:8]] == ["0", "1", "2", "3", "4", "5", "130"]


@pytest.mark.parametrize("shell", SHELLS)
def test_a_completion_script_knows_every_command_and_flag(shell: str) -> None:
    text = script(shell) or ""
    for path, words in words_after().items():
        assert all(word in text for word in path.split())
        assert all(word in text for word in words)


def test_the_bash_script_completes(tmp_path: object) -> None:
    program = (script("bash") or "") + "\n".join(
        (
            'try() { COMP_WORDS=(dvc "$@"); COMP_CWORD=$#; _dvc; echo "${COMPREPLY[*]}"; }',
            "try kh",
            "try profile s",
            "try khai-sinh --ch",
            "try sandbox people a",
            "try dang-nhap-vneid --ans",
        )
    )
    done = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout.splitlines() == ["khai-sinh khai-tu", "show sync", "--check --checklist", "add", "--answers"]
