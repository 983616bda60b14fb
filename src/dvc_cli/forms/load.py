"""From a parsed TOML mapping to a `Form`.

    name = "lost_pet"
    command = "lost-pet"
    title = { vi = "...", en = "..." }
    version = "2026-09-01"
    effective_from = 2026-09-01
    source = "..."

    [[sections]]
    id = "pet"
    title = { vi = "...", en = "..." }

    [[fields]]
    section = "pet"
    key = "copies_count"
    type = "integer"
    label = { vi = "Số lượng", en = "Number of copies" }
    when = { want_copies = true }
    required = true
    minimum = 1

A field of type `group` is asked row by row; its `[[fields.parts]]` are the fields of one row.

An attribute that the model does not have is an error: a misspelt one must not pass as "not given".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from dvc_cli.forms.conditions import ALWAYS, NEVER, Condition, ConditionError, parse_condition
from dvc_cli.forms.model import Derive, Field, Form, FormError, Section
from dvc_cli.language import Text

_FORM_KEYS = frozenset({"name", "command", "title", "version", "effective_from", "effective_to", "source", "filing", "sections", "fields"})
_SECTION_KEYS = frozenset({"id", "title", "when", "gender"})
_DERIVE_KEYS = frozenset({"rule", "inputs", "when", "value", "kind", "limit", "late"})


def load_form(raw: Mapping[str, object]) -> Form:
    """The form that a parsed TOML file describes. Raises FormError for anything that is no form; what only looks odd is for the linter."""
    _only(raw, _FORM_KEYS, "form")
    name = _required_text(raw, "name", "form")
    sections = tuple(_section(item) for item in _tables(raw, "sections"))
    fields = tuple(_field(item) for item in _tables(raw, "fields"))
    _unique((item.id for item in sections), "section")
    _unique((item.key for item in fields), "field")
    known = {item.id for item in sections}
    for item in fields:
        if item.section not in known:
            raise FormError(item.key, f"no section `{item.section}`")
    order, circle = _order(sections, fields)
    return Form(
        name=name,
        command=_text(raw, "command", name),
        title=_label(raw, "title", name),
        version=_required_text(raw, "version", name),
        effective_from=_day(raw, "effective_from", name),
        effective_to=_day(raw, "effective_to", name),
        source=_text(raw, "source", name),
        filing=_flag(raw, "filing", name, default=True),
        sections=sections,
        fields=fields,
        order=order,
        circle=circle,
        by_key={item.key: item for item in fields},
    )


def depends_on(item: Field, section: Section) -> tuple[str, ...]:
    """The keys that must have their value before this field can have one."""
    keys = [*section.when.keys(), *item.when.keys()]
    for derive in (*item.derive, *item.default):
        keys += [*derive.when.keys(), *derive.inputs]
    keys += [key for key in (item.preset_from, item.province_key) if key]
    return tuple(dict.fromkeys(keys))


def _order(sections: tuple[Section, ...], fields: tuple[Field, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    by_id = {item.id: item for item in sections}
    keys = {item.key for item in fields}
    waiting = {item.key: {key for key in depends_on(item, by_id[item.section]) if key in keys} for item in fields}
    done: dict[str, None] = {}
    while waiting:
        ready = [key for key, needs in waiting.items() if needs <= done.keys()]
        if not ready:
            return (*done, *waiting), tuple(waiting)
        for key in ready:
            done[key] = None
            del waiting[key]
    return tuple(done), ()


def _section(raw: Mapping[str, object]) -> Section:
    section_id = _required_text(raw, "id", "section")
    _only(raw, _SECTION_KEYS, section_id)
    when = _condition(raw, "when", section_id, ALWAYS)
    return Section(section_id, _label(raw, "title", section_id), when, _text(raw, "gender", section_id))


def _field(raw: Mapping[str, object]) -> Field:
    key = _required_text(raw, "key", "field")
    _only(raw, _READERS.keys(), key)
    for attribute in ("section", "type", "label"):
        if attribute not in raw:
            raise FormError(key, f"`{attribute}` is missing")
    # The readers of one table give exactly the types of the model; mypy cannot see that through a mapping.
    return Field(**{attribute: _READERS[attribute](raw, attribute, key) for attribute in raw})  # type: ignore[arg-type]


def _derives(raw: Mapping[str, object], attribute: str, where: str) -> tuple[Derive, ...]:
    value = raw[attribute]
    items = value if isinstance(value, list) else [value]
    return tuple(_derive(item, where) for item in items)


def _derive(raw: object, where: str) -> Derive:
    if not isinstance(raw, Mapping):
        raise FormError(where, "`derive` takes a table or a list of tables")
    _only(raw, _DERIVE_KEYS, where)
    return Derive(
        rule=_required_text(raw, "rule", where),
        inputs=_texts(raw, "inputs", where) if "inputs" in raw else (),
        when=_condition(raw, "when", where, ALWAYS),
        value=_scalar(raw, "value", where) if "value" in raw else "",
        kind=_text(raw, "kind", where),
        limit=_text(raw, "limit", where),
        late=_text(raw, "late", where),
    )


def _parts(raw: Mapping[str, object], attribute: str, where: str) -> Form:
    """The form of one row: a single section that is named as the group; source and confidence are the group's unless a part has its own."""
    inherited = {name: raw[name] for name in ("source", "confidence") if name in raw}
    section = {"id": f"{where}_row", "title": raw.get("label")}
    fields = [{**inherited, "section": section["id"], **part} for part in _tables(raw, attribute)]
    known = {"name": where, "title": raw.get("label"), "version": "row", "source": raw.get("source", "")}
    return load_form({**known, "filing": False, "sections": [section], "fields": fields})


def _condition(raw: Mapping[str, object], attribute: str, where: str, default: Condition) -> Condition:
    if attribute not in raw:
        return default
    try:
        return parse_condition(raw[attribute])
    except ConditionError as error:
        raise FormError(where, f"`{attribute}`: {error}") from None


def _label(raw: Mapping[str, object], attribute: str, where: str) -> Text:
    value = raw.get(attribute)
    if not isinstance(value, Mapping) or not all(isinstance(text, str) for text in value.values()) or value.keys() - {"vi", "en"}:
        raise FormError(where, f"`{attribute}` takes a table of texts vi and en")
    return Text(value.get("vi", ""), value.get("en", ""))


def _text(raw: Mapping[str, object], attribute: str, where: str) -> str:
    value = raw.get(attribute, "")
    if not isinstance(value, str):
        raise FormError(where, f"`{attribute}` takes a text")
    return value


def _required_text(raw: Mapping[str, object], attribute: str, where: str) -> str:
    value = _text(raw, attribute, where)
    if not value:
        raise FormError(where, f"`{attribute}` is missing")
    return value


def _scalar(raw: Mapping[str, object], attribute: str, where: str) -> str:
    value = raw[attribute]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise FormError(where, f"`{attribute}` takes a text, a whole number, a date, true or false")


def _flag(raw: Mapping[str, object], attribute: str, where: str, *, default: bool = False) -> bool:
    value = raw.get(attribute, default)
    if not isinstance(value, bool):
        raise FormError(where, f"`{attribute}` takes true or false")
    return value


def _number(raw: Mapping[str, object], attribute: str, where: str) -> int:
    value = raw[attribute]
    if isinstance(value, bool) or not isinstance(value, int):
        raise FormError(where, f"`{attribute}` takes a whole number")
    return value


def _day(raw: Mapping[str, object], attribute: str, where: str) -> date | None:
    value = raw.get(attribute)
    if value is not None and type(value) is not date:
        raise FormError(where, f"`{attribute}` takes a date")
    return value


def _texts(raw: Mapping[str, object], attribute: str, where: str) -> tuple[str, ...]:
    value = raw[attribute]
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise FormError(where, f"`{attribute}` takes a list of texts")
    return tuple(value)


def _pairs(raw: Mapping[str, object], attribute: str, where: str) -> tuple[tuple[str, str], ...]:
    value = raw[attribute]
    if not isinstance(value, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in value):  # noqa: PLR2004 - a pair
        raise FormError(where, f"`{attribute}` takes a list of pairs")
    return tuple((str(one), str(other)) for one, other in value)


def _tables(raw: Mapping[str, object], attribute: str) -> tuple[Mapping[str, object], ...]:
    value = raw.get(attribute)
    if not isinstance(value, list) or not value or not all(isinstance(item, Mapping) for item in value):
        raise FormError("form", f"`{attribute}` takes one table or more")
    return tuple(value)


def _only(raw: Mapping[str, object], known: Iterable[str], where: str) -> None:
    unknown = sorted(set(raw) - set(known))
    if unknown:
        raise FormError(where, f"unknown attribute {', '.join(unknown)}")


def _unique(names: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise FormError(what, f"`{name}` stands twice")
        seen.add(name)


_Reader = Callable[[Mapping[str, object], str, str], object]


def _reader(of: _Reader, *attributes: str) -> dict[str, _Reader]:
    return dict.fromkeys(attributes, of)


_READERS = {
    **_reader(_required_text, "key", "section", "type"),
    **_reader(_label, "label", "help"),
    **_reader(_text, "law", "preset_from", "choices", "province_key", "pattern", "example", "fault", "lunar_fault", "person", "part"),
    **_reader(_text, "control", "portal_kind", "source", "confidence"),
    **_reader(lambda raw, attribute, where: _condition(raw, attribute, where, NEVER), "when", "required"),
    **_reader(_scalar, "preset"),
    **_reader(_flag, "must_answer", "ask", "readonly", "from_session", "soft", "not_future", "tool_only", "unsure"),
    **_reader(_number, "max_length", "minimum", "maximum", "page"),
    **_reader(_derives, "derive", "default", "suggest"),
    **_reader(_parts, "parts"),
    **_reader(_pairs, "excludes"),
}
