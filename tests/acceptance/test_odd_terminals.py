"""The wizard where terminals are small, plain, changed in the middle, half closed, or fed with what nobody types; each in a real one."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import CASES, Desk
from prompts.pty_screen import PtyScreen

MOTHER = "092196999001"
COLOURS = re.compile(rb"\x1b\[[0-9;]*(?:3[0-7]|4[0-7]|9[0-7]|10[0-7])m")
ESCAPE = b"\x1b"


@pytest.fixture(scope="module")
def signed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home where the mother of case A is signed in."""
    home = tmp_path_factory.mktemp("signed-in") / "home"
    Desk(home).sign_in_vneid(MOTHER)
    return home


class Counter:
    """One terminal at a time, over a home of its own."""

    def __init__(self, home: Path) -> None:
        self.desk = Desk(home)
        self.running: list[PtyScreen] = []

    def start(self, *words: str, shell: str = "", rows: int = 24, columns: int = 80, **extra: str) -> PtyScreen:
        """Run `dvc` with these words; `shell` is what a shell adds behind them."""
        argv = [sys.executable, "-m", "dvc_cli", *words]
        argv = ["/bin/sh", "-c", f"exec {shlex.join(argv)} {shell}"] if shell else argv
        environ = {name: value for name, value in self.desk.environ().items() if name not in {"LINES", "COLUMNS", "NO_COLOR"}}
        self.running.append(PtyScreen(argv, environ | {"TERM": "xterm-256color"} | extra, rows=rows, columns=columns))
        return self.running[-1]

    def drafts(self) -> list[dict[str, object]]:
        listed: list[dict[str, object]] = self.desk.run("drafts", "list").data["drafts"]
        return listed


@pytest.fixture
def counter(signed_in: Path, tmp_path: Path) -> Iterator[Counter]:
    shutil.copytree(signed_in, tmp_path / "home")
    counter = Counter(tmp_path / "home")
    yield counter
    for screen in counter.running:
        screen.child.close(force=True)


def filed(counter: Counter, *words: str, **options: object) -> PtyScreen:
    """Case A from its file to the receipt, nothing asked but the review."""
    screen = counter.start("khai-sinh", "--yes", "--answers", str(CASES / "birth_a.yaml"), *words, **options)
    assert screen.wait_exit() == 0, screen.text
    return screen


def test_forty_columns_break_between_words_and_keep_the_code(counter: Counter) -> None:
    screen = counter.start("khai-sinh", columns=40)
    screen.wait("và thoát\n >")
    for words in (
        "1. Tỉnh/Thành phố (nơi đăng ký khai\nsinh): Thành phố Cần Thơ (theo người yêu\ncầu)",
        "? trợ giúp · < lùi · :xem · :den Ô",
    ):
        assert words in screen.text
    receipt = filed(counter, columns=40)
    assert re.search(r"Tiếp theo: dvc ho-so show G22\.99\.08-2611\n09-\d{6}", receipt.text), receipt.text


def test_no_colour_is_no_colour(counter: Counter) -> None:
    screen = counter.start("khai-sinh", NO_COLOR="1")
    screen.wait("Dùng các giá trị có sẵn này?")
    screen.send(":luu\r")
    assert screen.wait_exit() == 0
    assert not COLOURS.search(screen.transcript)
    receipt = filed(counter, NO_COLOR="1")
    assert not COLOURS.search(receipt.transcript)
    assert "█████" in receipt.text


def test_a_dumb_terminal_gets_not_one_escape(counter: Counter) -> None:
    screen = counter.start("khai-sinh", TERM="dumb")
    screen.answer("Dùng các giá trị có sẵn này?", "")
    screen.answer("3. Có yếu tố nước ngoài không thuộc các xã vùng biên", ":luu")
    assert screen.wait_exit() == 0
    assert ESCAPE not in screen.transcript
    assert ESCAPE not in filed(counter, TERM="dumb").transcript


def test_a_closed_standard_input_asks_nothing_and_says_what_is_missing(counter: Counter) -> None:
    screen = counter.start("khai-sinh", shell="<&-")
    assert screen.wait_exit() == 2
    assert "Traceback" not in screen.text
    left = counter.start("khai-sinh", "--plain", shell="<&-")
    assert left.wait_exit() == 0
    assert "Đã lưu bản nháp" in left.text


def test_redirected_standard_output_holds_the_receipt_alone(counter: Counter, tmp_path: Path) -> None:
    target = tmp_path / "biên nhận.txt"
    screen = counter.start("khai-sinh", "--answers", str(CASES / "birth_a.yaml"), shell=f"> {shlex.quote(str(target))}")
    screen.answer("Gõ số dòng để sửa", "")
    screen.answer("Nộp hồ sơ?", "c")
    assert screen.wait_exit() == 0
    written = target.read_bytes()
    assert ESCAPE not in written
    assert "Mã hồ sơ: G22.99.08-261109-" in written.decode()
    assert "Gõ số dòng" not in written.decode()
    assert "█" not in written.decode()


def test_a_terminal_that_is_resized_in_the_middle_goes_on_at_its_new_width(counter: Counter) -> None:
    screen = counter.start("khai-sinh")
    screen.wait("Dùng các giá trị có sẵn này?")
    screen.child.setwinsize(24, 40)
    screen.screen.resize(24, 40)
    screen.send("\r")
    screen.wait("Loại khai sinh")
    screen.send("1\r")
    screen.wait("Trường hợp khai sinh")
    screen.child.setwinsize(24, 100)
    screen.screen.resize(24, 100)
    screen.send("3\r")
    screen.wait("Tỉnh/Thành phố (nơi đăng ký thường trú)")
    screen.send(":luu\r")
    assert screen.wait_exit() == 0
    (draft,) = counter.drafts()
    answers = counter.desk.run("drafts", "show", str(draft["id"])).data["draft"]["answers"]
    assert answers["birth_case"] == "chua_co_cha"


@pytest.mark.parametrize("plain", [(), ("--plain",)], ids=["drawn", "plain"])
def test_two_thousand_characters_and_half_letters_cost_nothing(counter: Counter, plain: tuple[str, ...]) -> None:
    screen = counter.start("khai-sinh", *plain, "--set", "requester_relation=me", "--set", "requester_email=a@example.org")
    screen.answer("Dùng các giá trị có sẵn này?", ":den họ người được khai sinh")
    screen.wait("Họ người được khai sinh")
    pasted = "Nguyễn " * 286
    screen.send(f"\x1b[200~{pasted[:2000]}\x1b[201~\r" if not plain else f"{pasted[:2000]}\r")
    screen.wait("Tối đa 100 ký tự.")
    screen.send("\x15" if not plain else b"\xed\xa0\x80\xff")
    screen.send(b"L\xed\xa0\x80\xff" + "Ê".encode() + b"\r")
    screen._until(
        lambda: "Dùng các giá trị có sẵn này?" in screen.text.rpartition("LÊ" if not plain else "Tối đa 100 ký tự.")[2], "the next question"
    )
    screen.send(":luu\r")
    assert screen.wait_exit() == 0
    (draft,) = counter.drafts()
    answers = counter.desk.run("drafts", "show", str(draft["id"])).data["draft"]["answers"]
    assert answers["child_surname"] == "LÊ"
