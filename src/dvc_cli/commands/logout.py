"""`dvc logout`: end the session of the chosen backend, or all of them."""

from __future__ import annotations

from typing import Annotated

from dvc_cli.commands import sessions
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags, option
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.result import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class LogoutOptions(CommonFlags):
    """`all_` ends the sessions of every backend."""

    all_: Annotated[bool, option("--all", help="Mọi phiên trên máy này, ở mọi nơi tiếp nhận")] = False


def run(options: LogoutOptions, deps: Deps) -> Result:
    """Sign out; where nobody is signed in nothing happens. With `--all` a sign-in that waits for a phone goes as well."""
    mine = sessions.current(deps)
    ending = deps.sessions.all() if options.all_ else (mine,) if mine else ()
    for facts in ending:
        sessions.end(deps, facts)
    if options.all_:
        from dvc_cli.commands.kept_login import forget_kept

        forget_kept(deps, everywhere=True)
    text = _("Đã đăng xuất {count} phiên.").format(count=len(ending)) if ending else _("Không có ai đang đăng nhập.")
    return Result(deps.command, data={"ended": len(ending)}, text=(text,))


COMMANDS = {"logout": declare(LogoutOptions, run)}
