"""Which kind of question each field type is."""

from __future__ import annotations

from collections.abc import Callable

from dvc_cli.forms import Answer, Evaluation
from dvc_cli.forms.model import BOOLEAN, CHOICE, CHOICES, COUNTRY, ETHNICITY, NATIONALITY, PROVINCE, SECRET, WARD
from dvc_cli.prompts.prompter import Prompter, Question
from dvc_cli.wizard.questions import finder, listed, yes_or_no

_LONG = frozenset({COUNTRY, NATIONALITY, ETHNICITY, PROVINCE, WARD})

Fault = Callable[[Answer], str | None]
"""The sentence that refuses an answer, None when it is fine."""


def ask_field(prompter: Prompter, evaluation: Evaluation, question: Question, fault: Fault) -> Answer:
    """Ask the question of one field; "" (or no choices) when it was left empty. Signals pass through."""
    item = evaluation.form[question.key]
    if item.type == SECRET:
        return prompter.secret(question, fault)
    if item.type == BOOLEAN:
        if question.optional or question.suggestion:
            return prompter.choice(question, yes_or_no())
        return "true" if prompter.confirm(question) else "false"
    if item.type == CHOICES:
        return prompter.choices(question, listed(item, evaluation.context.lang))
    if item.type == CHOICE:
        return prompter.choice(question, listed(item, evaluation.context.lang))
    if item.type in _LONG:
        return prompter.pick(question, finder(item, evaluation))
    return prompter.text(question, fault)
