"""Dossiers through a network that fails: each is filed exactly once, none is lost, and each client is told the truth."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dvc_cli.errors import BadReplyError, UnavailableError
from server.campaign import Tally, campaign
from server.fault_proxy import BEFORE, FAULTS


@pytest.fixture
def folder(tmp_path: Path, sandbox_seed: Path) -> Path:
    shutil.copytree(sandbox_seed / "data" / "sandbox", tmp_path / "sandbox")
    return tmp_path / "sandbox"


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_on_every_second_request(folder: Path, fault: str) -> None:
    turns = iter(range(10_000))
    tally = campaign(folder, 3, lambda _request: fault if next(turns) % 2 else "pass", clients=1)
    assert tally == Tally(submits=3, filed=3, lies=0, lost=0, doubled=0, tries=tally.tries)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_network_that_never_works_is_told_as_what_it_is(folder: Path, fault: str) -> None:
    always = {"on": False}
    tally = campaign(
        folder, 1, lambda request: fault if always["on"] and request.startswith(b"POST /v1/dossiers") else "pass", clients=1, begin=always
    )
    if fault == "duplicate":
        assert (tally.filed, tally.doubled) == (1, 0)
    else:
        assert tally.told, "no client was told of a failure"
        reached = fault not in BEFORE
        for error in tally.told:
            known = isinstance(error, UnavailableError) and error.maybe_done
            assert known or isinstance(error, BadReplyError) or not reached


def test_forty_submits_of_four_clients_under_random_faults(folder: Path) -> None:
    import random

    chance = random.Random(20261109)
    tally = campaign(folder, 40, lambda _request: chance.choice((*FAULTS, *("pass",) * 9)), clients=4)
    assert (tally.filed, tally.lies, tally.lost, tally.doubled) == (40, 0, 0, 0)
