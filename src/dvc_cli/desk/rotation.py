"""Replacing the desk's key: every box is made anew with another key, in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dvc_cli.desk import audit, pages, records
from dvc_cli.desk.blobs import FolderBlobs
from dvc_cli.desk.boxes import Boxes
from dvc_cli.desk.keys import DeskKey, KeyKeeper, add_key, check_number, prepare_key, settle_key
from dvc_cli.disk.boxes import BrokenBoxError, seal, subkey, unseal
from dvc_cli.disk.database import Database

if TYPE_CHECKING:
    import sqlite3

TABLES = (records.BOXES, pages.BOXES, audit.BOXES)


def rotate(database: Database, keeper: KeyKeeper, key: DeskKey, blobs: FolderBlobs | None) -> int:
    """Give the desk a new key; how many boxes were made anew. The caller's own key is of no use afterwards: open the desk again.

    StoreError DK-LOCKED when the key was replaced meanwhile. A box that the old key does not open stays as it is.
    """
    with database.writing() as connection:
        check_number(connection, key)
        fresh = prepare_key(keeper, key)
        made = sum(_reseal(connection, boxes, key, fresh) for boxes in TABLES)
        made += blobs.copy_under(fresh.value) if blobs else 0
        add_key(connection, keeper.name, fresh)
    settle_key(keeper, fresh)
    if blobs:
        blobs.drop_own()
    database.forget_old_pages()
    return made


def _reseal(connection: sqlite3.Connection, boxes: Boxes, old: DeskKey, new: DeskKey) -> int:
    made = 0
    opening, closing = subkey(old.value, boxes.purpose), subkey(new.value, boxes.purpose)
    columns = ", ".join((boxes.row, "box", *boxes.parts))
    # Names of tables and columns are our own, none is given from outside.
    for row, box, *parts in connection.execute(f"SELECT {columns} FROM {boxes.table}").fetchall():  # noqa: S608
        label = boxes.label(parts)
        try:
            fresh = seal(closing, unseal(opening, bytes(box), label), label)
        except (BrokenBoxError, TypeError):
            continue
        connection.execute(f"UPDATE {boxes.table} SET box = ? WHERE {boxes.row} = ?", (fresh, row))  # noqa: S608
        made += 1
    return made
