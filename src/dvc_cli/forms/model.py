"""What a form is made of. All values are frozen; `load_form` makes them from a parsed TOML file.

A form knows no terminal, no clock and no backend: it is the same description for the wizard, the answers file, the schema, the review
and the server's own check.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from dvc_cli.forms.conditions import ALWAYS, NEVER, Condition, both
from dvc_cli.language import Text
from dvc_cli.lazy_dataclasses import dataclass, field

TEXT, NAME, EMAIL, PHONE, CODE, SECRET = "text", "name", "email", "phone", "code", "secret"
PERSONAL_NUMBER = "personal_number"
INTEGER, BOOLEAN = "integer", "boolean"
DATE, PARTIAL_DATE, PARTIAL_DATETIME = "date", "partial_date", "partial_datetime"
CHOICE, CHOICES, COUNTRY, NATIONALITY, ETHNICITY = "choice", "choices", "country", "nationality", "ethnicity"
PROVINCE, WARD = "province", "ward"
GROUP = "group"

TEXT_TYPES = frozenset({TEXT, NAME, EMAIL, PHONE, CODE, SECRET, PERSONAL_NUMBER})
DATE_TYPES = frozenset({DATE, PARTIAL_DATE, PARTIAL_DATETIME})
LIST_TYPES = frozenset({CHOICE, CHOICES, COUNTRY, NATIONALITY, ETHNICITY})
PLACE_TYPES = frozenset({PROVINCE, WARD})
TYPES = TEXT_TYPES | DATE_TYPES | LIST_TYPES | PLACE_TYPES | {INTEGER, BOOLEAN, GROUP}

# Keys that every filing form understands beside its fields.
ATTACHMENTS, ACKNOWLEDGE, PLEDGE = "attachments", "acknowledge", "pledge"
RESERVED = (ATTACHMENTS, ACKNOWLEDGE, PLEDGE)


class FormError(ValueError):
    """Raised when a form file does not describe a form; the text names the field and what is wrong."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")


@dataclass(frozen=True, slots=True)
class Derive:
    """How a field gets a value that the person does not type, while `when` holds.

    `rule` is a name of `forms.derive.RULES`; `inputs` are the keys that it reads; `value` is the constant or the name of a look-up fact,
    `kind` the kind of office; `limit` names a duty in days, `late` is the value once it is over.
    """

    rule: str
    inputs: tuple[str, ...] = ()
    when: Condition = ALWAYS
    value: str = ""
    kind: str = ""
    limit: str = ""
    late: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One question. Attributes carry the names of the form file.

    Life: `when` and `required` are conditions; a field is live when its section and itself are.
    Defaults: `preset` is used when nothing is answered, `preset_from` copies another field as such, the first of `default` whose condition
    holds derives one; none counts while `must_answer`. `ask` asks a person all the same, with the default offered. `suggest` is only ever
    offered, never taken unasked.
    Read-only: the first of `derive` whose condition holds gives the value; `readonly` fields are never typed, theirs is a derivation's or
    the preset; `from_session` fields take the value of the signed-in person.
    Bounds: `max_length` in characters, `pattern` of the whole text (`soft`: a text that misses it is accepted, a rule warns), `minimum`,
    `maximum`, `not_future` (no day after the filing day), `excludes` (choices that cannot stand together; `"*"`: with any other).
    `example` is an accepted answer.
    Group: the answer is any number of rows; `parts` is the form of one row.
    Faults: `fault` replaces A-INVALID, A-PLACE and the code for excluded choices, and of a name it refuses hidden characters, which are
    dropped otherwise; `lunar_fault` replaces A-DATE for a lunar date. A code outside its effective days is A-INVALID.
    People: `person` and `part` say whose and which part of a card the field holds.
    Sending: `tool_only` values are facts of the tool and never sent; `page`, `control`, `portal_kind` name the control on the portal;
    `unsure` marks a label of our own for a control whose label nobody has seen.
    """

    key: str
    section: str
    type: str
    label: Text
    help: Text | None = None
    law: str = ""
    when: Condition = ALWAYS
    required: Condition = NEVER
    preset: str = ""
    preset_from: str = ""
    must_answer: bool = False
    ask: bool = False
    default: tuple[Derive, ...] = ()
    suggest: tuple[Derive, ...] = ()
    derive: tuple[Derive, ...] = ()
    readonly: bool = False
    from_session: bool = False
    choices: str = ""
    excludes: tuple[tuple[str, str], ...] = ()
    province_key: str = ""
    max_length: int = 0
    pattern: str = ""
    example: str = ""
    soft: bool = False
    minimum: int | None = None
    maximum: int | None = None
    not_future: bool = False
    fault: str = ""
    lunar_fault: str = ""
    person: str = ""
    part: str = ""
    parts: Form | None = None
    tool_only: bool = False
    unsure: bool = False
    page: int = 0
    control: str = ""
    portal_kind: str = ""
    source: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A group of fields under one heading; fields of a section whose `when` does not hold are not live.

    `gender` is the sex, by code, that the person of the section can only have; empty when it may be either.
    """

    id: str
    title: Text
    when: Condition = ALWAYS
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of one command: sections and fields in the order in which people meet them.

    `filing` forms also take attachments, acknowledged warnings and the pledge. `order` is the order in which values are found: a field
    stands after the fields that its life, its derivations and its place depend on; the fields of a circle are in `circle`.
    `lives` keeps what `lives_when` has found.
    """

    name: str
    command: str
    title: Text
    version: str
    effective_from: date | None
    effective_to: date | None
    source: str
    filing: bool
    sections: tuple[Section, ...]
    fields: tuple[Field, ...]
    order: tuple[str, ...]
    circle: tuple[str, ...] = ()
    by_key: dict[str, Field] = field(default_factory=dict, repr=False, compare=False)
    lives: dict[str, Condition] = field(default_factory=dict, repr=False, compare=False)

    def __getitem__(self, key: str) -> Field:
        return self.by_key[key]

    def __contains__(self, key: object) -> bool:
        return key in self.by_key

    @property
    def keys(self) -> tuple[str, ...]:
        """All field keys in form order."""
        return tuple(self.by_key)

    def place(self, key: str | None) -> int:
        """Where a field stands in the form, the first at 0; behind all others for what is no field of it."""
        return self.keys.index(key) if key in self.by_key else len(self.by_key)

    def section(self, section_id: str) -> Section:
        """The section with this id. Raises KeyError."""
        for item in self.sections:
            if item.id == section_id:
                return item
        raise KeyError(section_id)

    def section_fields(self, section_id: str) -> tuple[Field, ...]:
        """The fields of one section in form order."""
        return tuple(item for item in self.fields if item.section == section_id)

    def lives_when(self, item: Field) -> Condition:
        """When a field is live: what its section and itself ask for."""
        known = self.lives.get(item.key)
        if known is None:
            known = self.lives[item.key] = both(self.section(item.section).when, item.when)
        return known

    def takes_fact(self, facts: Container[str]) -> bool:
        """Whether one of its fields takes its value from one of these look-up facts."""
        return any(rule.rule == "known" and rule.value in facts for item in self.fields for rule in (*item.derive, *item.default))
