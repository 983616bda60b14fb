"""Trying again: only what is safe to repeat, a little later each time, or when the server says; and telling the truth at the end."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import stamina
from stamina.instrumentation import set_on_retry_hooks

from dvc_cli.errors import BadReplyError, DvcError, TooManyTriesError, UnavailableError, problem

T = TypeVar("T")

ATTEMPTS = 4
_SHORTEST_WAIT, _LONGEST_WAIT = 0.1, 10

# Its own hooks write to the log of the program that uses it; what happened is told by the error alone.
set_on_retry_hooks([])


class InVainError(UnavailableError):
    """Nothing was sent, and trying again at once would end the same way: a wrong password is counted again, a certificate stays."""


def with_retries(attempt: Callable[[], T], *, may_repeat: bool, deadline: float) -> T:
    """The value of `attempt`, tried again after failures that allow it, until `deadline` (monotonic clock).

    A failure after an earlier try that may have been carried out is itself one that may have been: UnavailableError with `maybe_done`.
    """
    seen: list[DvcError] = []

    def again(error: Exception) -> bool | float:
        wait = _wait_after(error, may_repeat=may_repeat)
        if isinstance(error, DvcError):
            seen.append(error)
        return wait if isinstance(wait, bool) else wait if time.monotonic() + wait < deadline else False

    try:
        left = max(deadline - time.monotonic(), 0.001)
        for tried in stamina.retry_context(on=again, attempts=ATTEMPTS, timeout=left, wait_initial=0.2, wait_max=4.0, wait_jitter=0.5):
            with tried:
                return attempt()
    except (UnavailableError, TooManyTriesError, BadReplyError) as error:
        maybe = any(isinstance(item, UnavailableError) and item.maybe_done for item in seen)
        if maybe and not (isinstance(error, UnavailableError) and error.maybe_done):
            raise UnavailableError(problem("BE-TIMEOUT-UNKNOWN"), maybe_done=True, data=error.data) from error
        raise
    raise AssertionError  # pragma: no cover - the loop returns or raises


def _wait_after(error: Exception, *, may_repeat: bool) -> bool | float:
    """Whether to try again; a number is the seconds that the server asks for."""
    if isinstance(error, TooManyTriesError):
        # Refused before anything was done: safe for everything, worth it when the wait is short.
        return _seconds(error.retry_after) if error.retry_after is not None and error.retry_after <= _LONGEST_WAIT else False
    if isinstance(error, InVainError):
        return False
    if isinstance(error, UnavailableError):
        asked = error.data.get("retry_after")
        if error.maybe_done and not may_repeat:
            return False
        return _seconds(asked) if isinstance(asked, int) else True
    return False


def _seconds(asked: int) -> float:
    # Zero seconds would read as "not again".
    return min(max(float(asked), _SHORTEST_WAIT), _LONGEST_WAIT)
