"""Finding an option by what a person types: number, code, label, words without diacritics, initials. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from dvc_cli import text
from dvc_cli.prompts.prompter import Option

PAGE = 10  # as many numbered lines as fit a small screen and a memory


@lru_cache(maxsize=4096)
def _keys(option: Option) -> tuple[str, str, str, str]:
    label = text.fold(option.label)
    return label, text.fold_search(option.label), text.fold_search(option.search), text.fold_search(text.initials(option.label))


def exact(options: tuple[Option, ...], typed: str) -> Option | None:
    """The one option whose code, label or whole `search` is `typed` (case folded, tone marks kept); None for none or more than one."""
    wanted = text.fold(typed)
    found = [option for option in options if typed == option.code or wanted in {_keys(option)[0], text.fold(option.search)}]
    return found[0] if len(found) == 1 else None


def numbered(options: tuple[Option, ...], typed: str) -> Option | None:
    """The option at the 1-based number `typed`, None when it is no such number; "01" is no number, it may be a code."""
    if not re.fullmatch(r"[1-9][0-9]{0,3}", typed):
        return None
    number = int(typed)
    return options[number - 1] if number <= len(options) else None


def search(options: tuple[Option, ...], typed: str) -> tuple[Option, ...]:
    """The options that `typed` finds, best first; all of them, in their order, for an empty text.

    Marks that were typed count: "bà" puts Bà before Ba.
    """
    if not typed:
        return options
    marked, bare = text.fold(typed), text.fold_search(typed)
    ranked = [(rank, place) for place, option in enumerate(options) if (rank := _rank(option, typed, marked, bare)) is not None]
    return tuple(options[place] for _, place in sorted(ranked))


def _rank(option: Option, typed: str, marked: str, bare: str) -> int | None:
    label, plain, more, initials = _keys(option)
    tests = (
        typed == option.code or marked == label,
        bare == plain,
        label.startswith(marked),
        plain.startswith(bare),
        bare == initials,
        f" {bare}" in f" {plain}",
        f" {bare}" in f" {more}",
        bare in plain or bare in more,
    )
    return next((rank for rank, holds in enumerate(tests) if holds and (bare or rank == 0)), None)
