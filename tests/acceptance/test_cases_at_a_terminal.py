"""The worked cases A, B and C from the first question to the receipt at a terminal of 80×24, in the shortest honest way."""

from __future__ import annotations

from pathlib import Path

import pytest

from acceptance.conversation import Plain, Redrawn
from acceptance.test_wizard_terminal import code_on, payload_of
from acceptance.typed_cases import CASES, TypedCase, Typist
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
    stored = payload_of(desk, code_on(screen, case.now))
    checked = desk.run("khai-sinh", "--check", "--answers", str(FILES / f"{case.name}.yaml")).data["payload"]
    assert stored == checked | (BY_CARD if case.name == "birth_a" else {})
