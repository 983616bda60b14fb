"""The JSON Schema (2020-12) of the answers to a form.

Properties are flat, one per field key, in canonical form: codes or names of choices and places, true/false, whole numbers, dates. The
grouped form of an answers file is described by `x-sections` only.
"""

from __future__ import annotations

from dvc_cli.forms import model
from dvc_cli.forms.choices import options
from dvc_cli.forms.conditions import ALWAYS, Condition, both
from dvc_cli.forms.groups import MOST_ROWS
from dvc_cli.forms.model import Derive, Field, Form
from dvc_cli.forms.schema_conditions import Schema, condition_schema, spellings
from dvc_cli.language import ENGLISH, Text, language

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}"
_PARTS = r"[0-9]{4}|[0-9]{4}-[0-9]{2}|[0-9]{1,2}[/.-][0-9]{4}"
_TIME = r"[T ][0-9]{1,2}[:h][0-9]{2}"
_PATTERNS = {
    model.DATE: f"^({_DAY})$",
    model.PARTIAL_DATE: f"^({_DAY}|{_PARTS})$",
    model.PARTIAL_DATETIME: f"^(({_DAY})({_TIME})?|{_PARTS})$",
}
_LONG_LISTS = (model.COUNTRY, model.NATIONALITY, model.ETHNICITY)

_ATTACHMENTS: Schema = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "slot": {"type": "integer", "minimum": 1},
            "id": {"type": "string"},
            "file": {"type": "string"},
        },
        "required": ["id", "file"],
        "additionalProperties": False,
    },
}
_ACKNOWLEDGE: Schema = {
    "type": "object",
    "propertyNames": {"pattern": r"^[A-Z]+-[A-Z0-9-]+(:[a-z0-9_]+)?$"},
    "additionalProperties": {"type": "string", "minLength": 5},
}


def json_schema(form: Form, lang: str = "") -> dict[str, object]:
    """The schema of a form's answers with titles in `lang` (the chosen language when empty)."""
    lang = lang or language()
    properties: dict[str, object] = {item.key: _property(form, item, lang) for item in form.fields}
    if form.filing:
        properties |= {model.ATTACHMENTS: _ATTACHMENTS, model.ACKNOWLEDGE: _ACKNOWLEDGE, model.PLEDGE: {"type": "boolean"}}
    always, conditional = _requirements(form)
    lists = {item.type: _options(item, lang) for item in form.fields if item.type in _LONG_LISTS}
    rules = [*conditional, *_locks(form)]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": _in(form.title, lang),
        "type": "object",
        "properties": properties,
        "required": always,
        "additionalProperties": False,
        **({"allOf": rules} if rules else {}),
        **({"$defs": lists} if lists else {}),
        "x-form-version": form.version,
        "x-sections": [
            {"id": section.id, "title": _in(section.title, lang), "fields": [item.key for item in form.section_fields(section.id)]}
            for section in form.sections
        ],
    }


def always_locked(item: Field) -> bool:
    """Whether nobody ever types the field: read-only, derived whatever the answers, or the signed-in person's."""
    return item.from_session or item.readonly or any(derive.when.always for derive in item.derive)


def _requirements(form: Form) -> tuple[list[str], list[Schema]]:
    groups: dict[Condition, list[str]] = {}
    for item in form.fields:
        filled = item.from_session or item.readonly or ((item.preset or item.preset_from) and not item.must_answer)
        if not filled:
            by_itself = (*item.derive, *item.default)
            typed = Condition(none_of=tuple(derive.when for derive in by_itself)) if by_itself else ALWAYS
            groups.setdefault(both(both(form.lives_when(item), item.required), typed), []).append(item.key)
    always: list[str] = []
    conditional: list[Schema] = []
    for condition, keys in groups.items():
        if condition.always:
            always += keys
        elif not condition.never:
            conditional.append({"if": condition_schema(form, condition), "then": {"required": keys}})
    return always, conditional


def _locks(form: Form) -> list[Schema]:
    groups: dict[Condition, dict[str, Schema]] = {}
    for item in form.fields:
        if not always_locked(item):
            for derive in item.derive:
                groups.setdefault(derive.when, {})[item.key] = {"readOnly": True}
    return [{"if": condition_schema(form, when), "then": {"properties": locked}} for when, locked in groups.items()]


def _property(form: Form, item: Field, lang: str) -> dict[str, object]:
    found: dict[str, object] = {"title": _in(item.label, lang)}
    if item.help:
        found["description"] = _in(item.help, lang)
    found |= _type(item, lang)
    if always_locked(item):
        found["readOnly"] = True
    elif item.preset:
        found["default"] = spellings(item, item.preset)[0]
    if item.law:
        found["x-law"] = item.law
    if item.unsure:
        found["x-label-unsure"] = True
    return found | {"x-section": item.section} | _derivation(form, item.derive)


def _derivation(form: Form, derives: tuple[Derive, ...]) -> dict[str, object]:
    sources = list(dict.fromkeys(key for derive in derives for key in derive.inputs if key in form))
    return {"x-derived-from": sources} if sources else {}


def _type(item: Field, lang: str) -> dict[str, object]:
    if item.type == model.BOOLEAN:
        return {"type": "boolean"}
    if item.type == model.INTEGER:
        bounds = {"minimum": item.minimum, "maximum": item.maximum}
        return {"type": "integer"} | {name: bound for name, bound in bounds.items() if bound is not None}
    if item.parts:
        return {"type": "array", "items": _row(item.parts, lang), "maxItems": MOST_ROWS}
    if item.type == model.CHOICES:
        one = _options(item, lang)
        return {"anyOf": [{"type": "array", "items": one, "minItems": 1}, {"type": "string", "minLength": 1}]}
    if item.type in _LONG_LISTS:
        return {"$ref": f"#/$defs/{item.type}"}
    if item.type in model.LIST_TYPES:
        return _options(item, lang)
    if item.type in _PATTERNS:
        return {"type": "string", "pattern": _PATTERNS[item.type]}
    return _text(item)


def _row(form: Form, lang: str) -> dict[str, object]:
    """The schema of one row of a group."""
    always, conditional = _requirements(form)
    return {
        "type": "object",
        "properties": {part.key: _property(form, part, lang) for part in form.fields},
        "required": always,
        "additionalProperties": False,
        **({"allOf": conditional} if conditional else {}),
    }


def _options(item: Field, lang: str) -> dict[str, object]:
    """The codes with their titles, then the other texts that name the same entries."""
    known = options(item)
    codes = [{"const": option.code, "title": option.label_en if lang == ENGLISH else option.label_vi} for option in known]
    others = [name for option in known for name in spellings(item, option.code) if name != option.code]
    labels: list[Schema] = [{"enum": list(dict.fromkeys(others)), "title": "labels"}] if others else []
    return {"anyOf": [*codes, *labels]}


def _text(item: Field) -> dict[str, object]:
    found: dict[str, object] = {"type": "string", "minLength": 1}
    if item.max_length:
        found["maxLength"] = item.max_length
    if item.pattern and not item.soft:
        found["pattern"] = f"^(?:{item.pattern})$"
    if item.type == model.PERSONAL_NUMBER:
        found["pattern"] = "^[0-9]{12}$"
    if item.type == model.PHONE:
        found["pattern"] = "^0[35789][0-9]{8}$"
    if item.type == model.EMAIL:
        found["pattern"] = r"^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$"
    if item.type == model.SECRET:
        found["writeOnly"] = True
    if item.type == model.PROVINCE:
        found["x-places"] = "province"
    if item.type == model.WARD:
        found |= {"x-places": "ward", "x-province": item.province_key}
    return found


def _in(text: Text, lang: str) -> str:
    return text.en if lang == ENGLISH else text.vi
