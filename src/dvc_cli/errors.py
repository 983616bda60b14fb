"""The one error tree, and the problem value that every refusal carries.

    DvcError                      exit code from its problems
    ├── UsageError                2   flags, answers file, unknown key or command
    ├── MissingAnswersError       2   a live required answer, paper or pledge is missing
    ├── SessionError              3   sign in first, expired, revoked; token store locked
    ├── RefusedError              4   a rule of the procedure, or the backend, says no
    │   ├── NotFoundError         4   the backend does not know the thing asked for
    │   ├── ConflictError         4   changed meanwhile, or same key with other content
    │   └── NotSupportedError     4   the backend lacks the capability
    ├── TooManyTriesError         5   a limit of the backend; `retry_after` seconds
    ├── UnavailableError          5   no connection or no answer; `maybe_done` says whether it may have happened
    ├── BadReplyError             5   the answer breaks the contract
    ├── StoreError                1   the local store: corrupt, full, locked
    └── CancelledError          130   the person stopped; a draft may have been kept

Exit codes are those of the problem table (`data/problem_codes.csv`); where several problems stand together the published order
decides: usage and unknown keys (2), session (3), missing answers (2), refusal (4), backend (5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dvc_cli.data import problem_row
from dvc_cli.language import localized_problem
from dvc_cli.lazy_dataclasses import dataclass

USAGE_CODES = frozenset({"A-USAGE", "A-UNKNOWN-COMMAND", "A-UNKNOWN-KEY", "A-TOO-LARGE", "A-ENCODING"})
ERROR, WARNING, HINT = "error", "warning", "hint"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend or know; the shape of `problems[]` in the JSON envelope.

    `code` is a code of `data/problem_codes.csv`; `severity` is `error`, `warning` or `hint`; `field` is the field key or None;
    `message` says what is wrong, `hint` what to do; `source` names the law or the system the rule comes from.
    """

    code: str
    severity: str
    field: str | None
    message: str
    source: str
    hint: str


def problem(code: str, field: str | None = None, *, message: str = "", detail: str = "", hint: str = "", source: str = "") -> Problem:
    """The problem `code` with the table's texts in the current language.

    `detail` is added behind the table's message; `message`, `hint` and `source` replace the table's when given: where one code has causes
    of which the table's words name another.
    Raises KeyError for a code that the table does not have.
    """
    row = problem_row(code)
    usual, todo = localized_problem(code, row.message_vi, row.todo_vi)
    message = message or usual
    if detail:
        message = f"{message} {detail}"
    return Problem(code, row.severity, field, message, source or row.law, hint or todo)


def exit_code(problems: Iterable[Problem]) -> int:
    """The exit code that these problems ask for together; 0 when none of them blocks.

    Warnings count as blocking: pass only those that were not acknowledged.
    """
    rank: dict[int, int] = {}
    for item in problems:
        code = problem_row(item.code).exit_code
        if item.severity == HINT or code == 0:
            continue
        rank[_rank(item.code, code)] = code
    return rank[min(rank)] if rank else 0


def _rank(code: str, exit_status: int) -> int:
    if code in USAGE_CODES:
        return 0
    return {3: 1, 2: 2, 4: 3, 5: 4, 1: 5}.get(exit_status, 6)


class DvcError(Exception):
    """The root: problems, facts for the envelope's `data`, and commands that may come `next`.

    The text of the exception holds codes only, never a value that a person typed.
    """

    fallback_exit = 1

    def __init__(
        self,
        *problems: Problem,
        data: Mapping[str, object] | None = None,
        next_commands: tuple[str, ...] = (),
    ) -> None:
        super().__init__(", ".join(item.code for item in problems))
        self.problems = problems
        self.data: Mapping[str, object] = data or {}
        self.next_commands = next_commands

    @property
    def exit_code(self) -> int:
        """The published exit code of this failure."""
        return exit_code(self.problems) or self.fallback_exit


class UsageError(DvcError):
    """Raised when flags, an answers file or a command name cannot be understood."""

    fallback_exit = 2


class MissingAnswersError(DvcError):
    """Raised when answers are missing and asking is not allowed; all of them at once."""

    fallback_exit = 2


class SessionError(DvcError):
    """Raised when the work needs a session that is absent, expired or revoked, or a token store that is locked."""

    fallback_exit = 3


class RefusedError(DvcError):
    """Raised when a rule of the procedure or the backend refuses."""

    fallback_exit = 4


class NotFoundError(RefusedError):
    """Raised when the backend does not know what was asked for."""


class ConflictError(RefusedError):
    """Raised when the object changed meanwhile or one idempotency key came with other content."""


class NotSupportedError(RefusedError):
    """Raised when the backend lacks the capability."""


class TooManyTriesError(DvcError):
    """Raised when the backend limits calls or tries; `retry_after` is in seconds, None when it did not say."""

    fallback_exit = 5

    def __init__(self, *problems: Problem, retry_after: int | None = None, data: Mapping[str, object] | None = None) -> None:
        super().__init__(*problems, data=data)
        self.retry_after = retry_after


class UnavailableError(DvcError):
    """Raised when the backend cannot be reached or did not answer; `maybe_done` is True when the request may have been carried out."""

    fallback_exit = 5

    def __init__(self, *problems: Problem, maybe_done: bool = False, data: Mapping[str, object] | None = None) -> None:
        super().__init__(*problems, data=data)
        self.maybe_done = maybe_done


class BadReplyError(DvcError):
    """Raised when the backend's answer cannot be read."""

    fallback_exit = 5


class StoreError(DvcError):
    """Raised when the local store is corrupt, full or held by another process, or the token store is not usable."""

    fallback_exit = 1


class CancelledError(DvcError):
    """Raised when the person stops (Ctrl-C, end of input); `draft_id` names the draft that was kept, if any."""

    fallback_exit = 130

    def __init__(self, draft_id: str | None = None) -> None:
        super().__init__(data={"draft": {"id": draft_id}} if draft_id else {})
        self.draft_id = draft_id
