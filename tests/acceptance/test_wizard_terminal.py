"""The worked case A typed by a person at a terminal of 80×24: interrupted, resumed, mended in the review, pledged and filed."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from acceptance.conversation import READY, Conversation, Keys, Plain, Redrawn, Reply, composed, decomposed, input_method
from flows import CASES, Desk

CARD = "092094999002||Nguyễn Hữu Nghĩa|08091994|Nam|12 đường Ví Dụ, Cái Khế, Cần Thơ|10052021"
ON_CARD = {
    "father_surname": "Nguyễn",
    "father_middle_name": "Hữu",
    "father_given_name": "Nghĩa",
    "householder_full_name": "Nguyễn Hữu Nghĩa",  # taken over from the father
}
SCANNED_AT = "Quốc tịch của cha"
STOPPED_AT = "Số giấy chứng nhận kết hôn"
REVIEW = "Gõ số dòng để sửa"
PLEDGE, FILE = "Công dân có cam đoan như trên không?", "Nộp hồ sơ?"

PROVINCE, WARD, KINH = Reply("can tho", "Thành phố Cần Thơ"), Reply("cai khe", "Phường Cái Khế"), Reply("Kinh")
SKIP, YES, ADDRESS = Reply("", "(bỏ trống)"), Reply("c", "Có"), Reply("12 đường Ví Dụ")

OFFICES = {
    "Loại khai sinh": Reply("1", "Không có yếu tố nước ngoài"),
    "Tỉnh/Thành phố (nơi đăng ký khai sinh)": PROVINCE,
    "Phường/Xã (nơi đăng ký khai sinh)": Reply("pck", "Phường Cái Khế"),
    "Trường hợp khai sinh": Reply("1", "Đã xác định được cả cha lẫn mẹ"),
    "Tỉnh/Thành phố (nơi đăng ký thường trú)": PROVINCE,
    "Phường/Xã (nơi đăng ký thường trú)": WARD,
    "Trường hợp đăng ký thường trú": Reply("1", "Con về với cha, mẹ; cha, mẹ là chủ sở hữu chỗ ở hợp pháp"),
    "Quan hệ với người được khai sinh": Reply("me", "Mẹ"),
    "Số điện thoại": Reply("0900000001"),
    "Email": Reply("maiphuong@example.org"),
}
CHILD = {
    "Trẻ sinh ở đâu": Reply("Cơ sở y tế"),
    "Mã giấy chứng sinh": Reply("00412.GCS.99901.26"),
    "Họ người được khai sinh": Reply("NGUYỄN"),
    "Chữ đệm người được khai sinh": Reply("TRẦN AN"),
    "Tên người được khai sinh": Reply("NHIÊN"),
    "Ngày, tháng, năm sinh": Reply("02/11/2026"),
    "Tỉnh/Thành phố (nơi sinh)": Reply("Thành phố Cần Thơ"),
    "Phường/Xã (nơi sinh)": Reply("Phường Cái Khế"),
    "Chi tiết nơi sinh": Reply("Bệnh viện Phụ sản Ví Dụ"),
    "Giới tính": Reply("Nữ"),
    "Dân tộc": KINH,
    "Tỉnh/Thành phố (quê quán)": PROVINCE,
    "Phường/Xã (quê quán)": WARD,
    "Chi tiết quê quán": SKIP,
    "Đề nghị cấp bản sao Giấy khai sinh": YES,
    "Số lượng bản sao": Reply("5"),
}
MOTHER = {
    "Dân tộc của mẹ": KINH,
    "Họ mẹ": Reply("TRẦN"),
    "Chữ đệm mẹ": Reply("THỊ MAI"),
    "Tên mẹ": Reply("PHƯƠNG"),
    "Ngày sinh của mẹ": Reply("", "14/03/1996"),
    "Số định danh của mẹ": Reply("", "092196999001"),
    "Loại cư trú của mẹ": Reply("", "Thường trú"),
    "Tỉnh/Thành phố (mẹ cư trú)": Reply("Thành phố Cần Thơ"),
    "Phường/Xã (mẹ cư trú)": Reply("Phường Cái Khế"),
    "Địa chỉ chi tiết của mẹ": ADDRESS,
}
FATHER = {
    SCANNED_AT: Reply("viet nam", "Việt Nam"),
    "Dân tộc của cha": KINH,
    "Loại cư trú của cha": Reply("thuong tru", "Thường trú"),
    "Tỉnh/Thành phố (cha cư trú)": PROVINCE,
    "Phường/Xã (cha cư trú)": WARD,
    "Địa chỉ chi tiết của cha": ADDRESS,
    "Cha, mẹ có đăng ký kết hôn": YES,
}
MARRIAGE = {
    STOPPED_AT: Reply("45"),
    "Quyển số": Reply("01/2021"),
    "Ngày cấp giấy chứng nhận kết hôn": Reply("20/05/2021"),
    "Nơi cấp giấy chứng nhận kết hôn": Reply("UBND phường Cái Khế"),
}
RESIDENCE = {
    "Cách xác nhận của chủ hộ, chủ sở hữu, cha mẹ, người giám hộ": Reply("Xác nhận qua VNeID"),
    "Họ, chữ đệm, tên chủ hộ": Reply("NGUYỄN HỮU NGHĨA"),
    "Số định danh chủ hộ": Reply("092094999002"),
    "Quan hệ của người được khai sinh với chủ hộ": Reply("Con đẻ"),
    "Chủ sở hữu chỗ ở hợp pháp": Reply("Bố là chủ sở hữu"),
    "Thân nhân xác nhận": Reply("Bố xác nhận"),
    "Địa chỉ chi tiết nơi đề nghị thường trú": ADDRESS,
    "Mã nơi khám chữa bệnh ban đầu": Reply("99911"),
    "Thông tin giám hộ trên thẻ": Reply("Thông tin mẹ"),
    "Số giấy chứng nhận hộ nghèo": SKIP,
    "Hình thức nhận kết quả đăng ký thường trú": Reply("Qua cổng thông tin"),
    "Số định danh của mẹ trên giấy chứng sinh": Reply("092196999001"),
}
MENDED = {
    "Đăng ký thường trú cùng địa bàn với đăng ký khai sinh": Reply("có", "Có"),
    "Cấp thẻ căn cước cho trẻ": Reply("có", "Có"),
    "Nguồn dữ liệu chứng sinh": Reply("csdl", "Lấy dữ liệu chứng sinh từ CSDL Bảo hiểm"),
    "Cha cùng nơi cư trú với mẹ": Reply("có", "Có"),
    "Bố là chủ hộ": Reply("có", "Có"),
}
READIED = {  # what stands ready for a section is left to its questions where names are to be typed
    "Người yêu cầu": [""],
    "Người được khai sinh": [""],
    "Người mẹ đẻ/nhờ mang thai hộ": ["k"],
    "Người cha đẻ/nhờ mang thai hộ": [""],
    "Đăng ký thường trú": [""],
    "Nhận kết quả": [""],
}
STRETCHES = (CHILD, MOTHER, MARRIAGE, RESIDENCE)
KEYBOARDS = (composed, decomposed, input_method("\x7f"), input_method("\x08"))

Start = Callable[..., Conversation]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The mother is signed in with VNeID."""
    desk = Desk(tmp_path / "home")
    assert desk.sign_in_vneid("092196999001").exit_code == 0
    return desk


@pytest.fixture
def start(desk: Desk) -> Iterator[Start]:
    """Start `dvc` at a terminal of its own."""
    running: list[Conversation] = []

    def begin(kind: type[Conversation], *words: str) -> Conversation:
        running.append(kind(words, desk.environ()))
        return running[-1]

    yield begin
    for screen in running:
        screen.child.close(force=True)


@pytest.mark.parametrize(("kind", "keyboards"), [(Redrawn, KEYBOARDS), (Plain, (*KEYBOARDS[2:], *KEYBOARDS[:2]))], ids=["redrawn", "plain"])
def test_case_a_is_typed_interrupted_resumed_reviewed_and_filed(
    desk: Desk, start: Start, kind: type[Conversation], keyboards: tuple[Keys, ...]
) -> None:
    typed_by = {label: keys for stretch, keys in zip(STRETCHES, keyboards, strict=True) for label in stretch}

    screen = start(kind, "khai-sinh")
    see_the_first_question(screen)
    answer_until(screen, SCANNED_AT, typed_by)
    scan_the_father(screen)
    answer_until(screen, STOPPED_AT, typed_by)
    draft = stop(screen, desk)

    screen = start(kind, "khai-sinh", "--draft", draft)
    assert screen.ask() == STOPPED_AT, "a resumed draft goes on with the question that was left"
    assert f"Tiếp tục bản nháp {draft}." in screen.told
    answer_until(screen, REVIEW, typed_by)
    see_the_sheet(screen)
    for label, reply in MENDED.items():
        mend(screen, label, reply)
        answer_until(screen, REVIEW, typed_by)
    go_on_to_the_pledge(screen)
    screen.reply(YES)
    screen.meet(FILE)
    screen.send("c\r")
    assert screen.wait_exit() == 0
    see_the_receipt(screen)

    see_what_is_stored(desk, code_on(screen))


def see_the_first_question(screen: Conversation) -> None:
    """Title, draft, place on the route, options, the commands; `?` tells the law; nothing stands before the first question."""
    assert screen.ask() == f"{READY} Cơ quan thực hiện"
    assert "4. Cấp thẻ căn cước cho trẻ: Không (mặc định)" in screen.told
    screen.reply(Reply(""))
    assert screen.ask() == "Loại khai sinh"
    assert screen.told.startswith("Liên thông đăng ký khai sinh, đăng ký thường trú, cấp thẻ căn cước, cấp thẻ BHYT cho trẻ em dưới 6 tuổi")
    assert re.search(r"Mỗi câu trả lời được lưu ngay vào bản nháp \w+\.", screen.told)
    assert "Phần 1/9: Cơ quan thực hiện." in screen.told
    assert screen.block()[0].startswith(("Phần 1/9 · Cơ quan thực hiện · còn ", "Câu 1/"))
    assert any(row.endswith("1. Không có yếu tố nước ngoài") for row in screen.block())
    screen.send("?\r")
    screen.wait("Căn cứ: NĐ 120/2025/NĐ-CP Đ.4")
    screen.meet("Loại khai sinh")
    screen.send("<\r")
    screen.wait("Đây là câu đầu tiên, không lùi được nữa.")
    screen.meet("Loại khai sinh")


def answer_until(screen: Conversation, last: str, typed_by: Mapping[str, Keys]) -> None:
    """Answer whatever is asked, each question by its own reply, until `last` is asked."""
    ready = {section: [*typed] for section, typed in READIED.items()}
    replies = {**OFFICES, **CHILD, **MOTHER, **FATHER, **MARRIAGE, **RESIDENCE}
    while (label := screen.ask()) != last:
        if label.startswith(READY):
            screen.reply(Reply(ready[label.removeprefix(READY).strip()].pop(0)))
            continue
        assert label in replies, f"nobody expected {label!r}:\n{screen.text}"
        screen.reply(replies[label], typed_by.get(label, composed))


def scan_the_father(screen: Conversation) -> None:
    """One burst of the scanner fills the block and is told."""
    screen.send(CARD + "\r")
    screen.wait("Nơi cư trú in trên thẻ")
    screen.meet(f"{READY} Người cha đẻ/nhờ mang thai hộ")
    assert "2. Dân tộc của cha: Kinh (theo CSDL dân cư)" in screen.told
    screen.reply(Reply("k"))
    screen.meet(SCANNED_AT)
    assert (
        "Đã điền từ thẻ: Họ cha: Nguyễn; Chữ đệm cha: Hữu; Tên cha: Nghĩa; Ngày sinh của cha: 08/09/1994;"
        " Số định danh của cha: 092094999002. Kiểm tra lại với công dân."
    ) in screen.told


def stop(screen: Conversation, desk: Desk) -> str:
    """Ctrl-C in the middle of an answer: 130, and the draft that the screen names holds every answer; its id."""
    screen.send("4\x03")
    assert screen.wait_exit() == 130
    listed = desk.run("drafts", "list").data["drafts"]
    assert len(listed) == 1
    draft = str(listed[0]["id"])
    assert f"dvc khai-sinh --draft {draft}" in screen.told
    assert "Traceback" not in screen.told
    return draft


def see_the_sheet(screen: Conversation) -> None:
    """Every answer stands composed in its numbered line, whatever keyboard sent it."""
    screen.send(":xem\r")
    screen.wait("Gợi ý, dòng")
    screen.meet(REVIEW)
    for line in (
        "Họ người được khai sinh: NGUYỄN",
        "Chi tiết nơi sinh: Bệnh viện Phụ sản Ví Dụ",
        "Chữ đệm mẹ: THỊ MAI",
        "Tên mẹ: PHƯƠNG",
        "Địa chỉ chi tiết của mẹ: 12 đường Ví Dụ",
        "Tên cha: Nghĩa",
        "Nơi cấp giấy chứng nhận kết hôn: UBND phường Cái Khế",
        "Họ, chữ đệm, tên chủ hộ: NGUYỄN HỮU NGHĨA",
        "Số giấy chứng nhận hộ nghèo: (bỏ trống)",
    ):
        assert re.search(rf"\d+\. {re.escape(line)}".encode(), screen.transcript), f"no line {line!r}"
    assert "Không có lỗi, không có cảnh báo." in screen.told


def mend(screen: Conversation, label: str, reply: Reply) -> None:
    """Name the line by the words of its label, and answer its question anew."""
    screen.send(f":den {label}\r")
    screen.meet(label)
    screen.reply(reply)


def go_on_to_the_pledge(screen: Conversation) -> None:
    """Enter on a clean sheet: papers, fees, days with their reasons, then the citizen's words."""
    screen.send("\r")
    screen.meet(PLEDGE)
    for told in (
        "Giấy chứng sinh (dữ liệu điện tử): Đã có trong dữ liệu, không cần nộp",
        "Phí cấp bản sao: 40.000 đồng",
        "Đăng ký thường trú, Công an phường Cái Khế: 11/11/2026",
        "Ngày hẹn trả dự kiến của cả hồ sơ: 12/11/2026.",
        "Tôi chịu hoàn toàn trách nhiệm trước pháp luật về nội dung cam đoan của mình.",
    ):
        assert told in screen.told


def see_the_receipt(screen: Conversation) -> None:
    """What the citizen takes home is on the screen, the code among the last 24 rows; on a drawn one it can be scanned."""
    assert any(row.endswith(f"Mã hồ sơ: {code_on(screen)}") for row in screen.text.split("\n"))
    assert ("█▀▀▀▀▀█" in screen.text) == isinstance(screen, Redrawn)
    for told in ("Đã nộp hồ sơ.", "Được tiếp nhận", "Hẹn trả cả hồ sơ: 12/11/2026", "Lệ phí: 40.000 đồng", "(NĐ 58/2026 Đ.4)"):
        assert told in screen.told
    assert "Traceback" not in screen.told


def code_on(screen: Conversation, now: str = "2026-11-09") -> str:
    day = now[2:10].replace("-", "")
    found = re.search(rf"Mã hồ sơ: (G22\.99\.08-{day}-\d{{6}})", screen.told)
    assert found, screen.text
    return found[1]


def see_what_is_stored(desk: Desk, code: str) -> None:
    """The filed dossier is the worked case, letter for letter and composed; the draft is gone."""
    checked = desk.run("khai-sinh", "--check", "--answers", str(CASES / "birth_a.yaml"))
    stored = payload_of(desk, code)
    assert stored == checked.data["payload"] | ON_CARD
    assert unicodedata.is_normalized("NFC", json.dumps(stored, ensure_ascii=False))

    shown = desk.run("ho-so", "show", code).data["dossier"]
    assert (shown["code"], shown["title"], shown["due_on"]) == (code, "NGUYỄN TRẦN AN NHIÊN", "2026-11-12")
    assert desk.run("drafts", "list").data["drafts"] == []


def payload_of(desk: Desk, code: str) -> dict[str, object]:
    """What the sandbox portal wrote down."""
    connection = sqlite3.connect(desk.home / "data" / "sandbox" / "sandbox.sqlite3")
    try:
        ((body,),) = connection.execute("SELECT body FROM dossiers WHERE code = ?", (code,)).fetchall()
    finally:
        connection.close()
    payload: dict[str, object] = json.loads(body)["payload"]
    return payload
