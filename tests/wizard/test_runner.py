"""Walking a form: the order of the questions, going back, help, faults, cards, and every answer safe before the next question."""

from __future__ import annotations

import pytest

from dvc_cli.forms import load_form
from dvc_cli.prompts.prompter import Leave
from dvc_cli.wizard import ask_missing, from_form
from wizard.toy import CARD, CARD_OF_A_MAN, COMPLETE, FORM, MOTHER, SESSION, START, Notebook, context


def walk(answers, given=None, **options):
    book = Notebook(answers)
    options.setdefault("context", context)
    result = ask_missing(FORM, given or {}, prompter=book.prompter, save=book.save, **options)
    book.prompter.close()
    return result, book


MOTHER_TYPED = {
    "mother_surname": "Nguyễn",
    "mother_middle_name": "Thị Ngọc",
    "mother_given_name": "Mẫu",
    "mother_birth_date": "02/03/1999",
    "mother_id_number": "001199999105",
    "mother_province": "cần thơ",
    "mother_ward": "cái khế",
}
REQUIRED_TYPED = {key: reply for key, reply in MOTHER_TYPED.items() if key != "mother_middle_name"}
REST = {"want_copies": False, "note": ""}


def test_everything_live_is_asked_in_form_order_and_kept_in_canonical_form():
    result, book = walk({"birth_case": "1", "requester_relation": "nguoi giam", **MOTHER_TYPED, **REST})
    assert result == COMPLETE
    assert [question.key for question in book.prompter.asked] == ["birth_case", "requester_relation", *MOTHER_TYPED, "want_copies", "note"]


def test_each_answer_is_saved_before_the_next_question():
    _, book = walk({"birth_case": "1", "requester_relation": "nguoi giam", **MOTHER_TYPED, **REST})
    asked = [key for what, key in book.log if what == "asked"]
    assert book.log == [step for key in asked for step in (("asked", key), ("saved", key))]
    assert book.saved == COMPLETE


def test_what_was_given_is_not_asked_and_an_optional_question_left_empty_is_not_asked_again():
    result, book = walk({}, COMPLETE)
    assert result == COMPLETE
    assert book.prompter.asked == []


def test_presets_and_the_signed_in_persons_data_are_not_asked():
    _, book = walk({"birth_case": "1", "requester_relation": "me", **MOTHER_TYPED, **REST})
    keys = {question.key for question in book.prompter.asked}
    assert not keys & {"mother_nationality", "requester_full_name", "requester_id_number"}


def test_without_a_session_the_requester_is_asked():
    result, _ = walk(
        {"requester_full_name": "Nguyễn Thị Ngọc Mẫu", "requester_id_number": "001199999105"}, COMPLETE, context=lambda: context({})
    )
    assert result["requester_id_number"] == "001199999105"


def test_a_dead_section_is_not_asked():
    _, book = walk({"birth_case": "bo_roi", "requester_relation": "3", **REST})
    assert [question.key for question in book.prompter.asked] == ["birth_case", "requester_relation", "want_copies", "note"]


def test_optional_questions_can_be_left_out_of_the_walk():
    _, book = walk({**REQUIRED_TYPED, "want_copies": True, "copies_count": "2"}, START, optional=False)
    assert "note" not in [question.key for question in book.prompter.asked]


def test_only_restricts_the_questions():
    result, book = walk({"want_copies": True}, START, only={"want_copies"})
    assert [question.key for question in book.prompter.asked] == ["want_copies"]
    assert result == {**START, "want_copies": "true"}


def test_the_position_counts_what_an_open_answer_may_still_bring():
    _, book = walk({"want_copies": True, "copies_count": "2", "note": ""}, {**START, **MOTHER})
    first, second, third = book.prompter.asked
    assert (first.section_number, first.section_total, first.number, first.total, first.left) == (3, 3, 1, 3, 3)
    assert (second.number, second.total, second.left) == (2, 3, 2)
    assert (third.number, third.total, third.left) == (3, 3, 1)
    assert first.section == "Bản sao"
    assert third.optional
    assert not second.optional


def test_a_fault_is_said_and_asked_again_and_never_saved():
    _, book = walk({"mother_birth_date": ["31/02/1999", "03/1999"]}, {**COMPLETE, "mother_birth_date": ""})
    assert book.saved == {"mother_birth_date": "1999-03"}
    (fault,) = book.prompter.faults
    assert "Lịch không có ngày này." in fault


def test_an_answer_over_the_cap_is_a_fault():
    _, book = walk({"mother_surname": ["N" * 21, "Nguyễn"]}, {**COMPLETE, "mother_surname": ""})
    assert "Tối đa 20 ký tự." in book.prompter.faults[0]


def test_a_given_answer_that_cannot_be_read_is_asked_with_the_reason():
    result, book = walk({"mother_id_number": "001199999105"}, {**COMPLETE, "mother_id_number": "12"})
    assert result == COMPLETE
    (question,) = book.prompter.asked
    assert question.remark
    assert question.suggestion == ""


def test_back_asks_the_question_before_with_its_answer_and_then_goes_on():
    result, book = walk(
        {"mother_given_name": ["<", "Mẫu"], "mother_middle_name": "Ngọc"},
        {**COMPLETE, "mother_given_name": "", "mother_middle_name": "Thị"},
    )
    assert result["mother_middle_name"] == "Ngọc"
    asked = book.prompter.asked
    assert [question.key for question in asked] == ["mother_given_name", "mother_middle_name", "mother_given_name"]
    assert asked[1].suggestion == "Thị"


def test_back_twice_goes_two_questions_back():
    _, book = walk(
        {"mother_given_name": ["<", "Mẫu"], "mother_middle_name": "<", "mother_surname": "Lê"},
        {**COMPLETE, "mother_given_name": ""},
    )
    assert [question.key for question in book.prompter.asked] == [
        "mother_given_name",
        "mother_middle_name",
        "mother_surname",
        "mother_given_name",
    ]
    assert book.saved["mother_surname"] == "Lê"


def test_back_at_the_first_question_says_so_and_asks_it_again():
    _, book = walk({"birth_case": ["<", "bo_roi"], "requester_relation": "me", **REST})
    assert "Đây là câu đầu tiên, không lùi được nữa." in book.prompter.told


def test_help_shows_explanation_and_law_and_asks_again():
    _, book = walk({"want_copies": ["?", False]}, {**COMPLETE, "want_copies": ""})
    *_heading, told = book.prompter.told
    assert told == "Cấp bản sao\nBản sao trích lục.\nCăn cứ: Luật Hộ tịch 2014"


def test_leaving_keeps_what_was_saved():
    book = Notebook({"birth_case": "1", "requester_relation": ":luu"})
    with pytest.raises(Leave):
        ask_missing(FORM, {}, prompter=book.prompter, save=book.save, context=context)
    assert book.saved == {"birth_case": "du_cha_me"}


def test_ctrl_c_passes_through_with_everything_saved():
    book = Notebook({"birth_case": "1", "requester_relation": KeyboardInterrupt()})
    with pytest.raises(KeyboardInterrupt):
        ask_missing(FORM, {}, prompter=book.prompter, save=book.save, context=context)
    assert book.saved == {"birth_case": "du_cha_me"}


def test_a_changed_answer_says_what_drops_out():
    _, book = walk({"requester_relation": ["<", "me"], "birth_case": "bo_roi"}, {**COMPLETE, "requester_relation": ""})
    told = book.prompter.told[-1]
    assert "không còn dùng" in told
    assert "Họ mẹ" in told


def test_totals_only_shrink_on_the_way():
    _, book = walk({"birth_case": "bo_roi", "requester_relation": "3", "want_copies": False, "note": ""})
    asked = book.prompter.asked
    assert [question.section_total for question in asked] == [3, 2, 2, 2]
    assert [(question.total, question.left) for question in asked] == [(2, 2), (2, 1), (3, 3), (2, 1)]


def test_a_section_is_announced_once_when_it_begins():
    _, book = walk({"birth_case": ["?", "bo_roi"], "requester_relation": "3", **REST})
    headings = [told for told in book.prompter.told if told.startswith("Phần")]
    assert headings == ["Phần 1/3: Trường hợp.", "Phần 2/2: Bản sao."]


def test_a_jump_asks_the_named_question_and_then_goes_on_where_it_was_left():
    _, book = walk(
        {"mother_ward": [":den ho me", "cái khế"], "mother_surname": "Lê"},
        {**COMPLETE, "mother_ward": ""},
    )
    assert [question.key for question in book.prompter.asked] == ["mother_ward", "mother_surname", "mother_ward"]


def test_a_jump_to_words_of_several_questions_lets_the_person_choose():
    _, book = walk({"note": [":đến me", ""], "go_to": "ten", "mother_given_name": "Mận"}, {**START, **MOTHER, "want_copies": "false"})
    assert book.saved == {"mother_given_name": "Mận", "note": ""}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (":den xe máy", "Không có câu nào tên “xe máy”."),
        (":den số lượng", "Câu “Số lượng” không hỏi trong trường hợp này"),
        (":den", "Gõ :den rồi vài chữ"),
    ],
)
def test_a_jump_that_leads_nowhere_says_why_and_asks_again(words, told):
    _, book = walk({"note": [words, ""]}, {**START, **MOTHER, "want_copies": "false"})
    assert told in "\n".join(book.prompter.told)


def test_the_answers_so_far_are_shown_and_the_question_is_asked_again():
    _, book = walk({"note": [":xem", ":xem 2", ":xem tất cả", ""]}, {**START, **MOTHER, "want_copies": "false"})
    short, section, everything = (told for told in book.prompter.told if "\n" in told)
    assert "2. Người mẹ (dòng 5–12): Nguyễn Thị Ngọc Mẫu" in short
    assert "Bản sao\n13. Cấp bản sao: Không" in short
    assert section.startswith("Người mẹ\n5. Họ mẹ: Nguyễn\n")
    assert "Trường hợp\n1. Trường hợp:" in everything


def test_undo_takes_answers_back_one_by_one_on_the_disk_too():
    result, book = walk(
        {"mother_surname": ["Lê", "Nguyễn"], "mother_middle_name": ["Thị", ":huy", "Thị Ngọc"], "mother_given_name": [":huy", "Mẫu"]},
        {key: value for key, value in COMPLETE.items() if key not in {"mother_surname", "mother_middle_name", "mother_given_name"}},
    )
    assert result == COMPLETE
    saved = [step for step in book.log if step[0] == "saved"]
    assert [key for _, key in saved] == [
        "mother_surname",
        "mother_middle_name",
        "mother_middle_name",
        "mother_surname",
        "mother_surname",
        "mother_middle_name",
        "mother_given_name",
    ]
    assert "Đã hoàn tác. Chữ đệm mẹ: “Thị” trở lại “chưa trả lời”." in book.prompter.told


def test_undo_brings_back_what_a_changed_answer_dropped():
    result, book = walk(
        {"requester_relation": ["<", ":huy", "3"], "birth_case": ["bo_roi", "1"]},
        {key: value for key, value in COMPLETE.items() if key != "requester_relation"},
    )
    assert result == COMPLETE
    assert any("không còn dùng" in told for told in book.prompter.told)


def test_undo_of_a_card_takes_all_of_it_back():
    given = {**START, "mother_province": "92", "mother_ward": "31120", "want_copies": "false", "note": ""}
    book = Notebook({"mother_surname": [CARD, ":luu"], "want_copies": ":huy"})
    with pytest.raises(Leave):
        ask_missing(FORM, given | {"want_copies": ""}, prompter=book.prompter, save=book.save, context=context)
    assert {key: value for key, value in book.saved.items() if value is not None} == {}


def test_with_nothing_to_take_back_undo_says_so():
    _, book = walk({"note": [":huy", ""]}, {**START, **MOTHER, "want_copies": "false"})
    assert "Chưa có thay đổi nào để hoàn tác." in book.prompter.told


def test_a_command_that_nobody_knows_is_no_answer():
    _, book = walk({"note": [":abc", ": tổ 5"]}, {**START, **MOTHER, "want_copies": "false"})
    assert "Không có lệnh “:abc”." in book.prompter.faults[0]
    assert book.saved["note"] == ": tổ 5"


def test_another_province_asks_the_ward_anew():
    _, book = walk({"mother_province": "hà nội", "mother_ward": ["<", "ba đình"]}, {**COMPLETE, "mother_ward": ""})
    assert book.saved == {"mother_province": "01", "mother_ward": "00004"}


def test_the_requesters_own_data_are_offered_to_the_parent_she_is():
    given = {**COMPLETE, "requester_relation": "me", "mother_surname": "", "mother_given_name": "", "mother_id_number": ""}
    result, book = walk({"mother_surname": "", "mother_given_name": "Mận", "mother_id_number": ""}, given, suggest=from_form)
    surname, given_name, number = book.prompter.asked
    assert (surname.suggestion, surname.origin) == ("Nguyễn", "theo người yêu cầu")
    assert given_name.suggestion == "Mẫu"
    assert number.suggestion == SESSION["requester_id_number"]
    assert (result["mother_surname"], result["mother_given_name"], result["mother_id_number"]) == ("Nguyễn", "Mận", "001199999105")


def test_nothing_is_offered_when_the_requester_is_somebody_else():
    _, book = walk({"mother_surname": "Nguyễn"}, {**COMPLETE, "mother_surname": ""}, suggest=from_form)
    assert book.prompter.asked[0].suggestion == ""


def test_a_card_fills_the_block_and_tells_what_it_filled():
    result, book = walk(
        {"mother_surname": CARD}, {**START, "mother_province": "92", "mother_ward": "31120", "want_copies": "false", "note": ""}
    )
    assert result == {**COMPLETE, "mother_surname": "NGUYỄN", "mother_middle_name": "THỊ NGỌC", "mother_given_name": "MẪU"}
    *_heading, filled, address = book.prompter.told
    assert "Đã điền từ thẻ: Họ mẹ: NGUYỄN" in filled
    assert "02/03/1999" in filled
    assert "Phường Mẫu, Hà Nội" in address


def test_a_card_is_taken_at_any_question_of_the_block_also_at_a_list():
    given = {**COMPLETE, "mother_surname": "Lê", "mother_province": ""}
    result, _ = walk({"mother_province": [CARD, "92"], "card:mother": True}, given)
    assert result["mother_surname"] == "NGUYỄN"
    assert result["mother_province"] == "92"


def test_a_card_outside_a_persons_block_is_no_answer():
    _, book = walk({"note": [CARD, ""]}, {key: value for key, value in COMPLETE.items() if key != "note"})
    assert "không nhận thẻ" in book.prompter.faults[0]


def test_a_card_that_disagrees_with_an_answer_is_shown_and_decided_by_the_person():
    given = {**COMPLETE, "mother_surname": "Lê", "mother_id_number": ""}
    result, book = walk({"mother_id_number": CARD, "card:mother": True}, given)
    assert "Họ mẹ: đã trả lời “Lê”, thẻ ghi “NGUYỄN”." in book.prompter.told
    assert result["mother_surname"] == "NGUYỄN"


def test_a_refused_card_changes_nothing():
    given = {**COMPLETE, "mother_surname": "Lê", "mother_id_number": ""}
    result, book = walk({"mother_id_number": [CARD, "001199999108"], "card:mother": False}, given)
    assert result == {**given, "mother_id_number": "001199999108"}
    assert "Không lấy gì từ thẻ." in book.prompter.told


def test_the_card_of_a_man_in_the_mothers_block_is_questioned():
    given = {**START, "mother_province": "92", "mother_ward": "31120", "want_copies": "false", "note": ""}
    result, book = walk({"mother_surname": [CARD_OF_A_MAN, CARD], "card:mother": False}, given)
    assert any("giới tính Nam" in told for told in book.prompter.told)
    assert result["mother_id_number"] == "001199999105"


def test_a_card_in_another_case_of_letters_does_not_disagree():
    _, book = walk({"mother_id_number": CARD}, {**COMPLETE, "mother_id_number": ""})
    assert not any("đã trả lời" in told for told in book.prompter.told)


def test_a_secret_is_never_saved():
    form = load_form(
        {
            "name": "p",
            "command": "p",
            "title": {"vi": "x", "en": "x"},
            "version": "1",
            "sections": [{"id": "s", "title": {"vi": "x", "en": "x"}}],
            "fields": [{"section": "s", "key": "password", "type": "secret", "label": {"vi": "Mật khẩu", "en": "x"}, "required": True}],
        }
    )
    book = Notebook({"password": "  Rat-kho 2026 "})
    result = ask_missing(form, {}, prompter=book.prompter, save=book.save, context=context)
    assert result == {"password": "  Rat-kho 2026 "}
    assert book.saved == {}


def test_notices_about_the_field_just_answered_are_told_once():
    from dvc_cli.errors import problem

    def notice(answers):
        return (problem("KS-N7", "mother_surname"), problem("KS-N7", "note"))

    _, book = walk(
        {"mother_surname": "Xxx", "mother_given_name": "Mẫu"}, {**COMPLETE, "mother_surname": "", "mother_given_name": ""}, notice=notice
    )
    assert len([told for told in book.prompter.told if told.startswith("Lưu ý")]) == 1


def test_an_old_name_finds_its_successor_and_is_named_beside_it():
    from dvc_cli.wizard.questions import finder

    hits = finder(FORM["mother_ward"], _placed())("xuân khánh")
    assert hits[0].label == "Phường Ninh Kiều (trước là Phường Xuân Khánh)"


def test_places_that_the_dossier_named_before_stand_first_in_the_list():
    from dvc_cli.wizard.questions import finder

    provinces = finder(FORM["mother_province"], _placed())("")
    assert provinces[0].label == "Thành phố Cần Thơ"
    assert len(provinces) == len({option.code for option in provinces}) == 34


def _placed():
    from dvc_cli.forms import evaluate

    return evaluate(FORM, {**START, "mother_province": "92"}, context())
