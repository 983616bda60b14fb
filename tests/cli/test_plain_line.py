"""A plain line is read as the parser reads it, and every other line is left to the parser."""

from __future__ import annotations

from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dvc_cli.commands.flags import CommonFlags, declarations
from dvc_cli.commands.parser import parse_line
from dvc_cli.commands.plain_line import read
from dvc_cli.commands.table import Command, commands
from dvc_cli.errors import UsageError

RUNNABLE = [one for one in commands() if one.module]
VALUES = ["a", "-", "--", "-1", "7", "٧", " 5", "", "x=y", "--json", "--json=1", "-h", "--lang=en", "--lang=", "--odd", "lạ"]


def options_of(command: Command) -> type[CommonFlags]:
    options: type[CommonFlags] = import_module(f"dvc_cli.commands.{command.module}").COMMANDS[command.name].options
    return options


@pytest.mark.parametrize("command", RUNNABLE, ids=lambda one: one.name)
@settings(deadline=None)
@given(data=st.data())
def test_any_line_is_read_as_the_parser_reads_it_or_left_to_it(command: Command, data: st.DataObject) -> None:
    options = options_of(command)
    flags = [item.flag for _kind, item in declarations(options).values() if item.flag]
    words = data.draw(st.lists(st.sampled_from([*flags, *(f"{flag}=v" for flag in flags), *VALUES]), max_size=6))
    plain = read(options, words)
    try:
        parsed = parse_line(options, command.name, words)
    except UsageError:
        parsed = None
    assert plain in (None, parsed)


@pytest.mark.parametrize(
    ("name", "line", "expected"),
    [
        ("places", "cai --limit 3 --json", {"query": "cai", "limit": 3, "json": True}),
        ("places", "--on=2026-01-01 --province 92 cai", {"query": "cai", "on": "2026-01-01", "province": "92"}),
        ("khai-sinh", "--set a=1 --set b=2 --answers - --check", {"set_": ["a=1", "b=2"], "answers": "-", "check": True}),
        ("config set", "lang en", {"name": "lang", "value": "en"}),
        ("help", "profile show", {"words": ["profile", "show"]}),
        ("whoami", "", {}),
    ],
)
def test_plain_lines_need_no_parser(name: str, line: str, expected: dict[str, object]) -> None:
    options = options_of(next(one for one in RUNNABLE if one.name == name))
    assert read(options, line.split()) == options(**expected)


@pytest.mark.parametrize("line", ["", "a b", "--limit x a", "--limit -1 a", "--limit", "--json=1 a", "-- a", "--nope a", "-x a"])
def test_what_is_not_plain_is_left_to_the_parser(line: str) -> None:
    assert read(options_of(next(one for one in RUNNABLE if one.name == "places")), line.split()) is None
