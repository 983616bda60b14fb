"""The worked cases A, B and C from the first question to the receipt at a terminal of 80×24, in the shortest honest way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from acceptance.conversation import COLUMNS, Plain, Redrawn
from acceptance.test_wizard_terminal import code_on, payload_of
from acceptance.typed_cases import CASES, TypedCase, Typist
from dvc_cli.text import cells
from flows import CASES as FILES
from flows import Desk

BY_CARD = {
    "father_surname": "Nguyễn",
    "father_middle_name": "Hữu",
    "father_given_name": "Nghĩa",
    "householder_full_name": "Nguyễn Hữu Nghĩa",
}


@pytest.mark.parametrize("kind", [Redrawn, Plain], ids=["redrawn", "plain"])
@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_worked_case_is_filed_by_wizard_as_by_script(case: TypedCase, kind: type[Redrawn | Plain], tmp_path: Path) -> None:
    if kind is Plain and case.name != "birth_b":
        return
    desk = Desk(tmp_path / "home", now=case.now)
    desk.sign_in_vneid(case.person)
    for names in case.files.values():
        for name in names:
            (tmp_path / name).write_bytes(b"%PDF-1.7\n" + b"0" * 2000)
    screen = kind(["khai-sinh"], desk.environ())
    try:
        Typist(screen, case, tmp_path).play()
        assert screen.wait_exit() == 0
    finally:
        screen.child.close(force=True)
    if kind is Plain:
        read_as_a_teletype_would(screen.transcript)
    stored = payload_of(desk, code_on(screen, case.now))
    checked = desk.run("khai-sinh", "--check", "--answers", str(FILES / f"{case.name}.yaml")).data["payload"]
    assert stored == checked | (BY_CARD if case.name == "birth_a" else {})


def read_as_a_teletype_would(transcript: bytes) -> None:
    """Nothing is overwritten, moved or coloured, nothing but words carries meaning, and each question stands as sentences."""
    text = transcript.decode("utf-8")
    lines = text.replace("\r\n", "\n").split("\n")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", "\n".join(lines)), "paper has no cursor, no colour and no way back"
    assert not re.search("[─-╿▀-▟▲-◿]", text), "no box, no block, no bar"
    whole = ("Trả lời:", "Tiếp theo:")  # what was typed, and commands to copy
    assert [line for line in lines if cells(line) > COLUMNS and not line.startswith(whole)] == []
    folded = " ".join(" ".join(lines).split())
    for sentence in (
        "Phần 1/9: Cơ quan thực hiện.",
        ". Loại khai sinh. 1. Không có yếu tố nước ngoài 2.",
        "Câu này không bắt buộc. Bấm Enter để bỏ qua. Trả lời:",
        "Dùng các giá trị có sẵn này? Enter để dùng; số để đổi dòng đó (1 3: nhiều dòng); k để tự trả lời.",
        "Đã chọn: Chưa xác định được cha.",
        "Công dân có cam đoan như trên không? Gõ c nếu có, k nếu không.",
        "Đã nộp hồ sơ. Mã hồ sơ: G22.99.08-261112-",
    ):
        assert sentence in folded, sentence
    numbers = [tuple(map(int, found)) for found in re.findall(r"Câu (\d+)/(\d+)\.", folded)]
    assert all(1 <= number <= total for number, total in numbers)
