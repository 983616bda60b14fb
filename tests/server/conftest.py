"""A server for each test, and retries that do not wait."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina
import trustme

from server.papers import Papers
from server.served import Served, running


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=4, cap=True):
        yield


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with running(tmp_path / "sandbox") as server:
        yield server


@pytest.fixture
def papers(tmp_path: Path) -> Papers:
    ca, file = trustme.CA(), tmp_path / "ca.pem"
    ca.cert_pem.write_to_path(file)
    return Papers(tmp_path, ca, str(file))
