"""`dvc sandbox office ask|refuse|finish`: the other side of the counter, so that a supplement, a refusal and a result can be tried out."""

from __future__ import annotations

from typing import Annotated

from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.dossier_document import Block, request_blocks, whole_document
from dvc_cli.commands.flags import CommonFlags, argument, option
from dvc_cli.commands.labels import label
from dvc_cli.commands.sandbox_portal import opened
from dvc_cli.contract.values import Dossier
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass, field
from dvc_cli.output.result import Result
from dvc_cli.portal import dossiers_office
from dvc_cli.portal.dossiers_events import Asked
from dvc_cli.text import clean

NOTE_LIMIT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeOptions(CommonFlags):
    """`code` is a dossier code of anybody; `note` are the office's own words."""

    code: Annotated[str, argument(metavar="MÃ", help="Mã hồ sơ")]
    note: Annotated[str, option("--note", metavar="LỜI", help="Lời của cơ quan")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskOptions(OfficeOptions):
    """`fields` are form keys to mend, `papers` ids to add; each flag may stand several times."""

    fields: Annotated[list[str], option("--field", metavar="KHÓA", help="Một ô phải sửa; dùng được nhiều lần")] = field(
        default_factory=list
    )
    papers: Annotated[list[str], option("--paper", metavar="MÃ_GIẤY", help="Một giấy tờ phải bổ sung; dùng được nhiều lần")] = field(
        default_factory=list
    )


def ask(options: AskOptions, deps: Deps) -> Result:
    """Ask for a supplement; seven working days to answer."""
    asked = Asked(tuple(dict.fromkeys(options.fields)), tuple(dict.fromkeys(options.papers)))
    with opened(deps) as portal:
        return _result(deps, dossiers_office.ask(portal, options.code, asked, clean(options.note, NOTE_LIMIT)))


def refuse(options: OfficeOptions, deps: Deps) -> Result:
    """Refuse what is not finished."""
    with opened(deps) as portal:
        return _result(deps, dossiers_office.refuse(portal, options.code, clean(options.note, NOTE_LIMIT)))


def finish(options: OfficeOptions, deps: Deps) -> Result:
    """Finish everything and hand the results over."""
    with opened(deps) as portal:
        return _result(deps, dossiers_office.finish(portal, options.code, clean(options.note, NOTE_LIMIT)))


def _result(deps: Deps, found: Dossier) -> Result:
    text: list[Block] = [(_("Mã hồ sơ"), found.code), (_("Trạng thái"), label("dossier_status", found.status))]
    text += request_blocks(found.procedure, found.request) if found.request else []
    following = f"dvc ho-so supplement {found.code}" if found.request else f"dvc ho-so show {found.code}"
    document = whole_document(found, deps.calendar)
    return Result(deps.command, data={"dossier": document}, next=(following,), text=tuple(text))


COMMANDS = {
    "sandbox office ask": declare(AskOptions, ask),
    "sandbox office refuse": declare(OfficeOptions, refuse),
    "sandbox office finish": declare(OfficeOptions, finish),
}
