"""A whole form in a real pseudo-terminal of 80×24: typed, scanned, interrupted, resumed, reviewed, filed; redrawn and plain."""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path

import pytest

from prompts.pty_screen import PtyScreen
from wizard.toy import CARD

DRIVER = str(Path(__file__).with_name("driver.py"))
TESTS = str(Path(__file__).parents[1])
BOTH = pytest.mark.parametrize("plain", [(), ("plain",)], ids=["redrawn", "plain"])


@pytest.fixture
def counter(tmp_path):
    running = []

    def start(*plain: str) -> PtyScreen:
        running.append(PtyScreen([sys.executable, DRIVER, str(tmp_path / "draft.json"), *plain], {"PYTHONPATH": TESTS}))
        return running[-1]

    yield start
    for screen in running:
        screen.child.close(force=True)


def draft(tmp_path: Path) -> dict[str, str]:
    return json.loads((tmp_path / "draft.json").read_text(encoding="utf-8"))


@BOTH
def test_typed_scanned_interrupted_resumed_reviewed_and_filed(counter, tmp_path, plain):
    screen = counter(*plain)
    screen.answer("2. Chưa xác định được mẹ", "1")
    screen.answer("3. Người giám hộ", "giam ho")
    screen.answer("Họ mẹ", CARD)
    screen.wait("Đã điền từ thẻ")
    screen.wait("Câu 6/7" if plain else "Tỉnh, thành phố")
    screen.send("Ca\x7fâ\x7fần Thơ\r")
    screen.wait("Phường, xã")
    screen.send("ca\x03")
    assert screen.wait_exit() == 130
    kept = draft(tmp_path)
    assert kept["mother_province"] == "92"
    assert "mother_ward" not in kept

    screen = counter(*plain)
    screen.answer("Phường, xã", unicodedata.normalize("NFD", "Cái Khế"))
    screen.answer("Cấp bản sao", "k")
    screen.answer("Ghi chú", "tổ 5")
    screen.wait("3. Bản sao (dòng 13–14): tổ 5")
    screen.wait("Không có lỗi, không có cảnh báo.")
    screen.wait("Enter để tiếp tục")
    screen.send("5\r")
    screen.wait("NGUYỄN. Bấm Enter để giữ" if plain else "Enter để chọn: NGUYỄN")
    screen.send("Nguye\x08ê\x08ễn\r")
    screen.wait("Dòng 5, Họ mẹ: “NGUYỄN” thành “Nguyễn”.")
    screen.wait("Enter để tiếp tục")
    screen.send("\r")
    screen.answer("cam đoan như trên không?", "c")
    screen.answer("Nộp hồ sơ?", "c")
    screen.wait("file")
    assert screen.wait_exit() == 0
    assert draft(tmp_path) == {
        "birth_case": "du_cha_me",
        "requester_relation": "nguoi_giam_ho",
        "mother_surname": "Nguyễn",
        "mother_middle_name": "THỊ NGỌC",
        "mother_given_name": "MẪU",
        "mother_birth_date": "1999-03-02",
        "mother_id_number": "001199999105",
        "mother_province": "92",
        "mother_ward": "31120",
        "want_copies": "false",
        "note": "tổ 5",
    }


@BOTH
def test_back_help_and_leaving_by_keys(counter, tmp_path, plain):
    screen = counter(*plain)
    screen.answer("2. Chưa xác định được mẹ", "5")
    screen.answer("3. Người giám hộ", "<")
    screen.wait("Đã có sẵn: Trẻ bị bỏ rơi" if plain else "Enter để chọn: Trẻ bị bỏ rơi")
    screen.send("chưa xác định được cha\r" if plain else "3\r")
    screen.answer("3. Người giám hộ", "me")
    screen.wait("Đã có sẵn: Nguyễn (theo người yêu cầu)" if plain else "Enter để chọn: Nguyễn (theo người yêu cầu)")
    screen.send("?\r")
    screen.wait("Có thể quét thẻ căn cước tại câu này.")
    screen.send(":luu\r")
    screen.wait("left")
    assert screen.wait_exit() == 0
    assert draft(tmp_path) == {"birth_case": "chua_co_cha", "requester_relation": "me"}
