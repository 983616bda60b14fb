"""Reading a plain command line without loading the parser: a third of the time of a short command.

Plain is what scripts and people mostly write: known flags in full, values that do not begin with a hyphen, no more and no fewer words than
there are arguments. Everything else, every fault among it, is the parser's, whose reading of a plain line is the same (a test compares).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dvc_cli.commands.flags import Flags, declarations
from dvc_cli.lazy_dataclasses import required


def read(options: type[Flags], words: Sequence[str]) -> Flags | None:
    """The options value of a plain line, None for a line that is not plain."""
    declared = declarations(options)
    flags = {item.flag: (name, kind) for name, (kind, item) in declared.items() if item.flag}
    arguments = [(name, kind) for name, (kind, item) in declared.items() if not item.flag]
    given: dict[str, object] = {}
    rest = iter(words)
    for word in rest:
        flag, equals, value = word.partition("=")
        if flag in flags:
            name, kind = flags[flag]
            if kind is bool and not equals:
                given[name] = True
                continue
            text = value if equals else next(rest, "")
        elif word.startswith("-") or not arguments:
            return None
        else:
            name, kind = arguments[0] if arguments[0][1] == list[str] else arguments.pop(0)
            text = word
        if not _put(given, name, kind, text):
            return None
    # The types are those of the fields: `_put` made them so.
    return options(**given) if required(options) <= given.keys() else None  # type: ignore[arg-type]


def _put(given: dict[str, object], name: str, kind: object, text: str) -> bool:
    if not text or (text.startswith("-") and text != "-"):
        return False
    if kind is str:
        given[name] = text
    elif kind is int and re.fullmatch("[0-9]{1,9}", text):
        given[name] = int(text)
    elif kind == list[str]:
        before = given.get(name)
        given[name] = [*before, text] if isinstance(before, list) else [text]
    else:
        return False
    return True
