"""The append-only prompter: full sentences, numbered choices, nothing redrawn, no colour. For screen readers, old consoles and pipes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import BinaryIO, TextIO, TypeVar

from dvc_cli.language import _
from dvc_cli.prompts.listing import Listing
from dvc_cli.prompts.matching import search
from dvc_cli.prompts.prompter import Check, Find, Leave, Option, Question, Scanned
from dvc_cli.prompts.replies import LINE_LIMIT, Unclear, decode, receive, take_choices, take_confirm, take_secret, take_text
from dvc_cli.prompts.terminal import another_line_waits, hidden, read_hidden_console, settle_line_editing, terminal_of
from dvc_cli.prompts.wording import commands_sentence, spoken
from dvc_cli.text import safe, wrap

_Answer = TypeVar("_Answer")
_CHUNK = 4 * LINE_LIMIT + 2  # bytes; a letter takes at most four


class PlainPrompter:
    """Reads lines of bytes from `reader`, writes sentences to `writer` (standard error). Closed input is Leave."""

    def __init__(self, reader: BinaryIO, writer: TextIO) -> None:
        self._reader = reader
        self._writer = writer
        self._terminal = terminal_of(reader)
        self._waiting: bytes | None = None
        self._introduced = False
        if self._terminal is not None:
            settle_line_editing(self._terminal, echo=True)

    @property
    def keeps_lines(self) -> bool:
        """True: nothing that was written is ever redrawn."""
        return True

    def text(self, question: Question, check: Check | None = None) -> str:
        """A line of text; a refused one is asked for again with the reason."""
        self._introduce(question)
        return self._until_clear(lambda: take_text(question, check, self._line()))

    def secret(self, question: Question, check: Check | None = None) -> str:
        """A line that a terminal does not show; from a pipe simply the next line."""
        self._introduce(question)
        if self._terminal is not None:
            self._say(_("Chữ gõ vào sẽ không hiện trên màn hình."))
        return self._until_clear(lambda: take_secret(question, check, self._hidden_line()))

    def choice(self, question: Question, options: tuple[Option, ...]) -> str:
        """One option by number or words; long lists are paged."""
        return self._choose(question, Listing(lambda typed: search(options, typed), options))

    def pick(self, question: Question, find: Find) -> str:
        """One entry of a long list: words first, then a number."""
        return self._choose(question, Listing(find), _("Gõ vài chữ để tìm, không cần dấu, rồi chọn theo số."))

    def choices(self, question: Question, options: tuple[Option, ...]) -> tuple[str, ...]:
        """Several options by numbers with commas."""
        self._introduce(question)
        for number, option in enumerate(options, 1):
            self._say(f"{number}. {safe(option.label)}")
        self._say(_("Gõ các số, cách nhau bằng dấu phẩy."))
        return self._until_clear(lambda: take_choices(question, options, self._line()))

    def confirm(self, question: Question) -> bool:
        """Yes or no, by c/k or y/n."""
        self._introduce(question)
        self._say(_("Gõ c nếu có, k nếu không."))
        return self._until_clear(lambda: take_confirm(question, self._line()))

    def tell(self, text: str) -> None:
        """Write the remark, cleaned line by line."""
        for line in text.splitlines() or [""]:
            self._say(safe(line, LINE_LIMIT))

    def _choose(self, question: Question, listing: Listing, how: str = "") -> str:
        self._introduce(question)
        self._show(listing, how or _("Gõ số của dòng cần chọn, hoặc gõ vài chữ."))

        def take() -> Option:
            while True:
                chosen = listing.take(question, receive(question, self._line()))
                if chosen is not None:
                    return chosen
                self._show(listing, _("Gõ số của dòng cần chọn, hoặc gõ cách khác để tìm lại."))

        chosen = self._until_clear(take)
        if chosen.label:
            self._say(_("Đã chọn: {label}.").format(label=safe(chosen.label)))
        return chosen.code

    def _show(self, listing: Listing, how: str) -> None:
        for line in listing.next_page():
            self._say(safe(line))
        if listing.has_more:
            self._say(_("Còn nữa. Gõ “thêm” để xem tiếp."))
        self._say(how)

    def _introduce(self, question: Question) -> None:
        self._say("")
        for line in spoken(question):
            self._say(line)
        if not self._introduced:
            self._introduced = True
            self._say(commands_sentence(question))

    def _until_clear(self, take: Callable[[], _Answer]) -> _Answer:
        while True:
            try:
                return take()
            except Unclear as fault:
                self._say(safe(str(fault)))
            except Scanned:
                self._swallow_second_line_end()
                raise

    def _line(self) -> str:
        self._write(_("Trả lời: "))
        line, self._waiting = self._waiting, None
        if line is None:
            line = self._read()
        if self._terminal is None or not line:
            # No terminal has shown the line's own end.
            self._write("\n")
        if not line:
            raise Leave
        return decode(line)

    def _read(self) -> bytes:
        line = self._reader.readline(_CHUNK)
        rest = line
        while rest and not rest.endswith(b"\n"):
            # Too long already: the remainder is drained so that it does not answer the next question.
            rest = self._reader.readline(_CHUNK)
        return line

    def _hidden_line(self) -> str:
        if self._terminal is None:
            return self._line()
        try:
            with hidden(self._terminal):
                typed = read_hidden_console() if sys.platform == "win32" else self._line()
        except EOFError:
            raise Leave from None
        self._write("\n")
        return typed

    def _swallow_second_line_end(self) -> None:
        if self._terminal is None or not another_line_waits(self._terminal):
            return
        line = self._read()
        self._waiting = None if line in {b"\n", b"\r\n"} else line

    def _say(self, line: str) -> None:
        # A terminal would break the row in the middle of a word.
        rows = wrap(line, self._columns()) if self._terminal is not None else (line,)
        self._write("\n".join(rows) + "\n")

    def _columns(self) -> int:
        try:
            return max(20, os.get_terminal_size(self._writer.fileno()).columns)
        except (OSError, ValueError):
            return LINE_LIMIT

    def _write(self, text: str) -> None:
        try:
            self._writer.write(text)
        except UnicodeEncodeError:
            encoding = self._writer.encoding or "ascii"
            self._writer.write(text.encode(encoding, "replace").decode(encoding))
        self._writer.flush()
