"""The error class that a set of problems asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dvc_cli.errors import DvcError, MissingAnswersError, Problem, RefusedError, SessionError, UnavailableError, UsageError, exit_code

_BY_EXIT: Mapping[int, type[DvcError]] = {2: MissingAnswersError, 3: SessionError, 4: RefusedError, 5: UnavailableError}


def error_for(
    problems: Iterable[Problem],
    *,
    blocking: Iterable[Problem] | None = None,
    data: Mapping[str, object] | None = None,
    next_commands: tuple[str, ...] = (),
) -> DvcError:
    """An error that shows all `problems` and leaves with the exit code of the `blocking` ones (by default of all)."""
    shown = tuple(problems)
    code = exit_code(shown if blocking is None else tuple(blocking))
    kind = _BY_EXIT.get(code, RefusedError)
    if kind is MissingAnswersError and any(item.code.startswith("A-U") for item in shown):
        kind = UsageError
    return kind(*shown, data=data, next_commands=next_commands)
