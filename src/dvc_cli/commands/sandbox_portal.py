"""Opening the sandbox portal directly, for the commands that look behind its counter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from dvc_cli.commands.deps import Deps
from dvc_cli.commands.labels import label
from dvc_cli.contract.training import InventedPerson
from dvc_cli.domain.dates import format_date
from dvc_cli.errors import NotSupportedError, problem
from dvc_cli.language import _
from dvc_cli.output.result import Result, Table
from dvc_cli.portal.portal import Portal, sandbox_folder


@contextmanager
def opened(deps: Deps) -> Iterator[Portal]:
    """The sandbox of this home. NotSupportedError BE-NOT-SUPPORTED when another backend is chosen."""
    if not deps.on_sandbox:
        raise NotSupportedError(problem("BE-NOT-SUPPORTED", detail=_("Chỉ dùng được với backend sandbox.")))
    portal = Portal(sandbox_folder(deps.paths.data), deps.clock, calendar=lambda: deps.calendar)
    try:
        yield portal
    finally:
        portal.close()


def people_result(deps: Deps, people: Iterable[InventedPerson]) -> Result:
    """Invented people with the published paths; they are nobody's personal data and stand in full."""
    found = tuple(people)
    rows = tuple(
        (
            each.id_number,
            each.full_name,
            format_date(each.birth_date),
            label("gender", each.gender),
            each.phone,
            "" if each.phone_owned else _("người khác đứng tên"),
            str(each.vneid_level),
            _("có") if each.portal_account else "",
        )
        for each in found
    )
    headers = (_("Số định danh"), _("Họ tên"), _("Ngày sinh"), _("Giới tính"), _("Điện thoại"), _("Thuê bao"), "VNeID", _("TK Cổng"))
    return Result(deps.command, data={"people": [_document(each) for each in found]}, text=(Table(headers, rows),))


def _document(each: InventedPerson) -> dict[str, object]:
    return {
        "id_number": each.id_number,
        "full_name": each.full_name,
        "birth_date": each.birth_date,
        "gender": each.gender,
        "gender_label": label("gender", each.gender),
        "phone": each.phone,
        "phone_owned": each.phone_owned,
        "vneid_level": each.vneid_level,
        "vneid_password": each.vneid_password,
        "portal_account": each.portal_account,
        "portal_password": each.portal_password,
    }
