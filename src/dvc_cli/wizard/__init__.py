"""The wizard: walks a form with a prompter, saves every answer before the next question, reviews, and lets the citizen pledge."""

from __future__ import annotations

from dvc_cli.wizard.interview import Interview
from dvc_cli.wizard.review import Keeping, ReviewOutcome, review
from dvc_cli.wizard.runner import ask_missing
from dvc_cli.wizard.suggestions import Suggestion, from_form

__all__ = ["Interview", "Keeping", "ReviewOutcome", "Suggestion", "ask_missing", "from_form", "review"]
