"""What the redrawn picker shows while a person types, and what Enter then means. Pure; the drawing is elsewhere."""

from __future__ import annotations

from dvc_cli.language import _
from dvc_cli.prompts.matching import PAGE, exact, numbered
from dvc_cli.prompts.prompter import Find, Option, Question
from dvc_cli.prompts.replies import EMPTY, Unclear, receive, take_empty
from dvc_cli.text import clean

NOTHING = Option("", "")


class Picker:
    """The list under one question: `follow` the text, `move` the mark, `take` the reply."""

    def __init__(self, question: Question, find: Find) -> None:
        self._question = question
        self._find = find
        self._all = find("")
        self._typed = ""
        self._moved = False
        self._hits = self._all
        self._marked = self._suggested()

    def follow(self, raw: str) -> None:
        """The text is now `raw`: filter anew and mark the best hit; a number marks its line of the full list."""
        typed = clean(raw)
        if typed == self._typed:
            return
        self._typed, self._moved = typed, False
        by_number = numbered(self._all, typed)
        if by_number is not None:
            self._hits, self._marked = self._all, self._all.index(by_number)
        elif not typed:
            self._hits, self._marked = self._all, self._suggested()
        else:
            self._hits = self._find(typed)
            best = exact(self._hits, typed)
            self._marked = self._hits.index(best) if best else 0

    def move(self, by: int) -> None:
        """Move the mark, around the ends; the first move brings it to an end of a list that has none."""
        if self._hits:
            start = self._marked if self._is_marked() else -1 if by > 0 else 0
            self._moved = True
            self._marked = (start + by) % len(self._hits)

    def rows(self) -> tuple[tuple[bool, str], ...]:
        """The page around the mark: whether a row is marked, and its text; numbers only where typing them chooses."""
        start = self._marked // PAGE * PAGE
        counted = self._hits is self._all
        shown = enumerate(self._hits[start : start + PAGE], start)
        marked = self._is_marked()
        rows = [(marked and place == self._marked, f"{place + 1}. {option.label}" if counted else option.label) for place, option in shown]
        left = len(self._hits) - start - len(rows)
        if left > 0:
            rows.append((False, _("… còn {left} dòng, gõ thêm chữ hoặc bấm ↓").format(left=left)))
        if not self._hits and self._typed:
            rows.append((False, _("Không tìm thấy, thử gõ cách khác (không cần dấu).")))
        return tuple(rows)

    def take(self, raw: str) -> Option:
        """The option that Enter on `raw` chooses; an empty code for an optional question left empty. Raises signals and Unclear."""
        typed = receive(self._question, raw)
        self.follow(raw)
        if typed == EMPTY and self._question.optional:
            return NOTHING
        if not typed and not self._moved:
            code = take_empty(self._question)
            return Option(code, self._question.suggestion_label or code) if code else NOTHING
        if not self._hits:
            raise Unclear(_("Không tìm thấy “{typed}”. Gõ cách khác, không cần dấu.").format(typed=typed))
        return self._hits[self._marked]

    def _is_marked(self) -> bool:
        """Whether Enter would take the marked row: not before anything was typed, unless it is the suggestion."""
        return bool(self._typed or self._moved or self._question.suggestion)

    def _suggested(self) -> int:
        codes = [option.code for option in self._all]
        return codes.index(self._question.suggestion) if self._question.suggestion in codes else 0
