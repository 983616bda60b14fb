"""What a command hands back. Only this room turns it into text or JSON."""

from __future__ import annotations

from collections.abc import Mapping

from dvc_cli.errors import Problem
from dvc_cli.lazy_dataclasses import dataclass, field

OK, PENDING, ERROR = "ok", "pending", "error"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows for a person; every row has one cell per header."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """Lines beside a code that a phone can read from a screen; elsewhere the lines alone, which name the code themselves."""

    code: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one command.

    `command` is the canonical name (None when unknown); `data` holds JSON-able values with the published paths; `text` is what a
    person reads on standard output, blocks of lines, labelled pairs and tables in order; `plain` (not None) is the whole of standard
    output as it stands, for help, version and completion, which have no envelope. `labels` says how a person calls the field of a
    problem; with `lasting` remarks go before the text, so that its end stays on the screen; `then` is the command line that the person
    chose to run next, at the home screen.
    """

    command: str | None
    status: str = OK
    data: Mapping[str, object] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    next: tuple[str, ...] = ()
    text: tuple[str | Table | Coded | tuple[str, str], ...] = ()
    exit_code: int = 0
    plain: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    lasting: bool = False
    then: tuple[str, ...] = ()
