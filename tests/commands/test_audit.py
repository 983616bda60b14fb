"""Every act with a citizen's data leaves one masked line; the line is whole or the check says where it is not."""

from __future__ import annotations

import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from commands.foreign_backend import dressed
from conftest import Dvc
from dvc_cli.errors import UnavailableError

CASES = Path(__file__).resolve().parents[1] / "cases"
MOTHER, MASKED = "092196999001", "092*******01"


def acts(dvc: Dvc) -> list[str]:
    """The acts, the first first."""
    return [each["act"] for each in reversed(dvc("audit", "list", "--limit", "1000").data["entries"])]


def test_the_main_job_leaves_a_line_for_every_act(dvc: Dvc) -> None:
    dvc("config", "set", "staff_name", "Lê Văn Trực")
    dvc("config", "set", "ward", "Phường Cái Khế")
    dvc("consent", "record", answers={"id_number": MOTHER, "consent": "true"})
    dvc.sign_in_vneid(MOTHER)
    dvc("profile", "show")
    answers = ("--answers", str(CASES / "birth_a.yaml"))
    draft = dvc("khai-sinh", *answers, "--set", "pledge=không").data["draft"]["id"]
    dvc("drafts", "show", draft)
    dvc("drafts", "delete", draft, "--yes")
    dvc.wire = dressed(failing={"submit_dossier": UnavailableError()})
    dvc("khai-sinh", *answers)
    dvc.wire = None
    code = dvc("outbox", "send", "--all").data["outbox"][0]["dossier_code"]
    dvc("consent", "withdraw", answers={"id_number": MOTHER})
    dvc("logout")
    looked_up = ["look_up"] * 3
    begun = ["draft_create", "draft_change", *looked_up]
    assert acts(dvc) == [
        "consent_given",
        "sign_in",
        "profile_read",
        *begun,
        "draft_read",
        "draft_delete",
        *begun,
        "file_failed",
        "draft_change",
        *looked_up,
        "file",
        "consent_withdrawn",
        "sign_out",
    ]
    entries = {each["act"]: each for each in dvc("audit", "list").data["entries"]}
    assert (entries["file"]["ref"], entries["file"]["subject_masked"], entries["sign_in"]["subject_masked"]) == (code, MASKED, MASKED)
    assert (entries["file"]["staff"], entries["file"]["ward"], entries["file"]["backend"]) == ("Lê Văn Trực", "Phường Cái Khế", "sandbox")
    assert entries["file"]["user"]
    assert entries["file_failed"]["detail"] == "BE-UNREACHABLE"
    assert entries["draft_read"]["subject_masked"] == "N*** T*** A*** N***"
    assert dvc("audit", "verify").data == {"entries": 23, "sealed": 23, "findings": []}


def test_a_cut_tail_is_told_with_the_place_and_the_published_code(dvc: Dvc) -> None:
    dvc.sign_in_vneid(MOTHER)
    dvc("profile", "show")
    with closing(sqlite3.connect(dvc.home / "data" / "desk.db", isolation_level=None)) as connection:
        connection.execute("DELETE FROM audit WHERE sequence = 2")
    refused = dvc("audit", "verify")
    assert (refused.exit_code, refused.codes, refused.data["findings"]) == (1, ["DK-STORE-CORRUPT"], [{"kind": "cut_off", "sequence": 2}])


def test_an_export_is_the_owners_alone_and_never_replaces_a_file(dvc: Dvc) -> None:
    dvc.sign_in_vneid(MOTHER)
    done = dvc("audit", "export", "nhat-ky.jsonl")
    path = dvc.folder / "nhat-ky.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert (done.data["entries"], [each["act"] for each in lines]) == (2, ["sign_in", "export"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert MOTHER not in path.read_text(encoding="utf-8")
    for name in ("nhat-ky.jsonl", "khong-co/nhat-ky.jsonl"):
        assert (dvc("audit", "export", name).exit_code, dvc("audit", "export", name).codes) == (2, ["A-USAGE"])


@pytest.mark.parametrize("limit", ["0", "-1", "100001"])
def test_a_limit_out_of_range_is_wrong_usage(dvc: Dvc, limit: str) -> None:
    assert dvc("audit", "list", f"--limit={limit}").codes == ["A-USAGE"]
