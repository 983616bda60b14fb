"""A group is answered row by row; each row is a small form of its own."""

import pytest

from dvc_cli.domain.dates import PartialDate
from dvc_cli.forms import Rows, evaluate, flatten, json_schema, lint_form, load_form, parse_answers, sample_answers
from dvc_cli.forms.groups import MOST_ROWS
from forms.toy import COMPLETE, CONTEXT, FORM, changed

TWO = '[{"name":"Trần Ví","born":"05/1990"},{"name":"Trần Dụ","is_child":"có"}]'
AS_SENT = [{"name": "Trần Ví", "born": "1990-05", "is_child": False}, {"name": "Trần Dụ", "is_child": True}]


def heirs(text):
    return evaluate(FORM, {**COMPLETE, "heirs": text}, CONTEXT)


def faults(text):
    return [(item.code, item.message) for item in heirs(text).problems if item.field == "heirs"]


def test_rows_are_read_part_by_part():
    assert heirs(TWO).values["heirs"] == Rows(
        ({"name": "Trần Ví", "born": PartialDate(1990, 5), "is_child": False}, {"name": "Trần Dụ", "is_child": True})
    )
    assert heirs(TWO).facts()["heirs"] == AS_SENT


def test_they_read_as_numbered_lines():
    assert heirs(TWO).display("heirs") == "(1) Trần Ví, 05/1990, Không; (2) Trần Dụ, Có"


@pytest.mark.parametrize("text", ["", "[]", "[{}]", '[{"name":"  "}]', " [ ] "])
def test_rows_without_a_word_are_no_answer(text):
    found = heirs(text)
    assert "heirs" not in found.values
    assert faults(text) == []


@pytest.mark.parametrize("text", ["x", "[1]", '{"name":"Ví"}', '[{"name":["Ví"]}]', "[" * 5000])
def test_what_is_no_list_of_tables_is_invalid(text):
    assert [code for code, _message in faults(text)] == ["A-INVALID"]


def test_everything_wrong_is_told_at_once_with_its_row():
    ((code, message),) = faults('[{"name":"Ví","born":"32/13/1990"},{"born":"1990"},{"name":"Dụ","shoe":"44"}]')
    assert code == "A-INVALID"
    for told in ("Dòng 1, Ngày sinh", "Dòng 2, Họ tên", "Dòng 3: không có mục shoe"):
        assert told in message


def test_there_is_a_bound():
    rows = ",".join('{"name":"Ví"}' for _row in range(MOST_ROWS + 1))
    assert [code for code, _message in faults(f"[{rows}]")] == ["A-INVALID"]


ANSWERS = {
    "yaml": "heirs:\n- {name: Trần Ví, born: 05/1990}\n- name: Trần Dụ\n  is_child: có\n",
    "json": '{"heirs": [{"name": "Trần Ví", "born": "05/1990"}, {"name": "Trần Dụ", "is_child": true}]}',
    "toml": '[[heirs]]\nname = "Trần Ví"\nborn = "05/1990"\n[[heirs]]\nname = "Trần Dụ"\nis_child = true\n',
}


@pytest.mark.parametrize("fmt", ANSWERS)
def test_an_answers_file_lists_tables(fmt):
    given = flatten(FORM, parse_answers(ANSWERS[fmt], fmt))
    assert (given.unknown, given.problems) == ((), ())
    assert evaluate(FORM, given.values, CONTEXT).facts()["heirs"] == AS_SENT


def test_an_unknown_key_of_a_row_is_told_with_its_place():
    given = flatten(FORM, parse_answers("heirs: [{name: Ví}, {nam: Dụ}]", "yaml"))
    assert [(item.code, item.field) for item in given.unknown] == [("A-UNKNOWN-KEY", "heirs[1].nam")]
    assert "name" in given.unknown[0].hint


@pytest.mark.parametrize("text", ["heirs: [Ví]", "heirs: {name: Ví}", "heirs: [{name: [Ví]}]"])
def test_a_row_of_another_shape_is_told_or_taken(text):
    given = flatten(FORM, parse_answers(text, "yaml"))
    assert bool(given.problems) is (text != "heirs: {name: Ví}")


def test_the_schema_describes_the_rows():
    rows = json_schema(FORM, "vi")["properties"]["heirs"]
    assert rows["type"] == "array"
    assert rows["items"]["required"] == ["name"]
    assert set(rows["items"]["properties"]) == {"name", "born", "is_child"}


def test_the_sample_names_the_parts():
    assert "name, born, is_child" in sample_answers(FORM, "vi")


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"parts": None}, "`parts` belong to the type group"),
        ({"parts": [{"key": "pin", "type": "secret", "label": {"vi": "x", "en": "x"}, "max_length": 4}]}, "pin cannot stand in a row"),
        ({"parts": [{"key": "name", "type": "name", "label": {"vi": "x", "en": "x"}}]}, "name: no max_length"),
        ({"type": "text", "max_length": 9}, "`parts` belong to the type group"),
    ],
)
def test_the_linter_sees_odd_groups(changes, finding):
    assert any(finding in line for line in lint_form(load_form(changed("heirs", **changes))))
