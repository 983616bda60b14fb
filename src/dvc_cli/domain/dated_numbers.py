"""The numbers of the dated tables as people read them: a limit with its unit, an amount of money."""

from __future__ import annotations

from datetime import date

from dvc_cli.data import Limit, amount_row, limit, problem_example
from dvc_cli.domain.money import format_dong
from dvc_cli.language import Text
from dvc_cli.lazy_dataclasses import dataclass

_UNITS = {
    "second": Text("giây", "s"),
    "minute": Text("phút", "min"),
    "hour": Text("giờ", "h"),
    "working_day": Text("ngày làm việc", "working days"),
    "calendar_day": Text("ngày", "days"),
    "year": Text("tuổi", "years"),
    "try": Text("lần thử", "tries"),
    "message": Text("lần gửi", "messages"),
    "challenge": Text("yêu cầu", "challenges"),
    "character": Text("ký tự", "characters"),
    "byte": Text("byte", "bytes"),
}


@dataclass(frozen=True, slots=True)
class DatedNumber:
    """A row of a dated table with its text in the current language."""

    row: Limit
    text: str


def numbers_of(code: str, on: date) -> tuple[DatedNumber, ...]:
    """The rows on which a problem code rests, as they hold on the day `on`; a row that does not hold then is left out."""
    found = []
    for name in problem_example(code).numbers:
        table, _colon, wanted = name.partition(":")
        try:
            row = limit(wanted, on) if table == "limits" else amount_row(wanted, on)
        except KeyError:
            continue
        found.append(DatedNumber(row, number_text(row)))
    return tuple(found)


def number_text(row: Limit) -> str:
    """`60 ngày`, `8.000 đồng`; "" when only the portal can tell."""
    if row.value is None:
        return ""
    if row.unit == "dong":
        return format_dong(row.value)
    return f"{row.value:,}".replace(",", ".") + f" {_UNITS[row.unit]}"
