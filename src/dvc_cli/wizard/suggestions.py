"""What a form suggests from other answers and from registers. Pure; a suggestion is offered with its origin and never taken unasked."""

from __future__ import annotations

from collections.abc import Callable

from dvc_cli.forms import Derive, Evaluation, Field, Form, Value, ValueFault, display_value, format_value, parse_value
from dvc_cli.forms.derive import derived_value
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An offered value: canonical text, how it reads, where it comes from; an empty value is none."""

    value: str
    label: str = ""
    origin: str = ""


Suggest = Callable[[Evaluation, str], Suggestion | None]
"""Given the evaluation and a key without a value, what to offer."""


def no_suggestion(_evaluation: Evaluation, _key: str) -> Suggestion | None:
    """Offers nothing."""
    return None


def from_form(evaluation: Evaluation, key: str) -> Suggestion | None:
    """What the form itself suggests for a field: the first of its suggestions that holds and has a value."""
    item = evaluation.form[key]
    for derive in item.suggest:
        if not derive.when.holds(evaluation.texts):
            continue
        found = derived_value(item, derive, evaluation.form, evaluation.values, evaluation.context)
        value = None if found is None else _own_value(evaluation, item, found)
        if value is not None:
            label = display_value(item, value, evaluation.context.lang, evaluation.context.on)
            return Suggestion(format_value(item, value), label, _origin(evaluation.form, derive))
    return None


def _own_value(evaluation: Evaluation, item: Field, found: Value) -> Value | None:
    """The value as one of this field; another field's may not be in its list."""
    try:
        return parse_value(item, format_value(item, found), evaluation.context, evaluation.values)
    except ValueFault:
        return None


def _origin(form: Form, derive: Derive) -> str:
    if not derive.inputs:
        return _("theo CSDL tra cứu")
    source = form[derive.inputs[0]]
    if source.from_session:
        return _("theo người yêu cầu")
    title = str(form.section(source.section).title)
    return _("theo {section}").format(section=title[0].lower() + title[1:])
