"""Commands that look something up or write settings: published paths, near misses, bad flags."""

from __future__ import annotations

import json

import jsonschema
import pytest

from conftest import Dvc
from dvc_cli.data import problem_codes


def test_places_best_first_with_the_published_paths(dvc: Dvc) -> None:
    found = dvc("places", "cai khe").data["places"]
    assert found[0] == {
        "code": "31120",
        "name": "Phường Cái Khế",
        "type": found[0]["type"],
        "province_code": "92",
        "province_name": "Thành phố Cần Thơ",
        "former": "",
        "valid_from": "2025-07-01",
        "valid_to": None,
        "source": found[0]["source"],
    }
    assert len(dvc("places", "phu", "--limit", "3").data["places"]) == 3
    assert {each["province_code"] for each in dvc("places", "tan", "--province", "Cần Thơ").data["places"]} == {"92"}
    for name in ("can tho", "ct", "tp cần thơ", "92", "Hậu Giang"):  # as places themselves are found
        assert dvc("places", "cai khe", "--province", name).data["places"] == found
    assert dvc("places", "xyzxyz").data["places"] == []
    for words in (["--limit", "0"], ["--limit", "x"], ["--province", "Atlantis"], ["--on", "hôm qua"]):
        assert (dvc("places", "a", *words).exit_code, dvc("places", "a", *words).codes) == (2, ["A-USAGE"])
    assert dvc("places").codes == ["A-USAGE"]


def test_deadline_explains_itself(dvc: Dvc) -> None:
    found = dvc("deadline", "--from", "2026-11-12T15:00:01", "--working-days", "3").data
    assert (found["counted_from"], found["due_on"], found["estimated"]) == ("2026-11-13", "2026-11-18", False)
    assert [step["date"] for step in found["chain"]] == sorted(step["date"] for step in found["chain"])
    assert all(set(step) == {"date", "why"} for step in found["chain"])
    assert dvc("deadline", "--from", "2026-11-12T15:00:00", "--working-days", "3").data["counted_from"] == "2026-11-12"
    assert dvc("deadline", "--from", "2026-11-12T23:00:00", "--days", "60").data["counted_from"] == "2026-11-12"
    bad = (
        ["--from", "2026-11-12"],
        ["--from", "2026-11-12", "--days", "1", "--working-days", "1"],
        ["--from", "2026-13-12", "--days", "1"],
        ["--from", "2026-11-12", "--days", "-3"],
        ["--from", "2026-11-12", "--days", "99999999"],
        ["--from", "9999-12-31T10:00", "--working-days", "5"],
        ["--days", "1"],
    )
    for words in bad:
        assert (dvc("deadline", *words).exit_code, dvc("deadline", *words).codes) == (2, ["A-USAGE"]), words


@pytest.mark.parametrize("code", problem_codes())
def test_every_problem_code_is_explained(dvc: Dvc, code: str) -> None:
    found = dvc("explain", code.lower()).data["problem"]
    assert found["code"] == code
    assert found["message"]


def test_an_unknown_code_names_the_nearest(dvc: Dvc) -> None:
    refused = dvc("explain", "KS-D22")
    assert (refused.exit_code, "KS-D2" in refused.document["problems"][0]["hint"]) == (2, True)


def test_schema_and_template_fit_each_other(dvc: Dvc) -> None:
    schema = dvc("schema", "khai-sinh").data["schema"]
    jsonschema.Draft202012Validator.check_schema(schema)
    assert {"attachments", "acknowledge", "pledge", "child_given_name"} <= set(schema["properties"])
    assert json.loads(dvc.plain("schema", "khai-sinh").out) == schema
    template = dvc.plain("template", "khai-sinh")
    assert dvc("template", "khai-sinh").data["template"] == template.out
    assert dvc.plain("khai-sinh", "--check", "--no-input", "--answers", "-", typed=template.out).exit_code == 0
    assert dvc("schema", "khai-xinh").document["problems"][0]["hint"] == "khai-sinh"


def test_settings_tell_where_they_come_from(dvc: Dvc) -> None:
    assert dvc("config", "set", "lang", "en").data["setting"] == {"name": "lang", "value": "en", "origin": "config file"}
    listed = {each["name"]: each for each in dvc("config", "list", "--backend", "sandbox").data["settings"]}
    assert listed["lang"]["origin"] == "config file"
    assert listed["backend"]["origin"] == "flag"
    assert listed["token_store"]["origin"] == "environment"
    assert listed["url"]["origin"] == "default"
    assert dvc("config", "set", "lnag", "en").codes == ["A-USAGE"]
    assert dvc("config", "set", "lang", "fr").codes == ["A-USAGE"]
    assert "kho-tap-huan" not in dvc("config", "list").out


def test_backends_and_what_they_can_do(dvc: Dvc) -> None:
    assert {each["name"]: each["chosen"] for each in dvc("backend", "list").data["backends"]}["sandbox"] is True
    shown = dvc("backend", "show").data["backend"]
    assert (shown["name"], shown["invented_people"], shown["procedures"]) == ("sandbox", True, ["khai-sinh", "khai-tu"])
    assert dvc("backend", "show", "khong-co").codes == ["A-USAGE"]


def test_more_invented_people(dvc: Dvc) -> None:
    before = len(dvc("sandbox", "people").data["people"])
    assert before >= 200
    person = ["id_number=000190900001", "full_name=Lê Thị Ví Dụ", "birth_date=1990-05-01", "gender=nu", "phone=0901234567"]
    (added,) = dvc("sandbox", "people", "add", *(part for each in person for part in ("--set", each))).data["people"]
    assert (added["id_number"], added["full_name"], added["phone_owned"], added["vneid_level"]) == ("000190900001", "LÊ THỊ VÍ DỤ", True, 2)
    assert dvc("sandbox", "people", "add", "--set", "id_number=000190900001").exit_code == 2
    assert dvc("sandbox", "people", "generate", "--count", "5").data["added"] == 5
    assert dvc("sandbox", "people", "generate", "--count", "0").codes == ["A-USAGE"]
    rows = {"people": [{"id_number": "000088900002", "full_name": "LÊ VĂN VÍ DỤ", "birth_date": "1988", "gender": "nam"}]}
    assert dvc("sandbox", "people", "import", "-", typed=json.dumps(rows)).data["added"] == 1
    assert dvc("sandbox", "people", "import", "-", typed="[1]").codes == ["A-USAGE"]
    assert dvc("sandbox", "people", "import", "khong-co.json").codes == ["A-USAGE"]
    assert len(dvc("sandbox", "people").data["people"]) == before + 7


def test_time_moves_on_command(home: object) -> None:
    dvc = Dvc(home, DVC_NOW="")
    moved = dvc("sandbox", "advance", "--days", "30").data
    assert moved["offset_days"] == 30
    assert dvc("places", "cai khe").exit_code == 0
    assert dvc("sandbox", "advance", "--days", "-1").codes == ["A-USAGE"]
    assert dvc("sandbox", "advance").codes == ["A-USAGE"]
