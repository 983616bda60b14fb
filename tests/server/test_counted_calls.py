"""Whose calls are counted together, and for how long anything is kept of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dvc_cli.errors import TooManyTriesError
from dvc_cli.portal.calls import ACCOUNT, ADDRESS, count_call
from dvc_cli.portal.limits import call_limit
from dvc_cli.portal.portal import Portal
from portal_accounts.small_town import MovableClock, settle_town

CLOCK = MovableClock()


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    opened = Portal(tmp_path, CLOCK, populate=settle_town)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("one", "same", "other"),
    [
        ("2001:db8:0:1::{:x}", "2001:db8:0:1:ffff::", "2001:db8:0:2::1"),
        ("::ffff:203.0.113.7", "203.0.113.7", "203.0.113.8"),
        ("fe80::{:x}%eth0", "fe80::1", "fe80:0:0:1::1"),
    ],
)
def test_addresses_of_one_customer_are_counted_as_one(portal: Portal, one: str, same: str, other: str) -> None:
    with portal.write():  # all of them in one go
        for number in range(call_limit(ADDRESS, portal.now().date())):
            count_call(portal, ADDRESS, one.format(number + 1))
    with pytest.raises(TooManyTriesError):
        count_call(portal, ADDRESS, same)
    count_call(portal, ADDRESS, other)
    count_call(portal, ACCOUNT, same)


def test_nothing_is_kept_of_earlier_minutes(portal: Portal) -> None:
    for number in range(20):
        count_call(portal, ADDRESS, f"203.0.113.{number}")
    CLOCK.pass_by(minutes=1)
    count_call(portal, ADDRESS, "198.51.100.7")
    with portal.read() as connection:
        assert connection.execute("SELECT count(*) FROM calls").fetchone()[0] == 1
