"""The labels of choices and fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dvc_cli.data import choices
from dvc_cli.language import ENGLISH, language

if TYPE_CHECKING:
    from dvc_cli.forms import Form


def label(field: str, code: str) -> str:
    """The label of a choice; the code itself when the table does not have it."""
    for choice in choices(field):
        if choice.code == code:
            return choice.label_en if language() == ENGLISH else choice.label_vi
    return code


def field_labels(form: Form) -> dict[str, str]:
    """How a person calls each field of a form."""
    return {key: str(form[key].label) for key in form.keys}
