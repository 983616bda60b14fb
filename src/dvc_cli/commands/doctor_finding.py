"""What one check of `dvc doctor` found."""

from __future__ import annotations

from collections.abc import Mapping

from dvc_cli.commands.outcome import problems_of
from dvc_cli.errors import DvcError, Problem
from dvc_cli.lazy_dataclasses import dataclass, field

OK, WARN, FAIL = "ok", "warn", "fail"
Fact = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Finding:
    """`state` is ok, warn or fail; `said` is for a person, `todo` what to do ("" when nothing), `facts` for a program.

    `problems` are what stops the work; only a `fail` has any.
    """

    state: str
    said: str
    todo: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @classmethod
    def failed(cls, error: DvcError, facts: Mapping[str, Fact] | None = None) -> Finding:
        """A failure, told as the commands that meet it tell it."""
        problems = problems_of(error)
        said = " ".join(each.message for each in problems) or type(error).__name__
        todo = " ".join(each.hint for each in problems if each.hint)
        return cls(FAIL, said, todo, facts or {}, problems)

    def document(self, name: str) -> dict[str, object]:
        """One entry of `checks`."""
        return {"id": name, "state": self.state, "message": self.said, "hint": self.todo, "facts": dict(self.facts)}
