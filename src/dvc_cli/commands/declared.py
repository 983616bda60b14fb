"""What a command module exports: for each command name its options class and its run function."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.result import Result

Options = TypeVar("Options", bound=CommonFlags)


@dataclass(frozen=True, slots=True)
class Declared:
    """One command: the options it takes, and how parsed options become a run that needs only `deps`."""

    options: type[CommonFlags]
    bind: Callable[[CommonFlags], Callable[[Deps], Result]]


def declare(options: type[Options], run: Callable[[Options, Deps], Result]) -> Declared:
    """Tie an options class to the function that takes it."""

    def bind(value: CommonFlags) -> Callable[[Deps], Result]:
        if not isinstance(value, options):
            raise TypeError(type(value).__name__)
        return lambda deps: run(value, deps)

    return Declared(options, bind)
