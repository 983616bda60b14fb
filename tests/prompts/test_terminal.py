"""Both prompters in a real pseudo-terminal of 80×24: what a person types, sees, and what comes back."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from prompts.pty_screen import PtyScreen

DRIVER = str(Path(__file__).with_name("driver.py"))
CARD = "001199912345||NGUYỄN THỊ MẪU|02031990|Nữ|Phường Mẫu, Hà Nội|01072021"


@pytest.fixture
def run(tmp_path):
    """Start a scenario; `.replies()` waits for its end and reads what came back."""
    running = []

    def start(scenario: str, *plain: str, **options) -> Run:
        running.append(Run(tmp_path / "out.json", scenario, *plain, **options))
        return running[-1]

    yield start
    for item in running:
        item.child.close(force=True)


class Run(PtyScreen):
    def __init__(self, out: Path, scenario: str, *plain: str, environ=None, rows: int = 24, columns: int = 80) -> None:
        super().__init__([sys.executable, DRIVER, str(out), scenario, *plain], environ or {}, rows=rows, columns=columns)
        self.out = out

    def replies(self) -> list[object]:
        assert self.wait_exit() == 0
        return json.loads(self.out.read_text(encoding="utf-8"))[1:]


BOTH = pytest.mark.parametrize("plain", [(), ("plain",)], ids=["redrawn", "plain"])


@BOTH
@pytest.mark.parametrize(
    "typed",
    [
        "Nguyễn Thị Ngọc Ánh",
        unicodedata.normalize("NFD", "Nguyễn Thị Ngọc Ánh"),
        "Nguye\x7fê\x7fễn Thi\x7fị Ngo\x7fọc A\x7fÁnh",
        "Nguye\x08ê\x08ễn Thi\x08ị Ngo\x08ọc A\x08Ánh",
    ],
    ids=["NFC", "NFD", "input method DEL", "input method BS"],
)
def test_vietnamese_comes_back_composed_however_it_is_sent(run, plain, typed):
    screen = run("text", *plain)
    screen.answer("Tên", typed)
    assert screen.replies() == ["Nguyễn Thị Ngọc Ánh"]


def test_the_answer_replaces_the_question_on_the_screen(run):
    screen = run("text")
    screen.wait("Phần 3/9 · Người mẹ · còn 8 câu")
    screen.wait("? trợ giúp · < quay lại · :luu lưu và thoát")
    screen.send("Ngân\r")
    screen.wait("Tên: Ngân")
    screen.replies()
    assert "Phần 3/9" not in screen.text
    assert "> " not in screen.text


@BOTH
def test_ctrl_c_is_keyboard_interrupt_for_the_caller_to_handle(run, plain):
    screen = run("two", *plain)
    screen.answer("Câu thứ nhất", "một")
    screen.wait("Câu thứ hai")
    screen.send("nửa chừ\x03")
    assert screen.replies() == ["một", "KeyboardInterrupt"]


@BOTH
def test_ctrl_d_on_an_empty_line_leaves(run, plain):
    screen = run("text", *plain)
    screen.wait("Tên")
    screen.wait("Trả lời:" if plain else ">")
    screen.send("\x04")
    assert screen.replies() == ["Leave"]


def test_escape_alone_goes_back_at_once(run):
    screen = run("text")
    screen.wait(">")
    screen.send("\x1b")
    assert screen.replies() == ["GoBack"]


@BOTH
@pytest.mark.parametrize(("typed", "signal"), [("?", "WantHelp"), ("<", "GoBack"), (":luu", "Leave")])
def test_signals_are_typed_alone(run, plain, typed, signal):
    screen = run("choice", *plain)
    screen.answer("Quan hệ", typed)
    assert screen.replies() == [signal]


@BOTH
def test_lines_typed_ahead_answer_the_next_questions(run, plain):
    screen = run("two", *plain)
    screen.wait("Câu thứ nhất")
    screen.send("Thu\x7fủy\rHo\x7fồng\r")
    assert screen.replies() == ["Thủy", "Hồng"]


def test_a_refused_answer_stays_to_be_mended_under_its_sentence(run):
    screen = run("checked")
    screen.answer("Điện thoại", "091234567")
    screen.wait("! Cần 10 chữ số.")
    screen.wait("> 091234567")
    screen.send("8\r")
    assert screen.replies() == ["0912345678"]


def test_enter_takes_the_suggestion_and_up_brings_it_to_be_mended(run):
    screen = run("suggested")
    screen.wait("Enter để chọn: Trần (theo người yêu cầu); - để bỏ trống")
    screen.send("\r")
    assert screen.replies() == ["Trần"]
    screen = run("suggested")
    screen.wait("Enter để chọn")
    screen.send("\x1b[A")
    screen.wait("> Trần")
    screen.send("h\r")
    assert screen.replies() == ["Trầnh"]


@BOTH
def test_a_secret_is_never_on_the_screen(run, plain):
    screen = run("secret", *plain)
    screen.wait("Mật khẩu")
    screen.wait("Trả lời:" if plain else ">")
    screen.send("Bi-mat 2026x\x7f\r")
    assert screen.replies() == ["Bi-mat 2026"]
    assert b"Bi-mat" not in screen.transcript


@BOTH
@pytest.mark.parametrize("typed", ["3", "giam ho", "người giám hộ", "nguoi_giam_ho"])
def test_a_choice_by_number_words_without_marks_or_code(run, plain, typed):
    screen = run("choice", *plain)
    screen.wait("3. Người giám hộ/đại diện hợp pháp")
    screen.send(f"{typed}\r")
    assert screen.replies() == ["nguoi_giam_ho"]


def test_a_choice_typed_by_an_input_method_keeps_its_marks(run):
    screen = run("choice")
    screen.wait("1. Cha")
    screen.send("Me\x7fẹ")
    screen.wait("> Mẹ")
    screen.send("\r")
    assert screen.replies() == ["me"]
    assert "Quan hệ: Mẹ" in screen.text


def test_arrows_move_the_mark_of_a_choice(run):
    screen = run("choice")
    screen.wait("1. Cha")
    assert "> 1. Cha" not in screen.text, "Enter alone would choose nothing, so nothing is marked"
    screen.send("\x1b[B")
    screen.wait("> 1. Cha")
    screen.send("\x1b[B")
    screen.wait("> 2. Mẹ")
    screen.send("\r")
    assert screen.replies() == ["me"]


def test_a_choice_needs_an_answer(run):
    screen = run("choice")
    screen.wait("1. Cha")
    screen.send("\r")
    screen.wait("! Câu này cần có câu trả lời.")
    screen.send("1\r")
    assert screen.replies() == ["cha"]


def test_a_long_list_narrows_with_every_key_without_marks_or_by_initials(run):
    screen = run("pick")
    screen.wait("10. Phường Số 10")
    screen.wait("… còn 16 dòng")
    screen.send("cai kh")
    screen.wait("> Phường Cái Khế")
    screen.wait_gone("Phường Số 1")
    screen.send("\r")
    assert screen.replies() == ["31150"]
    screen = run("pick")
    screen.wait("10. Phường Số 10")
    screen.send("pck")
    screen.wait("> Phường Cái Khế")
    screen.send("\r")
    assert screen.replies() == ["31150"]


def test_what_is_not_in_the_list_is_said_and_can_be_typed_anew(run):
    screen = run("pick")
    screen.wait("1. Phường Số 1")
    screen.send("xyz")
    screen.wait("Không tìm thấy, thử gõ cách khác")
    screen.send("\r")
    screen.wait("! Không tìm thấy “xyz”")
    screen.send("\x15cái khế\r")
    assert screen.replies() == ["31150"]


@BOTH
def test_several_choices_with_commas(run, plain):
    screen = run("choices", *plain)
    screen.wait("3. Người giám hộ")
    screen.wait("Trả lời:" if plain else "? trợ giúp")
    screen.send("1,3\r")
    assert screen.replies() == [["cha", "nguoi_giam_ho"]]


@BOTH
@pytest.mark.parametrize(("typed", "answer"), [("c", True), ("k", False), ("y", True), ("không", False)])
def test_yes_and_no(run, plain, typed, answer):
    screen = run("confirm", *plain)
    screen.answer("Đúng không?", typed)
    assert screen.replies() == [answer]


@BOTH
@pytest.mark.parametrize("separator", ["|", "\t", "\x1d"])
@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_a_scanner_burst_is_a_card_and_its_line_end_answers_nothing_else(run, plain, separator, end):
    screen = run("card", *plain)
    screen.wait("Họ mẹ")
    screen.wait("Trả lời:" if plain else "? trợ giúp")
    screen.send(CARD.replace("|", separator) + end)
    screen.wait("Chi tiết")
    screen.answer("Số 9", "ấp Mẫu")
    assert screen.replies() == [f"Scanned {CARD}", "ấp Mẫu"]


def test_a_pasted_card_submits_itself_with_its_line_breaks_gone(run):
    screen = run("card")
    screen.wait("Họ mẹ")
    screen.wait("? trợ giúp")
    decomposed = unicodedata.normalize("NFD", CARD).replace("|Nữ", "\r\n|Nữ")
    screen.send(f"\x1b[200~{decomposed}\r\n\x1b[201~")
    screen.answer("Chi tiết", "ấp Mẫu")
    assert screen.replies()[0].replace(" |", "|") == f"Scanned {CARD}"


def test_a_paste_of_many_lines_is_one_line_that_waits_for_enter(run):
    screen = run("text")
    screen.wait("? trợ giúp")
    screen.send("\x1b[200~Ngân\r\nHà\u202e\x1b[201~")
    screen.wait("> Ngân Hà")
    screen.send("\r")
    assert screen.replies() == ["Ngân Hà"]


@BOTH
def test_a_paste_of_two_thousand_characters_comes_back_whole(run, plain):
    screen = run("text", *plain)
    screen.wait("Trả lời:" if plain else "? trợ giúp")
    typed = "0123456789" * 200
    screen.send(typed if plain else f"\x1b[200~{typed}\x1b[201~")
    screen.send("\r")
    assert screen.replies() == [typed]


def test_a_paste_that_is_too_long_is_refused_not_cut(run):
    screen = run("text")
    screen.wait("? trợ giúp")
    screen.send("\x1b[200~" + "ế" * 2500 + "\x1b[201~")
    screen.wait("ếếế")
    screen.send("\r")
    screen.wait("! Dòng vừa nhập dài quá 2.000 ký tự.")
    screen.send("Ngân\r")
    assert screen.replies() == ["Ngân"]


@BOTH
def test_bytes_that_are_no_text_do_no_harm(run, plain):
    screen = run("text", *plain)
    screen.answer("Tên", b"Ng\xff\xe2n\xed\xa0\x80 Binh")
    (reply,) = screen.replies()
    reply.encode("utf-8")
    assert reply.endswith("Binh")


def test_a_narrow_terminal_wraps_and_loses_nothing(run):
    screen = run("choice", columns=40)
    screen.wait("3. Người giám hộ/đại diện hợp")
    screen.wait("? trợ giúp · < quay lại · :luu lưu")
    screen.send("3\r")
    assert screen.replies() == ["nguoi_giam_ho"]


@pytest.mark.parametrize(
    ("environ", "plain", "chosen"),
    [
        ({}, (), "QuestionaryPrompter"),
        ({"TERM": "dumb"}, (), "PlainPrompter"),
        ({"ACCESSIBLE": "1"}, (), "PlainPrompter"),
        ({"ACCESSIBLE": "0"}, (), "QuestionaryPrompter"),
        ({}, ("plain",), "PlainPrompter"),
    ],
)
def test_which_prompter_a_terminal_gets(run, environ, plain, chosen):
    screen = run("confirm", *plain, environ=environ)
    screen.answer("Đúng không?", "c")
    assert screen.replies() == [True]
    assert json.loads(screen.out.read_text(encoding="utf-8"))[0] == chosen


def test_the_plain_prompter_writes_no_control_sequence(run):
    screen = run("choice", "plain")
    screen.answer("Trả lời:", "2")
    screen.replies()
    assert b"\x1b" not in screen.transcript


def test_questions_go_to_standard_error_and_pipes_get_the_plain_prompter(tmp_path):
    out = tmp_path / "out.json"
    done = subprocess.run([sys.executable, DRIVER, str(out), "text"], input="Ngân\n".encode(), capture_output=True, check=True)
    assert done.stdout.decode() == "kết quả trên stdout\n"
    assert "Câu 5/12." in done.stderr.decode()
    assert json.loads(out.read_text(encoding="utf-8")) == ["PlainPrompter", "Ngân"]


def test_the_plain_prompter_loads_no_terminal_library():
    code = "import sys, dvc_cli.prompts.choosing as c, io; c.choose_prompter(None, sys.stderr, {}, plain=True); print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert not {"questionary", "prompt_toolkit", "asyncio"} & set(done.stdout.split("'"))
