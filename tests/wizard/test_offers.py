"""What a conversation offers: defaults that a person must see, suggestions of the form, values that a register gave."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvc_cli.forms import evaluate, load_form
from dvc_cli.wizard import ask_missing, from_form
from dvc_cli.wizard.sheet import sheet_lines
from wizard.toy import Notebook, _field, _label, context

FORM = load_form(
    {
        "name": "offers",
        "command": "offers",
        "title": _label("Tờ khai thử"),
        "version": "1",
        "sections": [{"id": "first", "title": _label("Người chết")}, {"id": "second", "title": _label("Chủ hộ")}],
        "fields": [
            _field("first", "number", "code", "Số", required=True),
            _field("first", "name", "name", "Tên", required=True, default={"rule": "known", "value": "found_name"}),
            _field("first", "at_home", "boolean", "Chết tại nhà", preset="false", ask=True),
            _field("first", "gender", "choice", "Giới tính", choices="gender", required=True),
            _field("first", "me", "choice", "Người yêu cầu là", choices="requester_relation_to_deceased", required=True),
            _field(
                "second",
                "relation",
                "choice",
                "Người chết là",
                choices="deceased_relation_to_householder",
                required=True,
                suggest={"rule": "inverse", "inputs": ["me", "gender"]},
            ),
            _field("second", "account", "text", "Tài khoản", required=True, suggest={"rule": "account_holder", "inputs": ["name"]}),
            _field("second", "phone", "phone", "Điện thoại", suggest={"rule": "known", "value": "found_phone"}),
        ],
    }
)
TYPED = {"number": "1", "name": "Trần Thị Mẫu", "at_home": "", "gender": "nữ", "me": "con", "relation": "", "account": "", "phone": ""}
KNOWN = {"found_name": "Lê Văn Ví", "found_phone": "0900000001"}


def walk(answers, given=None, known=None, **options):
    book = Notebook(answers)

    def here():
        return replace(context({}), known=(known or {}) if "number" in book.saved else {})

    result = ask_missing(FORM, given or {}, prompter=book.prompter, save=book.save, context=here, suggest=from_form, **options)
    book.prompter.close()
    return result, {question.key: question for question in book.prompter.asked}, book


def test_a_default_that_must_be_seen_is_asked_and_offered():
    result, asked, _ = walk(TYPED)
    assert (asked["at_home"].suggestion, asked["at_home"].origin) == ("false", "mặc định")
    assert result["at_home"] == "false"


def test_it_is_not_asked_where_optional_questions_are_not():
    _, asked, _ = walk({key: reply for key, reply in TYPED.items() if key not in {"at_home", "phone"}}, optional=False)
    assert "at_home" not in asked


def test_never_asked_it_is_marked_in_the_review():
    lines = {line.key: line for line in sheet_lines(evaluate(FORM, {}, context({})))}
    assert lines["at_home"].origin == "mặc định, kiểm tra lại"


@pytest.mark.parametrize(
    ("gender", "me", "offered"), [("nữ", "con", "me"), ("nam", "con", "cha"), ("nữ", "em", "chi"), ("nam", "cháu", "")]
)
def test_a_relation_is_offered_turned_round_where_that_is_certain(gender, me, offered):
    _, asked, _ = walk(TYPED | {"gender": gender, "me": me, "relation": "" if offered else "ông"})
    assert asked["relation"].suggestion == offered


def test_an_offer_says_where_it_comes_from():
    result, asked, _ = walk(TYPED)
    assert (result["account"], asked["account"].origin) == ("TRAN THI MAU", "theo người chết")


def test_what_a_register_gave_is_told_and_not_asked():
    result, asked, book = walk({key: reply for key, reply in TYPED.items() if key != "name"}, known=KNOWN)
    assert "name" not in asked
    assert "name" not in result
    assert any("Đã điền từ CSDL tra cứu: Tên: Lê Văn Ví." in line for line in book.prompter.told)
    assert (asked["phone"].suggestion, asked["phone"].origin) == ("0900000001", "theo CSDL tra cứu")
