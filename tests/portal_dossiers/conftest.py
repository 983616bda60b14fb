from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dvc_cli.portal.portal import Portal
from portal_dossiers.worked import FILED, MovableClock, at


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(at(FILED["a"]))


@pytest.fixture
def portal(tmp_path: Path, clock: MovableClock) -> Iterator[Portal]:
    opened = Portal(tmp_path / "sandbox", clock)
    yield opened
    opened.close()
