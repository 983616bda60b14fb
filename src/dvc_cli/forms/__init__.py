"""The form engine: from a form described as data to live fields, parsed values, problems and payload. Pure."""

from __future__ import annotations

from dvc_cli.forms.conditions import Condition
from dvc_cli.forms.load import load_form
from dvc_cli.forms.model import Derive, Field, Form, FormError, Section

__all__ = ["Condition", "Derive", "Field", "Form", "FormError", "Section", "load_form"]
