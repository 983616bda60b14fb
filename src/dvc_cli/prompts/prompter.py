"""Asking is a service: the protocol, its questions, and the signals by which a person leaves a question without answering it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from dvc_cli.lazy_dataclasses import dataclass


class Signal(Exception):  # noqa: N818 - a wish of the person, not an error
    """The person did not answer but asked for something else."""


class GoBack(Signal):
    """`<`: return to the question before."""


class WantHelp(Signal):
    """`?`: show the help of this question, then ask again."""


class Leave(Signal):
    """End of input or `:luu`: save and leave."""


class ShowAnswers(Signal):
    """`:xem`: show what was answered so far, then ask again; `what` is the text behind the command."""

    def __init__(self, what: str = "") -> None:
        super().__init__()
        self.what = what


class GoTo(Signal):
    """`:den FIELD`: ask another question next; `words` are its key or words of its label."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


class Undo(Signal):
    """`:huy`: take the last change back."""


class Scanned(Signal):
    """A card was scanned where the question takes one; `text` is the cleaned card text, separators as `|`."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class NumberGiven(Signal):
    """A personal number was typed where something else about its person is asked."""

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a choice: `code` comes back, `label` is read; `search` holds further words that find it."""

    code: str
    label: str
    search: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question as a person meets it.

    `number` of `total` counts the questions of its section on the live route, `section_number` of `section_total` the
    sections (0: not counted), `left` the questions of the section that are still open, this one included; `suggestion` is offered
    and accepted with Enter, `suggestion_label` is how it reads, `origin` says where it comes from; `example` shows the accepted
    formats; `optional` lets an empty answer pass (`-` empties one that has a suggestion); `accepts_card` lets a card scan end the
    question; `enter` says what an empty answer does here, where it is no skipping ("Enter để tiếp tục"); `walks` marks a question of
    a walk through a form: there `:xem`, `:den` and `:huy` are understood; with `accepts_number` twelve digits mean a person.
    """

    key: str
    label: str
    section: str = ""
    number: int = 0
    total: int = 0
    example: str = ""
    suggestion: str = ""
    suggestion_label: str = ""
    origin: str = ""
    optional: bool = False
    remark: str = ""
    section_number: int = 0
    section_total: int = 0
    accepts_card: bool = False
    enter: str = ""
    left: int = 0
    walks: bool = False
    accepts_number: bool = False


Check = Callable[[str], str | None]
"""Given the text typed, None when it is fine, else the sentence to show."""

Find = Callable[[str], tuple[Option, ...]]
"""Given what was typed, the options that match it, best first."""


class Prompter(Protocol):
    """Asks one person. Texts come back cleaned (NFC, no control bytes). Ctrl-C is KeyboardInterrupt; closed input is Leave.

    Every asking method may raise GoBack, WantHelp or Leave; all but `secret` also Scanned when the question accepts a card, and
    ShowAnswers, GoTo or Undo when it `walks`, and NumberGiven when it accepts a number.
    """

    @property
    def keeps_lines(self) -> bool:
        """True when the screen is append-only (plain, screen reader)."""
        ...

    def text(self, question: Question, check: Check | None = None) -> str:
        """A line of text; "" only when the question is optional. A suggestion is returned when Enter is pressed on it."""
        ...

    def secret(self, question: Question, check: Check | None = None) -> str:
        """A line that is not shown and never cleaned or stored; no suggestion."""
        ...

    def choice(self, question: Question, options: tuple[Option, ...]) -> str:
        """The code of one option, by number or by typing (diacritics not needed)."""
        ...

    def choices(self, question: Question, options: tuple[Option, ...]) -> tuple[str, ...]:
        """The codes of several options, at least one unless optional."""
        ...

    def pick(self, question: Question, find: Find) -> str:
        """The code of one entry of a long list that is searched while typing (places, countries, peoples)."""
        ...

    def confirm(self, question: Question) -> bool:
        """Yes or no, no default: c/k and y/n."""
        ...

    def tell(self, text: str) -> None:
        """A remark on standard error, cleaned by the caller's gate or the prompter's."""
        ...
