"""The office's own calendar.toml: holidays and swaps that every due day follows at once; a mistake is told with file, line and key."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from conftest import Dvc
from dvc_cli.errors import UsageError
from dvc_cli.office_calendar import office_calendar
from flows import ROOT
from law.filed import MOTHER, case_a

SWAP = """
[[days]]
date = 2026-11-10
kind = "swap_off"
name = "Nghỉ hoán đổi với ngày 14/11/2026"
source = "Thông báo 12/TB-UBND"

[[days]]
date = 2026-11-14
kind = "swap_work"
name = "Làm bù cho ngày 10/11/2026"
source = "Thông báo 12/TB-UBND"
"""


def write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "calendar.toml").write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_the_shipped_calendar_holds(tmp_path: Path) -> None:
    assert office_calendar(tmp_path / "none").add(date(2026, 11, 9), 1) == date(2026, 11, 10)
    assert office_calendar(write(tmp_path, "# nothing\n")).add(date(2026, 11, 9), 1) == date(2026, 11, 10)


def test_days_of_the_office_take_the_place_of_shipped_ones(tmp_path: Path) -> None:
    calendar = office_calendar(write(tmp_path, SWAP))
    assert [calendar.add(date(2026, 11, 9), count) for count in (1, 3, 4)] == [date(2026, 11, 11), date(2026, 11, 13), date(2026, 11, 14)]
    assert calendar.day_off_name(date(2026, 11, 10)) == "Nghỉ hoán đổi với ngày 14/11/2026"
    assert not calendar.is_working(date(2026, 11, 24))


def test_every_due_day_follows_check_filing_receipt_and_deadline(dvc: Dvc) -> None:
    write(dvc.home / "config", SWAP)
    checked = dvc("khai-sinh", "--check", answers=case_a()).data["dossier"]
    assert checked["due_on"] == "2026-11-13"
    assert ("2026-11-10", "Không tính: Nghỉ hoán đổi với ngày 14/11/2026") in {(step["date"], step["why"]) for step in checked["chain"]}
    dvc.sign_in_vneid(MOTHER)
    filed = dvc("khai-sinh", answers=case_a()).data["dossier"]
    assert (filed["due_on"], filed["chain"]) == (checked["due_on"], checked["chain"])
    assert dvc("ho-so", "show", filed["code"]).data["dossier"]["chain"] == checked["chain"]
    assert dvc("deadline", "--from", "2026-11-09T09:00", "--working-days", "1").data["due_on"] == "2026-11-11"
    assert [line["due_on"] for line in filed["members"]] == ["2026-11-09", "2026-11-12", None, "2026-11-12"]


def test_a_year_without_an_official_calendar_stays_estimated_until_the_office_knows_all_of_it(tmp_path: Path) -> None:
    day = '[[days]]\ndate = 2028-01-03\nkind = "holiday"\nname = "Nghỉ bù"\nsource = "Bộ Nội vụ"\n'
    assert office_calendar(write(tmp_path, day)).rests_on_estimate(date(2028, 1, 4), date(2028, 1, 7))
    whole = office_calendar(write(tmp_path, "whole_years = [2028]\n" + day))
    assert not whole.rests_on_estimate(date(2028, 1, 4), date(2028, 1, 7))
    assert whole.is_working(date(2028, 5, 1))  # the file did not name it
    assert whole.rests_on_estimate(date(2027, 2, 1), date(2027, 2, 12))  # Tết 2027 is still a guess
    known = office_calendar(write(tmp_path, "whole_years = [2027]\n"))
    assert not known.rests_on_estimate(date(2027, 2, 1), date(2027, 2, 12))


ROW = '[[days]]\ndate = 2026-11-23\nkind = "swap_off"\nname = "Nghỉ"\nsource = "TB"\n'


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        (ROW + ROW.replace("2026-11-23", '"2026-11-23"'), 7, "date"),
        (ROW.replace("swap_off", "swap"), 3, "kind"),
        (ROW.replace('source = "TB"\n', ""), 1, "source"),
        (ROW.replace('"Nghỉ"', '"  "'), 4, "name"),
        (ROW.replace("name =", "nmae ="), 4, "nmae"),
        (ROW + "\n" + ROW, 8, "date"),
        (ROW.replace("2026-11-23", "2026-11-21"), 2, "date"),
        (ROW.replace("swap_off", "swap_work"), 2, "date"),
        ("# lịch\nwhole_years = 2028\n", 2, "whole_years"),
        ("holidays = []\n", 1, "holidays"),
        ("days = 3\n", 1, "days"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_key(tmp_path: Path, text: str, line: int, key: str) -> None:
    with pytest.raises(UsageError) as refused:
        office_calendar(write(tmp_path, text))
    message = refused.value.problems[0].message
    assert f"{tmp_path / 'calendar.toml'}, dòng {line}, khóa {key}:" in message


def test_a_file_that_is_no_toml_is_refused_by_name_and_other_commands_go_on(dvc: Dvc) -> None:
    write(dvc.home / "config", "[[days]\n")
    refused = dvc("deadline", "--from", "2026-11-09T09:00", "--working-days", "1")
    assert (refused.exit_code, refused.codes) == (2, ["A-USAGE"])
    assert "calendar.toml" in refused.document["problems"][0]["message"]
    assert dvc("places", "cai khe").exit_code == 0
    assert dvc("config", "list").exit_code == 0


def test_the_documented_example_is_a_calendar(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "calendar.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    calendar = office_calendar(write(tmp_path, example))
    assert calendar.is_working(date(2026, 11, 28))
    assert not calendar.is_estimated(2028)
