"""Desks for tests: one home, one memory token store that outlives the desk, one instant."""

from __future__ import annotations

from datetime import datetime

from dvc_cli.desk import open_desk
from dvc_cli.domain.dates import VN_TZ
from dvc_cli.paths import find_paths

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=VN_TZ)


class Keeper:
    """A token store that keeps records for the test; `name` is what a real one would be called."""

    def __init__(self, name="keyring"):
        self.name, self.records = name, {}

    def get(self, record):
        return self.records.get(record)

    def put(self, record, value):
        self.records[record] = value


def paths_in(home):
    return find_paths({"DVC_HOME": str(home)})


def desk_in(home, keeper, **options):
    return open_desk(paths_in(home), keeper, **options)
