"""Bare `dvc`: a home screen for a person at a terminal, the root help for everything else."""

from __future__ import annotations

import pytest

from conftest import Dvc, environ_of
from prompts.pty_screen import PtyScreen

MOTHER = "092196999001"


@pytest.fixture
def start(dvc: Dvc):
    """Start bare `dvc` at a terminal of its own."""
    running = []

    def begin(*flags: str, **size: int) -> PtyScreen:
        running.append(PtyScreen.python("-m", "dvc_cli", *flags, environ=environ_of(dvc.home), **size))
        return running[-1]

    yield begin
    for screen in running:
        screen.child.close(force=True)


def test_who_is_signed_in_what_lies_on_the_desk_and_the_jobs(dvc: Dvc, start) -> None:
    dvc.sign_in_vneid(MOTHER)
    left = dvc.plain("khai-sinh", "--plain", "--set", "child_surname=NGUYỄN", "--set", "child_given_name=NHIÊN", typed="")
    assert left.exit_code == 0
    draft = str(dvc("drafts", "list").data["drafts"][0]["id"])

    screen = start()
    screen.wait("Việc cần làm?")
    assert "Đang đăng nhập: T*** T*** M*** P*** (092*******01)" in screen.text
    assert f"Bản nháp (1): NGUYỄN NHIÊN, khai-sinh, {draft}" in screen.text
    assert "1. Khai và nộp hồ sơ liên thông khai sinh" in screen.text
    screen.send("nhap\r")
    screen.wait(f"Tiếp tục bản nháp {draft}.")
    screen.wait("Dùng các giá trị có sẵn này?")
    screen.send(":luu\r")
    screen.wait("Enter để về màn hình chính")


def test_a_job_by_number_runs_and_comes_back(start) -> None:
    screen = start("--plain")
    screen.answer("Trả lời:", "1")
    screen.answer("Số định danh", ":luu")
    screen.wait("Enter để về màn hình chính")
    screen.send("\r")
    screen._until(lambda: screen.text.count("Việc cần làm?") >= 1, "the home screen")
    screen.send("thoat\r")
    assert screen.wait_exit() == 0


def test_the_home_screen_is_complete_in_english_and_fits_forty_columns(start) -> None:
    screen = start("--lang", "en", rows=24, columns=40)
    screen.wait("What is to be done?")
    assert "Nobody is signed in." in screen.text
    assert "1. Sign in with VNeID" in screen.text
    assert "5. Sign in with a portal account" in screen.text
    assert not any(letter in screen.text for letter in "ơưăđạếệ")
    screen.send("\x1b")
    assert screen.wait_exit() == 0


def test_without_a_terminal_it_is_the_root_help(dvc: Dvc) -> None:
    assert dvc.plain().out == dvc.plain("--help").out


def test_flags_alone_without_a_terminal_are_no_home_screen(dvc: Dvc) -> None:
    assert dvc.plain("--plain").exit_code == 2


def test_nobody_reaches_the_home_screen_by_a_name(dvc: Dvc) -> None:
    assert dvc("home").codes == ["A-UNKNOWN-COMMAND"]
