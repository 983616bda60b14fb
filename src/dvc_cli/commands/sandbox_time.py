"""`dvc sandbox advance|reset`: the training portal's time, and a new beginning."""

from __future__ import annotations

from typing import Annotated

from dvc_cli.clock import FrozenClock
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags, option
from dvc_cli.commands.sandbox_portal import opened
from dvc_cli.commands.sandbox_room import is_remote, room
from dvc_cli.errors import CancelledError
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.result import Result
from dvc_cli.prompts.prompter import Question, Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceOptions(CommonFlags):
    """`days` is how far time moves on."""

    days: Annotated[int, option("--days", metavar="SỐ", help="Số ngày")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetOptions(CommonFlags):
    """`yes` skips the question."""

    yes: Annotated[bool, option("--yes", help="Không hỏi lại")] = False


def advance(options: AdvanceOptions, deps: Deps) -> Result:
    """Move the sandbox's time forward, or a training server's for everybody; with DVC_NOW it stands still whatever was added."""
    with room(deps) as found:
        moved = found.advance(options.days)
    lines = [(_("Đã đưa tới trước"), _("{days} ngày").format(days=moved.offset_days)), (_("Bây giờ là"), f"{moved.now:%H:%M %d/%m/%Y}")]
    if isinstance(deps.clock, FrozenClock) and not is_remote(deps):
        deps.tell(_("DVC_NOW đang dừng thời gian: số ngày này có tác dụng khi bỏ DVC_NOW."))
    return Result(deps.command, data={"now": moved.now, "offset_days": moved.offset_days}, text=tuple(lines))


def reset(options: ResetOptions, deps: Deps) -> Result:
    """Empty the sandbox and make it anew; what this workstation knew of it is forgotten."""
    if not (options.yes or deps.settings.no_input):
        _confirm(deps)
    with opened(deps) as portal:
        portal.reset()
    for facts in deps.sessions.all():
        if facts.backend == deps.place:
            deps.sessions.remove(facts.record)
    for pending in deps.waiting.list(deps.place):
        deps.waiting.remove(pending.id)
    return Result(deps.command, text=(_("Cổng tập huấn đã được tạo lại."),))


def _confirm(deps: Deps) -> None:
    deps.need_asking(_("Thêm --yes để xóa mà không hỏi."))
    try:
        sure = deps.prompter.confirm(Question("reset", _("Xóa mọi tài khoản, hồ sơ, tin nhắn tập huấn và tạo lại?")))
    except Signal:
        sure = False
    if not sure:
        raise CancelledError


COMMANDS = {"sandbox advance": declare(AdvanceOptions, advance), "sandbox reset": declare(ResetOptions, reset)}
