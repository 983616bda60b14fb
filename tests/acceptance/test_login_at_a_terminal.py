"""VNeID by a phone, at a real terminal of 80×24: the code on the screen, the citizen on the pages, the session here."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from conftest import Dvc, environ_of
from dvc_cli.output.qr import code_rows
from prompts.pty_screen import PtyScreen
from server.served import Served, running
from server.visitor import agree

WAITING = "Mã trên điện thoại phải đúng là "


@pytest.fixture
def served(tmp_path: Path):
    with running(tmp_path / "served") as server:
        yield server


def at_a_terminal(served: Served, home: Path, *words: str, rows: int = 24) -> PtyScreen:
    environ = environ_of(home, DVC_BACKEND="http", DVC_URL=served.url)
    screen = PtyScreen([sys.executable, "-m", "dvc_cli", "login-vneid", *words], environ, rows=rows)
    if not words:
        screen.answer("3. Trình duyệt của máy này", "2")
    screen.answer("Công dân đồng ý?", "c")
    screen.wait("Ctrl-C để dừng")
    return screen


def user_code(screen: PtyScreen) -> str:
    return re.search(f"{WAITING}([B-Z]{{4}}-[B-Z]{{4}})", screen.text)[1]


def drawn(served: Served, screen: PtyScreen) -> list[str]:
    rows = code_rows(f"{served.url}/vneid?user_code={user_code(screen)}", coloured=True)
    return [re.sub(r"\x1b\[[0-9;]*m", "", row).rstrip() for row in rows]


def test_the_code_fits_the_screen_and_the_citizen_signs_in(served: Served, home: Path) -> None:
    screen = at_a_terminal(served, home)
    assert "\n".join(drawn(served, screen)[1:-1]) in screen.text
    agree(served, user_code(screen))
    screen.wait("Phiên dùng đến")
    assert screen.wait_exit() == 0
    desk = Dvc(home, DVC_BACKEND="http", DVC_URL=served.url)
    assert desk("whoami").data["account"]["kind"] == "vneid"
    assert [entry["given"] for entry in desk("consent", "show").data["consents"]] == [True]


@pytest.mark.parametrize(("words", "rows"), [(("--qr", "--plain"), 24), (("--qr",), 16)])
def test_where_no_code_fits_the_address_and_its_code_are_told(served: Served, home: Path, words: tuple[str, ...], rows: int) -> None:
    screen = at_a_terminal(served, home, *words, rows=rows)
    assert "▄" not in screen.text
    assert f"{served.url}/vneid" in screen.text
    screen.send("\x03")
    assert screen.wait_exit() == 130


def test_a_refusal_is_told(served: Served, home: Path) -> None:
    screen = at_a_terminal(served, home, "--qr")
    agree(served, user_code(screen), "refuse")
    assert screen.wait_exit() == 4
    assert "không đồng ý" in screen.text.lower() or "chưa đồng ý" in screen.text.lower()


def test_number_and_password_are_counted_without_the_agreement_between_them(home: Path) -> None:
    screen = PtyScreen([sys.executable, "-m", "dvc_cli", "login-vneid"], environ_of(home))
    screen.wait("Đăng nhập VNeID · còn 2 câu")
    screen.answer("Số định danh cá nhân", "092196999001\r")
    screen.answer("Công dân đồng ý?", "c")
    screen.wait("Mật khẩu VNeID")
    assert "còn 2 câu" not in screen.text.rpartition("Để công dân tự nhập.")[2]
    screen.send("\x03")
    assert screen.wait_exit() == 130
