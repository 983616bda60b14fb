"""A third procedure is one folder: in a copy of the program it is asked about, checked, filed and followed like the shipped ones.

The copy also shows that a number of the law stands in one place: changed there, it changes what a check, a receipt and an explanation say.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

import dvc_cli
from conftest import environ_of

FILES = {
    "command.txt": """
        Báo mất vật nuôi
        Report a lost pet
    """,
    "form.toml": """
        name = "mat_vat_nuoi"
        command = "mat-vat-nuoi"
        title = { vi = "Báo mất vật nuôi", en = "Report a lost pet" }
        version = "1"
        source = "invented"

        [[sections]]
        id = "requester"
        title = { vi = "Người yêu cầu", en = "Requester" }

        [[sections]]
        id = "pet"
        title = { vi = "Vật nuôi", en = "Pet" }

        [[fields]]
        section = "requester"
        key = "requester_full_name"
        type = "name"
        label = { vi = "Họ tên người yêu cầu", en = "Name of the requester" }
        required = true
        from_session = true
        max_length = 100
        source = "invented"
        confidence = "own"

        [[fields]]
        section = "pet"
        key = "pet_given_name"
        type = "name"
        label = { vi = "Tên vật nuôi", en = "Name of the pet" }
        required = true
        max_length = 100
        source = "invented"
        confidence = "own"

        [[fields]]
        section = "pet"
        key = "lost_on"
        type = "date"
        label = { vi = "Mất ngày", en = "Lost on" }
        required = true
        lunar_fault = "KT-17"
        source = "invented"
        confidence = "own"

        [[fields]]
        section = "pet"
        key = "kept_by"
        type = "personal_number"
        label = { vi = "Số của người giữ", en = "Number of the keeper" }
        source = "invented"
        confidence = "own"

        [[fields]]
        section = "pet"
        key = "kept_in"
        type = "ward"
        province_key = "kept_in_province"
        label = { vi = "Nuôi ở", en = "Kept in" }
        default = { rule = "known", value = "keeper_ward" }
        source = "invented"
        confidence = "own"

        [[fields]]
        section = "pet"
        key = "kept_in_province"
        type = "province"
        label = { vi = "Tỉnh", en = "Province" }
        default = { rule = "known", value = "keeper_province" }
        source = "invented"
        confidence = "own"

        [[fields]]
        section = "pet"
        key = "copies_count"
        type = "integer"
        label = { vi = "Số bản", en = "Copies" }
        preset = "1"
        minimum = 1
        source = "invented"
        confidence = "own"
    """,
    "dossier.toml": """
        [[codes]]
        code = "9.000001"

        [[due]]
        limit = "xoa_thuong_tru"

        [[members]]
        procedure = "xoa_thuong_tru"
        agency = "requester_full_name"
        due = "xoa_thuong_tru"

        [[fees]]
        id = "copies"
        rate = "copies"
        each = "copies_count"
        law = "invented"

        [[lookups]]
        kind = "person"
        fact = "keeper"
        inputs = ["kept_by"]

        [[reminders]]
        text = { vi = "Gọi tên vật nuôi mỗi tối.", en = "Call the pet every evening." }
    """,
}
OWNER = "051072999201"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with one more folder, and nothing else changed."""
    root = tmp_path_factory.mktemp("program")
    shutil.copytree(Path(dvc_cli.__file__).parent, root / "dvc_cli")
    folder = root / "dvc_cli" / "procedures" / "mat_vat_nuoi"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(dedent(text).lstrip(), encoding="utf-8")
    return root


class Copy:
    """The copied program at a home of its own."""

    def __init__(self, root: Path, home: Path) -> None:
        self.root, self.home = root, home

    def run(self, *words: str, answers: object = None, now: str = "2026-11-09T09:30", json_: bool = True) -> Any:
        more = [*(["--answers", "-"] if answers is not None else []), "--no-input", *(["--json"] if json_ else [])]
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("DVC_", "PYTHON"))}
        done = subprocess.run(
            [sys.executable, "-m", "dvc_cli", *words, *more],
            env={**kept, **environ_of(self.home), "DVC_NOW": now, "PYTHONPATH": str(self.root), "PYTHONUTF8": "1"},
            input=json.dumps(answers) if answers is not None else "",
            capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return json.loads(done.stdout) if json_ else done.stdout

    def sign_in(self, number: str) -> None:
        people = self.run("sandbox", "people")["data"]["people"]
        password = next(person["vneid_password"] for person in people if person["id_number"] == number)
        begun = self.run("login-vneid", answers={"id_number": number, "password": password})["data"]["challenge"]["id"]
        code = self.run("sandbox", "otp", "--challenge", begun)["data"]["code"]
        assert self.run("verify-otp", answers={"otp": code})["status"] == "ok"


@pytest.fixture
def copy(program: Path, tmp_path: Path) -> Copy:
    return Copy(program, tmp_path / "home")


def test_it_is_a_command_with_schema_check_and_filing(copy: Copy) -> None:
    assert "mat-vat-nuoi" in copy.run("--help", json_=False)
    assert set(copy.run("schema", "mat-vat-nuoi")["data"]["schema"]["properties"]) >= {"pet_given_name", "lost_on", "pledge"}
    assert copy.run("mat-vat-nuoi", "--check", answers={"lost_on": "hôm qua"})["data"]["missing"] == [
        "requester_full_name",
        "pet_given_name",
    ]
    copy.sign_in(OWNER)
    assert "mat-vat-nuoi" in copy.run("backend", "show")["data"]["backend"]["procedures"]
    answers = {"pet_given_name": "Mực", "lost_on": "2026-11-01", "kept_by": "051141999202", "copies_count": "3", "pledge": True}
    filed = copy.run("mat-vat-nuoi", answers=answers)
    assert filed["status"] == "ok", filed
    dossier = filed["data"]["dossier"]
    assert (dossier["procedure_code"], dossier["due_on"], dossier["fees"][0]["amount"]) == ("9.000001", "2026-11-11", 24_000)
    shown = copy.run("ho-so", "show", dossier["code"])["data"]["dossier"]
    assert (shown["title"], shown["members"][0]["agency"]) == ("Mực", "PHẠM VĂN TÍN")
    checked = copy.run("mat-vat-nuoi", "--check", answers=answers)
    assert checked["data"]["payload"]["kept_in"] == "21484"


def test_its_receipt_ends_with_its_reminder_and_a_lunar_date_is_refused_with_its_code(copy: Copy) -> None:
    copy.sign_in(OWNER)
    answers = {"pet_given_name": "Vện", "lost_on": "2026-11-01", "pledge": True}
    assert "Gọi tên vật nuôi mỗi tối." in copy.run("mat-vat-nuoi", answers=answers, json_=False)
    refused = copy.run("mat-vat-nuoi", answers={**answers, "lost_on": "1/10/2026 âm lịch"})
    assert "KT-17" in [problem["code"] for problem in refused["problems"]]


CASES = Path(__file__).resolve().parents[1] / "cases"


def test_one_number_of_the_law_changes_check_and_receipt(program: Path, tmp_path: Path) -> None:
    root = tmp_path / "program"
    shutil.copytree(program, root)
    table = root / "dvc_cli" / "data" / "amounts.toml"
    table.write_text(table.read_text(encoding="utf-8").replace("value = 2_530_000", "value = 2_600_000"), encoding="utf-8")
    copy, now = Copy(root, tmp_path / "home"), "2026-10-08T15:40"
    case = tmp_path / "case.yaml"
    case.write_text((CASES / "death_a.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "giay-bao-tu.pdf").write_bytes(b"%PDF-1.7 invented")
    checked = copy.run("khai-tu", "--check", "--answers", str(case), now=now)
    assert checked["data"]["dossier"]["allowances"][0]["amount"] == 26_000_000
    copy.sign_in("048176999101")
    assert "26.000.000 đồng" in copy.run("khai-tu", "--answers", str(case), now=now, json_=False)


def test_one_limit_of_the_law_changes_check_and_explanation(program: Path, tmp_path: Path) -> None:
    root = tmp_path / "program"
    shutil.copytree(program, root)
    table = root / "dvc_cli" / "data" / "limits.toml"
    duty = 'id = "death_registration_duty"\nvalue = '
    table.write_text(table.read_text(encoding="utf-8").replace(f"{duty}15", f"{duty}30"), encoding="utf-8")
    copy = Copy(root, tmp_path / "home")
    checked = copy.run("khai-tu", "--check", "--answers", str(CASES / "death_c.yaml"), now="2026-10-14T09:05")
    assert "KT-02" not in [problem["code"] for problem in checked["problems"]]
    assert "30 ngày" in copy.run("explain", "KT-02", json_=False)
