"""The worked birth cases as a person at the counter answers them: what is typed at each question, in the shortest honest way.

Lists that stand ready are answered by section, questions by label. `scan` is one pull of the scanner, whatever it sends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from acceptance.conversation import READY, Conversation, Reply

REVIEW = "Gõ số dòng để sửa"
PLEDGE, FILE = "Công dân có cam đoan như trên không?", "Nộp hồ sơ?"
SKIP, YES, NO, KEEP = Reply("", "(bỏ trống)"), Reply("c", "Có"), Reply("k", "Không"), Reply("")
FATHER_CARD = "092094999002||Nguyễn Hữu Nghĩa|08091994|Nam|12 đường Ví Dụ, Cái Khế, Cần Thơ|10052021"
LIST = "Đã có sẵn cho phần này:"
END = {REVIEW: KEEP, PLEDGE: YES, FILE: YES}


@dataclass(frozen=True)
class TypedCase:
    """One case: who is signed in and when, the replies, cards scanned or numbers typed at a section's list, files by paper."""

    name: str
    person: str
    now: str
    replies: Mapping[str, Reply | tuple[Reply, ...]]
    scans: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def ready(section: str) -> str:
    """The question of the list that stands ready for a section."""
    return f"{READY} {section}"


CHILD, MOTHER, FATHER = "Người được khai sinh", "Người mẹ đẻ/nhờ mang thai hộ", "Người cha đẻ/nhờ mang thai hộ"
HOME, RESULTS = "Đăng ký thường trú", "Nhận kết quả"

A = TypedCase(
    "birth_a",
    "092196999001",
    "2026-11-09T09:30",
    {
        ready("Cơ quan thực hiện"): Reply("3 4"),
        "Loại khai sinh": Reply("1", "Không có yếu tố nước ngoài"),
        "Trường hợp khai sinh": Reply("1", "Đã xác định được cả cha lẫn mẹ"),
        "Trường hợp đăng ký thường trú": Reply("1", "Con về với cha, mẹ; cha, mẹ là chủ sở hữu chỗ ở hợp pháp"),
        "Quan hệ với người được khai sinh": Reply("2", "Mẹ"),
        ready(CHILD): (Reply("1"), KEEP),
        "Trẻ sinh ở đâu": Reply("1", "Cơ sở y tế"),
        "Mã giấy chứng sinh": Reply("00412.GCS.99901.26"),
        "Số định danh của mẹ trên giấy chứng sinh": Reply("", "092196999001"),
        "Họ người được khai sinh": Reply("NGUYỄN"),
        "Chữ đệm người được khai sinh": Reply("TRẦN AN"),
        "Tên người được khai sinh": Reply("NHIÊN"),
        "Tỉnh/Thành phố (nơi sinh)": Reply("1", "Thành phố Cần Thơ"),
        "Phường/Xã (nơi sinh)": Reply("1", "Phường Cái Khế"),
        "Dân tộc": Reply("1", "Kinh"),
        "Tỉnh/Thành phố (quê quán)": Reply("1", "Thành phố Cần Thơ"),
        "Phường/Xã (quê quán)": Reply("1", "Phường Cái Khế"),
        "Chi tiết quê quán": SKIP,
        "Đề nghị cấp bản sao Giấy khai sinh": YES,
        "Số lượng bản sao": Reply("5"),
        ready(MOTHER): KEEP,
        ready(FATHER): Reply("6"),
        "Cha, mẹ có đăng ký kết hôn": YES,
        "Số giấy chứng nhận kết hôn": Reply("45"),
        "Quyển số": Reply("01/2021"),
        "Ngày cấp giấy chứng nhận kết hôn": Reply("20/05/2021"),
        "Nơi cấp giấy chứng nhận kết hôn": Reply("UBND phường Cái Khế"),
        ready(HOME): Reply("1"),
        "Cách xác nhận của chủ hộ, chủ sở hữu, cha mẹ, người giám hộ": Reply("2", "Xác nhận qua VNeID"),
        "Quan hệ của người được khai sinh với chủ hộ": Reply("2", "Con đẻ"),
        "Chủ sở hữu chỗ ở hợp pháp": Reply("1", "Bố là chủ sở hữu"),
        "Thân nhân xác nhận": Reply("1", "Bố xác nhận"),
        "Địa chỉ chi tiết nơi đề nghị thường trú": Reply("", "12 đường Ví Dụ"),
        "Mã nơi khám chữa bệnh ban đầu": Reply("99911"),
        "Thông tin giám hộ trên thẻ": Reply("2", "Thông tin mẹ"),
        "Số giấy chứng nhận hộ nghèo": SKIP,
        ready(RESULTS): KEEP,
        "Hình thức nhận kết quả đăng ký thường trú": Reply("1", "Qua cổng thông tin"),
        **END,
    },
    scans={ready(FATHER): FATHER_CARD},
)
B = TypedCase(
    "birth_b",
    "001301999003",
    "2026-11-12T15:20",
    {
        ready("Cơ quan thực hiện"): Reply("3"),
        "Loại khai sinh": Reply("1", "Không có yếu tố nước ngoài"),
        "Trường hợp khai sinh": Reply("3", "Chưa xác định được cha"),
        "Trường hợp đăng ký thường trú": Reply("2", "Con về với cha, mẹ; cha, mẹ không là chủ sở hữu chỗ ở hợp pháp"),
        "Quan hệ với người được khai sinh": Reply("2", "Mẹ"),
        "Email": SKIP,
        ready(CHILD): KEEP,
        "Trẻ sinh ở đâu": Reply("1", "Cơ sở y tế"),
        "Mã giấy chứng sinh": Reply("01875.GCS.99902.26"),
        "Họ người được khai sinh": Reply("LÊ"),
        "Chữ đệm người được khai sinh": Reply("MINH"),
        "Tên người được khai sinh": Reply("KHÔI"),
        "Ngày, tháng, năm sinh": Reply("20/10/2026"),
        "Tỉnh/Thành phố (nơi sinh)": Reply("1", "Thành phố Hà Nội"),
        "Phường/Xã (nơi sinh)": Reply("1", "Phường Cửa Nam"),
        "Chi tiết nơi sinh": Reply("Bệnh viện Ví Dụ Hà Nội"),
        "Giới tính": Reply("1", "Nam"),
        "Dân tộc": Reply("1", "Kinh"),
        "Tỉnh/Thành phố (quê quán)": Reply("ninh binh", "Tỉnh Ninh Bình"),
        "Phường/Xã (quê quán)": SKIP,
        "Chi tiết quê quán": SKIP,
        "Đề nghị cấp bản sao Giấy khai sinh": YES,
        "Số lượng bản sao": Reply("2"),
        ready(MOTHER): KEEP,
        ready(HOME): KEEP,
        "Cách xác nhận của chủ hộ, chủ sở hữu, cha mẹ, người giám hộ": Reply("1", "Xác nhận bằng văn bản giấy hoặc CT01 giấy"),
        "Họ, chữ đệm, tên chủ hộ": Reply("PHẠM THỊ LAN"),
        "Số định danh chủ hộ": Reply("001170999004"),
        "Quan hệ của người được khai sinh với chủ hộ": Reply("chau ngoai", "Cháu ngoại"),
        "Địa chỉ chi tiết nơi đề nghị thường trú": Reply("", "Số 7 ngõ Ví Dụ"),
        "Mã nơi khám chữa bệnh ban đầu": Reply("99912"),
        "Thông tin giám hộ trên thẻ": Reply("2", "Thông tin mẹ"),
        "Số giấy chứng nhận hộ nghèo": SKIP,
        ready(RESULTS): Reply("1"),
        "Hình thức nhận kết quả đăng ký thường trú": Reply("1", "Qua cổng thông tin"),
        **END,
    },
    files={"Tệp Bản chụp Giấy chứng sinh": ("giay-chung-sinh.pdf",), "Tệp Tờ khai thay đổi": ("ct01-ky.pdf",)},
)
C = TypedCase(
    "birth_c",
    "012075999007",
    "2026-11-16T08:10",
    {
        ready("Cơ quan thực hiện"): Reply("3"),
        "Loại khai sinh": Reply("1", "Không có yếu tố nước ngoài"),
        "Trường hợp khai sinh": Reply("1", "Đã xác định được cả cha lẫn mẹ"),
        "Trường hợp đăng ký thường trú": Reply("2", "Con về với cha, mẹ; cha, mẹ không là chủ sở hữu chỗ ở hợp pháp"),
        "Quan hệ với người được khai sinh": Reply("3", "Người giám hộ/đại diện hợp pháp"),
        "Người yêu cầu là ai (ông nội, bà ngoại …)": Reply("ông nội"),
        "Email": SKIP,
        ready(CHILD): KEEP,
        "Trẻ sinh ở đâu": Reply("2", "Tại nhà"),
        "Họ người được khai sinh": Reply("GIÀNG"),
        "Chữ đệm người được khai sinh": Reply("A"),
        "Tên người được khai sinh": Reply("PÁO"),
        "Ngày, tháng, năm sinh": Reply("15/07/2026"),
        "Tỉnh/Thành phố (nơi sinh)": Reply("1", "Tỉnh Lai Châu"),
        "Phường/Xã (nơi sinh)": Reply("1", "Xã Sin Suối Hồ"),
        "Chi tiết nơi sinh": Reply("Bản Ví Dụ 2"),
        "Giới tính": Reply("1", "Nam"),
        "Dân tộc": Reply("mong", "Mông"),
        "Tỉnh/Thành phố (quê quán)": Reply("1", "Tỉnh Lai Châu"),
        "Phường/Xã (quê quán)": Reply("1", "Xã Sin Suối Hồ"),
        "Chi tiết quê quán": SKIP,
        "Đề nghị cấp bản sao Giấy khai sinh": NO,
        ready(MOTHER): KEEP,
        ready(FATHER): Reply("10"),
        "Cha, mẹ có đăng ký kết hôn": YES,
        "Số giấy chứng nhận kết hôn": Reply("12"),
        "Quyển số": Reply("01/2022"),
        "Ngày cấp giấy chứng nhận kết hôn": Reply("18/03/2022"),
        "Nơi cấp giấy chứng nhận kết hôn": Reply("UBND xã Sin Suối Hồ"),
        ready(HOME): KEEP,
        "Cách xác nhận của chủ hộ, chủ sở hữu, cha mẹ, người giám hộ": Reply("1", "Xác nhận bằng văn bản giấy hoặc CT01 giấy"),
        "Họ, chữ đệm, tên chủ hộ": Reply("GIÀNG A LỬ"),
        "Số định danh chủ hộ": Reply("012075999007"),
        "Quan hệ của người được khai sinh với chủ hộ": Reply("chau noi", "Cháu nội"),
        "Địa chỉ chi tiết nơi đề nghị thường trú": Reply("", "Bản Ví Dụ 2"),
        "Mã nơi khám chữa bệnh ban đầu": Reply("99913"),
        "Thông tin giám hộ trên thẻ": Reply("nguoi yeu cau", "Thông tin người yêu cầu"),
        "Số giấy chứng nhận hộ nghèo": Reply("HN-2026-0157"),
        "Ngày cấp giấy chứng nhận hộ nghèo": Reply("10/01/2026"),
        ready(RESULTS): Reply("1"),
        "Hình thức nhận kết quả đăng ký thường trú": Reply("den", "Đến cơ quan giải quyết để nhận kết quả"),
        "Lý do vẫn tiếp tục (ít nhất 5 ký tự), hoặc số dòng để sửa": Reply("Nhà xa trung tâm xã, mẹ ốm sau sinh nên đi đăng ký muộn"),
        **END,
    },
    scans={ready(MOTHER): "012303999006", ready(FATHER): "012099999005"},
    files={"Tệp Văn bản của người làm chứng": ("xac-nhan-viec-sinh.pdf",), "Tệp Tờ khai thay đổi": ("ct01-ky.pdf",)},
)
CASES = (A, B, C)


@dataclass
class Typist:
    """Plays a case at a terminal and counts what it costs: questions answered, keys pressed, characters typed."""

    screen: Conversation
    case: TypedCase
    folder: Path
    questions: int = 0
    keystrokes: int = 0
    characters: int = 0
    scanned: int = 0
    _asked: dict[str, int] = field(default_factory=dict)

    def play(self) -> None:
        """Answer every question until the dossier is filed."""
        scans = dict(self.case.scans)
        files = {label: [*names] for label, names in self.case.files.items()}
        while True:
            label = self.screen.ask()
            if label in scans:
                self._scan(scans.pop(label), label)
                continue
            reply = self._file_for(label, files) or self._reply_for(label)
            assert reply is not None, f"nobody expected {label!r}:\n{self.screen.text}"
            self._count(reply)
            if label == FILE:
                self.screen.send(f"{reply.typed}\r")
                return
            if label.startswith("Tệp ") and reply.typed:
                self._attach(reply)
            else:
                self.screen.reply(reply)

    def _attach(self, reply: Reply) -> None:
        before = self.screen.told.count("Đã đính kèm.")
        self.screen.send(f"{reply.typed}\r")
        self.screen._until(lambda: self.screen.told.count("Đã đính kèm.") > before and bool(self.screen.label()), "the file")

    def _scan(self, card: str, label: str) -> None:
        """A card counts as one key; a number is typed."""
        self.scanned += "|" in card
        self.keystrokes += 1 if "|" in card else len(card) + 1
        self.characters += 0 if "|" in card else len(card)
        lists = self.screen.told.count(LIST)
        self.screen.send(card + "\r")
        self.screen._until(lambda: self.screen.told.count(LIST) > lists and self.screen.label() == label, "the list anew")

    def _file_for(self, label: str, files: dict[str, list[str]]) -> Reply | None:
        if label.startswith("Tệp "):
            names = next((names for start, names in files.items() if label.startswith(start)), [])
            return Reply(str(self.folder / names.pop(0))) if names else KEEP
        return KEEP if label == "Gõ số để bỏ tệp đó" else None

    def _reply_for(self, label: str) -> Reply | None:
        """The reply of the case; of several for one question each in its turn."""
        replies = self.case.replies.get(label)
        if not isinstance(replies, tuple):
            return replies
        self._asked[label] = self._asked.get(label, -1) + 1
        return replies[self._asked[label]]

    def _count(self, reply: Reply) -> None:
        self.questions += 1
        self.characters += len(reply.typed)
        self.keystrokes += len(reply.typed) + 1
