"""A backend package as somebody else would ship it: the sandbox behind another name, with the failures that its address asks for.

The address is words joined by `+`: `real-people`, `no-portal-login`, or FAILURE@METHOD, for example `unreachable@get_profile`.
A `lost` answer is carried out before it fails, and so is one of `OTHER_TYPES`. One more such word may stand in the file `PASSING` of its
folder: a failure that passes, while the address, and with it the session, stays the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

from dvc_cli.backends import BackendOptions
from dvc_cli.backends.sandbox import open_backend as open_sandbox
from dvc_cli.contract.values import Capabilities
from dvc_cli.errors import BadReplyError, DvcError, RefusedError, TooManyTriesError, UnavailableError, problem

PASSING = "trial-failure"

FAILURES: dict[str, Callable[[], DvcError]] = {
    "unreachable": UnavailableError,
    "lost": lambda: UnavailableError(maybe_done=True),
    "garbled": BadReplyError,
    "busy": lambda: TooManyTriesError(retry_after=60),
    "refused": lambda: RefusedError(problem("BE-REFUSED", source="may-chu", hint="M-17: đang bảo trì")),
}

OTHER_TYPES: dict[str, Callable[[object], object]] = {
    "nothing": lambda answer: None if answer is not None else "",
    "mapping": lambda answer: {"answer": str(answer)},
    "members": lambda answer: replace(answer, **{each.name: [answer] for each in fields(answer)}) if is_dataclass(answer) else [answer],
}


class TrialBackend:
    """Everything that the address does not break is the sandbox's own answer. It looks nobody up."""

    name = "trial"

    def __init__(self, options: BackendOptions) -> None:
        passing = options.data_folder / PASSING
        said = passing.read_text(encoding="utf-8") if passing.is_file() else ""
        words = [word for word in (*options.url.split("+"), said) if word]
        self._switches = {word for word in words if "@" not in word}
        self._failures = {method: failure for failure, _at, method in (word.partition("@") for word in words if "@" in word)}
        self._inner = open_sandbox(options)

    def capabilities(self) -> Capabilities:
        found = replace(self._inner.capabilities(), lookups=frozenset(), invented_people="real-people" not in self._switches)
        return replace(found, logins=frozenset({"vneid_password"})) if "no-portal-login" in self._switches else found

    def __getattr__(self, method: str) -> Callable[..., object]:
        call = getattr(self._inner, method)
        failure = self._failures.get(method)
        if failure is None:
            return call

        def failing(*arguments: object, **named: object) -> object:
            if failure in OTHER_TYPES:
                return OTHER_TYPES[failure](call(*arguments, **named))
            if failure == "lost":
                call(*arguments, **named)
            error = FAILURES[failure]()
            raise error

        return failing


def open_backend(options: BackendOptions) -> TrialBackend:
    """The factory that the entry point names."""
    return TrialBackend(options)


def register(site: Path) -> None:
    """Leave in `site` what pip leaves of a package with this backend in it."""
    facts = site / "dvc_trial-1.0.dist-info"
    facts.mkdir(parents=True)
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: dvc-trial\nVersion: 1.0\n", encoding="utf-8")
    (facts / "entry_points.txt").write_text(f"[dvc_cli.backends]\ntrial = {__name__}:open_backend\n", encoding="utf-8")
