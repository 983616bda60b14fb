"""The answers of an account command: one or more small forms, and what is still to be asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from dvc_cli.commands.answers import RawAnswers, check_secret_source, read_answers
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.failures import error_for
from dvc_cli.commands.flags import AskingFlags
from dvc_cli.domain.calendar import working_calendar
from dvc_cli.domain.identity import is_invented
from dvc_cli.errors import Problem, problem
from dvc_cli.forms import Answer, Context, Evaluation, evaluate, flatten, unknown_key
from dvc_cli.forms.answers import RawValue
from dvc_cli.language import language
from dvc_cli.procedures.account import account_form
from dvc_cli.prompts.prompter import Leave

if TYPE_CHECKING:
    from dvc_cli.wizard import Interview

NUMBER = "id_number"


class AccountAnswers:
    """What was given to one account command that may reach through several forms (`register`, then `otp`, then `set_password`).

    `extras` are keys beside those of the forms, `apart` keys that the command asks by itself. UsageError for keys that none of these has.
    """

    def __init__(self, deps: Deps, flags: AskingFlags, *names: str, extras: Collection[str] = (), apart: Collection[str] = ()) -> None:
        self._deps, self._apart = deps, apart
        self.raw: RawAnswers = read_answers(flags, deps)
        self._forms = {name: account_form(name) for name in names}
        self._given: dict[str, dict[str, Answer]] = {}
        known = {key: name for name in reversed(names) for key in self._forms[name].keys}
        self._distribute(known, extras)
        check_secret_source(self.raw, deps)

    def context(self) -> Context:
        """What the evaluation of an account form may know."""
        return Context(self._deps.today(), self._deps.now(), working_calendar(), language())

    def has(self, name: str, key: str) -> bool:
        """Whether a non-empty answer was given for this key."""
        return bool(self._given[name].get(key))

    def text(self, name: str, key: str) -> str:
        """What was given, unparsed; "" when nothing was."""
        value = self._given[name].get(key, "")
        return value if isinstance(value, str) else ""

    def evaluate(self, name: str) -> Evaluation:
        """The form `name` as answered so far."""
        return evaluate(self._forms[name], self._given[name], self.context())

    def complete(self, name: str, *, only: Collection[str] | None = None) -> Evaluation:
        """Ask what is missing where that is allowed; raise everything that is still wrong at once."""
        if self._deps.may_ask:
            self.ask(name, only=only)
        evaluation = self.evaluate(name)
        problems = [item for item in evaluation.problems if only is None or item.field in only]
        problems += self._invented(evaluation, only)
        if any(item.severity != "hint" for item in problems):
            raise error_for(problems)
        return evaluation

    def ask(self, name: str, *, only: Collection[str] | None = None) -> None:
        """Ask what is missing of the form; closing the input stops the command."""
        try:
            self._interview(name).ask_missing(only)
        except Leave:
            raise KeyboardInterrupt from None

    def ask_again(self, name: str, key: str, *, only_if_absent: bool = False) -> None:
        """Ask one question whatever its answer; with `only_if_absent` a given answer stands."""
        if only_if_absent and self.has(name, key):
            return
        try:
            self._interview(name).ask_one(key)
        except Leave:
            raise KeyboardInterrupt from None

    def _invented(self, evaluation: Evaluation, only: Collection[str] | None) -> list[Problem]:
        """A-INVENTED before a training number is sent to a backend where people are real."""
        number = evaluation.text(NUMBER) if NUMBER in evaluation.live and (only is None or NUMBER in only) else ""
        if not number or not is_invented(number) or self._deps.backend.capabilities().invented_people:
            return []
        return [problem("A-INVENTED", NUMBER)]

    def _interview(self, name: str) -> Interview:
        from dvc_cli.wizard import Interview

        return Interview(self._forms[name], self._given[name], self._deps.prompter, self.context, _keep_nothing, apart=self._apart)

    def _distribute(self, known: Mapping[str, str], extras: Collection[str]) -> None:
        tables: dict[str, dict[str, RawValue]] = {name: {} for name in self._forms}
        unknown: list[Problem] = []
        for key, value in self._flat().items():
            if key in known:
                tables[known[key]][key] = value
            elif key not in extras:
                unknown.append(unknown_key(key, (*known, *extras)))
        if unknown:
            raise error_for(unknown)
        for name, form in self._forms.items():
            given = flatten(form, tables[name])
            if given.problems:
                raise error_for(given.problems)
            self._given[name] = dict(given.values)

    def _flat(self) -> dict[str, RawValue]:
        """Groups named like a section of one of the forms are opened."""
        sections = {section.id for form in self._forms.values() for section in form.sections}
        flat: dict[str, RawValue] = {}
        for key, value in self.raw.raw.items():
            if key in sections and isinstance(value, dict):
                flat |= value
            else:
                flat[key] = value
        return flat


def _keep_nothing(_key: str, _value: Answer | None) -> None:
    """Account answers live in memory alone."""
