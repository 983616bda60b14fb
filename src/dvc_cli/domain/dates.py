"""Dates as papers give them: whole, or only a month, a year, or with hour and minute; all of the Gregorian calendar."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta, timezone

from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.text import clean, fold, fold_search

VN_TZ = timezone(timedelta(hours=7))
"""Vietnam's time, the whole year."""

_SEPARATED = re.compile(r"(?P<day>\d{1,2})(?P<sep>[/.\-])(?P<month>\d{1,2})(?P=sep)(?P<year>\d{4})", re.ASCII)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII)
_WORDS = re.compile(r"(?:ngày )?(?P<day>\d{1,2}) tháng (?P<month>\d{1,2}) năm (?P<year>\d{4})", re.ASCII)
_MONTHS = (
    re.compile(r"(?P<month>\d{1,2})[/.\-](?P<year>\d{4})", re.ASCII),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})", re.ASCII),
    re.compile(r"tháng (?P<month>\d{1,2}) năm (?P<year>\d{4})", re.ASCII),
)
_YEAR = re.compile(r"(?:năm )?(?P<year>\d{4})", re.ASCII)
_CLOCK = r"(?P<hour>\d{1,2})(?::|h| giờ )(?P<minute>\d{2})(?: phút)?"
_DAY_THEN_CLOCK = re.compile(rf"(?P<day>.+?)(?:,? |t){_CLOCK}", re.ASCII)
_CLOCK_THEN_DAY = re.compile(rf"{_CLOCK},? (?P<day>.+)", re.ASCII)

_STEMS = "giap|at|binh|dinh|mau|ky|ki|canh|tan|nham|quy"
_BRANCHES = "ty|ti|suu|dan|mao|meo|thin|ngo|mui|than|dau|tuat|hoi"
_LUNAR = re.compile(rf"(?<![^\W\d_])(am lich|al|a\.l\.?|({_STEMS}) ({_BRANCHES})|thang gieng|thang chap|nhuan)(?![^\W\d_])")

_LAST_HOUR, _LAST_MINUTE = 23, 59
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


class DateError(ValueError):
    """Raised for a text that is no date here.

    `reason` is `shape` (not written as a date), `calendar` (no such day), `partial` (a full date is needed) or `lunar`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, the month, the day or the minute. Raises DateError `calendar` when there is no such day or minute."""

    year: int
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None

    def __post_init__(self) -> None:
        gaps = (self.month is None and self.day is not None) or (self.day is None and self.hour is not None)
        if gaps or (self.hour is None) != (self.minute is None):
            raise DateError("shape")
        _real_day(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)
        if not (0 <= (self.hour or 0) <= _LAST_HOUR and 0 <= (self.minute or 0) <= _LAST_MINUTE):
            raise DateError("calendar")

    def earliest(self) -> date:
        """The first day that it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """The last day that it may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def iso(self) -> str:
        """`1941`, `1941-03`, `1941-03-02` or `2026-10-05T14:35`."""
        text = f"{self.year:04d}"
        text += "" if self.month is None else f"-{self.month:02d}"
        text += "" if self.day is None else f"-{self.day:02d}"
        return text + ("" if self.hour is None else f"T{self.hour:02d}:{self.minute:02d}")


def parse_date(text: str) -> date:
    """The full date in `text`: dd/mm/yyyy (also with `-` or `.`), yyyy-mm-dd, "ngày 2 tháng 11 năm 2026".

    Raises DateError; `partial` for a text that gives only a month or a year, or adds a time of day.
    """
    found = parse_partial_date(text)
    if found.month is None or found.day is None or found.hour is not None:
        raise DateError("partial")
    return date(found.year, found.month, found.day)


def parse_partial_date(text: str) -> PartialDate:
    """The date in `text` as far as it is known: a full date as `parse_date`, mm/yyyy, yyyy, or a full date with hh:mm (also 14h35).

    Raises DateError with `shape`, `calendar` or `lunar`.
    """
    iso = _ISO.fullmatch(text)
    if iso:
        return PartialDate(int(iso["year"]), int(iso["month"]), int(iso["day"]))
    written = fold(clean(text))
    if _LUNAR.search(fold_search(written)):
        raise DateError("lunar")
    for pattern in (_DAY_THEN_CLOCK, _CLOCK_THEN_DAY):
        timed = pattern.fullmatch(written)
        day = _match_day(timed["day"]) if timed else None
        if timed and day:
            return PartialDate(day.year, day.month, day.day, int(timed["hour"]), int(timed["minute"]))
    found = _match_day(written) or _match_part(written)
    if found is None:
        raise DateError("shape")
    return found


def format_date(day: date) -> str:
    """`dd/mm/yyyy`."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def format_partial_date(value: PartialDate) -> str:
    """As papers write it: `1941`, `03/1941`, `02/03/1941`, `05/10/2026 14:35`."""
    text = f"{value.year:04d}"
    text = text if value.month is None else f"{value.month:02d}/{text}"
    text = text if value.day is None else f"{value.day:02d}/{text}"
    return text if value.hour is None else f"{text} {value.hour:02d}:{value.minute:02d}"


def date_in_words(day: date) -> str:
    """The date in Vietnamese words: "Ngày hai tháng mười một năm hai nghìn không trăm hai mươi sáu"."""
    month = "tư" if day.month == 4 else _below_hundred(day.month)  # noqa: PLR2004 - April is "tháng tư"
    return f"Ngày {_below_hundred(day.day)} tháng {month} năm {_year_in_words(day.year)}"


def age_in_years(birth: date, on: date) -> int:
    """Whole years from birth to `on`; who was born on 29/02 turns a year older on 01/03 of a common year. Negative before birth."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def _match_day(written: str) -> PartialDate | None:
    for pattern in (_SEPARATED, _ISO, _WORDS):
        match = pattern.fullmatch(written)
        if match:
            return PartialDate(int(match["year"]), int(match["month"]), int(match["day"]))
    return None


def _match_part(written: str) -> PartialDate | None:
    for pattern in _MONTHS:
        match = pattern.fullmatch(written)
        if match:
            return PartialDate(int(match["year"]), int(match["month"]))
    year = _YEAR.fullmatch(written)
    return PartialDate(int(year["year"])) if year else None


def _real_day(year: int, month: int, day: int) -> None:
    try:
        date(year, month, day)
    except ValueError:
        raise DateError("calendar") from None


def _below_hundred(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    # mốt and tư only after twenty and above; lăm after every ten.
    tails = {0: "", 5: " lăm"} if tens == 1 else {0: "", 1: " mốt", 4: " tư", 5: " lăm"}
    return head + tails.get(ones, f" {_DIGITS[ones]}")


def _year_in_words(year: int) -> str:
    thousands, rest = divmod(year, 1000)
    hundreds, last = divmod(rest, 100)
    words = f"{_DIGITS[thousands]} nghìn" if thousands else ""
    if hundreds or (thousands and last):
        words += f" {_DIGITS[hundreds]} trăm"
    if last:
        joint = " linh" if last < 10 and words else ""  # noqa: PLR2004 - one digit
        words += f"{joint} {_below_hundred(last)}"
    return words.strip()
