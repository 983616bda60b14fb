"""Runs the numbered migrations, each once and in order, inside the transaction of the caller."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

VERSION = "schema_version"
_IN_FILE = "sqlite_master WHERE type = 'table' AND name = 'meta'"


def schema_version(connection: sqlite3.Connection) -> int:
    """The number of the last migration that this database has seen; 0 for an empty one."""
    table = "pg_tables WHERE tablename = 'meta' AND schemaname = current_schema()" if _on_server(connection) else _IN_FILE
    if connection.execute(f"SELECT 1 FROM {table}").fetchone() is None:  # noqa: S608 - one of the two texts above
        return 0
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (VERSION,)).fetchone()
    return int(row[0]) if row else 0


@cache
def newest_version() -> int:
    """The number of the last migration that this program ships."""
    return max(number for number, _ in _migrations())


def migrate(connection: sqlite3.Connection) -> int:
    """Bring the tables up to date and return the version found before; the caller holds the write lock."""
    before, translate = schema_version(connection), _translator(connection)
    for number, script in _migrations():
        if number > before:
            for statement in split_statements(script):
                connection.execute(translate(statement))
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (VERSION, str(newest_version())),
    )
    return before


def split_statements(script: str) -> tuple[str, ...]:
    """The statements of a migration; `executescript` would commit the caller's transaction."""
    lines = (line for line in script.splitlines() if not line.startswith("--"))
    return tuple(part.strip() for part in "\n".join(lines).split(";") if part.strip())


def _on_server(connection: sqlite3.Connection) -> bool:
    return getattr(connection, "dialect", "sqlite") == "postgresql"


def _translator(connection: sqlite3.Connection) -> Callable[[str], str]:
    """What turns a statement of a migration, written for SQLite, into the connection's own dialect."""
    if not _on_server(connection):
        return str
    from dvc_cli.portal.storage.postgres import in_types_of_postgres

    return in_types_of_postgres


@cache
def _migrations() -> tuple[tuple[int, str], ...]:
    folder = files("dvc_cli.portal.storage.migrations")
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda entry: entry.name)
    return tuple((int(entry.name.partition("_")[0]), entry.read_text(encoding="utf-8")) for entry in found)
