"""`dvc backend`: which backends are installed, and what one of them can do."""

from __future__ import annotations

from typing import Annotated

from dvc_cli.backends import list_backends, open_backend
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags, argument
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.result import Result, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowOptions(CommonFlags):
    """`name` is a backend; the chosen one when empty."""

    name: Annotated[str, argument(metavar="[TÊN]", help="Nơi tiếp nhận; mặc định là nơi đang chọn")] = ""


def list_(_options: CommonFlags, deps: Deps) -> Result:
    """Every registered backend; a broken plug-in is named with its error."""
    chosen = deps.settings.backend
    entries = list_backends()
    documents = [{"name": each.name, "origin": each.origin, "error": each.error, "chosen": each.name == chosen} for each in entries]
    rows = tuple(("*" if each.name == chosen else "", each.name, each.origin, each.error) for each in entries)
    return Result(deps.command, data={"backends": documents}, text=(Table(("", _("Tên"), _("Gói"), _("Lỗi")), rows),))


def show(options: ShowOptions, deps: Deps) -> Result:
    """The capabilities of one backend."""
    name = options.name or deps.settings.backend
    backend = open_backend(name, deps.backend_options)
    try:
        can = backend.capabilities()
    finally:
        backend.close()
    document = {
        "name": name,
        "registration": sorted(can.registration),
        "logins": sorted(can.logins),
        "lookups": sorted(can.lookups),
        "procedures": sorted(can.procedures),
        "dossier_actions": sorted(can.dossier_actions),
        "invented_people": can.invented_people,
        "codes_expire": can.codes_expire,
    }
    text = (
        (_("Tên"), name),
        (_("Đăng ký"), ", ".join(sorted(can.registration))),
        (_("Đăng nhập"), ", ".join(sorted(can.logins))),
        (_("Tra cứu"), ", ".join(sorted(can.lookups))),
        (_("Thủ tục"), ", ".join(sorted(can.procedures))),
        (_("Công dân"), _("được đặt ra (tập huấn)") if can.invented_people else _("thật")),
    )
    return Result(deps.command, data={"backend": document}, text=text)


COMMANDS = {"backend list": declare(CommonFlags, list_), "backend show": declare(ShowOptions, show)}
