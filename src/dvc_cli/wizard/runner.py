"""The short way to a conversation: ask what is missing, hand back the answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from dvc_cli.forms import Answer, Context, Form
from dvc_cli.prompts.prompter import Prompter
from dvc_cli.wizard.history import Save
from dvc_cli.wizard.interview import Interview, Notice, nothing_to_notice
from dvc_cli.wizard.suggestions import Suggest, no_suggestion


def ask_missing(
    form: Form,
    given: Mapping[str, Answer],
    *,
    prompter: Prompter,
    context: Callable[[], Context],
    save: Save,
    suggest: Suggest = no_suggestion,
    notice: Notice = nothing_to_notice,
    only: Collection[str] | None = None,
    optional: bool = True,
) -> dict[str, Answer]:
    """Ask every live question without a valid answer, section by section, and return all answers, the given ones included.

    Answers come back as canonical texts (several choices as a tuple of codes); an optional question left empty as "". `save` is
    called with each answer before the next question is asked, never with a secret. `only` restricts the keys, `optional=False` asks
    what is required alone. Leave and KeyboardInterrupt pass through.
    """
    interview = Interview(form, dict(given), prompter, context, save, suggest, notice, optional=optional)
    interview.ask_missing(only)
    return interview.answers
