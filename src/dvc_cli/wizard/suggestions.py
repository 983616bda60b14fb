"""What the requester's own data suggests for a parent's block. Pure; a suggestion is offered with its origin and never taken unasked."""

from __future__ import annotations

from collections.abc import Callable

from dvc_cli.forms import Evaluation, ValueFault, display_value, format_value, parse_value
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

_PARENT_OF_RELATION = {"cha": "father", "me": "mother"}
_NAME_PARTS = ("surname", "middle_name", "given_name")
# People, surname of the child, householder: never guessed. What is here stands on the requester's own identity record.
_OFFERED = frozenset(
    {"full_name", "birth_date", "id_number", "residence_type", "country", "province", "ward", "address_detail", *_NAME_PARTS}
)


def no_suggestion(_evaluation: Evaluation, _key: str) -> Suggestion | None:
    """Offers nothing."""
    return None


def from_requester(evaluation: Evaluation, key: str) -> Suggestion | None:
    """The requester's datum for the field of the parent that the requester is; None for anybody else's and for what must not be guessed."""
    item = evaluation.form[key]
    parent = _PARENT_OF_RELATION.get(evaluation.text("requester_relation"), "")
    if not parent or not key.startswith(f"{parent}_"):
        return None
    part = key.removeprefix(f"{parent}_")
    if part not in _OFFERED:
        return None
    text = _requester_part(evaluation, part)
    if not text:
        return None
    try:
        value = parse_value(item, text, evaluation.context, evaluation.values)
    except ValueFault:
        return None
    label = display_value(item, value, evaluation.context.lang, evaluation.context.on)
    return Suggestion(format_value(item, value), label, _("theo người yêu cầu"))


def _requester_part(evaluation: Evaluation, part: str) -> str:
    if part not in _NAME_PARTS:
        return evaluation.text(f"requester_{part}")
    from dvc_cli.domain.names import split_full_name

    full_name = evaluation.text("requester_full_name")
    return dict(zip(_NAME_PARTS, split_full_name(full_name), strict=True))[part] if full_name else ""
