"""The accident case of the linked death dossier at a real terminal of 80×24, through both prompters: a card scan, letters as input methods
send them, a late registration with its reason, filed. The answers that no hand types here come from a file; what is missing is asked.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
import yaml

from acceptance.conversation import input_method
from flows import CASES, Desk
from prompts.pty_screen import PtyScreen

WIFE = "092197999301"
NOW = "2026-10-14T09:05"
CARD = "092095999302||Lê Quốc Bảo|09071995|Nam|88/2 đường Mẫu Ba, Cái Răng, Cần Thơ|10052021"
SCANNED = ("surname", "middle_name", "given_name", "birth_date", "gender", "id_number", "id_issue_date")
REASON = "Gia đình chờ giấy xác nhận của công an về vụ tai nạn"


def partial_answers(folder: Path) -> Path:
    """The case without what is scanned and typed."""
    answers = yaml.load((CASES / "death_c.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for key in SCANNED:
        del answers["deceased"][f"deceased_{key}"]
    del (
        answers["notice"]["death_notice_issuer"],
        answers["household"]["householder_full_name"],
        answers["recipient"]["recipient_relation_to_deceased"],
    )
    del answers["acknowledge"], answers["pledge"]
    (folder / "xac-nhan-cong-an.pdf").write_bytes(b"%PDF-1.7 invented")
    target = folder / "rest.yaml"
    target.write_text(yaml.safe_dump(answers, allow_unicode=True), encoding="utf-8")
    return target


@pytest.mark.parametrize(("flags", "erase"), [((), "\x7f"), (("--plain",), "\x08")], ids=["drawn", "plain"])
def test_the_accident_case_scanned_typed_and_filed(flags: tuple[str, ...], erase: str, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "home", now=NOW)
    desk.sign_in_vneid(WIFE)
    answers = partial_answers(tmp_path)

    screen = PtyScreen.python("-m", "dvc_cli", "khai-tu", *flags, "--answers", str(answers), environ=desk.environ())
    screen.answer("Số định danh của người chết", CARD)
    screen.wait("Tên người chết: Bảo")
    screen.answer("Nơi cấp giấy", input_method(erase)("Công an xã Cái Nhum"))
    screen.answer("Họ, chữ đệm, tên chủ hộ", unicodedata.normalize("NFD", "LÊ VĂN PHÚC"))
    screen.answer("Gõ số dòng để sửa", "")
    screen.answer("Lý do", REASON)
    screen.answer("Gõ số để bỏ tệp đó", "")
    screen.answer("Công dân có cam đoan như trên không?", "c")
    screen.answer("Nộp hồ sơ?", "c")
    assert screen.wait_exit() == 0
    assert "Dự kiến được hưởng" in screen.transcript.decode("utf-8", "replace")

    (dossier,) = desk.run("ho-so", "list").data["dossiers"]
    assert (dossier["procedure_code"], dossier["due_on"]) == ("2.002913", "2026-10-21")
    assert dossier["title"] == "Lê Quốc Bảo"
    assert {line["id"]: line["amount"] for line in dossier["fees"]} == {"registration": 0, "late": None, "copies": 40_000, "post": None}
    assert desk.run("drafts", "list").data["drafts"] == []
