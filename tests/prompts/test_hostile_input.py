"""Whatever bytes arrive, a prompter answers with clean text or one of its signals, and nothing else."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dvc_cli
from dvc_cli.prompts.matching import search
from dvc_cli.prompts.picking import Picker
from dvc_cli.prompts.plain import PlainPrompter
from dvc_cli.prompts.prompter import Leave, Option, Question, Signal
from dvc_cli.prompts.replies import Unclear
from dvc_cli.text import cells, clean, wrap

OPTIONS = tuple(Option(f"code{number}", label) for number, label in enumerate(("Cha", "Mẹ", "Bà", "Ba", "Phường Cái Khế", "Ơ Đu")))
QUESTION = Question("x", "Câu hỏi", accepts_card=True, optional=True, suggestion="code1")
LINES = st.lists(st.binary(max_size=60) | st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")), max_size=4)


def asking(lines: list[bytes]) -> PlainPrompter:
    return PlainPrompter(io.BytesIO(b"\n".join(lines)), io.StringIO())


@given(LINES)
def test_a_text_comes_back_clean_or_as_a_signal(lines):
    try:
        typed = asking(lines).text(QUESTION)
    except Signal:
        return
    assert typed == clean(typed)
    typed.encode("utf-8")


@given(LINES)
def test_choices_come_back_as_codes_or_as_a_signal(lines):
    codes = {"", *(option.code for option in OPTIONS)}
    for ask in (
        lambda: (asking(lines).choice(QUESTION, OPTIONS),),
        lambda: (asking(lines).pick(QUESTION, lambda typed: search(OPTIONS, typed)),),
        lambda: asking(lines).choices(QUESTION, OPTIONS),
    ):
        try:
            assert set(ask()) <= codes
        except Signal:
            continue


@given(LINES)
def test_yes_no_and_secrets_take_no_harm(lines):
    for ask in (lambda: asking(lines).confirm(QUESTION), lambda: asking(lines).secret(QUESTION).encode("utf-8")):
        try:
            ask()
        except Signal:
            continue


@given(st.lists(st.text(max_size=12), max_size=5))
def test_the_redrawn_picker_marks_a_row_whatever_is_typed(texts):
    picker = Picker(QUESTION, lambda typed: search(OPTIONS, typed))
    for typed in texts:
        picker.follow(typed)
        picker.move(1)
        assert sum(marked for marked, _ in picker.rows()) <= 1
        try:
            picker.take(typed)
        except (Unclear, Signal):
            continue


@settings(max_examples=200)
@given(st.text(alphabet="aễ 你\u0301b", max_size=200), st.integers(min_value=2, max_value=40))
def test_wrapped_rows_fit_and_lose_no_letter(line, width):
    rows = wrap(line, width)
    assert all(cells(row) <= width for row in rows)
    assert "".join(rows).replace(" ", "") == line.replace(" ", "")


def test_closed_input_leaves_every_kind_of_question():
    question = Question("x", "Câu hỏi")
    for ask in (
        lambda: asking([]).text(question),
        lambda: asking([]).secret(question),
        lambda: asking([]).confirm(question),
        lambda: asking([]).choice(question, OPTIONS),
        lambda: asking([]).choices(question, OPTIONS),
        lambda: asking([]).pick(question, lambda typed: OPTIONS),
    ):
        with pytest.raises(Leave):
            ask()


def test_one_module_alone_knows_the_terminal_library():
    source = Path(dvc_cli.__file__).parent
    knowing = [
        path.name for path in source.rglob("*.py") if re.search(r"(import|from) (questionary|prompt_toolkit)", path.read_text("utf-8"))
    ]
    assert knowing == ["questionary_prompter.py"]
