"""Law is data with days: the clock alone ends a rule or begins a form; changing a table changes everything that tells it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import dvc_cli
from conftest import Dvc
from dvc_cli.procedures import ProcedureError, procedure, procedures, versions
from law.filed import case, case_a
from procedures.test_registry import DOSSIER, FORM, judge, put

ELSEWHERE = {"birth_office_ward": "Phường Cái Răng"}
NEW_LAW = "2027-03-01T09:00"


def check(dvc: Dvc, now: str, **changes: Any) -> list[str]:
    outcome = dvc("khai-sinh", "--check", answers=case_a(child_birth_date="2027-02-20", child_birth_date_words="", **changes), DVC_NOW=now)
    assert outcome.exit_code == 0, outcome.out
    return outcome.codes


def test_the_office_is_tied_to_the_residence_until_the_last_day_of_the_old_law(dvc: Dvc) -> None:
    before = check(dvc, "2027-02-28T23:59:59", **ELSEWHERE)
    assert "KS-W2" in before
    assert "KS-W8" not in before
    after = check(dvc, "2027-03-01T00:00:00", **ELSEWHERE)
    assert "KS-W2" not in after
    assert "KS-W8" in after


def test_the_grandparents_hint_and_the_carers_warning_end_with_the_old_law(dvc: Dvc) -> None:
    changes = {"requester_relation": "nguoi_giam_ho", "requester_relation_other": "ông nội"}
    assert "KS-W1" in check(dvc, "2027-02-28T09:00", **changes)
    assert "KS-W1" not in check(dvc, NEW_LAW, **changes)


@pytest.fixture
def toys(tmp_path, monkeypatch):
    name = f"dated_{tmp_path.name.replace('-', '_')}"
    put(tmp_path / name, __init___py="")
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path / name


def later_form(first_day: str, version: str = "2") -> str:
    return FORM.replace('version = "1"', f'version = "{version}"\n    effective_from = {first_day}').replace("Con vật", "Loài vật")


def test_of_several_forms_the_one_in_force_on_the_filing_day_is_taken(toys):
    put(toys / "thu_nho", form_toml=FORM, dossier_toml=DOSSIER)
    (toys / "thu_nho" / "form_2027-03-01.toml").write_text(later_form("2027-03-01"), encoding="utf-8")
    (toys / "thu_nho" / "form_2028-01-01.toml").write_text(later_form("2028-01-01", "3"), encoding="utf-8")
    found = [procedure("thu-nho", toys.name, date.fromisoformat(day)).form.version for day in ("2027-02-28", "2027-03-01", "2028-01-01")]
    assert found == ["1", "2", "3"]
    assert procedure("thu-nho", toys.name).form.version == "1"
    assert [item.form.version for item in versions("thu-nho", toys.name)] == ["1", "2", "3"]


@pytest.mark.parametrize(("name", "first_day"), [("form_2027-03-01.toml", "2027-04-01"), ("form_new.toml", "2027-03-01")])
def test_a_dated_form_is_named_after_its_first_day(toys, name, first_day):
    put(toys / "thu_nho", form_toml=FORM, dossier_toml=DOSSIER)
    (toys / "thu_nho" / name).write_text(later_form(first_day), encoding="utf-8")
    with pytest.raises(ProcedureError, match=name):
        versions("thu-nho", toys.name)


def test_members_fees_and_codes_hold_between_their_days(toys):
    dossier = (
        DOSSIER.replace('code = "9.000001"', 'code = "9.000002"\n    valid_from = 2026-11-10\n\n    [[codes]]\n    code = "9.000001"')
        .replace('due = "thuong_tru"', 'due = "thuong_tru"\n    valid_to = 2026-11-09')
        .replace('law = "invented"', 'law = "invented"\n    valid_from = 2026-11-10')
    )
    put(toys / "thu_nho", form_toml=FORM, dossier_toml=dossier)
    item = procedure("thu-nho", toys.name)
    today = judge(item, animal="mèo", copies_count="2")  # 09/11/2026
    assert (today.procedure_code, len(today.members), today.fees) == ("9.000001", 1, ())
    tomorrow = item.on(date(2026, 11, 10))
    assert [code.text for code in tomorrow.plan.codes] == ["9.000002", "9.000001"]
    assert (tomorrow.plan.members, len(tomorrow.plan.fees)) == ((), 1)


def test_every_shipped_form_says_from_when_it_holds():
    for command in procedures():
        assert all(item.form.effective_from for item in versions(command))


class Copy:
    """A copy of the package that a contributor has edited; `dvc` runs from it."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.root, self.home = folder / "dvc_cli", home
        shutil.copytree(Path(dvc_cli.__file__).parent, self.root, ignore=shutil.ignore_patterns("__pycache__"))

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old)
        path.write_text(text.replace(old, new), encoding="utf-8")

    def run(self, *words: str, answers: Any = None, now: str = "2026-11-09T09:30") -> tuple[int, dict[str, Any]]:
        environ = {name: value for name, value in os.environ.items() if not name.startswith("DVC_")} | {
            "DVC_HOME": str(self.home),
            "DVC_NOW": now,
            "DVC_TOKEN_STORE": "file",
            "DVC_PASSPHRASE": "kho-tap-huan",
            "PYTHONPATH": str(self.root.parent),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        more = ["--answers", "-"] if answers is not None else []
        done = subprocess.run(
            [sys.executable, "-m", "dvc_cli", *words, *more, "--json", "--no-input"],
            env=environ,
            input=json.dumps(answers) if answers is not None else "",
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        return done.returncode, json.loads(done.stdout)


@pytest.fixture
def copy(tmp_path: Path, home: Path) -> Copy:
    return Copy(tmp_path / "site", home)


def test_one_number_of_a_table_changes_check_receipt_and_explain(copy: Copy, dvc: Dvc) -> None:
    dvc.sign_in_vneid("092196999001")
    copy.edit("data/amounts.toml", "value = 8000 ", "value = 9500 ")
    copy.edit("data/limits.toml", 'id = "khai_sinh_dossier"\nvalue = 3', 'id = "khai_sinh_dossier"\nvalue = 4')
    copy.edit("data/limits.toml", 'id = "birth_registration_duty"\nvalue = 60', 'id = "birth_registration_duty"\nvalue = 90')
    _code, checked = copy.run("khai-sinh", "--check", answers=case_a())
    _code, filed = copy.run("khai-sinh", answers=case_a())
    _code, shown = copy.run("ho-so", "show", filed["data"]["dossier"]["code"])
    for answer in (checked, filed, shown):
        dossier = answer["data"]["dossier"]
        assert {fee["id"]: fee["amount"] for fee in dossier["fees"]}["copies"] == 5 * 9500
        assert dossier["due_on"] == "2026-11-13"
        assert dossier["chain"][-1]["why"] == "Hạn: ngày làm việc thứ 4"
    _code, explained = copy.run("explain", "KT-16")
    assert [number["label"] for number in explained["data"]["problem"]["numbers"]] == ["9.500 đồng"]
    _code, late = copy.run("khai-sinh", "--check", answers=case_a(child_birth_date="2026-07-15", child_birth_date_words=""))
    assert [each["message"][-18:] for each in late["problems"] if each["code"] == "KS-D2"] == ["Hạn là 13/10/2026."]  # not 14/09
    _code, explained = copy.run("explain", "KS-D2")
    assert [number["value"] for number in explained["data"]["problem"]["numbers"]] == [90]


def test_a_number_may_change_from_a_day_on(copy: Copy) -> None:
    row = '[[amounts]]\nid = "copies"\nvalue = 10000\nsource = "invented"\nconfidence = "D"\nvalid_from = 2027-01-01\n'
    copy.edit("data/amounts.toml", "valid_from = 2017-01-01\n", "valid_from = 2017-01-01\nvalid_to = 2026-12-31\n\n" + row)
    answers = case_a(child_birth_date="2026-12-20", child_birth_date_words="")
    for now, amount in (("2026-12-31T09:00", 40_000), ("2027-01-01T09:00", 50_000)):
        _code, checked = copy.run("khai-sinh", "--check", answers=answers, now=now)
        assert {fee["id"]: fee["amount"] for fee in checked["data"]["dossier"]["fees"]}["copies"] == amount


def test_a_dated_form_takes_over_on_its_day_and_an_older_draft_is_told(copy: Copy, dvc: Dvc) -> None:
    form = copy.root / "procedures" / "khai_sinh" / "form.toml"
    newer = form.read_text(encoding="utf-8").replace("2026-09-01", "2027-03-01").replace("Tên người được khai sinh", "Tên của trẻ")
    form.with_name("form_2027-03-01.toml").write_text(newer, encoding="utf-8")
    dvc.sign_in_vneid("092196999001")
    late = Dvc(dvc.home, DVC_NOW="2027-02-28T21:00")
    late.sign_in_vneid("092196999001")
    code, kept = copy.run("khai-sinh", answers={"birth_case": "du_cha_me"}, now="2027-02-28T22:00")
    draft = kept["data"]["draft"]["id"]
    assert code == 2
    code, resumed = copy.run("khai-sinh", "--check", "--draft", draft, now="2027-02-28T23:59:59")
    assert code == 0
    code, resumed = copy.run("khai-sinh", "--check", "--draft", draft, now="2027-03-01T00:00:00")
    assert (code, [each["code"] for each in resumed["problems"]]) == (4, ["DK-FORM-VERSION"])
    _code, shown = copy.run("drafts", "show", draft, now="2027-03-01T09:00:00")
    assert shown["data"]["draft"]["form_version"] == "2026-09-01"
    for now, title in (("2027-02-28T09:00", "Tên người được khai sinh"), (NEW_LAW, "Tên của trẻ")):
        _code, schema = copy.run("schema", "khai-sinh", now=now)
        assert schema["data"]["schema"]["properties"]["child_given_name"]["title"] == title


def test_a_form_that_has_ended_takes_no_new_filing(copy: Copy) -> None:
    copy.edit("procedures/khai_sinh/form.toml", "effective_from = 2026-09-01", "effective_from = 2026-09-01\neffective_to = 2027-02-28")
    assert copy.run("khai-sinh", "--check", answers=case_a(), now="2027-02-28T09:00")[0] == 0
    code, refused = copy.run("khai-sinh", "--check", answers=case_a(), now=NEW_LAW)
    assert (code, [each["code"] for each in refused["problems"]]) == (4, ["DK-FORM-VERSION"])


@pytest.mark.parametrize("now", ["2001-01-02T09:00", "2015-12-31T09:00", "2025-09-30T09:00", "2031-05-05T09:00"])
@pytest.mark.parametrize(("command", "name"), [("khai-sinh", "birth_a"), ("khai-tu", "death_c")])
def test_on_any_day_a_check_has_an_answer(dvc: Dvc, now: str, command: str, name: str) -> None:
    outcome = dvc(command, "--check", answers=case(name), DVC_NOW=now)
    assert outcome.exit_code == 0, outcome.out
    assert outcome.data["dossier"]["due_on"] > now[:10]
    assert (outcome.data["dossier"]["estimated"] is True) == (now[:4] != "2025")
