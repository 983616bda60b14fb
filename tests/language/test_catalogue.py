"""Every text that the program can show has its English in the shipped catalogue, and the catalogue holds nothing else."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from string import Formatter

import pytest

import dvc_cli
from dvc_cli.commands import agreement, audit, card, duplicates, help, outbox_document, profile, register_talk  # noqa: A004 - the room of that name
from dvc_cli.commands.table import commands
from dvc_cli.data import problem_codes, problem_row
from dvc_cli.errors import problem
from dvc_cli.language import ENGLISH, VIETNAMESE, _, set_language

SOURCE = Path(dvc_cli.__file__).parent
CATALOGUE = SOURCE / "data" / "en.json"
SAME_IN_BOTH = {"Email"}
NUMBERS = ("count", "days", "drafts", "errors", "left", "limit", "lines", "numbers", "receipts", "seconds", "warnings")  # that may be one

# The texts behind each `_(...)` whose argument is not written out at the call.
LOOKED_UP: dict[tuple[str, str], tuple[str, ...]] = {
    ("commands/agreement.py", "PURPOSE"): (agreement.PURPOSE,),
    ("commands/audit.py", "ACTS[act]"): tuple(audit.ACTS.values()),
    ("commands/audit.py", "FINDINGS[each.kind]"): tuple(audit.FINDINGS.values()),
    ("commands/card.py", "KINDS[card.kind]"): tuple(card.KINDS.values()),
    ("commands/card.py", "_REASONS[error.reason]"): tuple(card._REASONS.values()),
    ("commands/card.py", "_MEND"): (card._MEND,),
    ("commands/duplicates.py", "WHERE[self.where]"): tuple(duplicates.WHERE.values()),
    ("commands/help.py", "EXIT_NOTE[command.exits]"): tuple(help.EXIT_NOTE.values()),
    ("commands/help.py", "str(getattr(parameter, 'help', None) or '')"): (),  # the `help=` of flags and arguments, found below
    ("commands/outbox_document.py", "STATES[unsent.state]"): tuple(outbox_document.STATES.values()),
    ("commands/parser.py", "word[0]"): (),  # the names of values, found below
    ("commands/profile.py", "name"): tuple(name for _key, name in profile.FIELDS),
    ("commands/register_talk.py", "ORGANISATIONS.get(subject) or INSTEAD.get(method, '')"): (
        *register_talk.ORGANISATIONS.values(),
        *register_talk.INSTEAD.values(),
    ),
}


def calls() -> list[tuple[str, ast.Call]]:
    """Every call in the source, with the file it stands in."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += [(path.relative_to(SOURCE).as_posix(), node) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return found


def translated() -> list[tuple[str, ast.expr]]:
    """The argument of every `_(...)`."""
    return [(path, call.args[0]) for path, call in calls() if isinstance(call.func, ast.Name) and call.func.id == "_"]


def flag_helps() -> set[str]:
    """The help texts of flags and arguments."""
    return {
        word.value.value
        for _path, call in calls()
        if isinstance(call.func, ast.Name) and call.func.id in {"option", "argument"}
        for word in call.keywords
        if word.arg == "help" and isinstance(word.value, ast.Constant)
    }


def value_names() -> set[str]:
    """The words that stand for the values of flags and arguments."""
    written = [command.arguments for command in commands()] + [
        word.value.value
        for _path, call in calls()
        for word in call.keywords
        if word.arg == "metavar" and isinstance(word.value, ast.Constant)
    ]
    return {word for text in written for word in re.findall(r"\w+", text) if not word.isascii()}


def texts() -> set[str]:
    """Every Vietnamese text that the program can ask a translation of."""
    written = {argument.value for _path, argument in translated() if isinstance(argument, ast.Constant)}
    return written | flag_helps() | value_names() | {text for group in LOOKED_UP.values() for text in group}


def placeholders(text: str) -> list[tuple[str, str, str]]:
    """What `str.format` fills in: name, format and conversion of each."""
    return sorted((name, spec or "", turn or "") for _text, name, spec, turn in Formatter().parse(text) if name is not None)


@pytest.fixture(scope="module")
def catalogue() -> dict[str, dict[str, str]]:
    return json.loads(CATALOGUE.read_text(encoding="utf-8"))


@pytest.fixture
def english():
    set_language(ENGLISH)
    yield
    set_language(VIETNAMESE)


def test_every_text_has_its_english(catalogue) -> None:
    assert sorted(texts() - set(catalogue["messages"])) == []


def test_no_english_is_left_of_a_text_that_is_gone(catalogue) -> None:
    assert sorted(set(catalogue["messages"]) - texts()) == []


def test_texts_that_are_looked_up_are_known_here() -> None:
    found = {(path, ast.unparse(argument)) for path, argument in translated() if not isinstance(argument, ast.Constant)}
    assert found == set(LOOKED_UP)


def test_english_fills_in_the_same_values(catalogue) -> None:
    def filled(en: str) -> list[tuple[str, str, str]]:
        return [each for each in placeholders(en) if "|" not in each[1]]

    assert [vi for vi, en in catalogue["messages"].items() if placeholders(vi) != filled(en)] == []


def test_a_word_that_depends_on_a_number_depends_on_one_that_is_given(catalogue) -> None:
    for vi, en in catalogue["messages"].items():
        assert {name for name, spec, _turn in placeholders(en) if "|" in spec} <= {name for name, _spec, _turn in placeholders(vi)}, en


@pytest.mark.parametrize(
    "count", ["count", "days", "drafts", "errors", "hints", "left", "lines", "numbers", "receipts", "tries", "warnings"]
)
def test_no_english_word_stands_in_the_plural_behind_a_number_that_may_be_one(catalogue, count: str) -> None:
    plural = re.compile(rf"\{{{count}\}} (working |linked |unfinished |more )?[a-z]+s\b|\b(lines|rows) \{{{count}\}}")
    assert [en for en in catalogue["messages"].values() if plural.search(en)] == []


@pytest.mark.usefixtures("english")
def test_english_counts_one_in_the_singular() -> None:
    deleted = _("Đã xóa {count} bản nháp cùng tệp kèm theo.")
    assert [deleted.format(count=count) for count in (0, 1, 2)] == [
        "Deleted 0 drafts with their files.",
        "Deleted 1 draft with its files.",
        "Deleted 2 drafts with their files.",
    ]
    assert [_(" (dòng {numbers})").format(numbers=numbers) for numbers in ("7", "7, 9")] == [" (line 7)", " (lines 7, 9)"]


def test_english_keeps_the_spaces_at_both_ends(catalogue) -> None:
    def ends(text: str) -> tuple[bool, bool]:
        return text != text.lstrip(), text != text.rstrip()

    assert [vi for vi, en in catalogue["messages"].items() if ends(vi) != ends(en)] == []


def test_english_is_neither_empty_nor_the_vietnamese_again(catalogue) -> None:
    untold = {vi for vi, en in catalogue["messages"].items() if not en.strip() or en == vi}
    assert untold == SAME_IN_BOTH


def test_every_problem_code_has_its_message(catalogue) -> None:
    assert set(catalogue["problems"]) == set(problem_codes())
    assert all(text.strip() for text in catalogue["problems"].values())


def test_every_next_step_has_its_english(catalogue) -> None:
    assert set(catalogue["todos"]) == {code for code in problem_codes() if problem_row(code).todo_vi}
    assert all(text.strip() for text in catalogue["todos"].values())


def test_the_file_is_sorted_and_readable(catalogue) -> None:
    assert set(catalogue) == {"messages", "problems", "todos"}
    written = json.dumps(catalogue, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    assert CATALOGUE.read_text(encoding="utf-8") == written


def test_texts_and_problems_are_shown_in_the_chosen_language(english) -> None:
    assert _("Không tìm thấy nơi nào.") == "No place found."
    shown = problem("KS-D3")
    assert (shown.message, shown.hint) == ("The 60-day limit is near.", "File in time, so that no fee is due.")
