"""`dvc sandbox`: the training portal's invented people, phones and time. None of it is reachable from another backend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags
from dvc_cli.commands.sandbox_portal import opened, people_result
from dvc_cli.domain.phones import normalise_phone
from dvc_cli.errors import CancelledError, UsageError, problem
from dvc_cli.language import _
from dvc_cli.output.result import Result, Table
from dvc_cli.prompts.prompter import Question, Signal

PhoneFlag = Annotated[str, typer.Option("--phone", metavar="SỐ", help="Chỉ điện thoại này")]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeOptions(CommonFlags):
    """Which code: of a phone, of a challenge; the newest open one otherwise."""

    phone: PhoneFlag = ""
    challenge: Annotated[str, typer.Option("--challenge", metavar="MÃ", help="Chỉ yêu cầu này")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneOptions(CommonFlags):
    """`phone` restricts the messages."""

    phone: PhoneFlag = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceOptions(CommonFlags):
    """`days` is how far time moves on."""

    days: Annotated[int, typer.Option("--days", metavar="SỐ", help="Số ngày")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetOptions(CommonFlags):
    """`yes` skips the question."""

    yes: Annotated[bool, typer.Option("--yes", help="Không hỏi lại")] = False


def people(_options: CommonFlags, deps: Deps) -> Result:
    """Everybody, with what a tester needs to know."""
    with opened(deps) as portal:
        return people_result(deps, portal.people())


def otp(options: CodeOptions, deps: Deps) -> Result:
    """The code itself, from the invented phone."""
    with opened(deps) as portal:
        sent = portal.newest_code(_phone(options.phone), options.challenge or None)
    text = ((_("Mã"), sent.code), (_("Yêu cầu"), sent.challenge_id), (_("Dùng đến"), f"{sent.expires_at:%H:%M:%S %d/%m/%Y}"))
    return Result(deps.command, data={"code": sent.code, "challenge_id": sent.challenge_id, "expires_at": sent.expires_at}, text=text)


def sms(options: PhoneOptions, deps: Deps) -> Result:
    """The messages, newest first."""
    with opened(deps) as portal:
        found = portal.messages(_phone(options.phone))
    documents = [
        {"number": each.number, "phone": each.phone, "sent_at": each.sent_at, "text": each.text, "challenge_id": each.challenge_id}
        for each in found
    ]
    rows = tuple((f"{each.sent_at:%H:%M:%S %d/%m}", each.phone, each.text) for each in found)
    text = (Table((_("Lúc"), _("Số máy"), _("Nội dung")), rows),) if rows else (_("Chưa có tin nhắn nào."),)
    return Result(deps.command, data={"messages": documents}, text=text)


def advance(options: AdvanceOptions, deps: Deps) -> Result:
    """Move time forward; with DVC_NOW the sandbox stands still whatever was added."""
    from datetime import timedelta

    with opened(deps) as portal:
        before = portal.now()
        total = portal.advance(options.days)
    frozen = bool(deps.world.environ.get("DVC_NOW"))
    now = before if frozen else before + timedelta(days=options.days)
    lines = [(_("Đã đưa tới trước"), _("{days} ngày").format(days=total)), (_("Bây giờ là"), f"{now:%H:%M %d/%m/%Y}")]
    if frozen:
        deps.tell(_("DVC_NOW đang dừng thời gian: số ngày này có tác dụng khi bỏ DVC_NOW."))
    return Result(deps.command, data={"now": now, "offset_days": total}, text=tuple(lines))


def reset(options: ResetOptions, deps: Deps) -> Result:
    """Empty the sandbox and make it anew; what this workstation knew of it is forgotten."""
    if not (options.yes or deps.settings.no_input):
        _confirm(deps)
    with opened(deps) as portal:
        portal.reset()
    for facts in deps.sessions.all():
        if facts.backend == deps.settings.backend:
            deps.sessions.remove(facts.record)
    for pending in deps.waiting.list(deps.settings.backend):
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


def _phone(text: str) -> str | None:
    if not text:
        return None
    try:
        return normalise_phone(text)
    except ValueError:
        raise UsageError(problem("A-USAGE", "phone", detail=_("--phone cần số điện thoại 10 chữ số."))) from None


COMMANDS = {
    "sandbox people": declare(CommonFlags, people),
    "sandbox otp": declare(CodeOptions, otp),
    "sandbox sms": declare(PhoneOptions, sms),
    "sandbox advance": declare(AdvanceOptions, advance),
    "sandbox reset": declare(ResetOptions, reset),
}
