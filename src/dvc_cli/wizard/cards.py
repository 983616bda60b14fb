"""A card scanned at a question of a person's block: what it fills there, and where it disagrees with earlier answers. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from dvc_cli.domain.card import Card
from dvc_cli.domain.names import split_full_name, telex_leftover
from dvc_cli.forms import Answer, Evaluation, Field, Form, ValueFault, display_value, format_value, parse_value
from dvc_cli.forms.model import CODE, GROUP, INTEGER, PERSONAL_NUMBER, PHONE, SECRET, TEXT
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.text import fold, fold_search
from dvc_cli.wizard.route import changeable

_DIGITS = frozenset({CODE, GROUP, INTEGER, PERSONAL_NUMBER, PHONE, SECRET, TEXT})  # may hold twelve digits of their own


@dataclass(frozen=True, slots=True)
class Filled:
    """One value of the card: field key, canonical text, label and how it reads; `before` is how the earlier, different answer reads."""

    key: str
    value: str
    label: str
    shown: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a card says about one block: `new` values, `differing` ones, sentences that need a look, and the address as printed."""

    new: tuple[Filled, ...]
    differing: tuple[Filled, ...]
    doubts: tuple[str, ...]
    address: str

    @property
    def values(self) -> tuple[Filled, ...]:
        """All values of the card."""
        return (*self.new, *self.differing)


def block_person(form: Form, key: str) -> str:
    """Whose block the field stands in: its own person, else the only person of its section; "" when there is none."""
    item = form[key]
    persons = {other.person for other in form.section_fields(item.section) if other.person}
    return item.person or (persons.pop() if len(persons) == 1 else "")


def number_field(evaluation: Evaluation, key: str) -> str | None:
    """The key that takes the number of the person whom `key` asks about; None where `key` takes digits itself, or there is none."""
    if evaluation.form[key].type in _DIGITS:
        return None
    person = block_person(evaluation.form, key)
    fields = (evaluation.form[name] for name in changeable(evaluation))
    return next((other.key for other in fields if person and other.person == person and other.part == "id_number"), None)


def compare(evaluation: Evaluation, person: str, card: Card, answers: Mapping[str, Answer]) -> Reading:
    """What the card would fill in the live, changeable fields of the block `person`, held against the earlier answers."""
    new: list[Filled] = []
    differing: list[Filled] = []
    parts = _parts(card)
    for key in changeable(evaluation):
        item = evaluation.form[key]
        if item.person != person or not parts.get(item.part):
            continue
        filled = _fill(evaluation, item, parts[item.part], answers)
        if filled is not None:
            (differing if filled.before else new).append(filled)
    return Reading(tuple(new), tuple(differing), _doubts(evaluation.form, person, card), card.address)


def _fill(evaluation: Evaluation, item: Field, text: str, answers: Mapping[str, Answer]) -> Filled | None:
    try:
        value = parse_value(item, text, evaluation.context, evaluation.values)
    except ValueFault:
        return None
    canonical = format_value(item, value)
    before = ""
    if answers.get(item.key) and item.key in evaluation.values and fold(evaluation.text(item.key)) != fold(canonical):
        before = evaluation.display(item.key)
    shown = display_value(item, value, evaluation.context.lang, evaluation.context.on)
    return Filled(item.key, canonical, str(item.label), shown, before)


def _parts(card: Card) -> dict[str, str]:
    surname, middle_name, given_name = split_full_name(card.full_name)
    return {
        "full_name": card.full_name,
        "surname": surname,
        "middle_name": middle_name,
        "given_name": given_name,
        "id_number": card.id_number,
        "birth_date": _iso(card.birth_date),
        "gender": card.gender,
        "id_issue_date": _iso(card.issue_date),
    }


def _iso(day: object) -> str:
    return "" if day is None else str(day)


def _doubts(form: Form, person: str, card: Card) -> tuple[str, ...]:
    doubts: list[str] = []
    expected = next((form.section(item.section).gender for item in form.fields if item.person == person), "")
    if expected and card.gender and fold_search(card.gender) != expected:
        doubts.append(_("Thẻ này ghi giới tính {gender}.").format(gender=card.gender))
    if any(telex_leftover(word) for word in card.full_name.split()):
        doubts.append(_("Họ tên trên thẻ có vẻ đã bị bộ gõ đổi chữ. Hãy tắt Telex/VNI khi quét rồi kiểm tra lại họ tên."))
    return tuple(doubts)
