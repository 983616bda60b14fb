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
class Result:
    """The outcome of one command.

    `command` is the canonical name (None when unknown); `data` holds JSON-able values with the published paths; `text` is what a
    person reads on standard output, blocks of lines, labelled pairs and tables in order; `plain` (not None) is the whole of standard
    output as it stands, for help, version and completion, which have no envelope.
    """

    command: str | None
    status: str = OK
    data: Mapping[str, object] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    next: tuple[str, ...] = ()
    text: tuple[str | Table | tuple[str, str], ...] = ()
    exit_code: int = 0
    plain: str | None = None
