"""Every command that finished work backs, as plain data: what root help, completion and the dispatcher read before anything else loads.

Only built-ins are used here, because `dvc --help`, `dvc --version` and completion are answered from this table alone.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COMMON_FLAGS = "--json --no-input --lang= --backend= --url= --plain --verbose --help"
ASKING_FLAGS = "--answers= --set= --yes"
FILING_FLAGS = ASKING_FLAGS + " --draft= --check --checklist"

GROUPS = (
    ("account", "Tài khoản", "Accounts"),
    ("dossier", "Hồ sơ", "Dossiers"),
    ("tool", "Tra cứu và tệp trả lời", "Look-ups and answers files"),
    ("system", "Thiết lập", "Set-up"),
)


class Command:
    """One command or subcommand. `name` is canonical ("profile show"); `flags` are its own, a trailing `=` marks one that takes a value.

    `interactive` and `scripted` are its two examples; `exits` is the exit code of the scripted one in an empty sandbox home.
    `default` names the subcommand that a bare parent runs ("" for none); a parent itself has no module.
    """

    __slots__ = ("alias", "arguments", "default", "en", "exits", "flags", "group", "interactive", "module", "name", "scripted", "vi")

    def __init__(
        self,
        name: str,
        vi: str,
        en: str,
        module: str = "",
        group: str = "",
        alias: str = "",
        arguments: str = "",
        flags: str = "",
        interactive: str = "",
        scripted: str = "",
        exits: int = 0,
        default: str = "",
    ) -> None:
        self.name, self.vi, self.en, self.module, self.group, self.alias = name, vi, en, module, group, alias
        self.arguments, self.flags = arguments, flags
        self.interactive, self.scripted, self.exits, self.default = interactive, scripted, exits, default

    def all_flags(self) -> list[str]:
        """Own and common flags as written in the table."""
        return [*self.flags.split(), *COMMON_FLAGS.split()]


def _load() -> tuple[Command, ...]:
    from dvc_cli.commands import table_account, table_dossier, table_tool

    return (*table_account.COMMANDS, *table_dossier.COMMANDS, *table_tool.COMMANDS)


_all: tuple[Command, ...] = ()


def commands() -> tuple[Command, ...]:
    """The whole table: top-level commands and, after its parent, each subcommand."""
    global _all
    if not _all:
        _all = _load()
    return _all


def top_level() -> Iterator[Command]:
    """The commands that stand directly after `dvc`."""
    return (command for command in commands() if " " not in command.name)


def subcommands(parent: str) -> list[Command]:
    """The direct subcommands of `parent`."""
    depth = parent.count(" ") + 1
    return [one for one in commands() if one.name.startswith(parent + " ") and one.name.count(" ") == depth]


def get(name: str) -> Command | None:
    """The command with this canonical name or Vietnamese alias."""
    for one in commands():
        if name == one.name or (one.alias and name == one.alias):
            return one
    return None


def takes_value(command: Command | None, flag: str) -> bool:
    """Whether `flag` (without `=VALUE`) is followed by its value in a separate word."""
    known = command.all_flags() if command else COMMON_FLAGS.split()
    return flag + "=" in known


def find(words: Sequence[str], *, defaults: bool = True) -> tuple[Command | None, list[str], str]:
    """Resolve a command line: the command, the words left for its flags, and the name that was not known ("" when all were).

    A subcommand may stand behind flags (`dvc profile --json show`). Without `defaults` a bare parent stays itself (for its help).
    """
    command = None if " " in words[0] else get(words[0])
    if command is None:
        return None, list(words[1:]), words[0]
    rest = list(words[1:])
    while True:
        below = subcommands(command.name)
        if not below:
            return command, rest, ""
        at = _next_word(command, rest)
        if at is None:
            return ((defaults and get(command.default)) or command, rest, "")
        chosen = next((one for one in below if one.name.rsplit(" ", 1)[1] == rest[at]), None)
        if chosen is None:
            if command.module:  # `sandbox people` is a command of its own beside `sandbox people add`
                return command, rest, ""
            return command, rest, rest[at]
        del rest[at]
        command = chosen


def _next_word(command: Command, words: Sequence[str]) -> int | None:
    """Where the first word stands that is neither a flag nor a flag's value."""
    skip = False
    for at, word in enumerate(words):
        if skip:
            skip = False
        elif word == "--":
            return None
        elif word.startswith("-") and len(word) > 1:
            skip = takes_value(command, word)
        else:
            return at
    return None
