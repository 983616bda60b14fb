"""The review: mending by number, reasons for warnings, papers, pledge, and the decision to file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dvc_cli.domain.calendar import Deadline, Step
from dvc_cli.domain.dossier import AttachmentFile, FeeLine, MemberLine, PaperLine
from dvc_cli.errors import ERROR, WARNING, RefusedError, problem
from dvc_cli.forms import evaluate
from dvc_cli.procedures import Assessment
from dvc_cli.procedures.acknowledge import accepted
from dvc_cli.prompts.prompter import Leave
from dvc_cli.wizard import Interview, Keeping, review
from dvc_cli.wizard.papers import file_path
from wizard.toy import COMPLETE, FORM, Notebook, context

DEADLINE = Deadline(
    date(2026, 11, 23),
    date(2026, 12, 1),
    estimated=False,
    chain=(Step(date(2026, 11, 23), "nhận trước 15 giờ"), Step(date(2026, 12, 1), "đủ 6 ngày làm việc")),
)


class Counter:
    """A dossier at a counter: what the review asks of its surroundings, and a log of it."""

    def __init__(self, replies, given=None, *, rules=(), papers=(), refuse=()):
        self.book = Notebook(replies)
        self.interview = Interview(FORM, dict(given or COMPLETE), self.book.prompter, context, self.book.save)
        self.rules = rules
        self.papers = list(papers)
        self.refuse = list(refuse)
        self.files: list[AttachmentFile] = []
        self.log: list[tuple[object, ...]] = []

    def review(self, **options):
        keeping = Keeping(
            lambda code, reason: self.log.append((code, reason)),
            lambda yes: self.log.append(("pledge", yes)),
            self.attach,
            lambda: tuple(self.files),
            self.detach,
        )
        outcome = review(self.interview, self.assess, keeping, **options)
        self.book.prompter.close()
        return outcome

    def attach(self, slot: int, paper: str, path: Path) -> None:
        if str(path) in self.refuse:
            raise RefusedError(problem("A-PAPER-TYPE", "attachments"))
        self.log.append(("attached", paper, str(path)))
        self.papers = [PaperLine(line.id, line.slot, line.required, "attached") if line.id == paper else line for line in self.papers]

    def detach(self, file: AttachmentFile) -> None:
        self.log.append(("detached", file.name))
        self.files.remove(file)
        left = {each.id for each in self.files}
        self.papers = [PaperLine(line.id, line.slot, line.required, "attached" if line.id in left else "needed") for line in self.papers]

    def assess(self, given, acknowledge, pledge) -> Assessment:
        evaluation = evaluate(FORM, given, context())
        found = [*evaluation.problems, *(item for rule in self.rules for item in rule(evaluation))]
        found += [problem("A-PAPER-MISSING", "attachments") for line in self.papers if line.state == "needed"]
        if not pledge:
            found.append(problem("A-PLEDGE", "pledge"))
        blocking = [item for item in found if item.severity == ERROR or (item.severity == WARNING and not accepted(item, acknowledge))]
        fees = (FeeLine("registration", 0, "miễn phí"), FeeLine("copies", 16000), FeeLine("late", None))
        members = (MemberLine("khai_sinh", "UBND phường Cái Khế", None, date(2026, 12, 1)), MemberLine("bhyt", "BHXH", None, None))
        return Assessment(
            evaluation, tuple(found), tuple(blocking), evaluation.missing, (), tuple(self.papers), fees, members, DEADLINE, "2.000986"
        )

    @property
    def told(self) -> str:
        return "\n".join(self.book.prompter.told)

    @property
    def asked(self) -> list[str]:
        return [question.key for question in self.book.prompter.asked]


def unusual_name(evaluation):
    if evaluation.text("mother_given_name") == "Mẫu":
        yield problem("KS-N6", "mother_given_name")


def forbidden_name(evaluation):
    if evaluation.text("mother_surname") == "Chưa":
        yield problem("KS-N7", "mother_surname")


FILED = {"review": "", "pledge": True, "file": True}


def test_a_clean_dossier_takes_one_enter_one_pledge_and_one_yes():
    counter = Counter(FILED)
    outcome = counter.review()
    assert counter.asked == ["review", "pledge", "file"]
    assert (outcome.decision, outcome.pledge, outcome.given, outcome.acknowledge) == ("file", True, COMPLETE, {})


def test_every_line_is_numbered_by_section_and_names_its_origin():
    counter = Counter({**FILED, "review": [":xem", ""]})
    counter.review()
    assert "\nNgười mẹ\n5. Họ mẹ: Nguyễn\n6. Chữ đệm mẹ: Thị Ngọc\n" in counter.told
    assert "10. Quốc tịch mẹ: Việt Nam (mặc định)\n" in counter.told
    assert "12. Phường, xã: Phường Cái Khế\n" in counter.told
    assert "3. Người yêu cầu: Nguyễn Thị Ngọc Mẫu (từ tài khoản)\n" in counter.told
    assert "14. Ghi chú: (bỏ trống)" in counter.told


def test_fees_offices_and_the_chain_of_days_are_shown_before_the_pledge():
    counter = Counter(FILED)
    counter.review()
    assert "- Phí cấp bản sao: 16.000 đồng" in counter.told
    assert "- Đăng ký khai sinh, UBND phường Cái Khế: 01/12/2026" in counter.told
    assert "Ngày hẹn trả dự kiến của cả hồ sơ: 01/12/2026." in counter.told
    assert "- 23/11/2026: nhận trước 15 giờ" in counter.told
    assert counter.told.index("16.000 đồng") < counter.told.index("Tôi cam đoan")


def test_a_number_asks_that_one_question_again_and_saves_it():
    counter = Counter({**FILED, "review": ["5", ""], "mother_surname": "Trần"})
    outcome = counter.review()
    assert counter.asked == ["review", "mother_surname", "review", "pledge", "file"]
    assert outcome.given["mother_surname"] == "Trần"
    assert counter.book.saved == {"mother_surname": "Trần"}
    assert counter.book.prompter.asked[1].suggestion == "Nguyễn"


def test_a_preset_can_be_changed_by_its_number():
    counter = Counter({**FILED, "review": ["10", ""], "mother_nationality": "lào"})
    assert counter.review().given["mother_nationality"] == "LA"


def test_an_optional_answer_can_be_emptied_by_its_number():
    counter = Counter({**FILED, "review": ["6", ""], "mother_middle_name": "-"})
    assert counter.review().given["mother_middle_name"] == ""


def test_a_line_that_fills_itself_is_not_asked():
    counter = Counter({**FILED, "review": ["3", ""]})
    counter.review()
    assert "Dòng 3 tự điền" in counter.told


def test_going_back_from_a_mended_line_leaves_it_as_it_was():
    counter = Counter({**FILED, "review": ["5", ""], "mother_surname": "<"})
    assert counter.review().given == COMPLETE
    assert counter.book.saved == {}


def test_an_edit_that_brings_new_questions_says_and_asks_them():
    counter = Counter({**FILED, "review": ["13", ""], "want_copies": "có", "copies_count": "2"})
    outcome = counter.review()
    assert "Có câu mới cần trả lời: Số lượng." in counter.told
    assert outcome.given["copies_count"] == "2"


def test_an_edit_that_drops_a_section_says_so_and_it_is_shown_as_not_sent():
    counter = Counter({**FILED, "review": ["1", ""], "birth_case": "bo_roi"})
    outcome = counter.review()
    assert "các câu sau không còn dùng" in counter.told
    assert "Không dùng trong trường hợp này, sẽ không gửi: Họ mẹ" in counter.told
    assert outcome.given["mother_surname"] == "Nguyễn"


def test_an_error_holds_until_it_is_mended():
    counter = Counter(
        {**FILED, "review": ["", "5", ""], "mother_surname": "Trần"}, {**COMPLETE, "mother_surname": "Chưa"}, rules=[forbidden_name]
    )
    assert counter.review().decision == "file"
    assert counter.book.prompter.asked[0].remark == "Có 1 lỗi phải sửa (dòng 5), 0 cảnh báo."
    assert "Lỗi, dòng 5:" in counter.told
    assert "[KS-N7]" in counter.told
    assert "Còn lỗi phải sửa." in counter.told


def test_an_unreadable_answer_is_asked_before_the_sheet_is_shown():
    counter = Counter({**FILED, "mother_birth_date": "1999"}, {**COMPLETE, "mother_birth_date": "32/13"})
    counter.review()
    assert counter.asked[0] == "mother_birth_date"


def test_a_number_that_is_no_line_is_refused():
    counter = Counter({**FILED, "review": ["99", "abc", ""]})
    counter.review()
    number, words = counter.book.prompter.faults
    assert "từ 1 đến 14" in number
    assert "Không có câu nào tên “abc”" in words


def test_the_short_form_gives_each_section_a_row_of_what_was_typed():
    counter = Counter(FILED)
    counter.review()
    assert "2. Người mẹ (dòng 5–12): Nguyễn Thị Ngọc Mẫu · 02/03/1999 · 001199999105 · Phường Cái Khế" in counter.told
    assert "10. Quốc tịch mẹ" not in counter.told


def test_a_section_is_read_line_by_line_and_mended_there():
    counter = Counter({**FILED, "review": ["p2", "5", ""], "mother_surname": "Trần"})
    assert counter.review().given["mother_surname"] == "Trần"
    assert "Người mẹ\n5. Họ mẹ: Nguyễn\n6. Chữ đệm mẹ: Thị Ngọc" in counter.told
    assert "Có sẵn: 10. Quốc tịch mẹ: Việt Nam" in counter.told


def test_words_of_a_label_name_the_line_as_well_as_its_number():
    counter = Counter({**FILED, "review": ["chu dem", ""], "mother_middle_name": "Thị"})
    assert counter.review().given["mother_middle_name"] == "Thị"
    counter = Counter({**FILED, "review": [":den ten me", "ngay sinh", ""], "mother_given_name": "Mận", "mother_birth_date": "<"})
    assert counter.review().given["mother_given_name"] == "Mận"


def test_what_changed_since_the_last_look_is_flagged():
    counter = Counter({**FILED, "review": ["5", "p2", "", ""], "mother_surname": "Trần"})
    counter.review()
    assert "Đã đổi từ lần xem trước:\nDòng 5, Họ mẹ: “Nguyễn” thành “Trần”." in counter.told
    assert "5. Họ mẹ: Trần (vừa đổi)" in counter.told


def test_the_last_change_is_taken_back_at_the_sheet_and_the_pledge_with_it():
    counter = Counter({**FILED, "review": ["5", ":huy", ""], "mother_surname": "Trần"})
    outcome = counter.review(pledge=True)
    assert outcome.given["mother_surname"] == "Nguyễn"
    assert counter.book.saved["mother_surname"] == "Nguyễn"
    assert counter.log == [("pledge", False), ("pledge", True)]


def test_more_problems_than_fit_a_screen_are_named_by_their_lines():
    keys = [key for key in COMPLETE if key.startswith("mother_")][:6]
    counter = Counter({**FILED, "review": ["", ":luu"]}, rules=[lambda _: [problem("KS-N7", key) for key in keys]])
    with pytest.raises(Leave):
        counter.review()
    assert "Còn 2 chỗ nữa, ở dòng: 9, 11." in counter.told


def test_hints_are_counted_and_shown_when_asked_for():
    counter = Counter({**FILED, "review": ["g", "", ""]}, rules=[lambda _: [problem("KS-E4", "mother_ward")]])
    counter.review()
    told = counter.book.prompter.told
    assert "Có 1 gợi ý; gõ g để xem." in told[0]
    assert told[1].startswith("Gợi ý, dòng 12:")


def test_a_warning_takes_a_reason_that_is_kept_at_once():
    counter = Counter({**FILED, "acknowledge:KS-N6:mother_given_name": ["ừm", "đúng theo giấy tờ"]}, rules=[unusual_name])
    outcome = counter.review()
    assert outcome.acknowledge == {"KS-N6:mother_given_name": "đúng theo giấy tờ"}
    assert counter.log[0] == ("KS-N6:mother_given_name", "đúng theo giấy tờ")
    assert "Cảnh báo, dòng 7:" in counter.told
    assert "ít nhất 5 ký tự" in counter.book.prompter.faults[0]


def test_a_warning_may_be_mended_instead_and_an_old_reason_is_forgotten():
    counter = Counter(
        {**FILED, "review": ["", ""], "acknowledge:KS-N6:mother_given_name": "7", "mother_given_name": "Mận"}, rules=[unusual_name]
    )
    assert counter.review().acknowledge == {}
    counter = Counter({**FILED, "review": ["7", ""], "mother_given_name": "Mận"}, rules=[unusual_name])
    assert counter.review(acknowledge={"KS-N6": "đúng theo giấy tờ"}).acknowledge == {}
    assert counter.log[0] == ("KS-N6", None)


def test_a_reason_that_was_given_before_is_not_asked_again():
    counter = Counter(FILED, rules=[unusual_name])
    assert counter.review(acknowledge={"KS-N6": "đúng theo giấy tờ"}).acknowledge == {"KS-N6": "đúng theo giấy tờ"}


SCAN = PaperLine("birth_notification_scan", 1, required=True, state="needed")
MARRIAGE = PaperLine("marriage_certificate", 1, required=False, state="optional")


def test_a_needed_paper_is_asked_until_a_file_is_taken_and_may_be_several_files():
    counter = Counter(
        {**FILED, "paper:birth_notification_scan": ["", "'/x/anh.exe'", "/x/trang 1.pdf", "/x/trang 2.pdf", ""]},
        papers=[SCAN],
        refuse=["/x/anh.exe"],
    )
    assert counter.review().decision == "file"
    assert counter.log[:2] == [
        ("attached", "birth_notification_scan", "/x/trang 1.pdf"),
        ("attached", "birth_notification_scan", "/x/trang 2.pdf"),
    ]
    assert problem("A-PAPER-TYPE").message in counter.told


def a_file(name: str, paper: str = "birth_notification_scan") -> AttachmentFile:
    return AttachmentFile(1, paper, name, 640_000, "pdf", name)


def test_files_are_shown_and_a_wrong_one_is_taken_away_and_replaced():
    paper = PaperLine("birth_notification_scan", 1, required=True, state="attached")
    counter = Counter({**FILED, "review": ["", ""], "files": "1", "paper:birth_notification_scan": ["/x/đúng.pdf", ""]}, papers=[paper])
    counter.files = [a_file("nhầm.pdf")]
    assert counter.review().decision == "file"
    assert ("detached", "nhầm.pdf") in counter.log
    assert ("attached", "birth_notification_scan", "/x/đúng.pdf") in counter.log
    assert ": nhầm.pdf (640 KB)" in counter.told


def test_files_that_are_right_take_one_enter():
    counter = Counter({**FILED, "files": ["3", "?", ""]}, papers=[PaperLine("birth_notification_scan", 1, required=True, state="attached")])
    counter.files = [a_file("một.pdf"), a_file("hai.pdf")]
    assert counter.review().decision == "file"
    assert "từ 1 đến 2" in counter.book.prompter.faults[0]
    assert len(counter.files) == 2


def test_an_optional_paper_is_asked_once_and_passed_with_enter():
    counter = Counter({**FILED, "paper:marriage_certificate": ""}, papers=[MARRIAGE])
    assert counter.review().decision == "file"


def test_going_back_from_a_paper_shows_the_sheet_again():
    counter = Counter({**FILED, "review": ["", ""], "paper:birth_notification_scan": ["<", "/x/a.pdf", ""]}, papers=[SCAN])
    counter.review()
    assert counter.asked[:4] == ["review", "paper:birth_notification_scan", "review", "paper:birth_notification_scan"]


def test_without_the_pledge_nothing_is_filed():
    counter = Counter({"review": "", "pledge": False})
    outcome = counter.review()
    assert (outcome.decision, outcome.pledge) == ("save", False)


def test_the_pledge_is_read_out_with_truth_agreement_and_liability():
    counter = Counter(FILED)
    counter.review()
    for words in ("đúng sự thật", "thỏa thuận nhất trí của các bên liên quan", "trách nhiệm trước pháp luật"):
        assert words in counter.told
    assert counter.log == [("pledge", True)]


def test_no_to_filing_saves():
    assert Counter({"review": "", "pledge": True, "file": False}).review().decision == "save"


def test_a_pledge_given_before_is_not_asked_but_an_edit_takes_it_back():
    counter = Counter({"review": "", "file": True})
    assert counter.review(pledge=True).decision == "file"
    counter = Counter({**FILED, "review": ["5", ""], "mother_surname": "Trần"})
    counter.review(pledge=True)
    assert counter.log == [("pledge", False), ("pledge", True)]


def test_back_from_the_pledge_returns_to_the_sheet():
    counter = Counter({**FILED, "review": ["", ""], "pledge": ["<", True]})
    counter.review()
    assert counter.asked == ["review", "pledge", "review", "pledge", "file"]


def test_help_at_the_review_explains_and_asks_again():
    counter = Counter({**FILED, "review": ["?", ""], "pledge": ["?", True]})
    counter.review()
    assert "Mỗi dòng của tờ khai có một số." in counter.told


def test_leaving_at_the_review_passes_through():
    with pytest.raises(Leave):
        Counter({"review": ":luu"}).review()


def test_ctrl_c_at_the_review_passes_through():
    with pytest.raises(KeyboardInterrupt):
        Counter({"review": KeyboardInterrupt()}).review()


def test_paths_as_terminals_drop_them(tmp_path, monkeypatch):
    file = tmp_path / "giấy chứng sinh.pdf"
    file.write_bytes(b"%PDF-")
    escaped = str(file).replace(" ", "\\ ")
    for typed in (str(file), f"'{file}'", f'"{file}"', file.as_uri(), escaped, f"  {file} "):
        assert file_path(typed) == file
    monkeypatch.setenv("HOME", str(tmp_path))
    assert file_path("~/giấy chứng sinh.pdf") == file


def test_a_file_whose_name_is_decomposed_or_spaced_otherwise_is_found(tmp_path):
    import unicodedata

    file = tmp_path / unicodedata.normalize("NFD", "Giấy  khai.pdf")
    file.write_bytes(b"%PDF-")
    assert file_path(str(tmp_path / "Giấy khai.pdf")) == file


def test_a_path_that_leads_nowhere_is_handed_on_for_the_attachment_to_refuse(tmp_path):
    assert file_path(str(tmp_path / "no" / "such.pdf")) == tmp_path / "no" / "such.pdf"
    assert file_path("file://máy-khác/x") == Path("/x")
    for typed in ("x" * 5000, "file://[", "file:///a%00b", "~nobody-has-this/x", "''"):
        assert isinstance(file_path(typed), Path)
