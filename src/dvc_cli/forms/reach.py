"""Can a field ever live? A bounded search over the values that the conditions name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

from dvc_cli.forms.conditions import ANY_VALUE
from dvc_cli.forms.model import BOOLEAN, CHOICES, Field, Form

_ELSE = "\u0000"  # stands for a value that no condition names
_MOST = 50_000


def unreachable(form: Form) -> tuple[str, ...]:
    """The keys of fields that live under no set of answers, in form order. A field whose search would be too long counts as reachable."""
    named = _named_values(form)
    return tuple(item.key for item in form.fields if not _reachable(form, item, named))


def _reachable(form: Form, item: Field, named: dict[str, set[str]]) -> bool:
    wanted = form.lives_when(item)
    if wanted.always:
        return True
    keys = _sources(form, wanted.keys())
    domains = [_candidates(form[key], named.get(key, set())) for key in keys]
    if prod(len(domain) for domain in domains) > _MOST:
        return True
    return any(wanted.holds(_live_texts(form, keys, chosen)) for chosen in product(*domains))


def _sources(form: Form, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The keys that decide, and those that decide whether these live, in the order of evaluation."""
    needed: set[str] = set()
    waiting = [key for key in keys if key in form]
    while waiting:
        key = waiting.pop()
        if key not in needed:
            needed.add(key)
            waiting += [other for other in form.lives_when(form[key]).keys() if other in form]  # noqa: SIM118 - no mapping
    return tuple(key for key in form.order if key in needed)


def _candidates(item: Field, named: set[str]) -> list[tuple[str, ...]]:
    if item.readonly and item.preset:
        return [(item.preset,)]
    values = {"true", "false"} if item.type == BOOLEAN else {*named, _ELSE}
    several = [tuple(sorted(named))] if item.type == CHOICES and len(named) > 1 else []
    return [*((value,) for value in sorted(values)), *several, (item.preset,) if item.preset else ()]


def _live_texts(form: Form, keys: tuple[str, ...], chosen: tuple[tuple[str, ...], ...]) -> dict[str, tuple[str, ...]]:
    texts: dict[str, tuple[str, ...]] = {}
    for key, value in zip(keys, chosen, strict=True):
        if value and form.lives_when(form[key]).holds(texts):
            texts[key] = value
    return texts


def _named_values(form: Form) -> dict[str, set[str]]:
    named: dict[str, set[str]] = {}
    for match_key, values in _matches(form):
        named.setdefault(match_key, set()).update(value for value in values if value != ANY_VALUE)
    return named


def _matches(form: Form) -> Iterator[tuple[str, tuple[str, ...]]]:
    for item in form.fields:
        for part in form.lives_when(item).parts():
            for match in part.tests:
                yield match.key, match.allowed
