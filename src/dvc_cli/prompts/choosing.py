"""Which prompter this terminal can carry."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import TextIO

from dvc_cli.prompts.plain import PlainPrompter
from dvc_cli.prompts.prompter import Prompter

_OFF = frozenset({"", "0", "false", "no"})


def choose_prompter(stdin: TextIO | None, stderr: TextIO, environ: Mapping[str, str], *, plain: bool) -> Prompter:
    """The plain prompter when it is wanted (`plain`, ACCESSIBLE, TERM=dumb) or nothing else works here; else the redrawn one.

    `stdin` is None or closed in programs without a console: every question then is Leave.
    """
    if stdin is None or stdin.closed:
        return PlainPrompter(BytesIO(), stderr)
    wanted = plain or environ.get("ACCESSIBLE", "").casefold() not in _OFF or environ.get("TERM") == "dumb"
    if wanted or not (stdin.isatty() and stderr.isatty()):
        return PlainPrompter(stdin.buffer, stderr)
    from dvc_cli.prompts.questionary_prompter import QuestionaryPrompter

    prompter = QuestionaryPrompter(stdin, stderr)
    try:
        prompter.prepare()
    except Exception:  # noqa: BLE001 - consoles fail in their own ways (NoConsoleScreenBufferError on Windows); plain always works
        return PlainPrompter(stdin.buffer, stderr)
    return prompter
