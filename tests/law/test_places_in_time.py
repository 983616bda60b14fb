"""Places as of a day: rows with their days and source; old names lead to their successors, or to the list of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from conftest import Dvc
from dvc_cli.domain.place_days import REFORM, former_places, validity
from dvc_cli.domain.places import places
from flows import SCHEMA
from law.test_law_in_time import Copy


def found(dvc: Dvc, *words: str) -> list[dict[str, object]]:
    outcome = dvc("places", *words)
    SCHEMA.validate(json.loads(outcome.out))
    return outcome.data["places"]


@pytest.mark.parametrize(
    ("on", "name", "valid_from", "valid_to"),
    [
        ("2026-08-31", "Tỉnh Quảng Ninh", "2025-07-01", "2026-08-31"),
        ("2026-09-01", "Thành phố Quảng Ninh", "2026-09-01", None),
        ("2025-07-01", "Tỉnh Quảng Ninh", "2025-07-01", "2026-08-31"),
    ],
)
def test_a_province_stands_as_it_did_on_the_day(dvc: Dvc, on: str, name: str, valid_from: str, valid_to: str | None) -> None:
    first = found(dvc, "Quảng Ninh", "--on", on)[0]
    assert (first["code"], first["name"], first["valid_from"], first["valid_to"]) == ("22", name, valid_from, valid_to)
    assert first["source"]


def test_without_a_day_today_is_meant(dvc: Dvc) -> None:
    assert found(dvc, "Bắc Ninh", "--limit", "1")[0]["name"] == "Thành phố Bắc Ninh"
    assert dvc("places", "Bắc Ninh", "--limit", "1", DVC_NOW="2026-09-19T23:59").data["places"][0]["name"] == "Tỉnh Bắc Ninh"


def test_an_old_name_finds_its_successor_and_says_which_name_led_there(dvc: Dvc) -> None:
    hit = next(each for each in found(dvc, "xuan khanh, can tho"))
    assert (hit["name"], hit["former"]) == ("Phường Ninh Kiều", "Phường Xuân Khánh")
    screen = dvc.plain("places", "xuan khanh, can tho", "--no-input").out
    assert "Tên cũ" in screen
    assert "Phường Xuân Khánh" in screen


def test_a_commune_that_was_split_finds_the_list_of_its_successors() -> None:
    split = next(each for each in former_places("Phúc Xá", "Hà Nội") or former_places("phuc xa"))
    assert split.successors
    many = [each for each in former_places("tân", limit=500) if len(each.successors) > 1]
    assert many
    table = places(REFORM)
    assert all(table.commune_by_code(code) for each in many for code in each.successors)


def test_before_the_reform_the_communes_of_then_are_meant(dvc: Dvc) -> None:
    (hit,) = found(dvc, "Xuân Khánh, Ninh Kiều", "--on", "2025-06-30")
    assert (hit["code"], hit["name"], hit["district_name"], hit["province_name"]) == (
        "31144",
        "Phường Xuân Khánh",
        "Quận Ninh Kiều",
        "Thành phố Cần Thơ",
    )
    assert (hit["valid_from"], hit["valid_to"], hit["successors"]) == (None, "2025-06-30", ["31135"])
    assert "Phường Ninh Kiều" in dvc.plain("places", "xuan khanh", "--on", "2025-06-30", "--province", "Cần Thơ", "--no-input").out
    assert found(dvc, "xyzxyz", "--on", "2025-06-30") == []
    assert len(found(dvc, "tan", "--on", "2025-06-30", "--limit", "3")) == 3


def test_a_row_ends_the_day_before_the_next_begins() -> None:
    before, after = validity("24", date(2026, 9, 19)), validity("24", date(2026, 9, 20))
    assert (before.valid_to, after.valid_from) == (date(2026, 9, 19), date(2026, 9, 20))
    assert validity("31120", date(2026, 11, 9)).valid_to is None


def test_a_commune_may_change_by_a_row_of_the_table(tmp_path: Path, home: Path) -> None:
    copy = Copy(tmp_path / "site", home)
    table = copy.root / "data" / "province_changes.toml"
    row = (
        '\n[[changes]]\nprovince_code = "92"\ncommune_code = "31120"\nofficial_name = "Phường Cái Khế Mới"\ntype = "Phường"\n'
        'valid_from = 2027-01-01\nsource = "invented"\nconfidence = "D"\n'
    )
    table.write_text(table.read_text(encoding="utf-8") + row, encoding="utf-8")
    for now, name, until in (("2026-12-31T09:00", "Phường Cái Khế", "2026-12-31"), ("2027-01-01T09:00", "Phường Cái Khế Mới", None)):
        _code, answer = copy.run("places", "31120", now=now)
        assert [(each["name"], each["valid_to"]) for each in answer["data"]["places"]] == [(name, until)]
    for text in ("Cái Khế", "Phường Cái Khế Mới", "31120"):
        answers = {"birth_office_province": "Cần Thơ", "birth_office_ward": text}
        _code, answer = copy.run("khai-sinh", "--check", answers=answers, now="2027-01-01T09:00")
        assert answer["data"]["payload"]["birth_office_ward"] == "31120"
        assert answer["data"]["payload"]["birth_office_name"] == "UBND phường Cái Khế Mới"
