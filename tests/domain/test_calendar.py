"""Deadlines are counted as the offices count them, and say on what they rest."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dvc_cli.data import DayRow
from dvc_cli.domain.calendar import MAX_DAYS, counted_from, deadline, working_calendar
from dvc_cli.domain.dates import VN_TZ
from dvc_cli.language import set_language

CALENDAR = working_calendar()
DECADE = st.dates(date(2020, 1, 1), date(2032, 12, 31))


def at(day: date, hour: int = 9, minute: int = 0, second: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=VN_TZ)


@pytest.mark.parametrize(
    ("received", "one", "two", "three", "ten"),
    [
        ("2025-01-24", "2025-02-03", "2025-02-04", "2025-02-05", "2025-02-14"),
        ("2025-04-25", "2025-04-26", "2025-04-28", "2025-04-29", "2025-05-13"),
        ("2025-12-31", "2026-01-05", "2026-01-06", "2026-01-07", "2026-01-15"),
        ("2026-01-09", "2026-01-10", "2026-01-12", "2026-01-13", "2026-01-22"),
        ("2026-02-13", "2026-02-23", "2026-02-24", "2026-02-25", "2026-03-06"),
        ("2026-04-24", "2026-04-28", "2026-04-29", "2026-05-04", "2026-05-13"),
        ("2026-08-21", "2026-08-22", "2026-08-24", "2026-08-25", "2026-09-08"),
        ("2026-08-28", "2026-09-03", "2026-09-04", "2026-09-07", "2026-09-16"),
        ("2026-11-23", "2026-11-25", "2026-11-26", "2026-11-27", "2026-12-08"),
        ("2026-12-31", "2027-01-04", "2027-01-05", "2027-01-06", "2027-01-15"),
    ],
)
def test_working_days_follow_the_published_vectors(received, one, two, three, ten):
    start = date.fromisoformat(received)
    assert [CALENDAR.add(start, count).isoformat() for count in (1, 2, 3, 10)] == [one, two, three, ten]
    for count, due in ((1, one), (2, two), (3, three), (10, ten)):
        found = deadline(at(start), working_days=count)
        assert (found.counted_from, found.due_on.isoformat(), found.estimated) == (start, due, False)


@pytest.mark.parametrize(("year", "count"), [(2025, 250), (2026, 249)])
def test_a_year_has_its_published_number_of_working_days(year, count):
    days = [date(year, 1, 1) + timedelta(days=offset) for offset in range(365)]
    assert sum(map(CALENDAR.is_working, days)) == count


@pytest.mark.parametrize(("death", "closes"), [("2026-11-20", "2026-12-07"), ("2026-10-05", "2026-10-20")])
def test_the_duty_of_15_days_moves_off_a_day_off(death, closes):
    day = date.fromisoformat(death)
    assert CALENDAR.last_day(day, 15) == deadline(at(day), days=15).due_on == date.fromisoformat(closes)


def test_the_duty_of_60_days_moves_from_sunday_to_monday():
    born = date(2026, 7, 15)
    assert CALENDAR.last_day(born, 60) == date(2026, 9, 14)
    assert CALENDAR.last_day(date(9999, 12, 1), 60) == date.max


@pytest.mark.parametrize(
    ("instant", "counted"),
    [
        (at(date(2026, 11, 12), 0), date(2026, 11, 12)),
        (at(date(2026, 11, 12), 15), date(2026, 11, 12)),
        (at(date(2026, 11, 12), 15, 0, 1), date(2026, 11, 13)),
        (at(date(2026, 11, 12), 15, 20), date(2026, 11, 13)),
        (at(date(2026, 11, 13), 23, 59), date(2026, 11, 16)),
        (at(date(2026, 11, 14), 8), date(2026, 11, 16)),
        (at(date(2026, 11, 15), 23), date(2026, 11, 16)),
        (at(date(2026, 11, 24), 8), date(2026, 11, 25)),
        (at(date(2026, 8, 22), 8), date(2026, 8, 22)),
        (at(date(2026, 8, 22), 16), date(2026, 8, 24)),
        (datetime(2026, 11, 12, 8, 0, 0, tzinfo=UTC), date(2026, 11, 12)),
        (datetime(2026, 11, 12, 8, 0, 1, tzinfo=UTC), date(2026, 11, 13)),
        (datetime(2026, 11, 12, 20, 0, 0, tzinfo=UTC), date(2026, 11, 13)),
        (datetime(2026, 11, 12, 15, 0, 1), date(2026, 11, 13)),  # noqa: DTZ001 - a naive instant is Vietnam's
    ],
)
def test_the_clock_starts_on_the_day_of_reception_until_15_sharp(instant, counted):
    assert counted_from(instant) == counted


def whys(found):
    return [(step.date.isoformat(), step.why) for step in found.chain]


def test_the_chain_names_the_cut_off_and_each_skipped_day():
    found = deadline(at(date(2026, 11, 12), 15, 20), working_days=3)
    assert (found.counted_from, found.due_on) == (date(2026, 11, 13), date(2026, 11, 18))
    assert whys(found) == [
        ("2026-11-12", "Tiếp nhận sau 15 giờ: tính từ ngày làm việc tiếp theo"),
        ("2026-11-13", "Ngày bắt đầu tính"),
        ("2026-11-14", "Không tính: Thứ Bảy"),
        ("2026-11-15", "Không tính: Chủ nhật"),
        ("2026-11-18", "Hạn: ngày làm việc thứ 3"),
    ]


def test_the_chain_names_holidays_and_worked_saturdays():
    assert ("2026-11-24", "Không tính: Ngày Văn hóa Việt Nam") in whys(deadline(at(date(2026, 11, 23)), working_days=1))
    assert ("2026-08-22", "Có tính: Làm bù cho ngày 31/08/2026") in whys(deadline(at(date(2026, 8, 21)), working_days=2))
    assert whys(deadline(at(date(2026, 11, 14)), working_days=0)) == [
        ("2026-11-14", "Tiếp nhận vào ngày nghỉ (Thứ Bảy): tính từ ngày làm việc tiếp theo"),
        ("2026-11-15", "Không tính: Chủ nhật"),
        ("2026-11-16", "Ngày bắt đầu tính"),
        ("2026-11-16", "Hạn: trong ngày bắt đầu tính"),
    ]


def test_calendar_days_know_no_15_00_and_move_only_at_the_end():
    found = deadline(at(date(2026, 11, 20), 23), days=15)
    assert (found.counted_from, found.due_on, found.estimated) == (date(2026, 11, 20), date(2026, 12, 7), False)
    assert [step.date.isoformat() for step in found.chain] == ["2026-11-20", "2026-12-05", "2026-12-06", "2026-12-07"]
    found = deadline(at(date(2026, 11, 22)), days=1)
    assert [step.date.isoformat() for step in found.chain] == ["2026-11-22", "2026-11-23"]
    assert deadline(at(date(2026, 11, 21)), days=0).due_on == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("start", "options", "estimated"),
    [
        ("2026-11-20", {"working_days": 30}, False),
        ("2027-01-25", {"working_days": 5}, False),
        ("2027-02-03", {"working_days": 1}, True),
        ("2027-02-01", {"working_days": 10}, True),
        ("2027-08-31", {"working_days": 1}, True),
        ("2026-12-10", {"days": 60}, True),
        ("2026-11-20", {"days": 60}, False),
        ("2027-12-31", {"working_days": 1}, True),
        ("2030-06-03", {"working_days": 1}, True),
        ("1990-06-04", {"working_days": 1}, True),
        ("2024-12-31", {"days": 30}, False),
    ],
)
def test_a_due_day_on_an_unfixed_day_or_year_is_estimated(start, options, estimated):
    assert deadline(at(date.fromisoformat(start)), **options).estimated is estimated


def test_years_outside_the_tables_know_weekends_and_fixed_holidays():
    assert CALENDAR.is_estimated(2030)
    assert not CALENDAR.is_estimated(2026)
    assert CALENDAR.day_off_name(date(2030, 1, 1)) == "Tết Dương lịch"
    assert not CALENDAR.is_working(date(2030, 1, 5))
    assert CALENDAR.is_working(date(2019, 11, 25))
    assert CALENDAR.is_working(date(2020, 11, 24))
    assert not CALENDAR.is_working(date(2028, 11, 24))


def test_days_off_are_named_in_the_language_of_the_person():
    assert CALENDAR.day_off_name(date(2026, 2, 17)) == "Tết Âm lịch"
    assert CALENDAR.day_off_name(date(2026, 4, 26)) == "Giỗ Tổ Hùng Vương"
    assert CALENDAR.day_off_name(date(2026, 11, 15)) == "Chủ nhật"
    assert CALENDAR.day_off_name(date(2026, 11, 16)) is None
    set_language("en")
    try:
        assert CALENDAR.day_off_name(date(2026, 2, 17)) == "Lunar New Year"
    finally:
        set_language("vi")


def test_an_office_may_override_days():
    off = DayRow(date(2026, 11, 23), "swap_off", "Nghỉ hoán đổi", "Day off", "thông báo", "official")
    worked = DayRow(date(2030, 1, 5), "swap_work", "Làm bù", "Worked", "thông báo", "estimated")
    changed = working_calendar((off, worked))
    assert changed.next_working(date(2026, 11, 23)) == date(2026, 11, 25)
    assert changed.is_working(date(2030, 1, 5))
    assert changed.rests_on_estimate(date(2030, 1, 5), date(2030, 1, 5))
    assert CALENDAR.next_working(date(2026, 11, 23)) == date(2026, 11, 23)


@pytest.mark.parametrize(
    "options",
    [{}, {"days": 1, "working_days": 1}, {"days": -1}, {"working_days": -1}, {"days": MAX_DAYS + 1}, {"working_days": 10**12}],
    ids=str,
)
def test_a_deadline_needs_one_sensible_number(options):
    with pytest.raises(ValueError, match="days"):
        deadline(at(date(2026, 11, 23)), **options)


@pytest.mark.parametrize("options", [{"days": 10}, {"working_days": 10}], ids=str)
def test_the_end_of_the_calendar_is_a_value_error(options):
    with pytest.raises(ValueError, match="days"):
        deadline(at(date(9999, 12, 30)), **options)


def test_counting_backwards_is_refused():
    with pytest.raises(ValueError, match="-1"):
        CALENDAR.add(date(2026, 11, 23), -1)


@given(DECADE, st.integers(0, 23), st.integers(0, 60))
def test_a_due_day_is_a_working_day_reached_through_working_days(day, hour, count):
    found = deadline(at(day, hour), working_days=count)
    between = [found.counted_from + timedelta(days=offset) for offset in range(1, (found.due_on - found.counted_from).days + 1)]
    assert CALENDAR.is_working(found.counted_from)
    assert CALENDAR.is_working(found.due_on)
    assert sum(map(CALENDAR.is_working, between)) == count
    dates = [step.date for step in found.chain]
    assert dates == sorted(dates)
    assert (dates[0], dates[-1]) == (day, found.due_on)


@given(DECADE, st.integers(0, 400))
def test_calendar_days_never_shorten(day, count):
    found = deadline(at(day), days=count)
    assert found.due_on >= day + timedelta(days=count)
    assert CALENDAR.is_working(found.due_on)
