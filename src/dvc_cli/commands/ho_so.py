"""`dvc ho-so`: the dossiers that the signed-in person filed."""

from __future__ import annotations

from typing import Annotated

from dvc_cli.commands import sessions
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.dossier_document import receipt_blocks, whole_document
from dvc_cli.commands.flags import CommonFlags, argument
from dvc_cli.commands.ho_so_here import ListOptions, check_limit, list_here, matches
from dvc_cli.commands.labels import label
from dvc_cli.commands.training_mark import training_mark
from dvc_cli.contract.values import Dossier
from dvc_cli.domain.dates import format_date
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.result import Result, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowOptions(CommonFlags):
    """`code` is a dossier code."""

    code: Annotated[str, argument(metavar="MÃ", help="Mã hồ sơ, xem dvc ho-so list")]


def list_(options: ListOptions, deps: Deps) -> Result:
    """The signed-in person's dossiers, newest first; or those of this workstation."""
    check_limit(options)
    if options.here:
        return list_here(options, deps)
    with sessions.signed_in(deps) as session:
        filed = deps.backend.list_dossiers(session.token)
        deps.record("dossier_read", session.facts.id_masked)
    found = [each for each in filed if matches(options.search, each.title, each.code)][: options.limit or None]
    rows = tuple(
        (each.code, each.title, label("dossier_status", each.status), f"{each.filed_at:%d/%m/%Y}", format_date(each.due_on))
        for each in found
    )
    headers = (_("Mã hồ sơ"), _("Người được khai"), _("Trạng thái"), _("Nộp ngày"), _("Hẹn trả"))
    text = (Table(headers, rows),) if rows else (_("Chưa nộp hồ sơ nào."),)
    return Result(deps.command, data={"dossiers": [whole_document(each, deps.calendar) for each in found]}, text=text)


def show(options: ShowOptions, deps: Deps) -> Result:
    """One dossier with its history."""
    with sessions.signed_in(deps) as session:
        found = deps.backend.get_dossier(session.token, options.code)
        deps.record("dossier_read", session.facts.id_masked, ref=found.code)
    rows = tuple(
        (
            f"{entry.at:%H:%M %d/%m/%Y}",
            label("dossier_status", entry.status),
            label("member_procedure", entry.member) if entry.member else _("cả hồ sơ"),
            entry.note,
        )
        for entry in found.history
    )
    history = (Table((_("Lúc"), _("Trạng thái"), _("Thủ tục"), _("Ghi chú")), rows),) if rows else ()
    return Result(
        deps.command,
        data={"dossier": whole_document(found, deps.calendar)},
        next=next_of(found),
        text=(*training_mark(deps), *receipt_blocks(found, deps.calendar), *history),
    )


def next_of(found: Dossier) -> tuple[str, ...]:
    """What an office waits for comes next."""
    return (f"dvc ho-so supplement {found.code}",) if found.request else ()


COMMANDS = {"ho-so list": declare(ListOptions, list_), "ho-so show": declare(ShowOptions, show)}
