"""Values that nobody types: the closed set of derivations that a form file may name.

copy          the value of the one input
constant      the text `value`, read as the field's own type
date_in_words the one input, a full date, in Vietnamese words
join_name     surname, middle name and given name as one name
office_name   the office of a `kind` for the one input, a ward or a province
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from dvc_cli.domain.dates import PartialDate, date_in_words
from dvc_cli.forms.model import Derive, Field, Form
from dvc_cli.forms.parsing import ValueFault, parse_value
from dvc_cli.forms.values import Context, Value, place_name

# How the portal writes the offices; the name of the unit follows with a small first letter ("UBND phường Cái Khế").
OFFICES = {
    "ubnd": "UBND",
    "cong_an": "Công an",
    "bhxh": "Bảo hiểm xã hội",
}

_Rule = Callable[[Field, Derive, Form, Mapping[str, Value], Context], Value | None]


def derived_value(item: Field, derive: Derive, form: Form, values: Mapping[str, Value], context: Context) -> Value | None:
    """The value that a derivation gives; None when what it needs has no value."""
    return RULES[derive.rule](item, derive, form, values, context)


def _copy(_item: Field, derive: Derive, _form: Form, values: Mapping[str, Value], _context: Context) -> Value | None:
    return values.get(derive.inputs[0])


def _constant(item: Field, derive: Derive, _form: Form, values: Mapping[str, Value], context: Context) -> Value | None:
    try:
        return parse_value(item, derive.value, context, values) if derive.value else None
    except ValueFault:
        return None


def _date_in_words(_item: Field, derive: Derive, _form: Form, values: Mapping[str, Value], _context: Context) -> Value | None:
    value = values.get(derive.inputs[0])
    if isinstance(value, date) and not isinstance(value, PartialDate):
        return date_in_words(value)
    return None


def _join_name(_item: Field, derive: Derive, _form: Form, values: Mapping[str, Value], _context: Context) -> Value | None:
    from dvc_cli.domain.names import join_name

    surname, middle, given = (str(values.get(key, "")) for key in derive.inputs)
    return join_name(surname, middle, given) if given else None


def _office_name(_item: Field, derive: Derive, form: Form, values: Mapping[str, Value], context: Context) -> Value | None:
    key = derive.inputs[0]
    code = values.get(key)
    name = place_name(form[key].type, code, context.on) if isinstance(code, str) else ""
    return f"{OFFICES[derive.kind]} {name[0].lower()}{name[1:]}" if name else None


RULES: Mapping[str, _Rule] = {
    "copy": _copy,
    "constant": _constant,
    "date_in_words": _date_in_words,
    "join_name": _join_name,
    "office_name": _office_name,
}

INPUTS = {"copy": 1, "constant": 0, "date_in_words": 1, "join_name": 3, "office_name": 1}
"""How many inputs each rule reads."""
