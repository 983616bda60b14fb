from __future__ import annotations

import pytest

from desk.desks import Keeper, desk_in


@pytest.fixture
def keeper():
    return Keeper()


@pytest.fixture(params=["on the disk", "in memory"])
def desk(request, tmp_path, keeper):
    with desk_in(tmp_path, keeper, memory=request.param == "in memory") as opened:
        yield opened
