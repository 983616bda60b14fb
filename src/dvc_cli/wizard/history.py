"""The answers of one conversation: changed one at a time, each change durable first, and each can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from dvc_cli.forms import Answer, Context, Evaluation, Form, evaluate
from dvc_cli.forms.model import CHOICES, SECRET
from dvc_cli.lazy_dataclasses import dataclass, field
from dvc_cli.wizard.route import fault_of

Save = Callable[[str, Answer | None], None]
"""Makes one answer durable; None removes it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One answer before and after; None stands for no answer."""

    key: str
    before: Answer | None
    after: Answer | None


@dataclass(slots=True)
class Answers:
    """The answers and how they came to be. `save` is called before `given` changes; secrets are neither saved nor remembered.

    `acts` are what `undo` takes back, the last first: one answer, or all values of one card.
    """

    form: Form
    given: dict[str, Answer]
    context: Callable[[], Context]
    save: Save
    acts: list[tuple[Step, ...]] = field(default_factory=list)
    _open: list[Step] | None = None

    def evaluation(self, given: Mapping[str, Answer] | None = None) -> Evaluation:
        """What the form says to the answers now, or to others."""
        return evaluate(self.form, self.given if given is None else given, self.context())

    def fault(self, key: str, answer: Answer) -> str | None:
        """The sentence that refuses an answer, None when it is fine."""
        found = fault_of(self._trial(key, answer), key)
        return f"{found.message} {found.hint}".strip() if found else None

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer in its canonical form; an empty one as an empty text."""
        trial = self._trial(key, answer)
        kind = self.form[key].type
        canonical = answer if kind in {CHOICES, SECRET} or key not in trial.values else trial.text(key)
        self._change(key, canonical if answer else "")

    @contextmanager
    def one_act(self) -> Iterator[None]:
        """What is put inside is taken back together; one inside another is part of it."""
        if self._open is not None:
            yield
            return
        self._open = []
        try:
            yield
        finally:
            steps, self._open = tuple(self._open), None
            if steps:
                self.acts.append(steps)

    def undo(self) -> tuple[Step, ...]:
        """Take the last act back, on the disk too; its steps in the order in which they were made, () when there is none."""
        if not self.acts:
            return ()
        steps = self.acts.pop()
        for step in reversed(steps):
            self.save(step.key, step.before)
            if step.before is None:
                self.given.pop(step.key, None)
            else:
                self.given[step.key] = step.before
        return steps

    def drop(self, key: str) -> None:
        """Take an answer out, as when its field now fills itself."""
        self._change(key, None)

    def _change(self, key: str, after: Answer | None) -> None:
        before = self.given.get(key)
        if self.form[key].type == SECRET and after is not None:
            self.given[key] = after
            return
        self.save(key, after)
        if after is None:
            self.given.pop(key, None)
        else:
            self.given[key] = after
        if before == after:
            return
        step = Step(key, before, after)
        if self._open is None:
            self.acts.append((step,))
        else:
            self._open.append(step)

    def _trial(self, key: str, answer: Answer) -> Evaluation:
        return self.evaluation({**self.given, key: answer})
