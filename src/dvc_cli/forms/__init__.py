"""The form engine: from a form described as data to live fields, parsed values, problems, payload, schema and sample. Pure."""

from __future__ import annotations

from dvc_cli.forms.answers import Answers, answers_format, parse_answers
from dvc_cli.forms.choices import options
from dvc_cli.forms.conditions import Condition, parse_condition
from dvc_cli.forms.evaluate import Evaluation, evaluate, knowing
from dvc_cli.forms.given import AttachmentAnswer, Given, flatten, unknown_key
from dvc_cli.forms.groups import given_rows, judge_row, row_form
from dvc_cli.forms.lint import lint_form
from dvc_cli.forms.load import load_form
from dvc_cli.forms.model import Derive, Field, Form, FormError, Section
from dvc_cli.forms.parsing import ValueFault, is_empty, parse_value
from dvc_cli.forms.rules import Case, Finding, Rule, rule, run_rules
from dvc_cli.forms.schema import json_schema
from dvc_cli.forms.template import sample_answers
from dvc_cli.forms.values import Answer, Context, Rows, Value, display_row, display_value, format_value, rows_text

__all__ = [
    "Answer",
    "Answers",
    "AttachmentAnswer",
    "Case",
    "Condition",
    "Context",
    "Derive",
    "Evaluation",
    "Field",
    "Finding",
    "Form",
    "FormError",
    "Given",
    "Rows",
    "Rule",
    "Section",
    "Value",
    "ValueFault",
    "answers_format",
    "display_row",
    "display_value",
    "evaluate",
    "flatten",
    "format_value",
    "given_rows",
    "is_empty",
    "json_schema",
    "judge_row",
    "knowing",
    "lint_form",
    "load_form",
    "options",
    "parse_answers",
    "parse_condition",
    "parse_value",
    "row_form",
    "rows_text",
    "rule",
    "run_rules",
    "sample_answers",
    "unknown_key",
]
