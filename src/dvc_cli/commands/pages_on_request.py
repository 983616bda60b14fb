"""`dvc help …` and `dvc completion …` where the static pages do not answer: a command's help, or a name that is no page."""

from __future__ import annotations

from typing import Annotated

from dvc_cli.commands.completion import SHELLS, script
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags, argument
from dvc_cli.commands.pages import root_help
from dvc_cli.commands.table import find, top_level
from dvc_cli.commands.topics import NAMES, topic
from dvc_cli.errors import UsageError, problem
from dvc_cli.language import ENGLISH, _, language
from dvc_cli.lazy_dataclasses import dataclass, field
from dvc_cli.output.result import Result
from dvc_cli.text import nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpOptions(CommonFlags):
    """`words` name a topic or a command."""

    words: Annotated[list[str], argument(metavar="[CHỦ_ĐỀ|LỆNH]", help="exit-codes, environment, answers, accessibility hoặc một lệnh")] = (
        field(default_factory=list)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionOptions(CommonFlags):
    """`shell` is one of four."""

    shell: Annotated[str, argument(metavar="bash|zsh|fish|powershell", help="Shell đang dùng")]


def show_help(options: HelpOptions, deps: Deps) -> Result:
    """A topic, a command's page, or the root page."""
    from dvc_cli.commands.help import command_help

    english = language() == ENGLISH
    if not options.words:
        return Result(deps.command, plain=root_help(english=english))
    page = topic(options.words[0], english=english) if len(options.words) == 1 else None
    if page is not None:
        return Result(deps.command, plain=page)
    command, rest, odd = find(options.words)
    if command is None or odd or rest:
        known = [*NAMES, *(one.name for one in top_level())]
        near = nearest(options.words[0], known)
        hint = f"dvc help {near}" if near else "dvc help " + "|".join(NAMES)
        raise UsageError(problem("A-USAGE", detail=_("Không có trang trợ giúp này."), hint=hint))
    return Result(deps.command, plain=command_help(command))


def show_script(options: CompletionOptions, deps: Deps) -> Result:
    """A completion script."""
    page = script(options.shell)
    if page is None:
        raise UsageError(problem("A-USAGE", detail=_("Không có shell này."), hint=", ".join(SHELLS)))
    return Result(deps.command, plain=page)


COMMANDS = {"help": declare(HelpOptions, show_help), "completion": declare(CompletionOptions, show_script)}
