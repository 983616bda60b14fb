"""Limits, amounts and days of the year hold on their days and name their source."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

from dvc_cli.data import allowance, amount, calendar_days, fixed_holidays, limit, province_changes, read_toml

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("limit_id", "value", "unit"),
    [
        ("otp_lifetime", 5, "minute"),
        ("vneid_code_lifetime", 3, "minute"),
        ("otp_tries", 5, "try"),
        ("otp_resend_after", 30, "second"),
        ("otp_resends", 3, "message"),
        ("otp_phone_challenges", 10, "challenge"),
        ("otp_phone_window", 10, "minute"),
        ("otp_phone_lock", 10, "minute"),
        ("password_tries", 5, "try"),
        ("password_lock", 10, "minute"),
        ("ticket_lifetime", 30, "minute"),
        ("session_lifetime", 30, "minute"),
        ("session_refresh", 12, "hour"),
        ("birth_registration_duty", 60, "calendar_day"),
        ("birth_registration_warning", 45, "calendar_day"),
        ("death_registration_duty", 15, "calendar_day"),
        ("funeral_claim_duty", 90, "calendar_day"),
        ("supplement_duty", 7, "working_day"),
        ("khai_sinh", 0, "working_day"),
        ("thuong_tru", 2, "working_day"),
        ("bhyt", 2, "working_day"),
        ("can_cuoc", None, "working_day"),
        ("khai_sinh_dossier", 3, "working_day"),
        ("khai_sinh_dossier_verified", 5, "working_day"),
        ("khai_tu", 0, "working_day"),
        ("xoa_thuong_tru", 2, "working_day"),
        ("khai_tu_dossier_none", 2, "working_day"),
        ("khai_tu_dossier_social_assistance", 5, "working_day"),
        ("khai_tu_dossier_emergency_relief", 5, "working_day"),
        ("khai_tu_dossier_social_insurance", 10, "working_day"),
        ("khai_tu_dossier_merit", 17, "working_day"),
        ("attachment_row", 2_600_000, "byte"),
        ("attachment_row_large", 2_000_000, "byte"),
    ],
)
def test_a_limit_has_the_published_value(limit_id, value, unit):
    found = limit(limit_id, TODAY)
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(("table", "key"), [("limits.toml", "limits"), ("amounts.toml", "amounts"), ("amounts.toml", "allowances")])
def test_every_dated_row_names_source_and_confidence(table, key):
    rows = read_toml(table)[key]
    assert all(row["source"] and row["confidence"] in {"A", "B", "C", "D", "own"} for row in rows)
    assert len({(row["id"], row.get("valid_from")) for row in rows}) == len(rows)


def test_what_the_sandbox_needs_is_marked_as_our_own():
    for name in ("otp_lifetime", "otp_tries", "password_tries", "ticket_lifetime", "session_refresh"):
        assert limit(name, TODAY).confidence == "own"


def test_a_limit_outside_its_days_does_not_exist():
    assert limit("birth_registration_duty", date(2016, 1, 1)).value == 60
    with pytest.raises(KeyError):
        limit("birth_registration_duty", date(2015, 12, 31))
    with pytest.raises(KeyError):
        limit("nowhere", TODAY)


@pytest.mark.parametrize(("file", "table"), [("limits.toml", "limits"), ("amounts.toml", "amounts")])
def test_no_two_numbers_hold_under_one_id_on_one_day(file, table):
    """The first would hold, and the second never: a limit that somebody has changed in vain."""
    rows = read_toml(file)[table]
    assert shadowed(rows) == []
    first = next(row for row in rows if "valid_to" not in row)
    assert shadowed([*rows, dict(first)]) == [first["id"]]


def test_a_number_may_follow_another_under_its_id():
    before, after = {"id": "a", "valid_to": date(2026, 6, 30)}, {"id": "a", "valid_from": date(2026, 7, 1)}
    assert shadowed([before, after]) == []
    assert shadowed([before, {**after, "valid_from": date(2026, 6, 30)}]) == ["a"]


def shadowed(rows):
    """The ids under which two rows hold on one day."""
    days = [(row["id"], row.get("valid_from", date.min), row.get("valid_to", date.max)) for row in rows]
    return [one[0] for one, other in combinations(days, 2) if one[0] == other[0] and one[1] <= other[2] and other[1] <= one[2]]


def test_fees_are_whole_dong_and_late_ones_are_not_ours_to_know():
    assert amount("copies", TODAY) == 8000
    assert [amount(fee, TODAY) for fee in ("registration", "residence", "bhyt", "identity_card")] == [0, 0, 0, 0]
    assert amount("late", TODAY) is None
    assert amount("copies", date(2016, 12, 31)) is None


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_days_of_a_year_lie_in_that_year_in_order_and_name_a_source(year):
    days = calendar_days(year)
    assert [row.date for row in days] == sorted({row.date for row in days})
    for row in days:
        assert row.date.year == year
        assert row.kind in {"holiday", "make_up", "swap_off", "swap_work", "undecided"}
        assert row.status in {"official", "estimated"}
        assert row.name_vi
        assert row.name_en
        assert row.source


def test_years_behind_us_are_official_throughout():
    assert {row.status for year in (2025, 2026) for row in calendar_days(year)} == {"official"}
    assert {row.status for row in calendar_days(2027)} == {"official", "estimated"}


def test_a_year_without_a_table_has_the_fixed_holidays_only():
    assert calendar_days(2030) is None
    assert [row.date for row in fixed_holidays(2030)] == [
        date(2030, 1, 1),
        date(2030, 4, 30),
        date(2030, 5, 1),
        date(2030, 9, 2),
        date(2030, 11, 24),
    ]
    assert date(2020, 11, 24) not in {row.date for row in fixed_holidays(2020)}
    assert {row.status for row in fixed_holidays(2030)} == {"estimated"}


def test_changes_of_provinces_are_dated():
    assert {(change.province_code, change.valid_from) for change in province_changes()} == {
        ("22", date(2026, 9, 1)),
        ("24", date(2026, 9, 20)),
    }


@pytest.mark.parametrize(
    ("name", "day", "value"),
    [
        ("funeral_social_insurance", "2026-06-30", 23_400_000),
        ("funeral_social_insurance", "2026-07-01", 25_300_000),
        ("survivor_monthly", "2026-11-01", 1_265_000),
        ("survivor_monthly_alone", "2026-11-01", 1_771_000),
        ("funeral_social_assistance", "2026-06-30", 10_000_000),
        ("funeral_social_assistance", "2026-07-01", 10_800_000),
        ("funeral_emergency_relief", "2026-07-01", 27_000_000),
        ("funeral_social_insurance", "2020-01-01", None),
    ],
)
def test_an_allowance_follows_the_level_of_its_day(name, day, value):
    assert allowance(name).value(date.fromisoformat(day)) == value
