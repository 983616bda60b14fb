"""The sandbox dressed as a backend where people are real, and one that fails when it is told to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from dvc_cli.backends import BackendOptions, open_backend
from dvc_cli.commands.deps import Deps
from dvc_cli.contract.values import Capabilities


class Dressed:
    """The sandbox with other capabilities, or with calls that fail before or after they are carried out."""

    def __init__(self, inner: object, *, changed: dict[str, object], failing: dict[str, Exception], after: bool) -> None:
        self._inner, self._changed, self._failing, self._after = inner, changed, failing, after
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> object:
        found = getattr(self._inner, name)
        if not callable(found):
            return found

        def call(*arguments: object, **named: object) -> object:
            self.calls.append(name)
            failure = self._failing.get(name)
            if failure is not None and not self._after:
                raise failure
            answer = found(*arguments, **named)
            if failure is not None:
                raise failure
            return answer

        return call

    def capabilities(self) -> Capabilities:
        self.calls.append("capabilities")
        if "capabilities" in self._failing:
            raise self._failing["capabilities"]
        return replace(self._inner.capabilities(), **self._changed)


def dressed(
    *,
    invented: bool = True,
    failing: dict[str, Exception] | None = None,
    after: bool = False,
    seen: list[str] | None = None,
    **able: frozenset[str],
) -> Callable[..., Deps]:
    """A `wire` for `main`: dependencies whose backend is the dressed sandbox; `seen` collects the calls, `able` are other capabilities."""

    class Wired(Deps):
        @cached_property
        def backend(self) -> object:
            inner = open_backend("sandbox", BackendOptions("", self.paths.data, self.clock))
            found = Dressed(inner, changed={"invented_people": invented, **able}, failing=failing or {}, after=after)
            if seen is not None:
                found.calls = seen
            return found

    return Wired
