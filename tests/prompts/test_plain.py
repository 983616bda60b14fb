"""The plain prompter over byte streams: what is typed, how it reads, and that nothing hostile gets through."""

from __future__ import annotations

import io
import unicodedata

import pytest

from dvc_cli.prompts.plain import PlainPrompter
from dvc_cli.prompts.prompter import GoBack, Leave, Option, Question, Scanned, WantHelp

NAME = Question("child_given_name", "Tên")
WARDS = tuple(Option(str(31000 + number), f"Phường Số {number}") for number in range(1, 26))
RELATIONS = (Option("cha", "Cha"), Option("me", "Mẹ"), Option("nguoi_giam_ho", "Người giám hộ"))
CARD = "001199912345||NGUYỄN THỊ MẪU|02031990|Nữ|Phường Mẫu, Hà Nội|01072021"


def prompter(typed: bytes | str) -> tuple[PlainPrompter, io.StringIO]:
    raw = typed.encode() if isinstance(typed, str) else typed
    screen = io.StringIO()
    return PlainPrompter(io.BytesIO(raw), screen), screen


def ask(typed: bytes | str, question: Question = NAME) -> str:
    return prompter(typed)[0].text(question)


def test_composed_letters_come_back_as_typed():
    assert ask("Ngân\n") == "Ngân"


def test_decomposed_letters_come_back_composed():
    typed = unicodedata.normalize("NFD", "Nguyễn Thị Ngọc Ánh")
    assert typed != "Nguyễn Thị Ngọc Ánh"
    assert ask(typed + "\n") == "Nguyễn Thị Ngọc Ánh"


@pytest.mark.parametrize("erase", ["\x7f", "\x08"])
def test_an_input_method_types_letter_backspace_composed_letter(erase):
    assert ask(f"Nguye{erase}ê{erase}ễn Tha{erase}ái\n") == "Nguyễn Thái"


@pytest.mark.parametrize("erase", ["\x7f", "\x08"])
def test_a_backspace_too_many_erases_nothing(erase):
    assert ask(f"{erase}{erase}An\n") == "An"


def test_windows_line_ends_and_blanks_around_are_dropped():
    assert ask("  Lê   Văn \r\n") == "Lê Văn"


def test_look_alikes_of_the_letter_d_are_mended_and_hidden_signs_dropped():
    assert ask("Ðỗ\u200b \u202eMinh\x1b[31m\n") == "Đỗ Minh[31m"


def test_bytes_that_are_no_text_and_lone_surrogates_are_dropped():
    assert ask(b"An\xff\xfe B\xed\xa0\x80inh\n") == "An Binh"


def test_a_paste_of_two_thousand_characters_is_taken_and_one_more_refused():
    assert ask("ế" * 2000 + "\n") == "ế" * 2000
    asking, screen = prompter("ế" * 2001 + "\nAn\n")
    assert asking.text(NAME) == "An"
    assert "2.000 ký tự" in screen.getvalue()


def test_a_line_of_a_megabyte_does_not_answer_the_next_question():
    asking, _ = prompter("x" * 1_000_000 + "\nAn\nBình\n")
    assert asking.text(NAME) == "An"
    assert asking.text(NAME) == "Bình"


def test_closed_input_leaves():
    with pytest.raises(Leave):
        ask(b"")


def test_a_last_line_without_its_end_still_counts():
    asking, _ = prompter("An")
    assert asking.text(NAME) == "An"
    with pytest.raises(Leave):
        asking.text(NAME)


@pytest.mark.parametrize(("typed", "signal"), [("?", WantHelp), ("<", GoBack), (":luu", Leave), (" ? ", WantHelp), (":LƯU", Leave)])
def test_signals_stand_alone_on_a_line(typed, signal):
    with pytest.raises(signal):
        ask(f"{typed}\n")


def test_signs_inside_an_answer_are_no_signals():
    assert ask("tổ 5 < hẻm 2?\n") == "tổ 5 < hẻm 2?"


def test_a_refused_answer_is_asked_again_with_its_sentence():
    asking, screen = prompter("abc\n0912345678\n")
    assert asking.text(NAME, lambda typed: None if typed.startswith("0") else "Cần 10 chữ số.") == "0912345678"
    assert "Cần 10 chữ số." in screen.getvalue()


def test_a_required_question_takes_no_empty_line_and_an_optional_one_does():
    asking, screen = prompter("\nAn\n")
    assert asking.text(NAME) == "An"
    assert "cần có câu trả lời" in screen.getvalue()
    assert ask("\n", Question("x", "Chữ đệm", optional=True)) == ""


def test_enter_takes_the_suggestion_and_a_dash_empties_it():
    offered = Question("x", "Họ mẹ", suggestion="Trần", origin="theo người yêu cầu", optional=True)
    assert ask("\n", offered) == "Trần"
    assert ask("-\n", offered) == ""


def test_a_suggestion_that_the_check_refuses_is_not_taken():
    asking, _ = prompter("\nLê\n")
    offered = Question("x", "Họ mẹ", suggestion="Tran")
    assert asking.text(offered, lambda typed: "Sai." if typed == "Tran" else None) == "Lê"


def test_a_question_reads_in_full_sentences_with_its_position():
    asking, screen = prompter("An\n")
    place = {"number": 5, "total": 12, "section_number": 3, "section_total": 9}
    asking.text(Question("x", "Họ mẹ", "Người mẹ", example="Nguyễn", suggestion="Trần", origin="từ tài khoản", **place))
    told = screen.getvalue()
    assert "Câu 5/12.\nHọ mẹ.\nVí dụ: Nguyễn.\nĐã có sẵn: Trần (từ tài khoản). Bấm Enter để giữ.\n" in told


def test_a_teletype_could_print_everything():
    asking, screen = prompter("2\nsố 1\nthêm\n12\nc\n")
    asking.tell("Chú ý\x1b[2J\u202e: có thẻ")
    asking.choice(NAME, RELATIONS)
    asking.choice(Question("w", "Phường"), WARDS)
    asking.confirm(Question("y", "Đúng không?"))
    assert not set(screen.getvalue()) & set("\x1b\r\x08\x07\u202e")


@pytest.mark.parametrize("typed", ["2", "me", "mẹ", "MẸ", "Me"])
def test_a_choice_by_number_code_label_or_bare_letters(typed):
    asking, screen = prompter(f"{typed}\n")
    assert asking.choice(NAME, RELATIONS) == "me"
    assert "1. Cha\n2. Mẹ\n3. Người giám hộ\n" in screen.getvalue()
    assert "Đã chọn: Mẹ." in screen.getvalue()


def test_typed_marks_decide_between_options_that_differ_by_marks_only():
    options = (Option("ba", "Ba"), Option("ba_noi", "Bà"))
    assert prompter("bà\n")[0].choice(NAME, options) == "ba_noi"
    assert prompter("ba\n")[0].choice(NAME, options) == "ba"


def test_an_unknown_choice_is_said_and_asked_again():
    asking, screen = prompter("xyz\n9\n1\n")
    assert asking.choice(NAME, RELATIONS) == "cha"
    assert "Không tìm thấy “xyz”" in screen.getvalue()
    assert "Không tìm thấy “9”" in screen.getvalue()


def test_an_optional_choice_may_be_left_empty():
    assert prompter("\n")[0].choice(Question("x", "Quan hệ", optional=True), RELATIONS) == ""


def test_a_long_list_is_paged_by_ten_and_numbers_run_on():
    asking, screen = prompter("thêm\n12\n")
    assert asking.choice(NAME, WARDS) == "31012"
    told = screen.getvalue()
    assert "10. Phường Số 10\nCòn nữa. Gõ “thêm” để xem tiếp.\n" in told
    assert "11. Phường Số 11" in told
    assert "21. Phường Số 21" not in told


def test_picking_searches_first_then_takes_a_number():
    def find(typed: str) -> tuple[Option, ...]:
        return tuple(option for option in WARDS if typed.casefold() in option.label.casefold()) if typed else ()

    asking, screen = prompter("số 2\n3\n")
    assert asking.pick(NAME, find) == "31021"
    assert "1. Phường Số 2\n2. Phường Số 20\n3. Phường Số 21\n" in screen.getvalue()


def test_the_only_hit_is_taken_and_said():
    asking, screen = prompter("so 25\n")
    assert asking.choice(NAME, WARDS) == "31025"
    assert "Đã chọn: Phường Số 25." in screen.getvalue()


def test_several_choices_by_numbers_or_names():
    for typed in ("3,1", "1 3", "cha; nguoi giam"):
        assert prompter(f"{typed}\n")[0].choices(NAME, RELATIONS) == ("cha", "nguoi_giam_ho")
    assert prompter("\n")[0].choices(Question("x", "Chọn", optional=True), RELATIONS) == ()


def test_yes_and_no_in_both_languages():
    assert [prompter(f"{typed}\n")[0].confirm(NAME) for typed in ("c", "có", "Y", "co", "yes")] == [True] * 5
    assert [prompter(f"{typed}\n")[0].confirm(NAME) for typed in ("k", "không", "N", "khong", "no")] == [False] * 5


def test_enter_is_neither_yes_nor_no():
    asking, screen = prompter("\nok\nk\n")
    assert asking.confirm(NAME) is False
    assert screen.getvalue().count("Gõ c (có) hoặc k (không).") == 2


def test_a_secret_from_a_pipe_is_the_next_line_as_it_stands():
    asking, screen = prompter(b"  M\xe1\xba\xadt kh\xe1\xba\xa9u 1! \r\n")
    assert asking.secret(Question("password", "Mật khẩu")) == "  Mật khẩu 1! "
    assert "Mật khẩu 1!" not in screen.getvalue()


def test_a_secret_that_is_no_text_is_asked_again():
    asking, screen = prompter(b"ab\xff\nTot-2026x\n")
    assert asking.secret(Question("password", "Mật khẩu")) == "Tot-2026x"
    assert "không đọc được" in screen.getvalue()


@pytest.mark.parametrize("separator", ["|", "\t", "\x1d"])
def test_a_card_scan_ends_the_question_whatever_its_separator(separator):
    asking, _ = prompter(CARD.replace("|", separator) + "\r\n")
    with pytest.raises(Scanned) as scanned:
        asking.text(Question("mother_surname", "Họ mẹ", accepts_card=True))
    assert scanned.value.text == CARD


def test_a_card_scan_ends_a_choice_and_a_pick_too():
    asking, _ = prompter(f"{CARD}\n{CARD}\n")
    question = Question("mother_residence_type", "Loại cư trú", accepts_card=True)
    with pytest.raises(Scanned):
        asking.choice(question, RELATIONS)
    with pytest.raises(Scanned):
        asking.pick(question, lambda typed: ())


def test_a_card_where_none_is_asked_for_is_no_answer():
    asking, screen = prompter(f"{CARD}\nAn\n")
    assert asking.text(NAME) == "An"
    assert "không nhận thẻ" in screen.getvalue()


def test_an_old_console_without_vietnamese_still_gets_the_question():
    raw = io.BytesIO()
    asking = PlainPrompter(io.BytesIO("Ngân\n".encode()), io.TextIOWrapper(raw, encoding="ascii"))
    assert asking.text(NAME) == "Ngân"
    assert b"T?n." in raw.getvalue()
