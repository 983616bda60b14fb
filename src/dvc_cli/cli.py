"""From a command line to an exit code: the table answers what it can before anything loads, then one command runs, and only here do
errors become exits.

`main` may be called in-process with a `World` of one's own; it never raises and never shows a traceback.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TextIO

    from dvc_cli.commands.deps import Deps
    from dvc_cli.commands.flags import CommonFlags
    from dvc_cli.commands.table import Command
    from dvc_cli.journal import Journal
    from dvc_cli.output.result import Result
    from dvc_cli.output.streams import World

    Wire = Callable[[World, CommonFlags, str], Deps]

HOME = "home"
_KEPT = ("settings", "store")  # a passphrase is taken from the environment, or typed, once per process
_HOME_FLAGS, _HOME_VALUES = frozenset({"--plain", "--verbose"}), frozenset({"--lang", "--backend", "--url"})


def main(argv: Sequence[str] | None = None, world: World | None = None, wire: Wire | None = None) -> int:
    """Run one command line; the published exit code. `wire` makes the dependencies of the command (`Deps` itself by default)."""
    words = list(sys.argv[1:] if argv is None else argv)
    if _is_home(words, world):
        return _stay_at_home(words, world, wire)
    environ = os.environ if world is None else world.environ
    page = static_page(words, environ)
    if page is not None:
        return _print_page(page, sys.stdout if world is None else world.stdout)
    if world is None:
        from dvc_cli.output.streams import process_world

        world = process_world()
    return Run(words, world, wire).finish()


def _is_home(words: Sequence[str], world: World | None) -> bool:
    """Whether a person at a terminal named no command; flags that every command takes may stand there."""
    if world is None:
        streams = (sys.stdin, sys.stdout, sys.stderr)
        at_terminal = all(stream is not None and not stream.closed and stream.isatty() for stream in streams)
    else:
        at_terminal = world.stdin_tty and world.stdout_tty and world.stderr_tty
    left = iter(words)
    for word in left:
        if word in _HOME_VALUES:
            next(left, None)
        elif word not in _HOME_FLAGS and word.partition("=")[0] not in _HOME_VALUES:
            return False
    return at_terminal


def _stay_at_home(flags: list[str], world: World | None, wire: Wire | None) -> int:
    """The home screen, then each job that is chosen there, until the person leaves."""
    from dvc_cli.output.streams import process_world

    world = world or process_world()
    opened: dict[str, object] = {}
    home = HomeRun([HOME, *flags], world, wire, opened)
    while True:
        code = home.finish()
        if not home.chosen:
            return code
        Run([*home.chosen, *flags], world, wire, opened).finish()
        home = HomeRun([HOME, "--pause", *flags], world, wire, opened)


def static_page(words: Sequence[str], environ: Mapping[str, str]) -> str | None:
    """Version, root help, help topics and completion scripts; None when a command has to run."""
    first = words[0] if words else "--help"
    english = wants_english(words, environ)
    if first == "--version":
        from dvc_cli import __version__

        return f"dvc {__version__}\n"
    if first in ("--help", "-h"):
        from dvc_cli.commands.pages import root_help

        return root_help(english=english)
    if first in ("help", "completion"):
        from dvc_cli.commands.pages import page_of

        return page_of(words, english=english)
    return None


def wants_english(words: Sequence[str], environ: Mapping[str, str]) -> bool:
    """The language before any setting is read: `--lang`, else `DVC_LANG`."""
    for at, word in enumerate(words):
        if word.startswith("--lang="):
            return word == "--lang=en"
        if word == "--lang" and at + 1 < len(words):
            return words[at + 1] == "en"
    return environ.get("DVC_LANG", "") == "en"


def _print_page(page: str, stream: TextIO) -> int:
    from dvc_cli.output.sink import speak_utf8, write

    speak_utf8(stream)
    return 0 if write(stream, page) else 1


class Run:
    """One command line on its way to an exit code.

    `opened` holds settings and token store of an earlier command of the same process, and keeps this one's. `chosen` is the command line
    that the person chose to run next, once it is finished.
    """

    def __init__(self, words: list[str], world: World, wire: Wire | None = None, opened: dict[str, object] | None = None) -> None:
        self._words, self._world, self._wire = words, world, wire
        self._opened = {} if opened is None else opened
        self.chosen: tuple[str, ...] = ()
        self._command: str | None = None
        self._json = any(word == "--json" or word.startswith("--json=") for word in _before_separator(words))
        self._plain = self._verbose = False
        self._journal: Journal | None = None

    def finish(self) -> int:
        """Run, show the result once, and answer with its exit code."""
        result = self._result()
        try:
            shown = self._show(result)
        except Exception as error:  # noqa: BLE001 - as below: a mistake in a command's result is a crash like any other
            result = self._crashed(error)
            shown = self._show(result)
        code = result.exit_code if shown else result.exit_code or 1
        self.chosen = result.then
        if self._journal is not None:
            self._close_log(self._journal, result, code)
        return code

    def _show(self, result: Result) -> bool:
        from dvc_cli.output.render import show

        page = result.plain is not None and not result.data  # help and completion are plain text, whatever else was asked
        return show(result, self._world, as_json=self._json and not page, plain=self._plain, verbose=self._verbose)

    def _close_log(self, journal: Journal, result: Result, code: int) -> None:
        if self._verbose or journal.is_open:
            journal.note("result", status=result.status, problems=",".join(item.code for item in result.problems))
        journal.end(code)

    def _result(self) -> Result:
        from dvc_cli.commands.outcome import failure, interrupted
        from dvc_cli.errors import DvcError

        try:
            return self._run()
        except DvcError as error:
            return failure(self._command, error)
        except KeyboardInterrupt:
            return interrupted(self._command)
        except Exception as error:  # noqa: BLE001 - the last net: one sentence and a redacted log instead of a traceback
            return self._crashed(error)

    def _run(self) -> Result:
        from dvc_cli.language import ENGLISH, VIETNAMESE, set_language

        set_language(ENGLISH if wants_english(self._words, self._world.environ) else VIETNAMESE)
        command, rest = self._find()
        if _asks_help(rest):
            return self._help(command)
        flags, bound = self._collect(command, rest)
        self._plain, self._verbose = flags.plain, flags.verbose
        from dvc_cli.commands.deps import Deps

        deps = (self._wire or Deps)(self._world, flags, command.name)
        deps.__dict__.update(self._opened)
        try:
            set_language(deps.settings.lang)
            self._plain = deps.plain
            deps.check_settings()
            return bound(deps)
        finally:
            deps.close()
            self._opened.update({name: deps.__dict__[name] for name in _KEPT if name in deps.__dict__})
            self._journal = deps.__dict__.get("journal")

    def _find(self) -> tuple[Command, list[str]]:
        from dvc_cli.commands import unknown
        from dvc_cli.commands.table import find

        if self._words[0].startswith("-"):
            raise unknown.early_flag(self._words)
        helping = _asks_help(self._words)
        command, rest, odd = find(self._words, defaults=not helping)
        if command is not None:
            self._command = command.name
        if command is None or odd:
            raise unknown.command(command, odd)
        if not command.module and not helping:
            raise unknown.incomplete(command)
        return command, rest

    def _collect(self, command: Command, rest: list[str]) -> tuple[CommonFlags, Callable[[Deps], Result]]:
        from importlib import import_module

        from dvc_cli.commands.declared import Declared
        from dvc_cli.commands.flags import parse

        declared = import_module(f"dvc_cli.commands.{command.module}").COMMANDS[command.name]
        if not isinstance(declared, Declared):
            raise TypeError(command.name)
        flags = parse(declared.options, command.name, rest)
        return flags, declared.bind(flags)

    def _help(self, command: Command) -> Result:
        from dvc_cli.commands.help import command_help
        from dvc_cli.output.result import Result

        return Result(command.name, plain=command_help(command))

    def _crashed(self, error: Exception) -> Result:
        from dvc_cli.commands.crash import crashed
        from dvc_cli.journal import Journal
        from dvc_cli.paths import find_paths

        self._journal = self._journal or Journal(find_paths(self._world.environ).logs, self._command)
        return crashed(error, self._command, self._journal)


class HomeRun(Run):
    """The home screen, which is in no table: nobody can ask for it by a name."""

    def _find(self) -> tuple[Command, list[str]]:
        from dvc_cli.commands.table import Command

        return Command(HOME, "", "", "home"), self._words[1:]


def _asks_help(words: Sequence[str]) -> bool:
    return bool({"--help", "-h"} & set(_before_separator(words)))


def _before_separator(words: Sequence[str]) -> list[str]:
    """The words that may be flags: those before `--`."""
    kept = list(words)
    return kept[: kept.index("--")] if "--" in kept else kept
