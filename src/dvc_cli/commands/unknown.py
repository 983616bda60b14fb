"""Command lines that name no command: what was probably meant."""

from __future__ import annotations

from collections.abc import Sequence

from dvc_cli.commands.table import Command, get, subcommands, takes_value, top_level
from dvc_cli.errors import UsageError, problem
from dvc_cli.language import _
from dvc_cli.text import nearest, safe


def command(parent: Command | None, word: str) -> UsageError:
    """A-UNKNOWN-COMMAND with the nearest command in the hint."""
    if parent is None:
        known = {name: name for one in top_level() for name in (one.name, one.alias) if name}
    else:
        known = {one.name.rsplit(" ", 1)[1]: one.name for one in subcommands(parent.name)}
    hint = ""
    if near := nearest(word, known):
        hint = _("Có phải dvc {name}?").format(name=known[near])
    elif far := nearest(word, known, however_far=True):
        hint = _("Gần nhất: dvc {name}. Xem dvc --help.").format(name=known[far])
    return UsageError(problem("A-UNKNOWN-COMMAND", detail=f"({safe(word, 60)})", hint=hint))


def incomplete(parent: Command) -> UsageError:
    """A-USAGE for a parent without a subcommand; the hint lists them."""
    names = ", ".join(f"dvc {one.name}" for one in subcommands(parent.name))
    return UsageError(problem("A-USAGE", detail=_("Thiếu việc cần làm."), hint=names))


def early_flag(words: Sequence[str]) -> UsageError:
    """A-USAGE for a flag before the command name; the hint shows the right order."""
    at = 0
    while at < len(words) and words[at].startswith("-"):
        at += 2 if takes_value(None, words[at]) else 1
    named = get(words[at]) if at < len(words) else None
    hint = f"dvc {named.name} {words[0].split('=')[0]} …" if named else _("Xem dvc --help.")
    return UsageError(problem("A-USAGE", detail=_("Cờ đứng sau tên lệnh."), hint=hint))
