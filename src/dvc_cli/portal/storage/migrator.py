"""Runs the numbered migrations, each once and in order, inside the transaction of the caller."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_VERSION = "schema_version"


def schema_version(connection: sqlite3.Connection) -> int:
    """The number of the last migration that this database has seen; 0 for an empty one."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'meta'").fetchone() is None:
        return 0
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_VERSION,)).fetchone()
    return int(row[0]) if row else 0


@cache
def newest_version() -> int:
    """The number of the last migration that this program ships."""
    return max(number for number, _ in _migrations())


def migrate(connection: sqlite3.Connection) -> int:
    """Bring the tables up to date and return the version found before; the caller holds the write lock."""
    before = schema_version(connection)
    for number, script in _migrations():
        if number > before:
            for statement in split_statements(script):
                connection.execute(statement)
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (_VERSION, str(newest_version())))
    return before


def split_statements(script: str) -> tuple[str, ...]:
    """The statements of a migration; `executescript` would commit the caller's transaction."""
    lines = (line for line in script.splitlines() if not line.startswith("--"))
    return tuple(part.strip() for part in "\n".join(lines).split(";") if part.strip())


@cache
def _migrations() -> tuple[tuple[int, str], ...]:
    folder = files("dvc_cli.portal.storage.migrations")
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda entry: entry.name)
    return tuple((int(entry.name.partition("_")[0]), entry.read_text(encoding="utf-8")) for entry in found)
