"""A few runs of the kill campaign (`reliability/kill.py`), so that it keeps working and the worst is noticed at once."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from reliability.kill import LARGE, SCRIPTS, SMALL, Bench, build, crash_run, kill_run, moments, operations, set_up

SEED = 7


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return set_up(tmp_path_factory.mktemp("kills"), LARGE)


def test_a_killed_wizard_loses_nothing_and_files_once(bench: Bench) -> None:
    for number, (kind, moment) in enumerate(moments(SEED, 4, len(bench.steps))):
        faults, _kind, _told = kill_run(bench, number, kind, moment)
        assert faults == []


if sys.platform == "linux" and shutil.which("cc"):  # the library of faults is C and reads /proc

    @pytest.mark.parametrize("script", SCRIPTS)
    def test_a_crash_at_any_operation_on_the_disk_loses_nothing(script: str, tmp_path: Path) -> None:
        bench = set_up(tmp_path, SMALL)
        build(bench.folder)
        total = operations(bench.template, bench.folder / "count", bench.library, bench.line(script))
        assert total > 100
        for at in (1, total // 2, total):
            assert crash_run(bench, script, at, torn=at % 2 == 0) == []
