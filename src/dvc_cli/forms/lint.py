"""What is wrong with a form that can be loaded: one sentence per finding, in form order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from dvc_cli.data import limit_ids, problem_row
from dvc_cli.forms import model
from dvc_cli.forms.choices import options
from dvc_cli.forms.conditions import ANY_VALUE, WORDS, Condition, Match
from dvc_cli.forms.derive import INPUTS, OFFICES
from dvc_cli.forms.model import Derive, Field, Form
from dvc_cli.forms.parsing import ValueFault, parse_plain
from dvc_cli.forms.reach import unreachable
from dvc_cli.language import Text

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_CAPPED = frozenset({model.TEXT, model.NAME, model.EMAIL})
_GENDERS = frozenset({"", "nam", "nu"})
_LISTED = frozenset({model.CHOICE, model.CHOICES})


def lint_form(form: Form) -> tuple[str, ...]:
    """The findings of a form; empty when all is well."""
    findings = [f"form: {text}" for text in _form_findings(form)]
    findings += [f"{item.id}: {text}" for item in form.sections for text in _section_findings(form, item)]
    findings += [f"{item.key}: {text}" for item in form.fields for check in _CHECKS for text in check(form, item)]
    findings += [f"{key}: stands in a circle of conditions or derivations" for key in form.circle]
    findings += [f"{key}: no set of answers reaches it" for key in unreachable(form)]
    return tuple(dict.fromkeys(findings))


def _form_findings(form: Form) -> Iterator[str]:
    yield from _text_findings("title", form.title)
    if not form.source:
        yield "no source"
    if form.effective_from and form.effective_to and form.effective_to < form.effective_from:
        yield "ends before it begins"


def _section_findings(form: Form, item: model.Section) -> Iterator[str]:
    yield from _text_findings("title", item.title)
    yield from _condition_findings(form, item.when)
    if item.id in form:
        yield "a field has the same name"
    if item.gender not in _GENDERS:
        yield f"unknown gender `{item.gender}`"
    if not form.section_fields(item.id):
        yield "has no field"


def _text_findings(name: str, text: Text) -> Iterator[str]:
    if not text.vi.strip():
        yield f"{name} has no Vietnamese"
    if not text.en.strip():
        yield f"{name} has no English"


def _words(_form: Form, item: Field) -> Iterator[str]:
    if not _KEY.fullmatch(item.key) or item.key in WORDS or item.key in model.RESERVED:
        yield "is no field key"
    yield from _text_findings("label", item.label)
    if item.help:
        yield from _text_findings("help", item.help)
    if not item.source:
        yield "no source"
    if not item.confidence:
        yield "no confidence"


def _type(_form: Form, item: Field) -> Iterator[str]:
    if item.type not in model.TYPES:
        yield f"unknown type `{item.type}`"
    if item.type in _CAPPED and not item.max_length:
        yield "no max_length"
    if item.minimum is not None and item.maximum is not None and item.minimum > item.maximum:
        yield "minimum is above maximum"
    if "\\d" in item.pattern:
        yield "pattern: write [0-9], \\d takes digits of every script"
    try:
        re.compile(item.pattern)
    except re.error:
        yield "pattern is no regular expression"
    if item.pattern and item.type != model.CODE:
        yield "only a code has a pattern"


def _lists(_form: Form, item: Field) -> Iterator[str]:
    if (item.type in _LISTED) != bool(item.choices):
        yield "`choices` belongs to the types choice and choices, and they need it"
        return
    codes = _codes(item)
    if item.type in _LISTED and not codes:
        yield f"unknown list `{item.choices}`"
    unknown = {code for pair in item.excludes for code in pair} - {*codes, ANY_VALUE}
    if unknown:
        yield f"excludes unknown choices {', '.join(sorted(unknown))}"


def _places(form: Form, item: Field) -> Iterator[str]:
    if item.type != model.WARD:
        if item.province_key:
            yield "only a ward has a province_key"
    elif not item.province_key:
        yield "a ward without province_key"
    elif item.province_key not in form or form[item.province_key].type != model.PROVINCE:
        yield f"`{item.province_key}` is no province"


def _defaults(form: Form, item: Field) -> Iterator[str]:
    if item.preset and item.type not in (model.DATE_TYPES | model.PLACE_TYPES) and item.type in model.TYPES:
        try:
            parse_plain(item, item.preset)
        except (ValueFault, KeyError):
            yield f"preset `{item.preset}` is no value of the field"
    if item.preset_from:
        yield from _same_type(form, item, item.preset_from)
    if item.readonly and not (item.preset or item.derive):
        yield "read-only without a value"
    for code in filter(None, (item.fault, item.lunar_fault)):
        try:
            problem_row(code)
        except KeyError:
            yield f"unknown problem code {code}"


def _parts(_form: Form, item: Field) -> Iterator[str]:
    if (item.type == model.GROUP) != (item.parts is not None):
        yield "`parts` belong to the type group, and it needs them"
    for part in item.parts.fields if item.parts else ():
        if part.type in {model.GROUP, model.SECRET} or part.from_session:
            yield f"{part.key} cannot stand in a row"
    if item.parts:
        yield from (f"{finding}" for finding in lint_form(item.parts))


def _conditions(form: Form, item: Field) -> Iterator[str]:
    for condition in (item.when, item.required, *(derive.when for derive in _all_derives(item))):
        yield from _condition_findings(form, condition)
    if item.key in {*form.lives_when(item).keys(), *item.required.keys()}:
        yield "a condition looks at the field itself"


def _derivations(form: Form, item: Field) -> Iterator[str]:
    for derive in _all_derives(item):
        yield from _derive_findings(form, item, derive)


def _all_derives(item: Field) -> tuple[Derive, ...]:
    return (*item.derive, *item.default, *item.suggest)


def _derive_findings(form: Form, item: Field, derive: Derive) -> Iterator[str]:
    if derive.rule not in INPUTS:
        yield f"unknown derivation `{derive.rule}`"
        return
    if len(derive.inputs) != INPUTS[derive.rule]:
        yield f"`{derive.rule}` reads {INPUTS[derive.rule]} fields"
    for key in derive.inputs:
        if key not in form:
            yield f"derives from unknown field `{key}`"
        elif derive.rule == "copy" and derive in item.derive:  # a default is read anew as a value of its field
            yield from _same_type(form, item, key)
        elif derive.rule == "office_name" and form[key].type not in model.PLACE_TYPES:
            yield f"`{key}` is no place"
        elif derive.rule == "date_in_words" and form[key].type != model.DATE:
            yield f"`{key}` is no full date"
    if derive.rule == "known" and not derive.value:
        yield "`known` names no fact"
    if derive.rule == "by_duty" and not (derive.limit in limit_ids() and derive.value and derive.late):
        yield "`by_duty` takes a limit of the table and two values"
    if derive.rule == "office_name" and derive.kind not in OFFICES:
        yield f"unknown kind of office `{derive.kind}`"


def _same_type(form: Form, item: Field, key: str) -> Iterator[str]:
    if key not in form:
        yield f"copies unknown field `{key}`"
    elif {item.type, form[key].type} not in ({item.type}, {model.TEXT, model.NAME}):
        yield f"copies `{key}` of another type"


def _condition_findings(form: Form, condition: Condition) -> Iterator[str]:
    for part in condition.parts():
        for match in part.tests:
            yield from _match_findings(form, match)


def _match_findings(form: Form, match: Match) -> Iterator[str]:
    if match.key not in form:
        yield f"a condition looks at unknown field `{match.key}`"
        return
    item = form[match.key]
    values = set(match.allowed) - {ANY_VALUE}
    known = {"true", "false"} if item.type == model.BOOLEAN else set(_codes(item))
    if item.type in model.LIST_TYPES | {model.BOOLEAN} and values - known:
        yield f"a condition names unknown values of `{match.key}`: {', '.join(sorted(values - known))}"
    if item.type in model.TEXT_TYPES and values:
        yield f"a condition compares the free text `{match.key}`"


def _codes(item: Field) -> tuple[str, ...]:
    try:
        return tuple(option.code for option in options(item)) if item.type in model.LIST_TYPES else ()
    except KeyError:
        return ()


_Check = Callable[[Form, Field], Iterator[str]]
_CHECKS: tuple[_Check, ...] = (_words, _type, _lists, _places, _defaults, _parts, _conditions, _derivations)
