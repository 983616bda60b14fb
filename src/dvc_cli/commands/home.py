"""Bare `dvc` at a terminal: who is signed in, what lies on the desk, and the jobs by number.

The job that was chosen is handed back as `Result.then`; the command line runs it and comes back here.
"""

from __future__ import annotations

from typing import Annotated

from dvc_cli.commands import sessions
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags, option
from dvc_cli.commands.help import title
from dvc_cli.commands.home_text import desk_lines, draft_label, greeting, home_help, session_line
from dvc_cli.commands.table import Command, get, subcommands
from dvc_cli.desk import Draft, Overview
from dvc_cli.errors import DvcError
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.result import Result
from dvc_cli.procedures import procedures
from dvc_cli.prompts.prompter import GoBack, Leave, Option, Question, WantHelp

LEAVE, RESUME = "leave", "resume"
NEXT_CITIZEN = ("done", "logout")
FOLLOWING = ("today", "ho-so list", "outbox send", "card", "profile show")


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeFlags(CommonFlags):
    """`pause` waits for Enter first, so that what the last job left on the screen can be read."""

    pause: Annotated[bool, option("--pause", help="Chờ Enter trước khi hiện")] = False


def home(options: HomeFlags, deps: Deps) -> Result:
    """Show the desk, ask what to do, and hand back the command line of the job; none when the person leaves."""
    try:
        if options.pause:
            _wait(deps)
        overview = _overview(deps)
        for line in (greeting(deps), session_line(deps), *desk_lines(overview)):
            deps.prompter.tell(line)
        return Result(None, then=_choose(deps, overview))
    except (GoBack, Leave):
        return Result(None)


def jobs(deps: Deps, overview: Overview | None) -> tuple[Option, ...]:
    """What can be done now, the likeliest first; the code is the command line."""
    signed_in = sessions.is_alive(deps)
    names = [*procedures()] if signed_in else ["login-vneid", *procedures(), "register", "login"]
    listed = [*names, *([RESUME] if overview and overview.drafts else []), *FOLLOWING, *(NEXT_CITIZEN[:1] if signed_in else ())]
    if signed_in and get(NEXT_CITIZEN[0]) is None:
        listed[-1] = NEXT_CITIZEN[1]
    found = [Option(name, label, name) for name in listed if (label := _label(name, overview))]
    return (*found, Option(LEAVE, _("Thoát"), "thoat quit exit"))


def _label(name: str, overview: Overview | None) -> str:
    if name == RESUME:
        drafts = overview.drafts if overview else ()
        return _("Tiếp tục bản nháp: {draft}").format(draft=draft_label(drafts[0])) if len(drafts) == 1 else _("Tiếp tục một bản nháp")
    if name == "outbox send" and not (overview and overview.unsent):
        return ""
    command = get(name) if " " not in name else next((one for one in _subcommands(name) if one.name == name), None)
    return title(command) if command else ""


def _subcommands(name: str) -> list[Command]:
    return subcommands(name.split(" ", maxsplit=1)[0])


def _choose(deps: Deps, overview: Overview | None) -> tuple[str, ...]:
    options = jobs(deps, overview)
    while True:
        try:
            chosen = deps.prompter.choice(Question("job", _("Việc cần làm?")), options)
            if chosen == RESUME:
                draft = _which(deps, overview.drafts if overview else ())
                return (draft.procedure, "--draft", draft.id)
        except WantHelp:
            deps.prompter.tell(home_help())
        else:
            return () if chosen == LEAVE else tuple(chosen.split(" "))


def _which(deps: Deps, drafts: tuple[Draft, ...]) -> Draft:
    if len(drafts) == 1:
        return drafts[0]
    options = tuple(Option(draft.id, draft_label(draft), draft.procedure) for draft in drafts)
    chosen = deps.prompter.choice(Question("draft", _("Bản nháp nào?")), options)
    return next(draft for draft in drafts if draft.id == chosen)


def _wait(deps: Deps) -> None:
    question = Question("pause", _("Xong việc vừa rồi."), optional=True, enter=_("Enter để về màn hình chính"))
    while True:
        try:
            deps.prompter.text(question)
        except WantHelp:
            deps.prompter.tell(home_help())
        else:
            return


def _overview(deps: Deps) -> Overview | None:
    """What lies on the desk; None where there is no desk yet, or it cannot be opened now, which is said."""
    if not (deps.paths.data / "desk.db").exists():
        return None
    try:
        return deps.desk.overview(deps.now())
    except DvcError as error:
        for item in error.problems:
            deps.prompter.tell(f"{item.message} {item.hint}".strip())
        return None


COMMANDS = {"home": declare(HomeFlags, home)}
