"""Values that nobody types: the closed set of derivations that a form file may name.

copy            the value of the one input
account_holder  the one input, a name, as banks write it: capitals without marks
by_duty         `value` while the duty of `limit` days after the one input, a date, lasts on the filing day, `late` once it is over
constant        the text `value`, read as the field's own type
date_in_words   the one input, a full date, in Vietnamese words
id_issuer       who issued identity cards on the one input, a date
inverse         who the other is to the first: from the relation of the first to the other and the other's sex; nothing when not certain
join_name       surname, middle name and given name as one name
known           the look-up fact `value`
office_name     the office of a `kind` for the one input, a ward or a province
surname, middle_name, given_name   that part of the one input, a full name
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from dvc_cli.data import limit_or_none
from dvc_cli.domain.dates import PartialDate, date_in_words
from dvc_cli.domain.identity import card_issuer
from dvc_cli.domain.relations import inverses
from dvc_cli.forms.model import Derive, Field, Form
from dvc_cli.forms.parsing import ValueFault, parse_value
from dvc_cli.forms.values import Context, Value, place_name
from dvc_cli.text import fold_search

# How the portal writes the offices; the name of the unit follows with a small first letter ("UBND phường Cái Khế").
OFFICES = {
    "ubnd": "UBND",
    "cong_an": "Công an",
    "bhxh": "Bảo hiểm xã hội",
}

_NAME_PARTS = ("surname", "middle_name", "given_name")

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


def _known(item: Field, derive: Derive, _form: Form, values: Mapping[str, Value], context: Context) -> Value | None:
    text = context.known.get(derive.value, "")
    try:
        return parse_value(item, text, context, values) if text else None
    except ValueFault:
        return None


def _by_duty(_item: Field, derive: Derive, _form: Form, values: Mapping[str, Value], context: Context) -> Value | None:
    event, duty = last_reading(values.get(derive.inputs[0])), limit_or_none(derive.limit, context.on)
    if event is None or duty is None:  # before the law there was no duty
        return None
    last = context.calendar.last_day(event, duty.value or 0)
    return derive.late if context.on > last else derive.value


def _id_issuer(_item: Field, derive: Derive, _form: Form, values: Mapping[str, Value], _context: Context) -> Value | None:
    day = last_reading(values.get(derive.inputs[0]))
    return card_issuer(day) if day else None


def _account_holder(_item: Field, derive: Derive, _form: Form, values: Mapping[str, Value], _context: Context) -> Value | None:
    name = values.get(derive.inputs[0])
    return fold_search(str(name)).upper() if name else None


def _inverse(_item: Field, derive: Derive, _form: Form, values: Mapping[str, Value], _context: Context) -> Value | None:
    relation, gender = (str(values.get(key, "")) for key in derive.inputs)
    found = inverses(relation, gender)
    return found[0] if len(found) == 1 else None


def _name_part(_item: Field, derive: Derive, _form: Form, values: Mapping[str, Value], _context: Context) -> Value | None:
    from dvc_cli.domain.names import split_full_name

    name = values.get(derive.inputs[0])
    return split_full_name(str(name))[_NAME_PARTS.index(derive.rule)] or None if name else None


def last_reading(value: Value | None) -> date | None:
    """The last day that a date may mean; None for anything else."""
    if isinstance(value, PartialDate):
        return value.latest()
    return value if isinstance(value, date) else None


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
    "account_holder": _account_holder,
    "by_duty": _by_duty,
    "copy": _copy,
    "constant": _constant,
    "date_in_words": _date_in_words,
    "id_issuer": _id_issuer,
    "inverse": _inverse,
    "join_name": _join_name,
    "known": _known,
    "office_name": _office_name,
    **dict.fromkeys(_NAME_PARTS, _name_part),
}

INPUTS = {**dict.fromkeys(RULES, 1), "constant": 0, "known": 0, "inverse": 2, "join_name": 3}
"""How many inputs each rule reads."""
