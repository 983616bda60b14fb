"""`dvc` asking at a real terminal: which question stands on the screen now, what was told before it, and keys as people send them."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pyte

from prompts.pty_screen import PtyScreen

Keys = Callable[[str], str]
"""How a text is sent, key by key."""

ROWS, COLUMNS = 24, 80
HEADINGS = ("Phần ", "Câu ", "Xem lại", "Giấy tờ")
COMMANDS = ("? trợ giúp · < quay lại · :luu lưu và thoát", "? trợ giúp · < lùi · :xem · :den Ô · :huy hoàn tác · :luu lưu và thoát")
PROMPT = "Trả lời:"
READY = "Dùng các giá trị có sẵn này?"
OPTIONAL = " (không bắt buộc)"
MARKED = re.compile(r"> (\d+\. )?(?=\S)")
SHORT = 60  # a longer text may wrap in its row


def composed(text: str) -> str:
    """As most keyboards send it."""
    return unicodedata.normalize("NFC", text)


def decomposed(text: str) -> str:
    """As macOS and some input methods send it."""
    return unicodedata.normalize("NFD", text)


def input_method(erase: str) -> Keys:
    """Each marked letter as Telex and VNI send it: the bare letter, an erasure, the same letter with its next mark."""

    def keys(text: str) -> str:
        return "".join(erase.join(_growing(letter)) for letter in composed(text))

    return keys


def _growing(letter: str) -> list[str]:
    if letter in "đĐ":
        return ["d" if letter == "đ" else "D", letter]
    parts = unicodedata.normalize("NFD", letter)
    return [composed(parts[: count + 1]) for count in range(len(parts))]


@dataclass(frozen=True)
class Reply:
    """What is typed at a question, and how the answer then reads on the screen (empty: what was typed)."""

    typed: str
    reads: str = ""

    @property
    def shown(self) -> str:
        return self.reads or self.typed


class Conversation(PtyScreen):
    """One run of `dvc` at 80×24. `rows` is everything that was ever on the screen and stayed, scrolled off or not."""

    patience = 40.0
    flags: tuple[str, ...] = ()
    program: tuple[str, ...] = ("-m", "dvc_cli")

    def __init__(self, words: Sequence[str], environ: Mapping[str, str]) -> None:
        own = {name: value for name, value in environ.items() if name not in {"LINES", "COLUMNS"}} | {"TERM": "xterm-256color"}
        super().__init__([sys.executable, *self.program, *words, *self.flags], own, rows=ROWS, columns=COLUMNS)
        self.screen = pyte.HistoryScreen(COLUMNS, ROWS, history=20_000)
        self._stream = pyte.ByteStream(self.screen)

    @property
    def rows(self) -> list[str]:
        gone = ["".join(line[column].data for column in range(COLUMNS)).rstrip() for line in self.screen.history.top]
        return gone + self.text.split("\n")

    @property
    def told(self) -> str:
        """All rows as one line, so that a wrapped sentence can be found."""
        return " ".join(" ".join(self.rows).split())

    def ask(self) -> str:
        """Wait for a question; its label, without what marks it as optional."""
        self._until(lambda: bool(self.label()), "a question")
        return self.label()

    def meet(self, label: str) -> None:
        """Wait until this very question is asked."""
        self._until(lambda: self.label() == label, f"the question {label!r}")

    def label(self) -> str:
        """The question that waits for its answer now; "" while none does."""
        block = self.block()
        if READY in block:
            return f"{READY} {block[0].rpartition(' · ')[2].rstrip('.')}"
        own = [row for row in block if not row.startswith(HEADINGS)]
        return own[0].removesuffix(OPTIONAL).rstrip(".") if own else ""

    def block(self) -> list[str]:
        """The rows of the question that waits now, the prompt left out."""
        raise NotImplementedError

    def reply(self, reply: Reply, keys: Keys = composed) -> None:
        """Answer the present question and wait until the screen says so."""
        raise NotImplementedError


class Redrawn(Conversation):
    """The prompter of a full terminal: the question is a block of indented rows that the answer replaces."""

    def block(self) -> list[str]:
        rows = self.text.split("\n")
        if rows[-1] != " >" and not rows[-1].startswith(" > "):
            return []
        first = len(rows) - 1
        while first > 0 and rows[first - 1].startswith(" "):
            first -= 1
        block = [row.strip() for row in rows[first:-1]]
        return block if block and block[-1] in COMMANDS else []

    def reply(self, reply: Reply, keys: Keys = composed) -> None:
        label = READY if self.label().startswith(READY) else self.label()
        asked = self.label()
        line = " ".join(f"{label}: {reply.shown}".replace("?:", "?").split())
        before = self.told.count(line)
        self.send(keys(reply.typed))
        if reply.typed and self._marked():
            self._until(lambda: self._marked().startswith(reply.shown[:SHORT]), f"the mark on {reply.shown}")
        elif len(reply.typed) < SHORT:
            self.wait(f" > {reply.typed}".rstrip())
        self.send("\r")
        if not reply.typed:  # an Enter that goes on leaves no line behind
            self._until(lambda: self.label() not in {"", asked} or self.told.count(line) > before, "the next question")
        else:
            self._until(lambda: self.told.count(line) > before, line)

    def _marked(self) -> str:
        return next((row[found.end() :] for row in self.block() if (found := MARKED.match(row))), "")


class Plain(Conversation):
    """The append-only prompter: a paragraph, then `Trả lời:`."""

    flags = ("--plain",)

    def block(self) -> list[str]:
        rows = self.rows
        if rows[-1] != PROMPT:
            return []
        first = len(rows) - 1
        while first > 0 and rows[first - 1]:
            first -= 1
        return rows[first:-1]

    def reply(self, reply: Reply, keys: Keys = composed) -> None:
        line = f"Đã chọn: {reply.shown}."
        before, label = self.told.count(line), self.label()
        listed = any(row.startswith(("1. ", "Gõ vài chữ để tìm")) for row in self.block())
        searched = any(row.startswith("Gõ vài chữ để tìm") for row in self.block())
        self._enter(keys(reply.shown if searched and reply.typed.isdigit() else reply.typed))  # no list was read out that has numbers
        if not listed or not reply.typed:
            return
        if self.told.count(line) == before:  # several were found
            self._enter(self._number_of(reply.shown))
        assert self.told.count(line) == before + 1, f"{label}: no {line!r}:\n{self.text}"

    def _number_of(self, option: str) -> str:
        numbers = [row.partition(". ")[0] for row in self.block() if row.partition(". ")[2] == option]
        assert numbers, f"{option} is not offered:\n{self.text}"
        return numbers[-1]

    def _enter(self, keys: str) -> None:
        prompts = self._prompts()
        self.send(keys + "\r")
        self._until(lambda: self._prompts() > prompts and self.rows[-1] == PROMPT, "the next prompt")

    def _prompts(self) -> int:
        return sum(row.startswith(PROMPT) for row in self.rows)
