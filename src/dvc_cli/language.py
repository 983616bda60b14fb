"""The two languages of the program.

Vietnamese texts are the message ids; English comes from the shipped catalogue. The command line chooses the language once, before
anything is shown. Data files carry both languages themselves (`Text`). Vietnamese has no plural; an English text of the catalogue writes
`{count:draft|drafts}` where a word depends on a number.
"""

from __future__ import annotations

from functools import cache

from dvc_cli.lazy_dataclasses import dataclass

VIETNAMESE, ENGLISH = "vi", "en"
LANGUAGES = (VIETNAMESE, ENGLISH)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from contextvars import ContextVar

_chosen = VIETNAMESE
_spoken: ContextVar[str] | None = None  # made by the first server of the process: nobody else needs it


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages."""

    vi: str
    en: str

    def __str__(self) -> str:
        return self.en if language() == ENGLISH else self.vi


class Counted(str):
    """An English text with words that depend on numbers.

    `{count:draft|drafts}` is "draft" where `count` is 1, or a text of one number alone (line "7", lines "7, 9"), else "drafts".
    """

    __slots__ = ()

    def format(self, *_args: object, **values: object) -> str:
        """As `str.format`, for values that are given by name."""
        from string import Formatter

        filled = []
        for text, name, spec, turn in Formatter().parse(self):
            filled.append(text)
            if name is not None:
                value = values[name]
                one, bar, many = (spec or "").partition("|")
                filled.append((one if _is_one(value) else many) if bar else f"{{{'!' + turn if turn else ''}:{spec}}}".format(value))
        return "".join(filled)


def _is_one(value: object) -> bool:
    return value.isdigit() if isinstance(value, str) else value == 1


def set_language(lang: str) -> None:
    """Choose `vi` or `en` for every text that follows; anything else is ValueError."""
    global _chosen
    if lang not in LANGUAGES:
        raise ValueError(lang)
    _chosen = lang


def speaking(lang: str) -> AbstractContextManager[None]:
    """Another language than the chosen one for what runs inside: a server speaks to many at once."""
    from contextlib import contextmanager
    from contextvars import ContextVar

    global _spoken
    if _spoken is None:
        _spoken = ContextVar("spoken", default="")
    spoken = _spoken

    @contextmanager
    def inside() -> Iterator[None]:
        before = spoken.set(lang)
        try:
            yield
        finally:
            spoken.reset(before)

    return inside()


def language() -> str:
    """The language of the moment, `vi` or `en`."""
    return (_spoken.get() if _spoken is not None else "") or _chosen


def _(vi: str) -> str:
    """The text `vi` in the chosen language; a text without a translation stays Vietnamese."""
    if language() == VIETNAMESE:
        return vi
    text = _catalogue()["messages"].get(vi, vi)
    return Counted(text) if "|" in text else text


def localized_problem(code: str, message_vi: str, todo_vi: str) -> tuple[str, str]:
    """Message and next step of a problem code in the chosen language."""
    if language() == VIETNAMESE:
        return message_vi, todo_vi
    catalogue = _catalogue()
    return catalogue["problems"].get(code, message_vi), catalogue["todos"].get(code, todo_vi)


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    import json
    import pkgutil  # asks the loader as importlib.resources does, for less start-up time

    content = pkgutil.get_data("dvc_cli.data", "en.json") or b"{}"
    loaded: dict[str, dict[str, str]] = json.loads(content.decode("utf-8"))
    return loaded
