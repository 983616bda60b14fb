"""`dvc places`: provinces and communes by new or old name, without diacritics, by initials."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags, argument, option
from dvc_cli.commands.reading import read_day
from dvc_cli.domain.place_days import REFORM, REFORM_SOURCE, FormerPlace, former_places, validity
from dvc_cli.domain.place_index import Hit
from dvc_cli.domain.places import Places, places
from dvc_cli.errors import UsageError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.result import Result, Table

MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesOptions(CommonFlags):
    """`limit` bounds the hits; `on` is the day whose units are meant, today when empty."""

    query: Annotated[str, argument(metavar="CHUỖI", help="Tên mới hoặc cũ, có dấu hay không, hoặc chữ cái đầu")]
    province: Annotated[str, option("--province", metavar="TỈNH", help="Chỉ tìm trong tỉnh, thành phố này")] = ""
    limit: Annotated[int, option("--limit", metavar="SỐ", help="Nhiều nhất bao nhiêu kết quả (mặc định 10)")] = 10
    on: Annotated[str, option("--on", metavar="NGÀY", help="Theo đơn vị hành chính của ngày này")] = ""


def run(options: PlacesOptions, deps: Deps) -> Result:
    """Find places; nothing found is an empty list, not an error."""
    if not 1 <= options.limit <= MOST:
        raise UsageError(problem("A-USAGE", detail=_("--limit từ 1 đến {most}.").format(most=MOST)))
    on = read_day(options.on, "--on") if options.on else deps.today()
    if on < REFORM:
        return _former(options, deps)
    table = places(on)
    province = _province(table, options.province) if options.province else None
    hits = table.search(options.query, province=province, limit=options.limit)
    text = (_table(hits),) if hits else (_("Không tìm thấy nơi nào."),)
    return Result(deps.command, data={"places": [_document(hit, on) for hit in hits]}, text=text)


def _table(hits: tuple[Hit, ...]) -> Table:
    """The hits for a person; the old names that led to them only where there are some."""
    wide = any(hit.former for hit in hits)
    headers = (_("Mã"), _("Tên"), _("Tỉnh, thành phố"), *((_("Tên cũ"),) if wide else ()))
    rows = [(hit.code, hit.name, hit.province_name if hit.province_code != hit.code else "") for hit in hits]
    return Table(headers, tuple((*row, hit.former) if wide else row for row, hit in zip(rows, hits, strict=True)))


def _former(options: PlacesOptions, deps: Deps) -> Result:
    """The communes of before the reform, each with what became of it."""
    table = places(REFORM)
    found = former_places(options.query, options.province, options.limit)
    names = [[each.name for code in place.successors if (each := table.commune_by_code(code))] for place in found]
    rows = tuple(
        (place.code, place.name, f"{place.district}, {place.province}", "; ".join(now)) for place, now in zip(found, names, strict=True)
    )
    headers = (_("Mã"), _("Tên"), _("Thuộc"), _("Nay là"))
    text = (Table(headers, rows),) if rows else (_("Không tìm thấy nơi nào."),)
    return Result(deps.command, data={"places": [_former_document(place) for place in found]}, text=text)


def _province(table: Places, text: str) -> str:
    """The code of the province that the text names, in any way in which places are found."""
    found = table.province(text)
    if found is not None:
        return found.code
    hit = next((hit for hit in table.search(text, limit=MOST) if hit.code == hit.province_code), None)
    if hit is None:
        raise UsageError(problem("A-USAGE", "province", detail=_("--province không phải tên tỉnh, thành phố.")))
    return hit.code


def _document(hit: Hit, on: date) -> dict[str, object]:
    holds = validity(hit.code, on)
    return {
        "code": hit.code,
        "name": hit.name,
        "type": hit.type,
        "province_code": hit.province_code,
        "province_name": hit.province_name,
        "former": hit.former,
        "valid_from": holds.valid_from,
        "valid_to": holds.valid_to,
        "source": holds.source,
    }


def _former_document(place: FormerPlace) -> dict[str, object]:
    return {
        "code": place.code,
        "name": place.name,
        "type": place.type.lower(),
        "province_code": "",  # the provinces of before the reform have no code in our tables
        "province_name": place.province,
        "district_name": place.district,
        "valid_from": None,
        "valid_to": REFORM - timedelta(days=1),
        "source": REFORM_SOURCE,
        "successors": list(place.successors),
    }


COMMANDS = {"places": declare(PlacesOptions, run)}
