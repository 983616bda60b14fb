"""What stands ready for a section: shown with its origin before the first question, taken with one Enter, changed by number."""

from __future__ import annotations

from dvc_cli.wizard import Interview, Suggestion, from_form
from wizard.toy import CARD, COMPLETE, FORM, MOTHER, START, Notebook, context

REGISTER = {"mother_province": ("92", "Thành phố Cần Thơ"), "mother_ward": ("31120", "Phường Cái Khế")}
HERSELF = {**START, "requester_relation": "me"}
BORN = {"mother_birth_date": "02/03/1999"}
REST = {"want_copies": False, "note": ""}
OFFERED = [
    "1. Họ mẹ: Nguyễn (theo người yêu cầu)",
    "2. Chữ đệm mẹ: Thị Ngọc (theo người yêu cầu)",
    "3. Tên mẹ: Mẫu (theo người yêu cầu)",
    "4. Số định danh mẹ: 001199999105 (theo người yêu cầu)",
    "5. Quốc tịch mẹ: Việt Nam (mặc định)",
    "6. Tỉnh, thành phố: Thành phố Cần Thơ (theo CSDL dân cư)",
    "7. Phường, xã: Phường Cái Khế (theo CSDL dân cư)",
]


def suggest(evaluation, key):
    """The requester's own data, then a register that knows where the person of one number lives; a ward only within its province."""
    found = from_form(evaluation, key)
    if found or evaluation.text("mother_id_number") != MOTHER["mother_id_number"] or key not in REGISTER:
        return found
    return Suggestion(*REGISTER[key], "theo CSDL dân cư") if key != "mother_ward" or evaluation.text("mother_province") else None


def walk(replies, given, **options):
    book = Notebook(replies)
    interview = Interview(FORM, dict(given), book.prompter, context, book.save, suggest, readies=True, **options)
    interview.ask_missing()
    book.prompter.close()
    return interview, book


def asked(book):
    return [question.key for question in book.prompter.asked]


def numbered(book):
    return [told for told in book.prompter.told if told[:1].isdigit()]


def test_a_section_opens_with_its_presets_and_what_other_records_say_and_one_enter_takes_them():
    interview, book = walk({"ready:mother": "", **BORN, **REST}, HERSELF)
    assert numbered(book) == OFFERED, "a number may lead to the register, a province to its wards"
    assert asked(book) == ["ready:mother", "mother_birth_date", "want_copies", "note"]
    assert interview.answers == COMPLETE | HERSELF
    assert interview.origins["mother_ward"] == "theo CSDL dân cư"


def test_nothing_is_taken_before_it_was_shown():
    _, book = walk({"ready:mother": "", **BORN, **REST}, HERSELF)
    first_saved = next(at for at, step in enumerate(book.log) if step[0] == "saved")
    assert book.log[first_saved - 1] == ("asked", "ready:mother")


def test_presets_hold_without_being_written_down():
    interview, _ = walk({"ready:mother": "", **BORN, **REST}, HERSELF)
    assert "mother_nationality" not in interview.answers
    assert interview.evaluation().text("mother_nationality") == "VN"


def test_no_leaves_each_value_to_its_own_question_where_it_is_offered_again():
    taken = {"mother_surname": "", "mother_middle_name": "", "mother_given_name": "Mận", "mother_id_number": ""}
    interview, book = walk({"ready:mother": "k", **taken, "mother_province": "", "mother_ward": "", **BORN, **REST}, HERSELF)
    assert interview.answers["mother_given_name"] == "Mận"
    assert next(question for question in book.prompter.asked if question.key == "mother_surname").suggestion == "Nguyễn"


def test_a_line_is_changed_by_its_number_and_the_others_are_taken():
    interview, _book = walk({"ready:mother": "3, 5", "mother_given_name": "Mận", "mother_nationality": "lào", **BORN, **REST}, HERSELF)
    assert interview.answers["mother_given_name"] == "Mận"
    assert interview.answers["mother_nationality"] == "LA"
    assert interview.answers["mother_surname"] == "Nguyễn"
    assert "mother_given_name" not in interview.origins


def test_a_number_beyond_the_list_is_refused_with_what_is_possible():
    _, book = walk({"ready:mother": ["8", "?", ""], **BORN, **REST}, HERSELF)
    assert book.prompter.faults == ["Gõ số từ 1 đến 7, k, hoặc chỉ bấm Enter."]
    assert any(told.startswith("Các giá trị này có sẵn") for told in book.prompter.told)


def test_the_answers_so_far_can_be_looked_at_from_the_list():
    _, book = walk({"ready:mother": [":xem", ""], **BORN, **REST}, HERSELF)
    assert any(told.startswith("1. Trường hợp (dòng 1–4)") for told in book.prompter.told)


def test_undo_gives_the_whole_list_back_and_it_is_offered_at_the_questions():
    replies = {
        "ready:mother": "",
        "mother_birth_date": [":huy", *BORN.values()],
        "mother_surname": "Lê",
        "mother_middle_name": "",
        "mother_given_name": "",
    }
    interview, _ = walk({**replies, "mother_id_number": "", "mother_province": "", "mother_ward": "", **REST}, HERSELF)
    assert interview.answers == COMPLETE | HERSELF | {"mother_surname": "Lê"}


def test_a_card_scanned_at_the_list_brings_what_the_register_knows_of_its_number():
    interview, book = walk({"ready:mother": [CARD, ""], **REST}, START)
    assert interview.answers == COMPLETE | {"mother_surname": "NGUYỄN", "mother_middle_name": "THỊ NGỌC", "mother_given_name": "MẪU"}
    assert interview.origins["mother_given_name"] == "từ thẻ"
    assert numbered(book)[1:] == [f"{number}. {line[3:]}" for number, line in enumerate(OFFERED[4:], 1)]


def test_a_number_typed_for_a_name_is_the_persons_number():
    names = {"mother_middle_name": "Thị Ngọc", "mother_given_name": "Mẫu"}
    interview, book = walk(
        {"ready:mother": ["", ""], "mother_surname": [MOTHER["mother_id_number"], "Nguyễn"], **names, **BORN, **REST}, START
    )
    assert interview.answers == COMPLETE
    assert asked(book)[:4] == ["ready:mother", "mother_surname", "ready:mother", "mother_surname"]


def test_one_value_alone_is_offered_at_its_own_question():
    given = COMPLETE | HERSELF | {"mother_nationality": "VN"}
    del given["mother_surname"]
    _, book = walk({"mother_surname": ""}, given)
    assert book.prompter.asked[0].suggestion == "Nguyễn"


def test_with_an_answers_file_presets_are_left_to_the_review():
    _, book = walk({"mother_surname": "Lê"}, {key: value for key, value in COMPLETE.items() if key != "mother_surname"}, optional=False)
    assert asked(book) == ["mother_surname"]


def test_back_and_jumps_work_at_the_list():
    interview, book = walk(
        {"requester_relation": ["3", "me"], "ready:mother": ["<", ":den ghi", ""], "note": "", **BORN, "want_copies": False},
        {"birth_case": "du_cha_me"},
    )
    assert asked(book)[:5] == ["requester_relation", "ready:mother", "requester_relation", "ready:mother", "note"]
    assert interview.answers == COMPLETE | HERSELF
