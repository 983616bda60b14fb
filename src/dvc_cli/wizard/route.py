"""Which questions the route through a form has now, which comes next, and which came before. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from dvc_cli.errors import ERROR, Problem
from dvc_cli.forms import Answer, Evaluation
from dvc_cli.forms.evaluate import ANSWER, PRESET
from dvc_cli.forms.model import WARD


def changeable(evaluation: Evaluation) -> tuple[str, ...]:
    """The live keys that a person may answer, in form order."""
    return tuple(key for key in evaluation.live if key not in evaluation.locked)


def route(evaluation: Evaluation) -> tuple[str, ...]:
    """The questions a person meets: changeable, not filled in beforehand, a ward only once its province is known."""
    return tuple(key for key in changeable(evaluation) if not _filled_in(evaluation, key) and _placed(evaluation, key))


def is_required(evaluation: Evaluation, key: str) -> bool:
    """Whether the field takes no empty answer now."""
    item = evaluation.form[key]
    return item.must_answer or item.required.holds(evaluation.texts)


def fault_of(evaluation: Evaluation, key: str) -> Problem | None:
    """Why the given value of the field cannot be taken; None when it can or none was given."""
    wrong = (item for item in evaluation.problems if item.field == key and item.severity == ERROR and item.code != "A-MISSING")
    return next(wrong, None)


def overruled(evaluation: Evaluation, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """The keys with an answer that their fields, filling themselves now, contradict."""
    return tuple(key for key in evaluation.locked if answers.get(key) and fault_of(evaluation, key))


def next_question(
    evaluation: Evaluation, answers: Mapping[str, Answer], *, optional: bool = True, only: Collection[str] | None = None
) -> str | None:
    """The first question without a valid answer; an optional one left empty before (an empty text in `answers`) is not asked again."""
    for key in route(evaluation):
        settled = key in evaluation.values and not stands_on_default(evaluation, answers, key)
        if settled or (only is not None and key not in only):
            continue
        if key in evaluation.missing or fault_of(evaluation, key) or (optional and key not in answers):
            return key
    return None


def question_before(evaluation: Evaluation, answers: Mapping[str, Answer], key: str, only: Collection[str] | None = None) -> str | None:
    """The answered question that stands before `key` on the route; None at the beginning."""
    before = route(evaluation)
    if key in before:
        before = before[: before.index(key)]
    answered = [name for name in before if name in answers and (only is None or name in only)]
    return answered[-1] if answered else None


def stands_on_default(evaluation: Evaluation, answers: Mapping[str, Answer], key: str) -> bool:
    """Whether the value is a default that a person is to look at, and has not been yet."""
    return evaluation.form[key].ask and evaluation.origin.get(key) == PRESET and key not in answers


def _filled_in(evaluation: Evaluation, key: str) -> bool:
    asked = evaluation.form[key].ask and evaluation.origin.get(key) == PRESET
    return key in evaluation.values and evaluation.origin.get(key) != ANSWER and not asked


def _placed(evaluation: Evaluation, key: str) -> bool:
    item = evaluation.form[key]
    return item.type != WARD or not item.province_key or item.province_key in evaluation.values
