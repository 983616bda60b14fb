"""Conditions as JSON Schema, over the answers as they are written.

An answers file may leave out what the form fills in. So a condition becomes a schema that never claims more than the file shows: where
a value may come from a derivation, another field or the session, an absent key leaves the condition open, and an open condition demands
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from dvc_cli.forms.choices import options
from dvc_cli.forms.conditions import ANY_VALUE, Condition, Match
from dvc_cli.forms.model import BOOLEAN, CHOICES, INTEGER, LIST_TYPES, Field, Form

Schema = Mapping[str, object]

ANYTHING: Schema = {}
NOTHING: Schema = {"not": {}}


def condition_schema(form: Form, condition: Condition, *, surely: bool = True) -> Schema:
    """A schema that answers meet only if the condition holds (`surely`), or that all meet for which it may hold."""
    if condition.never:
        return NOTHING
    parts = [_match(form, match, surely=surely) for match in condition.tests]
    parts += [condition_schema(form, part, surely=surely) for part in condition.all_of]
    if condition.any_of:
        parts.append(_any([condition_schema(form, part, surely=surely) for part in condition.any_of]))
    parts += [_not(condition_schema(form, part, surely=not surely)) for part in condition.none_of]
    return all_of(parts)


def all_of(parts: list[Schema]) -> Schema:
    """The schema that asks for all parts."""
    asked = [part for part in parts if part != ANYTHING]
    if NOTHING in asked:
        return NOTHING
    if not asked:
        return ANYTHING
    return asked[0] if len(asked) == 1 else {"allOf": asked}


def spellings(item: Field, code: str) -> list[object]:
    """The ways in which an answers file may write one canonical text of a field."""
    if item.type == BOOLEAN:
        return [code == "true"]
    if item.type == INTEGER:
        return [int(code)]
    if item.type not in LIST_TYPES:
        return [code]
    for option in options(item):
        if option.code == code:
            names = (option.code, option.label_vi, option.label_en, option.portal_value, *option.spellings)
            return list(dict.fromkeys(name for name in names if name))
    return [code]


def _match(form: Form, match: Match, *, surely: bool) -> Schema:
    item = form[match.key]
    value = {"properties": {item.key: _value(item, match.allowed)}}
    absent: Schema = {"not": {"required": [item.key]}}
    if _filled_in(item):
        present: Schema = all_of([{"required": [item.key]}, value]) if surely else _any([absent, value])
    elif _preset_counts(item):
        present = value if ANY_VALUE in match.allowed or item.preset in match.allowed else all_of([{"required": [item.key]}, value])
    else:
        present = all_of([{"required": [item.key]}, value])
    return all_of([condition_schema(form, form.lives_when(item), surely=surely), present])


def _value(item: Field, allowed: tuple[str, ...]) -> Schema:
    if ANY_VALUE in allowed:
        return ANYTHING
    one: Schema = {"enum": [text for code in allowed for text in spellings(item, code)]}
    return _any([one, {"type": "array", "contains": one}]) if item.type == CHOICES else one


def _filled_in(item: Field) -> bool:
    return bool(item.derive or item.default or item.preset_from or item.from_session)


def _preset_counts(item: Field) -> bool:
    return bool(item.preset) and not item.must_answer


def _any(parts: list[Schema]) -> Schema:
    return ANYTHING if ANYTHING in parts else {"anyOf": parts}


def _not(part: Schema) -> Schema:
    if part == ANYTHING:
        return NOTHING
    return ANYTHING if part == NOTHING else {"not": part}
