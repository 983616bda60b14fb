from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from dvc_cli.portal.population import populate
from dvc_cli.portal.storage.connection import connect, transaction
from dvc_cli.portal.storage.migrator import migrate

SEED = "population tests"


def empty_registers(folder: Path) -> sqlite3.Connection:
    connection = connect(folder)
    with transaction(connection):
        migrate(connection)
    return connection


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A sandbox's tables without anybody in them."""
    connection = empty_registers(tmp_path / "empty")
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A new sandbox's population; read only."""
    connection = empty_registers(tmp_path_factory.mktemp("shipped"))
    populate(connection, SEED)
    yield connection
    connection.close()
