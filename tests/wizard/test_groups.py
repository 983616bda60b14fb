"""A group at the counter: rows are added, mended by number, deleted, and kept after every answer."""

from __future__ import annotations

import json

import pytest

from dvc_cli.forms import load_form
from dvc_cli.prompts.prompter import Leave
from dvc_cli.wizard import ask_missing
from wizard.toy import CARD, Notebook, _field, _label, context

HEIRS = {
    **_field("all", "heirs", "group", "Thân nhân"),
    "parts": [
        {"key": "full_name", "type": "name", "label": _label("Họ và tên"), "required": True, "person": "heir", "part": "full_name"},
        {"key": "birth_date", "type": "partial_date", "label": _label("Ngày sinh"), "person": "heir", "part": "birth_date"},
        {"key": "relation", "type": "choice", "choices": "recipient_relation_to_deceased", "label": _label("Quan hệ"), "required": True},
    ],
}
FORM = load_form(
    {
        "name": "rows",
        "command": "rows",
        "title": _label("Tờ khai thử"),
        "version": "1",
        "sections": [{"id": "all", "title": _label("Tất cả")}],
        "fields": [_field("all", "before", "text", "Trước", required=True), HEIRS, _field("all", "after", "text", "Sau", required=True)],
    }
)
AN, BINH = {"full_name": "Trần An", "birth_date": "1990", "relation": "con"}, {"full_name": "Trần Bình", "relation": "vo"}
AROUND = {"before": "x", "after": "y"}


def walk(answers, given=None):
    book = Notebook(answers)
    result = ask_missing(FORM, AROUND if given is None else given, prompter=book.prompter, save=book.save, context=context)
    book.prompter.close()
    return json.loads(result["heirs"] or "[]"), book


HALF = '[{"full_name":"Trần An","birth_date":"1990","relation":"con"},{"full_name":"Trần Bình"}]'


def test_two_rows_are_added_and_the_third_plus_is_not_needed():
    rows, book = walk(
        {"heirs": ["+", "+", ""], "full_name": ["Trần An", "Trần Bình"], "birth_date": ["1990", ""], "relation": ["con", "vợ"]}
    )
    assert rows == [AN, BINH]
    assert "1. Trần An, 1990, Con\n2. Trần Bình, Vợ" in book.prompter.told


def test_every_answer_of_a_row_is_kept_before_the_next_question():
    _, book = walk({"heirs": ["+", ""], "full_name": "Trần An", "birth_date": "1990", "relation": "con"})
    steps = [key for _what, key in book.log]
    assert steps[:7] == ["heirs", "full_name", "heirs", "birth_date", "heirs", "relation", "heirs"]


def test_a_row_is_mended_by_its_number_with_its_values_offered():
    replies = {"heirs": ["2", ""], "full_name": "Trần Bính", "birth_date": "", "relation": "vợ"}
    rows, book = walk(replies, {**AROUND, "heirs": HALF})
    assert rows == [AN, BINH | {"full_name": "Trần Bính"}]
    assert [question.suggestion for question in book.prompter.asked if question.key == "full_name"] == ["Trần Bình"]


@pytest.mark.parametrize("typed", ["x1", "X 1", "-1"])
def test_a_row_is_deleted_by_its_number(typed):
    odd = '[{"full_name":"?","relation":"?"},{"full_name":"Trần Bình","relation":"vo"}]'
    rows, _ = walk({"heirs": [typed, ""]}, {**AROUND, "heirs": odd})
    assert rows == [BINH]


def test_no_row_is_an_answer_too_and_is_not_asked_again():
    rows, book = walk({"heirs": ""})
    assert rows == []
    assert book.saved["heirs"] == ""


@pytest.mark.parametrize("typed", ["5", "x", "x3", "++", "an"])
def test_what_is_no_choice_of_the_table_is_said(typed):
    _, book = walk({"heirs": [typed, ""]})
    assert len(book.prompter.faults) == 1


def test_going_back_from_the_first_part_leaves_the_row_and_an_empty_row_is_gone():
    rows, _ = walk({"heirs": ["+", ""], "full_name": "<"})
    assert rows == []


def test_going_back_inside_a_row_asks_the_part_before():
    rows, _ = walk({"heirs": ["+", ""], "full_name": ["Trần Ân", "Trần An"], "birth_date": ["<", "1990"], "relation": "con"})
    assert rows == [AN]


def test_going_back_at_the_table_asks_the_question_before():
    rows, book = walk({"before": ["x", "z"], "heirs": ["<", ""], "after": "y"}, {})
    assert rows == []
    assert book.saved["before"] == "z"


def test_a_wrong_part_is_asked_again_with_what_is_wrong():
    rows, book = walk({"heirs": ["+", ""], "full_name": "Trần An", "birth_date": ["32/13/1990", "1990"], "relation": "con"})
    assert rows == [AN]
    assert any("Ngày không hợp lệ" in fault for fault in book.prompter.faults)


def test_a_card_fills_its_row():
    rows, book = walk({"heirs": ["+", ""], "full_name": [CARD, ""], "birth_date": "", "relation": "vợ"})
    assert rows == [{"full_name": "NGUYỄN THỊ NGỌC MẪU", "birth_date": "1999-03-02", "relation": "vo"}]
    assert any("Đã điền từ thẻ" in line for line in book.prompter.told)


def test_leaving_in_the_middle_of_a_row_keeps_what_was_answered():
    book = Notebook({"heirs": "+", "full_name": "Trần An", "birth_date": ":luu"})
    with pytest.raises(Leave):
        ask_missing(FORM, AROUND, prompter=book.prompter, save=book.save, context=context)
    assert json.loads(book.saved["heirs"]) == [{"full_name": "Trần An"}]


def test_a_half_row_is_shown_with_what_it_lacks_and_asked_again():
    replies = {"heirs": ["1", ""], "full_name": "", "birth_date": "1990", "relation": "con"}
    rows, book = walk(replies, {**AROUND, "heirs": '[{"full_name":"Trần An"}]'})
    assert rows == [AN]
    assert any("Quan hệ: Chưa có câu trả lời" in line for line in book.prompter.told)


def test_help_at_the_table_and_at_a_part():
    _, book = walk({"heirs": ["?", "+", ""], "full_name": ["?", "Trần An"], "birth_date": "", "relation": "con"})
    assert sum("Câu này chưa có hướng dẫn riêng." in line for line in book.prompter.told) == 2
