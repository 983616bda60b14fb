"""The contract suite for pytest (extra `testing`): derive a class, give a bench.

from dvc_cli.testing.suite import BackendContract

class TestOurs(BackendContract):
    @pytest.fixture(scope="class")
    def bench(self):
        yield OurBench()
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dvc_cli.contract.bench import Bench
from dvc_cli.testing import accounts, door, dossiers, pages
from dvc_cli.testing.checking import Check, NotHereError, Room

CHECKS: tuple[Check, ...] = (*door.CHECKS, *dossiers.CHECKS, *accounts.CHECKS, *pages.CHECKS)


class BackendContract:
    """Every check as a test; `bench` is a fixture of the derived class."""

    @pytest.fixture(scope="class")
    @classmethod
    def room(cls, bench: Bench) -> Iterator[Room]:
        """Where the checks work; people are used once."""
        found = Room(bench)
        yield found
        found.backend.close()

    @pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
    def test_keeps_the_contract(self, check: Check, room: Room) -> None:
        """One promise."""
        try:
            check(room)
        except NotHereError as reason:
            pytest.skip(str(reason))
