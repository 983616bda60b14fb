"""The prompter of a full terminal: one question at a time, drawn on standard error, replaced by one line when it is answered.

The only module that knows questionary and prompt_toolkit; both load with the first question.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TextIO, TypeVar

from dvc_cli.language import _
from dvc_cli.prompts.matching import search
from dvc_cli.prompts.picking import Picker
from dvc_cli.prompts.prompter import Check, Find, GoBack, Leave, Option, Question, Scanned
from dvc_cli.prompts.replies import LINE_LIMIT, Unclear, apply_erasures, as_card, take_choices, take_confirm, take_secret, take_text
from dvc_cli.prompts.terminal import settle_line_editing, terminal_of
from dvc_cli.prompts.wording import answered, commands_line, compact
from dvc_cli.text import clean, safe, wrap

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
    from prompt_toolkit.output import Output
    from prompt_toolkit.styles import Style

_Answer = TypeVar("_Answer")
_MARGIN = 2
_CARD_BEGINS = re.compile(r"[0-9]{12}(\|.*)?")


class QuestionaryPrompter:
    """Asks at a terminal through `stdin` and `stderr`, both of which must be one. End of input (Ctrl-D) is Leave, Esc is GoBack."""

    def __init__(self, stdin: TextIO, stderr: TextIO) -> None:
        self._stdin = stdin
        self._stderr = stderr
        self._ended_by_return = False
        self._line_feed_may_follow = False

    @property
    def keeps_lines(self) -> bool:
        """False: a question is erased once it is answered."""
        return False

    def prepare(self) -> None:
        """Open the terminal; raises whatever prompt_toolkit raises where there is no console."""
        self._output.get_size()
        self._input.fileno()

    def text(self, question: Question, check: Check | None = None) -> str:
        """A line of text; a refused one stays in the line to be mended."""
        return self._until_clear(question, lambda raw: take_text(question, check, raw), lambda value: self._reads(question, value))

    def secret(self, question: Question, check: Check | None = None) -> str:
        """A line shown as asterisks."""
        return self._until_clear(
            question, lambda raw: take_secret(question, check, raw), lambda value: _("(đã nhập)") if value else "", secret=True
        )

    def choice(self, question: Question, options: tuple[Option, ...]) -> str:
        """One option: a digit or some letters mark it, Enter takes it."""
        return self._pick(question, lambda typed: search(options, typed))

    def pick(self, question: Question, find: Find) -> str:
        """One entry of a long list, filtered at every key."""
        return self._pick(question, find)

    def choices(self, question: Question, options: tuple[Option, ...]) -> tuple[str, ...]:
        """Several options by numbers with commas."""
        lines = [f"{number}. {safe(option.label)}" for number, option in enumerate(options, 1)]
        labels = {option.code: option.label for option in options}
        return self._until_clear(
            question,
            lambda raw: take_choices(question, options, raw),
            lambda codes: "; ".join(labels[code] for code in codes),
            more=(*lines, _("Gõ các số, cách nhau bằng dấu phẩy.")),
        )

    def confirm(self, question: Question) -> bool:
        """Yes or no, by c/k or y/n and Enter."""
        return self._until_clear(
            question, lambda raw: take_confirm(question, raw), lambda yes: _("Có") if yes else _("Không"), more=(_("c = có, k = không"),)
        )

    def tell(self, text: str) -> None:
        """Write the remark above what comes next."""
        for line in text.splitlines() or [""]:
            for row in wrap(safe(line, LINE_LIMIT), self._columns):
                self._write(row + "\n")

    def _until_clear(
        self,
        question: Question,
        take: Callable[[str], _Answer],
        show: Callable[[_Answer], str],
        *,
        more: tuple[str, ...] = (),
        secret: bool = False,
    ) -> _Answer:
        fault, typed = "", ""
        while True:
            raw = self._line(self._message(question, more, fault), typed, question, secret=secret)
            try:
                answer = take(raw)
            except Unclear as unclear:
                fault, typed = str(unclear), "" if secret or len(raw) > LINE_LIMIT else clean(apply_erasures(raw))
                continue
            except Scanned:
                self._line_feed_may_follow = self._ended_by_return
                raise
            shown = show(answer)
            if shown or not question.enter:
                self.tell(answered(question, shown))
            return answer

    def _pick(self, question: Question, find: Find) -> str:
        picker = Picker(question, find)
        fault = ""
        while True:
            raw = self._picked(question, picker, fault)
            try:
                chosen = picker.take(raw)
            except Unclear as unclear:
                fault = str(unclear)
                continue
            except Scanned:
                self._line_feed_may_follow = self._ended_by_return
                raise
            self.tell(answered(question, chosen.label))
            return chosen.code

    def _line(self, message: str, typed: str, question: Question, *, secret: bool) -> str:
        import questionary

        keys = self._bindings(secret=secret)
        if question.suggestion and not secret:
            _recall(keys, clean(question.suggestion))
        asking = questionary.text(
            message,
            default=typed,
            qmark="",
            style=self._style,
            key_bindings=keys,
            input=self._input,
            output=self._output,
            is_password=secret,
            erase_when_done=True,
            reserve_space_for_menu=0,
        )
        return self._run(asking.unsafe_ask)

    def _picked(self, question: Question, picker: Picker, fault: str) -> str:
        from prompt_toolkit.shortcuts import PromptSession

        keys = self._bindings(secret=False)
        keys.add("up")(lambda _event: picker.move(-1))
        keys.add("down")(lambda _event: picker.move(1))
        session: PromptSession[str] = PromptSession(
            lambda: self._drawn(question, picker, fault, session.default_buffer.text),
            style=self._style,
            key_bindings=keys,
            input=self._input,
            output=self._output,
            erase_when_done=True,
            reserve_space_for_menu=0,
        )
        return self._run(session.prompt)

    def _run(self, ask: Callable[[], str]) -> str:
        try:
            return ask()
        except EOFError:
            raise Leave from None
        finally:
            self._line_feed_may_follow = False

    def _drawn(self, question: Question, picker: Picker, fault: str, typed: str) -> StyleAndTextTuples:
        picker.follow(typed)
        drawn: StyleAndTextTuples = [("", f" {line}\n") for line in self._lines(question, ())]
        for marked, row in picker.rows():
            sign, style = (">", "class:marked") if marked else (" ", "")
            for part in wrap(safe(row), self._columns - _MARGIN - 2):
                drawn.append((style, f" {sign} {part}\n"))
                sign = " "
        drawn += [("", f" {line}\n") for line in (*self._fault(fault), *self._commands(question))]
        return [*drawn, ("", " > ")]

    def _message(self, question: Question, more: tuple[str, ...], fault: str) -> str:
        return "\n ".join([*self._lines(question, more), *self._fault(fault), *self._commands(question), ">"])

    def _lines(self, question: Question, more: tuple[str, ...]) -> list[str]:
        return [row for line in (*compact(question), *more) for row in wrap(line, self._columns - _MARGIN)]

    def _fault(self, fault: str) -> tuple[str, ...]:
        return wrap(f"! {safe(fault)}", self._columns - _MARGIN) if fault else ()

    def _commands(self, question: Question) -> tuple[str, ...]:
        return wrap(commands_line(question), self._columns - _MARGIN)

    @property
    def _columns(self) -> int:
        return max(20, self._output.get_size().columns)

    def _reads(self, question: Question, value: str) -> str:
        return question.suggestion_label or value if value == question.suggestion else value

    def _bindings(self, *, secret: bool) -> KeyBindings:
        from prompt_toolkit.filters import Condition
        from prompt_toolkit.key_binding import KeyBindings
        from prompt_toolkit.keys import Keys

        keys = KeyBindings()
        keys.add("escape", eager=True)(lambda event: event.app.exit(exception=GoBack()))
        keys.add("enter")(self._return)
        keys.add("c-j", filter=Condition(lambda: self._line_feed_may_follow))(self._swallow_line_feed)
        keys.add(Keys.BracketedPaste)(_paste_secret if secret else _paste)
        if not secret:
            keys.add("tab")(_separate)
            keys.add("c-]", eager=True)(_separate)  # else it waits for a letter to search for
        return keys

    def _return(self, event: KeyPressEvent) -> None:
        self._ended_by_return = True
        event.current_buffer.validate_and_handle()

    def _swallow_line_feed(self, event: KeyPressEvent) -> None:
        self._line_feed_may_follow = False
        if event.current_buffer.text:
            event.current_buffer.validate_and_handle()

    @cached_property
    def _output(self) -> Output:
        from prompt_toolkit.output import create_output
        from prompt_toolkit.output.vt100 import Vt100_Output

        output = create_output(stdout=self._stderr)
        if isinstance(output, Vt100_Output):
            # Questions are drawn from where the cursor is; asking the terminal for its position only makes it type an answer.
            output.enable_cpr = False
        return output

    @cached_property
    def _input(self) -> Input:
        from prompt_toolkit.input import create_input

        terminal = terminal_of(self._stdin.buffer)
        if terminal is not None:
            settle_line_editing(terminal, echo=False)
        return create_input(self._stdin)

    @cached_property
    def _style(self) -> Style:
        from prompt_toolkit.styles import Style

        return Style([("question", "nobold"), ("answer", "noinherit"), ("marked", "bold")])

    def _write(self, text: str) -> None:
        self._stderr.write(text)
        self._stderr.flush()


def _paste(event: KeyPressEvent) -> None:
    card = as_card(event.data)
    if card is None:
        event.current_buffer.insert_text(clean(event.data, LINE_LIMIT + 1))
        return
    event.current_buffer.text = card
    event.current_buffer.validate_and_handle()


def _paste_secret(event: KeyPressEvent) -> None:
    event.current_buffer.insert_text("".join(event.data.splitlines())[: LINE_LIMIT + 1])


def _separate(event: KeyPressEvent) -> None:
    """Tab and GS separate the parts of a card; anywhere else they mean nothing."""
    if _CARD_BEGINS.fullmatch(event.current_buffer.text):
        event.current_buffer.insert_text("|")


def _recall(keys: KeyBindings, suggestion: str) -> None:
    """Up on an empty line brings the suggestion into it, to be mended there."""

    @keys.add("up")
    def bring(event: KeyPressEvent) -> None:
        if not event.current_buffer.text:
            event.current_buffer.insert_text(suggestion)
