"""What stands ready for a section before its first question: presets, and values that somebody else's records suggest. Pure.

Nothing here is taken unasked: the lines are shown with where they come from, and a person says yes, changes some, or answers alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from dvc_cli.forms import Answer, Evaluation, Field, options
from dvc_cli.forms.evaluate import PRESET
from dvc_cli.forms.model import BOOLEAN, CHOICE
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.text import fold_search
from dvc_cli.wizard.history import Answers
from dvc_cli.wizard.questions import origin_text
from dvc_cli.wizard.route import changeable, is_required, route
from dvc_cli.wizard.suggestions import Suggest, Suggestion

_ROUNDS = 4  # a suggested number leads to the register, a suggested province to its wards
_NO = frozenset({"k", "khong", "n", "no"})


@dataclass(frozen=True, slots=True)
class Ready:
    """One value that stands ready: canonical text, how it reads, where it comes from.

    A `preset` holds without being taken; `other` is the only other value that the field can have, "" when there are more.
    """

    key: str
    label: str
    value: str
    shown: str
    origin: str
    preset: bool
    other: str

    @property
    def text(self) -> str:
        """The line as a person reads it."""
        return f"{self.label}: {self.shown} ({self.origin})"


def ready_presets(evaluation: Evaluation, section: str) -> tuple[Ready, ...]:
    """The presets that hold in a section and can be changed, in form order; those that are asked one by one are left out."""
    own = [key for key in changeable(evaluation) if evaluation.form[key].section == section and not evaluation.form[key].ask]
    keys = [key for key in own if evaluation.origin.get(key) == PRESET]
    return tuple(_ready(evaluation, key, Suggestion(evaluation.text(key), evaluation.display(key), origin_text(PRESET))) for key in keys)


def ready_offers(book: Answers, section: str, suggest: Suggest, *, optional: bool) -> tuple[Ready, ...]:
    """The suggestions for the open questions of a section, in form order; one may rest on another of them."""
    trial = dict(book.given)
    found: dict[str, Ready] = {}
    for _round in range(_ROUNDS):
        evaluation = book.evaluation(trial)
        fresh = _suggested(evaluation, trial, section, suggest, optional=optional)
        if not fresh:
            break
        found.update(fresh)
        trial.update({key: line.value for key, line in fresh.items()})
    return tuple(found[key] for key in book.form.keys if key in found)


def _suggested(evaluation: Evaluation, given: dict[str, Answer], section: str, suggest: Suggest, *, optional: bool) -> dict[str, Ready]:
    found = {}
    for key in route(evaluation):
        if evaluation.form[key].section != section or key in evaluation.values or key in given:
            continue
        if not (optional or is_required(evaluation, key) or evaluation.form[key].person):  # a person's parts go together
            continue
        offer = suggest(evaluation, key)
        if offer is not None and offer.value:
            found[key] = _ready(evaluation, key, offer)
    return found


def _ready(evaluation: Evaluation, key: str, offer: Suggestion) -> Ready:
    item = evaluation.form[key]
    preset = evaluation.origin.get(key) == PRESET
    return Ready(key, str(item.label), offer.value, offer.label or offer.value, offer.origin, preset, _other(item, offer.value))


def _other(item: Field, value: str) -> str:
    codes = ("true", "false") if item.type == BOOLEAN else tuple(row.code for row in options(item)) if item.type == CHOICE else ()
    return next((code for code in codes if code != value), "") if len(codes) == 2 else ""  # noqa: PLR2004 - one and the other


def said_no(typed: str) -> bool:
    """Whether the reply to the list is no."""
    return fold_search(typed) in _NO


def chosen_lines(lines: Collection[Ready], typed: str) -> tuple[Ready, ...] | None:
    """The lines whose numbers were typed, with spaces or commas between them; None when something else was typed."""
    numbers = re.split(r"[ ,;]+", typed)
    if not all(re.fullmatch(r"[1-9][0-9]{0,2}", number) and int(number) <= len(lines) for number in numbers):
        return None
    wanted = {int(number) for number in numbers}
    return tuple(line for number, line in enumerate(lines, 1) if number in wanted)


def how(lines: Collection[Ready]) -> str:
    """What can be done with the list."""
    if any(not line.preset for line in lines):
        return _("Enter để dùng; số để đổi dòng đó (1 3: nhiều dòng); k để tự trả lời")
    return _("Enter để giữ; số để đổi dòng đó (1 3: nhiều dòng)")
