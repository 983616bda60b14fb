"""A prompter for tests and demonstrations that answers from a script and fails when script and questions differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dvc_cli.prompts.listing import Listing
from dvc_cli.prompts.matching import search
from dvc_cli.prompts.prompter import Check, Find, Option, Question
from dvc_cli.prompts.replies import Unclear, receive, take_choices, take_confirm, take_secret, take_text

Reply = str | bool | BaseException
"""What is typed (signals and card texts included), a yes or no, or an exception to raise (KeyboardInterrupt)."""


class ScriptedPrompter:
    """Answers each question by its key. A list is used up one reply per asking, a re-asking after a fault included.

    A question without a reply left is an AssertionError, and so are replies left over at `close`. `asked` holds the questions in
    order, `told` every remark, `faults` every sentence that refused a reply.
    """

    def __init__(self, answers: Mapping[str, Reply | Sequence[Reply]]) -> None:
        self._left = {key: [value] if isinstance(value, Reply) else list(value) for key, value in answers.items()}
        self.asked: list[Question] = []
        self.told: list[str] = []
        self.faults: list[str] = []

    @property
    def keeps_lines(self) -> bool:
        """True: what was told stays told."""
        return True

    def text(self, question: Question, check: Check | None = None) -> str:
        """The next reply that `check` accepts."""
        self.asked.append(question)
        while True:
            try:
                return take_text(question, check, self._typed(question))
            except Unclear as fault:
                self.faults.append(str(fault))

    def secret(self, question: Question, check: Check | None = None) -> str:
        """The next reply, not cleaned."""
        self.asked.append(question)
        while True:
            try:
                return take_secret(question, check, self._typed(question))
            except Unclear as fault:
                self.faults.append(str(fault))

    def choice(self, question: Question, options: tuple[Option, ...]) -> str:
        """The option that the reply names by number, code or words."""
        return self._pick(question, Listing(lambda typed: search(options, typed), options))

    def pick(self, question: Question, find: Find) -> str:
        """The hit that the reply names; a reply that finds several is followed by a number."""
        return self._pick(question, Listing(find))

    def choices(self, question: Question, options: tuple[Option, ...]) -> tuple[str, ...]:
        """The options that the reply names, with commas."""
        self.asked.append(question)
        while True:
            try:
                return take_choices(question, options, self._typed(question))
            except Unclear as fault:
                self.faults.append(str(fault))

    def confirm(self, question: Question) -> bool:
        """The reply, True or False or a word for it."""
        self.asked.append(question)
        while True:
            try:
                return take_confirm(question, self._typed(question))
            except Unclear as fault:
                self.faults.append(str(fault))

    def tell(self, text: str) -> None:
        """Keep the remark."""
        self.told.append(text)

    def close(self) -> None:
        """Raise AssertionError when replies are left that nobody asked for."""
        unused = sorted(key for key, replies in self._left.items() if replies)
        if unused:
            raise _off_script("never asked: ", *unused)

    def _pick(self, question: Question, listing: Listing) -> str:
        self.asked.append(question)
        listing.next_page()
        while True:
            try:
                chosen = listing.take(question, receive(question, self._typed(question)))
            except Unclear as fault:
                self.faults.append(str(fault))
                continue
            if chosen is not None:
                return chosen.code
            listing.next_page()

    def _typed(self, question: Question) -> str:
        replies = self._left.get(question.key)
        if not replies:
            raise _off_script("no reply left for: ", question.key, question.label, *self.faults)
        reply = replies.pop(0)
        if isinstance(reply, BaseException):
            raise reply
        if isinstance(reply, bool):
            return "c" if reply else "k"
        return reply


def _off_script(what: str, *facts: str) -> AssertionError:
    return AssertionError(what + ", ".join(facts))
