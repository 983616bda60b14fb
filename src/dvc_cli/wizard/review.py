"""The review: everything is read over, mended by number, warnings get their reasons, papers their files; then pledge and filing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dvc_cli.domain.dossier import AttachmentFile
from dvc_cli.errors import ERROR, WARNING, Problem
from dvc_cli.forms import Answer
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass, field
from dvc_cli.procedures import Assessment
from dvc_cli.procedures.acknowledge import MIN_REASON, accepted
from dvc_cli.prompts.prompter import Check, GoBack, GoTo, Question, ShowAnswers, Undo, WantHelp
from dvc_cli.wizard.findings import problem_text, to_mend
from dvc_cli.wizard.interview import Interview
from dvc_cli.wizard.outlook import paper_text, plan_text
from dvc_cli.wizard.papers import Attach, Detach, ask_files, ask_papers
from dvc_cli.wizard.reading import Reading

FILE, SAVE = "file", "save"


def ignore(_file: AttachmentFile) -> None:
    """Takes nothing away, where no files are shown."""


Assess = Callable[[Mapping[str, Answer], Mapping[str, str], bool], Assessment]
"""Judges answers, reasons and pledge, with the files attached so far."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """What the review makes durable beside the answers, each at once.

    `acknowledge` keeps the reason of a warning (`CODE` or `CODE:field`; None removes it), `pledge` the citizen's pledge, `attach` a file.
    `files` are those attached so far, `detach` takes one of them away.
    """

    acknowledge: Callable[[str, str | None], None]
    pledge: Callable[[bool], None]
    attach: Attach
    files: Callable[[], tuple[AttachmentFile, ...]] = tuple
    detach: Detach = ignore


@dataclass(frozen=True, slots=True)
class ReviewOutcome:
    """How the review ended: `decision` is "file" (complete and wanted) or "save"."""

    given: dict[str, Answer]
    acknowledge: dict[str, str]
    pledge: bool
    decision: str


def review(
    interview: Interview, assess: Assess, keeping: Keeping, *, acknowledge: Mapping[str, str] | None = None, pledge: bool = False
) -> ReviewOutcome:
    """Review an answered form to the decision whether to file it.

    What is still missing is asked for first. `pledge` True is a pledge that the citizen already gave for these very answers; a change of an
    answer takes it back. Leave and KeyboardInterrupt pass through, with everything up to then kept.
    """
    return _Review(interview, assess, keeping, dict(acknowledge or {}), pledge).run()


def pledge_text() -> str:
    """What the citizen pledges: truth, agreement of those concerned, liability."""
    return _(
        "Tôi cam đoan những nội dung đã khai là đúng sự thật, được sự thỏa thuận nhất trí của các bên liên quan "
        "theo quy định pháp luật. Tôi chịu hoàn toàn trách nhiệm trước pháp luật về nội dung cam đoan của mình."
    )


class _AnsweredAnew(Exception):  # noqa: N818 - no failure
    """An answer changed at a question about something else: the sheet is to be read again."""


@dataclass(slots=True)
class _Review:
    interview: Interview
    assess: Assess
    keeping: Keeping
    acknowledge: dict[str, str]
    pledge: bool
    reading: Reading = field(default_factory=Reading)

    def run(self) -> ReviewOutcome:
        while True:
            try:
                self._settle_lines()
                if not self._settle_warnings():
                    continue
                ask_papers(self.interview.prompter, lambda: self._assessment().papers, self.keeping.attach)
                if not self._settle_files():
                    continue
                decision = self._decide()
            except (GoBack, _AnsweredAnew):
                continue
            if decision:
                return ReviewOutcome(self.interview.answers, self.acknowledge, self.pledge, decision)

    def _settle_lines(self) -> None:
        """Show the sheet and mend lines until no error is left and the person goes on."""
        while True:
            self.interview.ask_missing(required_only=True)
            problems = self._look()
            reply = self._ask("review", _("Gõ số dòng để sửa"), self._wish_or_nothing, remark=self.reading.summary)
            if reply and reply.casefold() != "ok":
                self._follow(reply)
            elif any(item.severity == ERROR for item in problems):
                self._tell(_("Còn lỗi phải sửa. Gõ số của dòng có lỗi, hoặc :luu để lưu và thoát."))
            else:
                return

    def _look(self) -> tuple[Problem, ...]:
        assessment = self._assessment()
        problems = to_mend(assessment.problems)
        self._tell(self.reading.look(assessment, problems, self.interview.origins))
        return problems

    def _follow(self, reply: str) -> None:
        """Do what was typed at the sheet: show a part of it, or ask the question that it names."""
        shown = self.reading.part(reply)
        if shown is not None:
            self._tell(shown)
            self._pause()
            return
        key = self.reading.key_of(reply) or self.interview.choose_field(reply)
        if key is not None:
            self._edit(key)

    def _pause(self) -> None:
        """A part of the sheet was shown: lines of it may be mended right there."""
        while True:
            reply = self._ask("review", _("Gõ số dòng để sửa"), self._wish_or_nothing, remark=_("Enter để về bản tóm tắt."))
            shown = self.reading.part(reply) if reply else None
            if shown is None:
                break
            self._tell(shown)
        if reply:
            self._follow(reply)

    def _edit(self, key: str) -> None:
        line = self.reading.line(key)
        if line is not None and line.locked and self.interview.answers.get(key):
            self._withdraw_pledge()
            self.interview.overrule(key)
            return
        if line is not None and line.locked:
            self._tell(_("Dòng {number} tự điền theo các câu khác hoặc theo tài khoản, không sửa ở đây.").format(number=line.number))
            return
        self._withdraw_pledge()
        self.interview.ask_one(key)

    def _withdraw_pledge(self) -> None:
        if self.pledge:
            self.pledge = False
            self.keeping.pledge(self.pledge)

    def _settle_warnings(self) -> bool:
        """Get a reason for each warning; False when a line was mended instead."""
        warnings = [item for item in self._assessment().problems if item.severity == WARNING]
        self._forget_reasons(warnings)
        for item in warnings:
            if accepted(item, self.acknowledge):
                continue
            self._tell(problem_text(item, self.reading.lines))
            key = f"{item.code}:{item.field}" if item.field else item.code
            label = _("Lý do vẫn tiếp tục (ít nhất {few} ký tự), hoặc số dòng để sửa").format(few=MIN_REASON)
            reply = self._ask(f"acknowledge:{key}", label, self._line_or_reason, optional=False)
            edited = self.reading.key_of(reply)
            if edited is not None:
                self._edit(edited)
                return False
            self.keeping.acknowledge(key, reply)
            self.acknowledge[key] = reply
        return True

    def _settle_files(self) -> bool:
        """Show what is attached and let files be taken away; False when a needed paper went with one."""
        before = self.keeping.files()
        ask_files(self.interview.prompter, self.keeping.files, self._wrong_files, self.keeping.detach)
        gone = {file.id for file in before} - {file.id for file in self.keeping.files()}
        return not any(line.id in gone and line.state == "needed" for line in self._assessment().papers)

    def _wrong_files(self) -> list[str]:
        found = self._assessment().problems
        return [problem_text(item, ()) for item in found if item.field == "attachments" and item.severity == ERROR]

    def _forget_reasons(self, warnings: list[Problem]) -> None:
        known = {key for item in warnings for key in (item.code, f"{item.code}:{item.field}")}
        for key in [key for key in self.acknowledge if key not in known]:
            self.keeping.acknowledge(key, None)
            del self.acknowledge[key]

    def _decide(self) -> str:
        """Show papers, fees and days, read out the pledge, ask whether to file; "" when something stands in the way."""
        assessment = self._assessment()
        self._tell("\n".join(["", paper_text(assessment.papers), "", plan_text(assessment)]))
        blocking = [item for item in assessment.blocking if item.code != "A-PLEDGE"]
        if blocking:
            self._tell("\n".join(problem_text(item, self.reading.lines) for item in blocking))
            return ""
        if not self.pledge and not self._pledged():
            self._tell(_("Không có cam đoan của công dân thì không nộp được hồ sơ. Đã lưu bản nháp."))
            return SAVE
        return FILE if self._confirm("file", _("Nộp hồ sơ?")) else SAVE

    def _pledged(self) -> bool:
        self._tell("\n".join(["", _("Đọc cho công dân nghe lời cam đoan:"), pledge_text()]))
        self.pledge = self._confirm("pledge", _("Công dân có cam đoan như trên không?"))
        self.keeping.pledge(self.pledge)
        return self.pledge

    def _wish_or_nothing(self, typed: str) -> str | None:
        if typed.casefold() == "ok" or self.reading.key_of(typed) or self.reading.part(typed) is not None:
            return None
        if typed.isdigit():
            return _("Gõ một số từ 1 đến {last}, hoặc chỉ bấm Enter.").format(last=len(self.reading.lines))
        if self.interview.finds(typed):
            return None
        return _("Không có câu nào tên “{words}”. Gõ vài chữ trong tên câu, không cần dấu.").format(words=typed)

    def _line_or_reason(self, typed: str) -> str | None:
        if self.reading.key_of(typed) or (len(typed) >= MIN_REASON and not typed.isdigit()):
            return None
        return _("Ghi lý do ít nhất {few} ký tự, hoặc số của một dòng.").format(few=MIN_REASON)

    def _ask(self, key: str, label: str, check: Check, *, optional: bool = True, remark: str = "") -> str:
        enter = _("Enter để tiếp tục") if optional else ""
        question = Question(key, label, section=_("Xem lại"), optional=optional, remark=remark, enter=enter, walks=True)
        while True:
            try:
                return self.interview.prompter.text(question, check)
            except WantHelp:
                self._tell(_("Mỗi dòng của tờ khai có một số. Gõ số để sửa dòng đó; :luu để lưu và thoát."))
                self._tell(_("Gõ p và số phần (p3) để xem từng dòng của phần đó, :xem để xem mọi dòng, g để xem gợi ý,"))
                self._tell(_("hoặc vài chữ trong tên câu để sửa câu đó."))
            except ShowAnswers as wish:
                self._tell(self.reading.part(f"p{wish.what}") or self.reading.everything())
            except GoTo as wish:
                found = self.interview.choose_field(wish.words)
                if found is not None:
                    self._edit(found)
                    raise _AnsweredAnew from None
            except Undo:
                self._withdraw_pledge()
                self.interview.undo()
                raise _AnsweredAnew from None
            except GoBack:
                if optional:
                    self._tell(_("Gõ số của dòng muốn sửa."))
                    continue
                raise

    def _confirm(self, key: str, label: str) -> bool:
        while True:
            try:
                return self.interview.prompter.confirm(Question(key, label))
            except WantHelp:
                self._tell(_("c là có, k là không; < để quay lại tờ khai, :luu để lưu và thoát."))

    def _assessment(self) -> Assessment:
        return self.assess(self.interview.answers, self.acknowledge, self.pledge)

    def _tell(self, text: str) -> None:
        self.interview.prompter.tell(text)
