"""A whole store on a disk without room for the files beside it is never told as a damaged store."""

from __future__ import annotations

import resource
import signal
from pathlib import Path

import pytest

from dvc_cli.desk.opening import LAYOUT
from dvc_cli.disk.database import Database
from dvc_cli.disk.files import StoreError, UnusableError


def test_no_room_beside_a_whole_file_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    Database(path, LAYOUT, wal=True).close()
    limits, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, limits[1]))
    try:
        with pytest.raises(StoreError) as caught:
            Database(path, LAYOUT, wal=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert not isinstance(caught.value, UnusableError)
