"""What a registration says and asks at a terminal: VNeID first, the way and its level, the phone and whom to call."""

from __future__ import annotations

from collections.abc import Callable

from dvc_cli.commands.account_answers import AccountAnswers
from dvc_cli.commands.deps import Deps
from dvc_cli.data import contacts
from dvc_cli.errors import DvcError
from dvc_cli.forms import Evaluation
from dvc_cli.language import ENGLISH, _, language
from dvc_cli.prompts.prompter import GoBack, Leave, Question, WantHelp

FORM = "register"
BEFORE_PHONE = ("id_number", "full_name", "birth_date")

INSTEAD = {
    "buu_dien_viet_nam": (
        "Bưu điện Việt Nam: cần tài khoản Bưu điện, kích hoạt bằng mã SMS hoặc liên kết trong email trên trang đăng ký của Cổng."
    ),
    "usb_ky_so": "USB ký số: cần chứng thư còn hiệu lực, cắm USB và nhập mã PIN trên trang đăng ký của Cổng.",
    "sim_ky_so": "SIM ký số: cần SIM có chứng thư còn hiệu lực, xác nhận trên điện thoại tại trang đăng ký của Cổng.",
}
ORGANISATIONS = {
    "doanh_nghiep": ("Doanh nghiệp: tài khoản do Cổng cấp đã dừng từ 30/06/2025; dùng tài khoản định danh điện tử của tổ chức (VNeID)."),
    "co_quan_nha_nuoc": (
        "Cơ quan nhà nước: tài khoản do Cổng cấp đã dừng từ 30/06/2025; dùng tài khoản định danh điện tử của tổ chức (VNeID)."
    ),
}


def where_instead(subject: str, method: str) -> str:
    """What a way that cannot be completed here needs, and where it is done."""
    return _(ORGANISATIONS.get(subject) or INSTEAD.get(method, ""))


class Talk:
    """The terminal's side of one registration."""

    def __init__(self, deps: Deps, answers: AccountAnswers) -> None:
        self._deps, self._answers = deps, answers

    def prefers_vneid(self) -> bool:
        """Say what the law says since 01/07/2024, and offer VNeID instead. Not asked again when answers were given."""
        prompter = self._deps.prompter
        prompter.tell(
            _(
                "Từ 01/07/2024 công dân đăng nhập Cổng bằng tài khoản định danh điện tử VNeID (dvc login-vneid). Đăng ký ở đây dành cho "
                "người chưa có định danh mức độ 2."
            )
        )
        if self._answers.raw.raw:
            return False
        question = Question("vneid", _("Công dân có VNeID mức độ 2 và muốn đăng nhập bằng VNeID?"))
        while True:
            try:
                return prompter.confirm(question)
            except (WantHelp, GoBack):
                prompter.tell(_("Mức độ 2 làm tại công an; mở ứng dụng VNeID sẽ thấy mức độ của tài khoản."))
            except Leave:
                raise KeyboardInterrupt from None

    def ask_way(self) -> None:
        """Subject and method, each with its level of assurance."""
        self._deps.prompter.tell(
            _(
                "Mức trung bình (M2): Thuê bao di động, Bảo hiểm xã hội, Bưu điện Việt Nam. Mức cao (M3): USB ký số, SIM ký số. "
                "Làm được tại đây cho công dân: Thuê bao di động, Bảo hiểm xã hội."
            )
        )
        self._answers.ask_again(FORM, "subject", only_if_absent=True)
        self._answers.ask(FORM, only=("method",))

    def ask_person(self, agree: Callable[[str], None]) -> None:
        """The citizen; before the phone it says whose phone it must be and how to check."""
        person = self._answers.complete(FORM, only=("id_number",))
        agree(person.text("id_number"))
        self._answers.ask(FORM, only=BEFORE_PHONE)
        self._deps.prompter.tell(about_the_phone())
        self._answers.ask(FORM)

    def mend(self, error: DvcError) -> Evaluation:
        """Tell what the registers refuse and ask those questions again."""
        for item in error.problems:
            self._deps.prompter.tell(f"{item.message} {item.hint}")
        if any(item.code == "TK-SUBSCRIBER" for item in error.problems):
            self._deps.prompter.tell(about_the_phone())
        for item in error.problems:
            if item.field:
                self._answers.ask_again(FORM, item.field)
        return self._answers.complete(FORM)


def about_the_phone() -> str:
    """Whose phone it must be, how to check, whom to call."""
    english = language() == ENGLISH
    hotlines = [each for each in contacts() if each.id not in {"vneid", "subscriber_check"}]
    called = " · ".join(f"{each.name_en if english else each.name_vi} {each.number}" for each in hotlines)
    return "\n".join(
        (
            _("Số điện thoại phải do chính công dân đứng tên với nhà mạng, đúng số căn cước này; mã xác thực gửi tới số đó."),
            _("Kiểm tra: nhắn TTTB (hoặc TTTB và số căn cước) gửi 1414, miễn phí. Không khớp: mang căn cước đến nhà mạng cập nhật."),
            _("Hỏi: {hotlines}").format(hotlines=called),
        )
    )
