"""calendar.toml in the config folder: holidays and working-day swaps that this office knows and the shipped calendar does not.

    whole_years = [2028]                      # optional: this file holds every special day of these years, nothing of them is estimated

    [[days]]
    date = 2026-11-23
    kind = "swap_off"                         # holiday, make_up, swap_off (a weekday off); swap_work (a Saturday or Sunday worked)
    name = "Nghỉ hoán đổi với ngày 28/11/2026"
    source = "Thông báo 12/TB-UBND ngày 10/11/2026"

A day of this file takes the place of the shipped row of that day. See docs/calendar.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from dvc_cli.config_file import read_toml_file
from dvc_cli.data import DayRow
from dvc_cli.data.dated import HOLIDAY, MAKE_UP, OFFICIAL, SWAP_OFF, SWAP_WORK
from dvc_cli.domain.calendar import WorkingCalendar, working_calendar
from dvc_cli.errors import UsageError, problem
from dvc_cli.language import _
from dvc_cli.text import clean, nearest, safe

FILE = "calendar.toml"
KINDS = (HOLIDAY, MAKE_UP, SWAP_OFF, SWAP_WORK)

_MAX_BYTES = 64 * 1024
_TOP, _ROW = ("whole_years", "days"), ("date", "kind", "name", "source")
_SATURDAY = 5
_TEXT_LIMIT = 200
_HEADER = re.compile(r"\s*\[\[\s*days\s*\]\]")


def office_calendar(folder: Path) -> WorkingCalendar:
    """The shipped calendar with the days of `folder`/calendar.toml; the shipped one alone where there is no such file.

    UsageError A-USAGE, A-ENCODING or A-TOO-LARGE names the file; a wrong entry also its line and key.
    """
    path = folder / FILE
    raw = read_toml_file(path, _MAX_BYTES)
    if not raw:
        return working_calendar()
    reading = _Reading(path)
    return working_calendar(reading.days(raw), frozenset(reading.years(raw)))


class _Reading:
    """Turns the parsed file into days, and a fault into a sentence with line and key."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def days(self, raw: Mapping[str, object]) -> tuple[DayRow, ...]:
        self._only(raw, _TOP, None)
        rows = raw.get("days", [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self._fault(None, "days", _("cần các mục [[days]]"))
        found: dict[date, DayRow] = {}
        for place, row in enumerate(rows):
            day = self._day(row, place)
            if day.date in found:
                raise self._fault(place, "date", _("ngày này đã có ở mục trên"))
            found[day.date] = day
        return tuple(found.values())

    def years(self, raw: Mapping[str, object]) -> tuple[int, ...]:
        years = raw.get("whole_years", [])
        if not isinstance(years, list) or not all(type(year) is int and date.min.year <= year <= date.max.year for year in years):
            raise self._fault(None, "whole_years", _("cần danh sách các năm, ví dụ [2028]"))
        return tuple(years)

    def _day(self, row: Mapping[str, object], place: int) -> DayRow:
        self._only(row, _ROW, place)
        on, kind = row.get("date"), row.get("kind")
        if type(on) is not date:
            raise self._fault(place, "date", _("cần một ngày không có ngoặc kép, ví dụ 2026-11-23"))
        if kind not in KINDS:
            raise self._fault(place, "kind", _("cần một trong: {kinds}").format(kinds=", ".join(KINDS)))
        if (on.weekday() >= _SATURDAY) != (kind == SWAP_WORK) and kind != HOLIDAY:
            why = _("chỉ ngày Thứ Bảy, Chủ nhật mới làm bù được") if kind == SWAP_WORK else _("ngày này vốn là ngày nghỉ cuối tuần")
            raise self._fault(place, "date", why)
        name, source = self._text(row, "name", place), self._text(row, "source", place)
        return DayRow(on, str(kind), name, name, source, OFFICIAL)

    def _text(self, row: Mapping[str, object], key: str, place: int) -> str:
        value = row.get(key)
        text = clean(value, _TEXT_LIMIT) if isinstance(value, str) else ""
        if not text:
            raise self._fault(place, key, _("cần một đoạn chữ"))
        return text

    def _only(self, raw: Mapping[str, object], known: tuple[str, ...], place: int | None) -> None:
        for key in raw:
            if key not in known:
                raise self._fault(place, key, _("không có khóa này; có: {keys}").format(keys=nearest(key, known) or ", ".join(known)))

    def _fault(self, place: int | None, key: str, why: str) -> UsageError:
        where = _("{path}, dòng {line}, khóa {key}: {why}.")
        detail = where.format(path=self._path, line=self._line(place, key), key=safe(key, 40), why=why)
        return UsageError(problem("A-USAGE", detail=detail, hint=_("Xem docs/calendar.md; xóa tệp này thì dùng lịch có sẵn.")))

    def _line(self, place: int | None, key: str) -> int:
        """The line of a key in its entry; that of the entry's heading where the key is missing."""
        lines = self._path.read_text(encoding="utf-8-sig").splitlines()
        headers = [number for number, line in enumerate(lines) if _HEADER.match(line)]
        first, last = 0, len(lines)
        if place is not None and place < len(headers):
            first, last = headers[place], (*headers, len(lines))[place + 1]
        own = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
        return next((number for number in range(first, last) if own.match(lines[number])), first) + 1
