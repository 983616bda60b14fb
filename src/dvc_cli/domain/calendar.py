"""Working days of the state's offices, and the days on which something is due.

The one rule: work counts from the day of reception, from the next working day when the dossier came after the cut-off hour (15:00:00) or
on a day off;
"+n" is the n-th working day after that. Duties of the citizen run in calendar days, and a last day off moves to the next working day
(BLDS 2015 Đ.147, 148; Luật Hộ tịch 2014 Đ.5).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache

from dvc_cli.data import DayRow, calendar_days, fixed_holidays, limit
from dvc_cli.domain.dates import VN_TZ
from dvc_cli.language import Text, _
from dvc_cli.lazy_dataclasses import dataclass

MAX_DAYS = 3660  # no limit of any procedure comes near ten years

_SATURDAY = 5
_DAY = timedelta(days=1)
_WORKED, _UNDECIDED = "swap_work", "undecided"


@dataclass(frozen=True, slots=True)
class Step:
    """One day of a chain and why it is named there."""

    date: date
    why: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due day with the chain that explains it, earliest first.

    `estimated` is True when it rests on a day whose rest is not officially fixed yet.
    """

    counted_from: date
    due_on: date
    estimated: bool
    chain: tuple[Step, ...]


class WorkingCalendar:
    """The working days of every year: the shipped tables, overridden day by day by `extra`.

    Of the years `whole` the extra days are all there are: the shipped rows of them are not used, and nothing of them is estimated.
    """

    def __init__(self, extra: tuple[DayRow, ...] = (), whole: frozenset[int] = frozenset()) -> None:
        self._extra, self._whole = {row.date: row for row in extra}, whole

    def is_working(self, day: date) -> bool:
        """Whether offices work on that day; a Saturday worked in exchange counts."""
        row = self._row(day)
        if row is None:
            return day.weekday() < _SATURDAY
        return row.kind == _WORKED or (row.kind == _UNDECIDED and day.weekday() < _SATURDAY)

    def day_off_name(self, day: date) -> str | None:
        """The name of the holiday, or of the weekend day, in the current language; None for a working day."""
        if self.is_working(day):
            return None
        return self._special_name(day) or (_("Thứ Bảy") if day.weekday() == _SATURDAY else _("Chủ nhật"))

    def next_working(self, day: date) -> date:
        """The day itself when it is a working day, else the next one."""
        while not self.is_working(day):
            day += _DAY
        return day

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; `day` itself for 0. ValueError below 0."""
        if count < 0:
            raise ValueError(count)
        for _step in range(count):
            day = self.next_working(day + _DAY)
        return day

    def last_day(self, event: date, days: int) -> date:
        """The last day of a duty of `days` calendar days after `event`, moved off a day off; the end of the calendar at the latest."""
        return self.next_working(event + timedelta(days=days) if days <= (date.max - event).days else date.max)

    def is_estimated(self, year: int) -> bool:
        """Whether the year has no table, so that only weekends, fixed holidays and single days of the office are known."""
        return calendar_days(year) is None and year not in self._whole

    def rests_on_estimate(self, first: date, last: date) -> bool:
        """Whether a day from `first` to `last` is not officially fixed: its year has no table, or its row is an estimate."""
        if any(self.is_estimated(year) for year in range(first.year, last.year + 1)):
            return True
        return any(self._is_guess(first + timedelta(days=at)) for at in range((last - first).days + 1))

    def counted_from(self, instant: datetime) -> date:
        """The day from which an office counts what it receives at `instant` (naive: Vietnam's time); 15:00:00 itself is in time."""
        moment = _in_vietnam(instant)
        late = self.is_working(moment.date()) and moment.time() > cut_off(moment.date())
        return self.next_working(moment.date() + _DAY if late else moment.date())

    def deadline(self, instant: datetime, *, working_days: int | None = None, days: int | None = None) -> Deadline:
        """When something is due that begins at `instant`: after so many working days, or so many calendar days; one of the two.

        The 15:00 rule is for working days only; calendar days count from the day of the instant, and a last day off moves on.
        ValueError for neither or both, a number below 0 or above MAX_DAYS, and for an end beyond the calendar.
        """
        count = days if working_days is None else working_days
        if count is None or (days is not None and working_days is not None) or not 0 <= count <= MAX_DAYS:
            raise ValueError("days")
        try:
            return self._after_working_days(instant, count) if days is None else self._after_days(_in_vietnam(instant).date(), count)
        except OverflowError:
            raise ValueError("days") from None

    def explain(self, instant: datetime, start: date, due: date) -> Deadline | None:
        """The chain from reception at `instant` to a due day that was told; None when it was counted in another way."""
        if not 0 <= (due - start).days <= MAX_DAYS or self.counted_from(instant) != start:
            return None
        count = sum(self.is_working(start + at * _DAY) for at in range(1, (due - start).days + 1))
        found = self._after_working_days(instant, count)
        return found if found.due_on == due else None

    def _after_working_days(self, instant: datetime, count: int) -> Deadline:
        received, start = _in_vietnam(instant), self.counted_from(instant)
        due = self.add(start, count)
        steps = [Step(received.date(), self._reception(received, start))]
        steps += self._skipped(received.date() + _DAY, start)
        if start > received.date():
            steps.append(Step(start, _("Ngày bắt đầu tính")))
        steps += self._skipped(start + _DAY, due)
        steps.append(Step(due, _("Hạn: ngày làm việc thứ {count}").format(count=count) if count else _("Hạn: trong ngày bắt đầu tính")))
        return Deadline(start, due, self.rests_on_estimate(received.date(), due), tuple(steps))

    def _after_days(self, start: date, count: int) -> Deadline:
        last = start + timedelta(days=count)
        due = self.next_working(last)
        steps = [Step(start, _("Ngày xảy ra, chưa tính"))]
        if due > last:
            off = _("Ngày thứ {count}, {name}: chuyển sang ngày làm việc tiếp theo")
            steps.append(Step(last, off.format(count=count, name=self.day_off_name(last))))
            steps += self._skipped(last + _DAY, due)
            steps.append(Step(due, _("Hạn: ngày làm việc tiếp theo")))
        else:
            steps.append(Step(due, _("Hạn: ngày thứ {count}").format(count=count)))
        return Deadline(start, due, self.rests_on_estimate(last, due), tuple(steps))

    def _reception(self, received: datetime, start: date) -> str:
        name = self.day_off_name(received.date())
        if name:
            return _("Tiếp nhận vào ngày nghỉ ({name}): tính từ ngày làm việc tiếp theo").format(name=name)
        if start > received.date():
            late = _("Tiếp nhận sau {hour} giờ: tính từ ngày làm việc tiếp theo")
            return late.format(hour=cut_off(received.date()).hour)
        in_time = _("Tiếp nhận trong giờ, trước hoặc đúng {hour} giờ: tính từ ngày này")
        return in_time.format(hour=cut_off(received.date()).hour)

    def _skipped(self, first: date, before: date) -> list[Step]:
        """The days off from `first` to the day before `before`, and the Saturdays worked among them."""
        steps = []
        for at in range((before - first).days):
            day = first + timedelta(days=at)
            name = self.day_off_name(day)
            if name:
                steps.append(Step(day, _("Không tính: {name}").format(name=name)))
            elif day.weekday() >= _SATURDAY:
                steps.append(Step(day, _("Có tính: {name}").format(name=self._special_name(day))))
        return steps

    def _row(self, day: date) -> DayRow | None:
        row = self._extra.get(day)
        return row if row is not None or day.year in self._whole else _rows(day.year).get(day)

    def _special_name(self, day: date) -> str:
        row = self._row(day)
        return str(Text(row.name_vi, row.name_en)) if row else ""

    def _is_guess(self, day: date) -> bool:
        row = self._row(day)
        return row is not None and row.status == "estimated"


def cut_off(on: date) -> time:
    """The last moment of a working day at which what comes in still counts from that day."""
    return time(limit("reception_cut_off", on).value or 0)


def working_calendar(extra: tuple[DayRow, ...] = (), whole: frozenset[int] = frozenset()) -> WorkingCalendar:
    """The calendar of the shipped tables; `extra` days of an office override them, and are all there are of the years `whole`."""
    return WorkingCalendar(extra, whole) if extra or whole else _shipped()


def counted_from(instant: datetime) -> date:
    """`WorkingCalendar.counted_from` by the shipped tables."""
    return _shipped().counted_from(instant)


def deadline(instant: datetime, *, working_days: int | None = None, days: int | None = None) -> Deadline:
    """`WorkingCalendar.deadline` by the shipped tables."""
    return _shipped().deadline(instant, working_days=working_days, days=days)


@cache
def _shipped() -> WorkingCalendar:
    return WorkingCalendar()


@cache
def _rows(year: int) -> dict[date, DayRow]:
    rows = calendar_days(year)
    return {row.date: row for row in (fixed_holidays(year) if rows is None else rows)}


def _in_vietnam(instant: datetime) -> datetime:
    return instant.replace(tzinfo=VN_TZ) if instant.tzinfo is None else instant.astimezone(VN_TZ)
