"""The labels of choices."""

from __future__ import annotations

from dvc_cli.data import choices
from dvc_cli.language import ENGLISH, language


def label(field: str, code: str) -> str:
    """The label of a choice; the code itself when the table does not have it."""
    for choice in choices(field):
        if choice.code == code:
            return choice.label_en if language() == ENGLISH else choice.label_vi
    return code
