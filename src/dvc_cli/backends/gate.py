"""The door through which everything comes that a backend says: it has the type that the contract tells, and its texts are made fit to be
shown, before anybody keeps or compares them.

What a package does in this process cannot be prevented; what it says by mistake or in bad faith reaches no screen, no record and no file.
"""

from __future__ import annotations

import io
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TextIO, cast

from dvc_cli.contract.answers import can_be_told, flaw_of, is_method
from dvc_cli.contract.backend import Backend
from dvc_cli.contract.secret import Secret
from dvc_cli.data import problem_row
from dvc_cli.errors import ERROR, HINT, WARNING, BadReplyError, DvcError, Problem, TooManyTriesError, UnavailableError, problem
from dvc_cli.lazy_dataclasses import changed, field_names
from dvc_cli.text import safe

TEXT_LIMIT = 2000  # characters; longer than any name, address or note
CODE_LIMIT = 80
MOST_SECONDS = 366 * 86_400  # that a backend may ask to wait


Observe = Callable[[str, float, object], None]
"""Told after each call: the method, the seconds it took, the cleaned answer or the exception."""


def guarded(backend: Backend, observe: Observe | None = None) -> Backend:
    """`backend` behind the gate: texts in its values and errors are one clean line each, secrets and bytes stay as they are.

    BadReplyError names the method and the member where an answer is not of the type that the contract has there, and a method that is
    missing or takes other arguments. A problem code that nobody published becomes BE-REFUSED; an error that cannot be read is
    BadReplyError, as is a call that would end the process. What a call writes to the standard streams is dropped: only `output` prints.
    """
    return cast("Backend", _Guarded(backend, observe))


class _Guarded:
    def __init__(self, inner: object, observe: Observe | None) -> None:
        self._inner, self._observe = inner, observe

    def close(self) -> None:
        """Close the backend. What goes wrong then stands in the log alone: whatever was to be done is done, and has its answer."""
        with suppress(Exception):
            cast("Callable[[], object]", self.__getattr__("close"))()

    def __getattr__(self, name: str) -> object:
        found = self._find(name)
        if not callable(found):
            return _taken(name, found)

        def call(*arguments: object, **named: object) -> object:
            begun, answer = time.perf_counter(), cast("object", None)
            try:
                with hushed():
                    answer = _taken(name, _called(name, lambda: found(*arguments, **named)))
            except BaseException as error:
                answer = error
                raise
            finally:
                if self._observe is not None:
                    self._observe(name, time.perf_counter() - begun, answer)
            return answer

        return call

    def _find(self, name: str) -> object:
        """What the backend has under this name: of a protocol's method something that can be called."""
        try:
            with hushed():
                found = cast("object", getattr(self._inner, name))
        except AttributeError:
            if is_method(name):
                raise _bad(name, "missing") from None
            raise
        if is_method(name) and not callable(found):
            raise _bad(name, "expected a method, got " + type(found).__name__)
        return found


@contextmanager
def hushed() -> Iterator[None]:
    """A stretch in which a package of somebody else runs: it prints nothing, and its errors of the tree are clean.

    The standard streams are the whole process's: where several threads are in such stretches, they come back when the last one leaves.
    """
    _SILENCE.begin()
    try:
        yield
    except DvcError as error:
        _clean(error)
        raise
    finally:
        _SILENCE.end()


class _Nowhere(io.TextIOBase):
    """A stream that keeps nothing."""

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        return len(text)


class _Silence:
    """The standard streams put aside while anybody wants them to be."""

    def __init__(self) -> None:
        self._lock, self._wanted_by = threading.Lock(), 0
        self._kept: tuple[TextIO, TextIO] = (sys.stdout, sys.stderr)

    def begin(self) -> None:
        with self._lock:
            if not self._wanted_by:
                self._kept = (sys.stdout, sys.stderr)
                sys.stdout = sys.stderr = cast("TextIO", _Nowhere())
            self._wanted_by += 1

    def end(self) -> None:
        with self._lock:
            self._wanted_by -= 1
            if not self._wanted_by:
                sys.stdout, sys.stderr = self._kept


_SILENCE = _Silence()


def _called(name: str, call: Callable[[], object]) -> object:
    try:
        return call()
    except TypeError as error:
        here = error.__traceback__
        if here and here.tb_next and here.tb_next.tb_next is None:  # raised by `call` itself: the method was not even entered
            raise _bad(name, "takes other arguments") from error
        raise
    except (Exception, KeyboardInterrupt):
        raise
    except BaseException as error:  # of those that nobody catches, all but the person's own Ctrl-C: they would end the process
        raise _bad(name, type(error).__name__) from error


def _taken(name: str, answer: object) -> object:
    """An answer of the right type, cleaned. BadReplyError says what is wrong with another, never what it holds."""
    try:
        flaw = flaw_of(name, answer)
        mended = answer if flaw else cleaned(answer)
    except Exception as error:  # a value of somebody else's class may do anything when it is looked at
        raise _bad(name) from error
    if flaw:
        raise _bad(flaw)
    return mended


def _bad(name: str, what: str = "") -> BadReplyError:
    told = safe(f"{name}: {what}" if what else name, 2 * CODE_LIMIT)
    return BadReplyError(problem("BE-BAD-REPLY", detail=f"({told})"))


def cleaned(value: object) -> object:
    """`value` with every text in it cleaned, all the way down."""
    if isinstance(value, str):
        return safe(value, TEXT_LIMIT)
    if isinstance(value, Secret):
        return value
    names = field_names(value)
    if names:
        present = {name: cast("object", getattr(value, name)) for name in names}
        mended = {name: new for name, old in present.items() if (new := cleaned(old)) is not old}
        return changed(value, **mended) if mended else value
    if isinstance(value, Mapping):
        return {cleaned(key): cleaned(entry) for key, entry in value.items()}
    if isinstance(value, tuple):
        return tuple(cleaned(entry) for entry in value)
    if isinstance(value, list):
        return [cleaned(entry) for entry in value]
    if isinstance(value, frozenset):
        return frozenset(cleaned(entry) for entry in value)
    return value


def _clean(error: DvcError) -> None:
    """Make an error of the tree one that can be shown; it keeps its class and with that its meaning."""
    try:
        readable = can_be_told(error.data)
        error.problems = tuple(_clean_problem(item) for item in error.problems)
        error.data = {safe(str(key), CODE_LIMIT): cleaned(entry) for key, entry in error.data.items()}
        error.next_commands = tuple(safe(command, CODE_LIMIT) for command in error.next_commands)
    except Exception:  # noqa: BLE001 - an error of somebody else's class may do anything when it is looked at
        readable = False
    if not readable:
        raise BadReplyError(problem("BE-BAD-REPLY")) from None
    error.args = (", ".join(item.code for item in error.problems),)
    if isinstance(error, TooManyTriesError) and not _is_seconds(getattr(error, "retry_after", None)):
        error.retry_after = None
    if isinstance(error, UnavailableError):
        error.maybe_done = getattr(error, "maybe_done", None) is not False  # unless it says that nothing happened, something may have


def _is_seconds(told: object) -> bool:
    return isinstance(told, int) and 0 <= told <= MOST_SECONDS


def _clean_problem(item: Problem) -> Problem:
    severity = item.severity if item.severity in {ERROR, WARNING, HINT} else ERROR
    texts = {"message": safe(item.message, TEXT_LIMIT), "source": safe(item.source, TEXT_LIMIT), "hint": safe(item.hint, TEXT_LIMIT)}
    field = None if item.field is None else safe(item.field, CODE_LIMIT)
    try:
        problem_row(item.code)
    except KeyError:
        return Problem("BE-REFUSED", severity, field, **texts)
    return Problem(item.code, severity, field, **texts)
