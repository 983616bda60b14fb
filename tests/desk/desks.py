"""Desks for tests: one home, one memory token store that outlives the desk, one instant."""

from __future__ import annotations

from datetime import date, datetime

from dvc_cli.contract.values import Dossier
from dvc_cli.desk import Receipt, open_desk
from dvc_cli.domain.dates import VN_TZ
from dvc_cli.domain.dossier import FeeLine, MemberLine, PaperLine
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

    def delete(self, record):
        self.records.pop(record, None)


def paths_in(home):
    return find_paths({"DVC_HOME": str(home)})


def desk_in(home, keeper, **options):
    return open_desk(paths_in(home), keeper, **options)


def dossier(code, *, status="dang_xu_ly", due_on=date(2026, 11, 6), title="NGUYỄN VĂN VÍ DỤ", members=None):
    members = members or (MemberLine("khai_sinh", "UBND phường Cái Khế", "dang_xu_ly", due_on), MemberLine("bhyt", "BHXH", None, None))
    return Dossier(
        id=f"id-{code}",
        code=code,
        procedure="khai-sinh",
        procedure_code="2.000986",
        status=status,
        filed_at=NOW,
        counted_from=NOW.date(),
        due_on=due_on,
        members=members,
        fees=(FeeLine("copies", 16_000), FeeLine("late", None, "HĐND")),
        papers=(PaperLine("ct01", 2, required=True, state="attached"),),
        title=title,
    )


def receipt(code="G22.99-261102-000001", *, backend="sandbox", subject="", likeness=(), at=NOW, **facts):
    return Receipt(dossier(code, **facts), backend, at, at, subject, "000*******45" if subject else "", tuple(likeness))
