"""Failures as results."""

from __future__ import annotations

from dvc_cli.errors import BadReplyError, CancelledError, DvcError, NotFoundError, Problem, TooManyTriesError, UnavailableError, problem
from dvc_cli.language import _
from dvc_cli.output.result import ERROR, Result


def failure(command: str | None, error: DvcError) -> Result:
    """The result that an error of the tree becomes; an error without a problem gets the general one of its kind."""
    problems = problems_of(error)
    text = (_cancelled(error),) if isinstance(error, CancelledError) else ()
    return Result(command, ERROR, error.data, problems, error.next_commands or _next_of(problems), text, error.exit_code)


def interrupted(command: str | None) -> Result:
    """Ctrl-C where nothing was being kept."""
    return failure(command, CancelledError())


def problems_of(error: DvcError) -> tuple[Problem, ...]:
    """The problems of an error, or the general one of its kind."""
    return error.problems or _general(error)


def _general(error: DvcError) -> tuple[Problem, ...]:
    if isinstance(error, TooManyTriesError):
        return (problem("BE-TOO-MANY"),)
    if isinstance(error, UnavailableError):
        return (problem("BE-TIMEOUT-UNKNOWN" if error.maybe_done else "BE-UNREACHABLE"),)
    if isinstance(error, BadReplyError):
        return (problem("BE-BAD-REPLY"),)
    if isinstance(error, NotFoundError):
        return (problem("BE-REFUSED"),)
    return ()


def _next_of(problems: tuple[Problem, ...]) -> tuple[str, ...]:
    """Signing in is the one next step that follows from the code alone."""
    if any(item.code.startswith("TK-SESSION-") for item in problems):
        return ("dvc login-vneid",)
    return ()


def _cancelled(error: CancelledError) -> str:
    if error.draft_id:
        return _("Đã dừng. Bản nháp {draft} được giữ.").format(draft=error.draft_id)
    return _("Đã dừng.")
