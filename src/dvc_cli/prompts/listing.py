"""The numbered list of an append-only picker: what is on the screen now, and what a reply to it means. Pure."""

from __future__ import annotations

from dvc_cli.language import _
from dvc_cli.prompts.matching import PAGE, exact, numbered
from dvc_cli.prompts.prompter import Find, Option, Question
from dvc_cli.prompts.replies import EMPTY, Unclear, take_empty
from dvc_cli.text import fold_search

_MORE = frozenset({"them", "more", "+"})


class Listing:
    """Numbered hits, `PAGE` at a time; numbers run on over the pages, so that an earlier line can still be chosen."""

    def __init__(self, find: Find, hits: tuple[Option, ...] = ()) -> None:
        self._find = find
        self._hits = hits
        self._told = 0

    @property
    def has_more(self) -> bool:
        """Whether a further page waits."""
        return self._told < len(self._hits)

    def next_page(self) -> tuple[str, ...]:
        """The lines to show now, each with its number."""
        start = self._told
        self._told = min(len(self._hits), start + PAGE)
        return tuple(f"{number}. {self._hits[number - 1].label}" for number in range(start + 1, self._told + 1))

    def take(self, question: Question, typed: str) -> Option | None:
        """The option that the cleaned reply `typed` chooses; None when it asked for another list, which `next_page` then shows.

        Raises Unclear. An empty reply gives the suggestion, or an option with an empty code when the question is optional.
        """
        if not typed or (typed == EMPTY and question.optional):
            code = take_empty(question) if not typed else ""
            return Option(code, question.suggestion_label or code)
        chosen = numbered(self._hits[: self._told], typed)
        if chosen is not None:
            return chosen
        if self.has_more and fold_search(typed) in _MORE:
            return None
        return self._look_up(typed)

    def _look_up(self, typed: str) -> Option | None:
        hits = self._find(typed)
        if not hits:
            raise Unclear(_("Không tìm thấy “{typed}”. Gõ cách khác, không cần dấu.").format(typed=typed))
        chosen = exact(hits, typed) or (hits[0] if len(hits) == 1 else None)
        if chosen is None:
            self._hits, self._told = hits, 0
        return chosen
