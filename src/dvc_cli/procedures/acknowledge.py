"""Accepting warnings with a written reason; keys are `CODE` or `CODE:field`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dvc_cli.errors import WARNING, Problem, problem

MIN_REASON = 5


def accepted(warning: Problem, acknowledge: Mapping[str, str]) -> bool:
    """Whether this warning has a reason of enough characters."""
    return any(_is_reason(acknowledge.get(key, "")) for key in _keys(warning))


def unused(acknowledge: Mapping[str, str], problems: Iterable[Problem]) -> Iterator[Problem]:
    """One hint for each reason that accepts nothing: no such warning in this dossier, or too short."""
    known = {key for item in problems if item.severity == WARNING for key in _keys(item)}
    for key, reason in acknowledge.items():
        if key not in known or not _is_reason(reason):
            yield problem("A-ACK-UNUSED", "acknowledge", detail=f"({key})")


def _keys(item: Problem) -> tuple[str, ...]:
    return (item.code, f"{item.code}:{item.field}") if item.field else (item.code,)


def _is_reason(text: str) -> bool:
    return len(" ".join(text.split())) >= MIN_REASON
