"""The door through which everything comes that a backend says: its texts are made fit to be shown, before anybody keeps or compares them.

What a package does in this process cannot be prevented; what it says by mistake or in bad faith reaches no screen, no record and no file.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import cast

from dvc_cli.contract.backend import Backend
from dvc_cli.contract.secret import Secret
from dvc_cli.data import problem_row
from dvc_cli.errors import ERROR, HINT, WARNING, BadReplyError, DvcError, Problem, problem
from dvc_cli.lazy_dataclasses import changed, field_names
from dvc_cli.text import safe

TEXT_LIMIT = 2000  # characters; longer than any name, address or note
CODE_LIMIT = 80


Observe = Callable[[str, float, object], None]
"""Told after each call: the method, the seconds it took, the cleaned answer or the exception."""


def guarded(backend: Backend, observe: Observe | None = None) -> Backend:
    """`backend` behind the gate: texts in its values and errors are one clean line each, secrets and bytes stay as they are.

    A problem code that nobody published becomes BE-REFUSED; an error that cannot be read is BadReplyError, as is a call that would end the
    process. What a call writes to the standard streams is dropped: only `output` prints.
    """
    return cast("Backend", _Guarded(backend, observe))


class _Guarded:
    def __init__(self, inner: object, observe: Observe | None) -> None:
        self._inner, self._observe = inner, observe

    def __getattr__(self, name: str) -> object:
        with hushed():
            found = cast("object", getattr(self._inner, name))
        if not callable(found):
            return cleaned(found)

        def call(*arguments: object, **named: object) -> object:
            begun, answer = time.perf_counter(), cast("object", None)
            try:
                with hushed():
                    answer = cleaned(found(*arguments, **named))
            except SystemExit as error:
                raise BadReplyError(problem("BE-BAD-REPLY")) from error
            except BaseException as error:
                answer = error
                raise
            finally:
                if self._observe is not None:
                    self._observe(name, time.perf_counter() - begun, answer)
            return answer

        return call


@contextmanager
def hushed() -> Iterator[None]:
    """A stretch in which a package of somebody else runs: it prints nothing, and its errors of the tree are clean."""
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            yield
    except DvcError as error:
        _clean(error)
        raise


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
        error.problems = tuple(_clean_problem(item) for item in error.problems)
        error.data = {safe(str(key), CODE_LIMIT): cleaned(entry) for key, entry in error.data.items()}
        error.next_commands = tuple(safe(command, CODE_LIMIT) for command in error.next_commands)
    except (TypeError, AttributeError, ValueError):
        raise BadReplyError(problem("BE-BAD-REPLY")) from None
    error.args = (", ".join(item.code for item in error.problems),)


def _clean_problem(item: Problem) -> Problem:
    severity = item.severity if item.severity in {ERROR, WARNING, HINT} else ERROR
    texts = {"message": safe(item.message, TEXT_LIMIT), "source": safe(item.source, TEXT_LIMIT), "hint": safe(item.hint, TEXT_LIMIT)}
    field = None if item.field is None else safe(item.field, CODE_LIMIT)
    try:
        problem_row(item.code)
    except KeyError:
        return Problem("BE-REFUSED", severity, field, **texts)
    return Problem(item.code, severity, field, **texts)
