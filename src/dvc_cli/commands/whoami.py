"""`dvc whoami`: who is signed in, from the masked facts on this workstation; asks neither backend nor token store."""

from __future__ import annotations

from dvc_cli.commands import sessions
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags
from dvc_cli.output.result import Result


def run(_options: CommonFlags, deps: Deps) -> Result:
    """The masked session; exit 3 when there is none or it is over."""
    facts = sessions.check_alive(sessions.current(deps), deps)
    return Result(deps.command, data=sessions.document(facts), text=sessions.describe(facts))


COMMANDS = {"whoami": declare(CommonFlags, run)}
