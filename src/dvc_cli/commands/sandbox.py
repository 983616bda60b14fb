"""`dvc sandbox`: the training portal's invented people and phones. None of it is reachable from another backend."""

from __future__ import annotations

from typing import Annotated

from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags, option
from dvc_cli.commands.sandbox_portal import people_result
from dvc_cli.commands.sandbox_room import room
from dvc_cli.domain.phones import normalise_phone
from dvc_cli.errors import UsageError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.result import Result, Table

PhoneFlag = Annotated[str, option("--phone", metavar="SỐ", help="Chỉ điện thoại này")]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeOptions(CommonFlags):
    """Which code: of a phone, of a challenge; the newest open one otherwise."""

    phone: PhoneFlag = ""
    challenge: Annotated[str, option("--challenge", metavar="MÃ", help="Chỉ yêu cầu này")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneOptions(CommonFlags):
    """`phone` restricts the messages."""

    phone: PhoneFlag = ""


def people(_options: CommonFlags, deps: Deps) -> Result:
    """Everybody, with what a tester needs to know."""
    with room(deps) as portal:
        return people_result(deps, portal.people())


def otp(options: CodeOptions, deps: Deps) -> Result:
    """The code itself, from the invented phone."""
    with room(deps) as portal:
        sent = portal.newest_code(_phone(options.phone), options.challenge or None)
    text = ((_("Mã"), sent.code), (_("Yêu cầu"), sent.challenge_id), (_("Dùng đến"), f"{sent.expires_at:%H:%M:%S %d/%m/%Y}"))
    return Result(deps.command, data={"code": sent.code, "challenge_id": sent.challenge_id, "expires_at": sent.expires_at}, text=text)


def sms(options: PhoneOptions, deps: Deps) -> Result:
    """The messages, newest first."""
    with room(deps) as portal:
        found = portal.messages(_phone(options.phone))
    documents = [
        {"number": each.number, "phone": each.phone, "sent_at": each.sent_at, "text": each.text, "challenge_id": each.challenge_id}
        for each in found
    ]
    rows = tuple((f"{each.sent_at:%H:%M:%S %d/%m}", each.phone, each.text) for each in found)
    text = (Table((_("Lúc"), _("Số máy"), _("Nội dung")), rows),) if rows else (_("Chưa có tin nhắn nào."),)
    return Result(deps.command, data={"messages": documents}, text=text)


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
}
