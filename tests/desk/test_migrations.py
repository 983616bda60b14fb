"""A file of every earlier version opens, with everything that was in it."""

from __future__ import annotations

import base64
import json
import sqlite3
from importlib.resources import files

import pytest

from desk.desks import NOW, Keeper, desk_in, paths_in
from dvc_cli.desk.opening import LAYOUT
from dvc_cli.disk.boxes import keyed_name, new_key, seal, subkey
from dvc_cli.disk.database import split_statements

STEPS = sorted(step.name for step in files(LAYOUT.migrations).iterdir() if step.name.endswith(".sql"))
CODE = "G22.99-261102-000001"
RECEIPT = {
    "code": CODE,
    "id": "x1",
    "procedure": "khai-sinh",
    "procedure_code": "2.000986",
    "status": "dang_xu_ly",
    "status_label": "Đang xử lý",
    "filed_at": NOW.isoformat(),
    "counted_from": "2026-11-02",
    "due_on": "2026-11-02",
    "members": [{"procedure": "khai_sinh", "agency": "UBND", "status": "dang_xu_ly", "due_on": "2026-11-02"}],
    "fees": [{"id": "late", "label": "Lệ phí", "amount": None, "note": "x"}],
    "papers": [{"id": "ct01", "label": "CT01", "slot": 2, "required": True, "state": "attached"}],
}
DRAFT = {
    "procedure": "khai-sinh",
    "form_version": "1",
    "backend": "sandbox",
    "idempotency_key": "k",
    "created_at": NOW.isoformat(),
    "updated_at": NOW.isoformat(),
    "answers": {"a": "ă", "b": ["c"]},
    "attachments": [],
    "acknowledge": {},
    "pledge": True,
    "state": "open",
    "title": "NGUYỄN AN",
}


def earlier_file(home, steps):
    """A desk as the version with that many steps left it: one draft, one receipt, written as the first version wrote them."""
    key, path = new_key(), paths_in(home).data / "desk.db"
    path.parent.mkdir(parents=True)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("CREATE TABLE migrations (number INTEGER PRIMARY KEY)")
    connection.execute(f"PRAGMA application_id = {LAYOUT.mark}")
    for number, name in enumerate(STEPS[:steps], start=1):
        for statement in split_statements((files(LAYOUT.migrations) / name).read_text(encoding="utf-8")):
            connection.execute(statement)
        connection.execute("INSERT INTO migrations VALUES (?)", (number,))
    connection.execute("INSERT INTO keys VALUES (1, 'keyring', ?)", (seal(subkey(key, "check"), b"dvc desk", "key|1"),))
    entries = (("draft", "d1", DRAFT), ("receipt", keyed_name(subkey(key, "names"), CODE), RECEIPT))
    for version, (kind, name, content) in enumerate(entries, start=1):
        box = seal(subkey(key, "records"), json.dumps(content).encode("ascii"), f"{kind}|{name}|{version}")
        connection.execute(
            "INSERT INTO records (kind, id, version, updated_at, box) VALUES (?, ?, ?, ?, ?)", (kind, name, version, NOW.isoformat(), box)
        )
    connection.close()
    keeper = Keeper()
    keeper.records["desk-key"] = base64.b64encode(key).decode("ascii")
    return keeper


@pytest.mark.parametrize("steps", range(1, len(STEPS) + 1))
def test_a_file_of_an_earlier_version_opens_with_all_it_held(tmp_path, steps):
    keeper = earlier_file(tmp_path, steps)
    for _time in range(2):
        with desk_in(tmp_path, keeper) as desk:
            assert desk.drafts.get("d1").answers == {"a": "ă", "b": ("c",)}
            found = desk.receipts.get(CODE)
            assert (found.dossier.fees[0].amount, found.dossier.papers[0].state, found.kept_at) == (None, "attached", NOW)
            assert [each.code for each in desk.overview(NOW).due_today.receipts] == [CODE]


def test_the_steps_are_numbered_without_a_gap():
    assert [int(name[:4]) for name in STEPS] == list(range(1, len(STEPS) + 1))
