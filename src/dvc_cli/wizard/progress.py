"""Where a person stands in a form, counted so that totals only ever shrink: a question that an open answer may still bring counts already.

Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from dvc_cli.forms import Answer, Condition, Evaluation, Field
from dvc_cli.forms.conditions import Match
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.wizard.route import changeable, fault_of, is_required, route, stands_on_default


@dataclass(frozen=True, slots=True)
class Position:
    """Section `section` of `sections` and question `number` of `total` in it, from 1; `left` are open there, the present one included."""

    section: int
    sections: int
    number: int
    total: int
    left: int


def position(
    evaluation: Evaluation, answers: Mapping[str, Answer], key: str, *, optional: bool = True, apart: Collection[str] = ()
) -> Position:
    """Where `key` stands among the questions that are asked or may still come.

    `optional` says whether those that may stay empty are asked; those in `apart` are asked elsewhere and not counted.
    """
    form = evaluation.form
    # A place waits for the one around it, but it will be asked.
    waiting = {name for name in changeable(evaluation) if name not in evaluation.values}
    filling = {name for name in waiting if form[name].preset_from and form[name].preset_from in waiting}
    meant = ((set(_may_come(evaluation)) | set(route(evaluation)) | waiting) - filling - set(apart)) | {key}
    keys = [name for name in form.keys if name in meant]
    sections = [item.id for item in form.sections if any(form[name].section == item.id for name in keys)]
    own = [name for name in keys if form[name].section == form[key].section]
    left = [name for name in own if name == key or _is_open(evaluation, answers, name, optional=optional)]
    return Position(sections.index(form[key].section) + 1, len(sections), own.index(key) + 1, len(own), len(left))


def _is_open(evaluation: Evaluation, answers: Mapping[str, Answer], key: str, *, optional: bool) -> bool:
    if key not in evaluation.live:
        return optional or evaluation.form[key].must_answer or not evaluation.form[key].required.never
    if key in evaluation.values and not fault_of(evaluation, key):
        return optional and stands_on_default(evaluation, answers, key)
    return is_required(evaluation, key) or (optional and key not in answers)


def _may_come(evaluation: Evaluation) -> tuple[str, ...]:
    """The questions that are not live but may become so by an answer that is still open; presets and the session's are never asked."""
    form = evaluation.form
    live = set(evaluation.live)
    undecided: set[str] = set()
    found: list[str] = []
    for key in form.order:
        item = form[key]
        if key in live:
            if key not in evaluation.values and key not in evaluation.locked:
                undecided.add(key)
            continue
        if _verdict(form.lives_when(item), evaluation.texts, undecided) is None:
            undecided.add(key)
            if _asked_if_live(item):
                found.append(key)
    return tuple(found)


def _asked_if_live(item: Field) -> bool:
    filled = (item.preset or item.preset_from) and not item.must_answer and not item.ask
    return not (filled or item.from_session or item.readonly)


def _verdict(condition: Condition, texts: Mapping[str, tuple[str, ...]], undecided: set[str]) -> bool | None:
    """Whether the condition holds, None while answers that are still open decide it."""
    if condition.never:
        return False
    parts = [_test(test, texts, undecided) for test in condition.tests]
    parts += [_verdict(part, texts, undecided) for part in condition.all_of]
    parts += [_opposite(_verdict(part, texts, undecided)) for part in condition.none_of]
    if condition.any_of:
        parts.append(_opposite(_all([_opposite(_verdict(part, texts, undecided)) for part in condition.any_of])))
    return _all(parts)


def _test(test: Match, texts: Mapping[str, tuple[str, ...]], undecided: set[str]) -> bool | None:
    return None if test.key in undecided else Condition(tests=(test,)).holds(texts)


def _all(parts: list[bool | None]) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


def _opposite(verdict: bool | None) -> bool | None:
    return None if verdict is None else not verdict
