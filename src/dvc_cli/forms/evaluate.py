"""From given answers to live fields, values, missing keys and problems; the payload is a projection of the result.

Fields are visited in the order of their dependencies. A dead field has no value for anybody: not for conditions, not for copies, not
for the payload. What was given for it is reported as A-NOT-LIVE and otherwise ignored.
"""

from __future__ import annotations

from collections.abc import Mapping

from dvc_cli.data import problem_row
from dvc_cli.errors import Problem, problem
from dvc_cli.forms.derive import derived_value
from dvc_cli.forms.model import SECRET, WARD, Derive, Field, Form
from dvc_cli.forms.parsing import ValueFault, is_empty, parse_value
from dvc_cli.forms.values import Answer, Context, Value, display_value, format_value, plain_value, texts_of
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass, field, replace
from dvc_cli.text import fold

ANSWER, PRESET, DERIVED, SESSION, LOOKUP = "answer", "preset", "derived", "session", "lookup"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a form says to a set of answers.

    `values` holds the live, parsed values, `texts` their canonical texts, as conditions compare them; `origin` where each comes from
    (answer, preset, derived, session, lookup); `live` the live keys and `missing` the required ones without a value, both in form order;
    `locked` the live keys that nobody may change now (derived, fixed, from the session).
    A value that cannot be read is a problem, not missing. `problems` stand in form order.
    """

    form: Form
    context: Context
    values: Mapping[str, Value]
    texts: Mapping[str, tuple[str, ...]]
    live: tuple[str, ...]
    origin: Mapping[str, str]
    missing: tuple[str, ...]
    locked: frozenset[str]
    problems: tuple[Problem, ...]

    def text(self, key: str) -> str:
        """The canonical text of a value; "" when there is none."""
        return ", ".join(self.texts.get(key, ()))

    def display(self, key: str) -> str:
        """The value as a person reads it; "" when there is none."""
        if key not in self.values:
            return ""
        return display_value(self.form[key], self.values[key], self.context.lang, self.context.on)

    def payload(self) -> dict[str, object]:
        """What would be sent: field key to plain value, in form order; no facts of the tool, no secrets."""
        return self._plain(tool_only=False)

    def facts(self) -> dict[str, object]:
        """The live values that only the tool uses."""
        return self._plain(tool_only=True)

    def _plain(self, *, tool_only: bool) -> dict[str, object]:
        items = ((self.form[key], value) for key, value in self.values.items())
        return {item.key: plain_value(value) for item, value in items if item.tool_only == tool_only and item.type != SECRET}


def evaluate(form: Form, given: Mapping[str, Answer], context: Context) -> Evaluation:
    """Evaluate a form. Keys that the form does not have are ignored (reading the answers file reports them)."""
    run = _Run(form, given, context)
    fields = [form[key] for key in form.order]
    for item in fields:
        run.visit(item)
    for item in fields:
        if item.key in run.live and item.key not in run.values:
            run.settle(item)
    return run.result()


def knowing(found: Evaluation, given: Mapping[str, Answer], known: Mapping[str, str]) -> Evaluation:
    """The evaluation of the same answers once registers have told these facts; made anew only where a field takes one of them."""
    context = replace(found.context, known=known)
    return evaluate(found.form, given, context) if found.form.takes_fact(known) else replace(found, context=context)


def active_derive(item: Field, texts: Mapping[str, tuple[str, ...]]) -> Derive | None:
    """The derivation that makes the field read-only now; a read-only field falls back to its preset, which may be nothing."""
    for derive in item.derive:
        if derive.when.holds(texts):
            return derive
    deciding = tuple(dict.fromkeys(key for derive in item.derive for key in derive.when.keys()))  # noqa: SIM118 - no mapping
    return Derive("constant", deciding, value=item.preset) if item.readonly else None


@dataclass(slots=True)
class _Run:
    form: Form
    given: Mapping[str, Answer]
    context: Context
    values: dict[str, Value] = field(default_factory=dict)
    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    live: set[str] = field(default_factory=set)
    origin: dict[str, str] = field(default_factory=dict)
    locked: set[str] = field(default_factory=set)
    deriving: dict[str, Derive] = field(default_factory=dict)
    unplaced: set[str] = field(default_factory=set)
    explained: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)
    problems: dict[str, Problem] = field(default_factory=dict)

    def answer(self, item: Field) -> Answer | None:
        given = self.given.get(item.key)
        return None if given is None or is_empty(item, given) else given

    def visit(self, item: Field) -> None:
        """Find out whether the field lives and what its value is."""
        answer = self.answer(item)
        if not self.form.lives_when(item).holds(self.texts):
            if answer is not None:
                self.problems[item.key] = problem("A-NOT-LIVE", item.key)
            return
        self.live.add(item.key)
        derive = active_derive(item, self.texts) if item.derive or item.readonly else None
        if derive is not None:
            self._derive(item, derive, answer)
        elif item.from_session and self._read_quietly(item, self._session_text(item), SESSION):
            self._from_session(item, answer)
        elif answer is not None:
            self._read(item, answer, ANSWER)
        else:
            self._default(item)

    def settle(self, item: Field) -> None:
        """Tell a value that is missing from one that follows from another missing or faulty value, of a live field without one."""
        if item.key in self.explained:
            return
        derive = self.deriving.get(item.key)
        if self.explained.intersection(self._sources(item, derive)):
            self.explained.add(item.key)
        elif item.key in self.unplaced:
            self._fault(item, ValueFault("A-PLACE", _("Chọn tỉnh, thành phố trước.")))
        elif derive and self.answer(item) is not None:
            self._fault(item, _not_derived())
        elif item.required.holds(self.texts):
            self.explained.add(item.key)
            self.missing.add(item.key)
            self.problems[item.key] = problem("A-MISSING", item.key)

    def _sources(self, item: Field, derive: Derive | None) -> tuple[str, ...]:
        """The fields from which this one would have had its value."""
        if derive:
            return derive.inputs
        if item.key in self.unplaced:
            return (item.province_key,)
        default = self._active_default(item)
        copied = (item.preset_from,) if item.preset_from else ()
        return () if item.must_answer else (*copied, *(default.inputs if default else ()))

    def result(self) -> Evaluation:
        keys = self.form.keys
        return Evaluation(
            form=self.form,
            context=self.context,
            values={key: self.values[key] for key in keys if key in self.values},
            texts=self.texts,
            live=tuple(key for key in keys if key in self.live),
            origin=self.origin,
            missing=tuple(key for key in keys if key in self.missing),
            locked=frozenset(self.locked),
            problems=tuple(self.problems[key] for key in keys if key in self.problems),
        )

    def _derive(self, item: Field, derive: Derive, answer: Answer | None) -> None:
        self.locked.add(item.key)
        self.deriving[item.key] = derive
        if any(self._lacks(key) for key in derive.inputs):
            return
        value = derived_value(item, derive, self.form, self.values, self.context)
        if value is None:
            return
        self._put(item, value, DERIVED)
        if answer is not None and not self._same(item, answer, value):
            self.problems[item.key] = _problem(item, _not_derived(), self.context)

    def _lacks(self, key: str) -> bool:
        """Whether a source is faulty or still to be answered: half a name must not become somebody's name."""
        waits = key in self.live and key not in self.values and self.form[key].required.holds(self.texts)
        return waits or key in self.explained

    def _from_session(self, item: Field, answer: Answer | None) -> None:
        self.locked.add(item.key)
        if answer is not None and not self._same(item, answer, self.values[item.key]):
            self.problems[item.key] = problem("A-REQUESTER", item.key)

    def _default(self, item: Field) -> None:
        """The session's value, a derived one, another field's, or the preset; one that cannot be read here counts for nothing."""
        if self._read_quietly(item, self._session_text(item), SESSION) or item.must_answer or self._derived_default(item):
            return
        copied = ", ".join(self.texts.get(item.preset_from, ())) if item.preset_from else ""
        if not self._read_quietly(item, copied, PRESET):
            self._read_quietly(item, item.preset, PRESET)

    def _derived_default(self, item: Field) -> bool:
        derive = self._active_default(item)
        if derive is None or any(self._lacks(key) for key in derive.inputs):
            return False
        value = derived_value(item, derive, self.form, self.values, self.context)
        origin = LOOKUP if derive.rule == "known" else PRESET
        return value is not None and self._read_quietly(item, format_value(item, value), origin)

    def _active_default(self, item: Field) -> Derive | None:
        return next((derive for derive in item.default if derive.when.holds(self.texts)), None)

    def _read(self, item: Field, answer: Answer, origin: str) -> None:
        if item.type == WARD and item.province_key and item.province_key not in self.values:
            self.unplaced.add(item.key)
            return
        try:
            self._put(item, parse_value(item, answer, self.context, self.values), origin)
        except ValueFault as fault:
            self._fault(item, fault)

    def _read_quietly(self, item: Field, text: str, origin: str) -> bool:
        if not text:
            return False
        try:
            self._put(item, parse_value(item, text, self.context, self.values), origin)
        except ValueFault:
            return False
        return True

    def _put(self, item: Field, value: Value, origin: str) -> None:
        self.values[item.key] = value
        self.texts[item.key] = texts_of(value)
        self.origin[item.key] = origin

    def _fault(self, item: Field, fault: ValueFault) -> None:
        self.explained.add(item.key)
        self.problems[item.key] = _problem(item, fault, self.context)

    def _session_text(self, item: Field) -> str:
        return (self.context.session_values or {}).get(item.key, "")

    def _same(self, item: Field, answer: Answer, value: Value) -> bool:
        if isinstance(answer, str) and (answer,) == self.texts[item.key]:
            return True  # a canonical text reads back to its value
        try:
            if parse_value(item, answer, self.context, self.values) == value:
                return True
        except ValueFault:
            return False
        shown = display_value(item, value, self.context.lang, self.context.on)
        return isinstance(answer, str) and fold(answer) == fold(shown)


def _problem(item: Field, fault: ValueFault, context: Context) -> Problem:
    code = fault.code if problem_row(fault.code).in_force(context.on) else "A-INVALID"
    return problem(code, item.key, detail=fault.detail)


def _not_derived() -> ValueFault:
    return ValueFault("A-INVALID", _("Ô này tự điền từ các câu trả lời khác: bỏ giá trị này hoặc ghi đúng như vậy."))
