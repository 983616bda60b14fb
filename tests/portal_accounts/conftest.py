from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from portal_accounts.small_town import Town, open_town


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    opened = open_town(tmp_path / "sandbox")
    yield opened
    opened.portal.close()
