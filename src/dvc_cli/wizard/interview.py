"""One conversation over one form: asks, goes back, jumps, undoes, helps, fills from cards, and saves each answer at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from dvc_cli.errors import Problem
from dvc_cli.forms import Answer, Context, Evaluation, Form
from dvc_cli.forms.evaluate import LOOKUP
from dvc_cli.language import _
from dvc_cli.prompts.prompter import GoBack, GoTo, NumberGiven, Prompter, Question, Scanned, ShowAnswers, Undo, WantHelp
from dvc_cli.wizard import commands, scanning
from dvc_cli.wizard.asking import ask_field
from dvc_cli.wizard.cards import block_person, compare, number_field
from dvc_cli.wizard.finding import find_fields
from dvc_cli.wizard.groups import ask_rows
from dvc_cli.wizard.history import Answers, Save
from dvc_cli.wizard.looking import answers_so_far
from dvc_cli.wizard.questions import help_text, question_for
from dvc_cli.wizard.readying import Readying
from dvc_cli.wizard.route import fault_of, next_question, overruled, question_before
from dvc_cli.wizard.suggestions import Suggest, no_suggestion

Notice = Callable[[Mapping[str, Answer]], Iterable[Problem]]
"""The problems of the answers so far, to be told as soon as they concern the field just answered."""

_MOST_LABELS = 4


def nothing_to_notice(_answers: Mapping[str, Answer]) -> Iterable[Problem]:
    """Notices nothing."""
    return ()


class Interview:
    """A conversation. `answers` is its own copy and grows; every change goes through `save` first, secrets excepted.

    `context` is called for each evaluation, so that a long conversation sees the day change. `optional` says whether questions that
    may stay empty are asked; one left empty is kept as an empty text and not asked again. With `readies`, what stands ready for a
    section is offered as a list when it begins. Leave and KeyboardInterrupt pass through, with everything answered so far saved.
    Questions in `apart` are asked elsewhere and not counted. `origins` says of answers that were not typed where they came from.
    """

    def __init__(
        self,
        form: Form,
        answers: dict[str, Answer],
        prompter: Prompter,
        context: Callable[[], Context],
        save: Save,
        suggest: Suggest = no_suggestion,
        notice: Notice = nothing_to_notice,
        *,
        optional: bool = True,
        readies: bool = False,
        apart: Collection[str] = (),
    ) -> None:
        self.form, self.answers, self.prompter, self.context = form, answers, prompter, context
        self.suggest, self.notice, self.optional, self.apart = suggest, notice, optional, apart
        self.book = Answers(form, answers, context, save)
        self.origins: dict[str, str] = {}
        self._noticed: set[tuple[str, str]] = set()
        self._section = ""
        self._ready = Readying(prompter, self.book, suggest, self._put, self.ask_one, self.origins) if readies else None

    def evaluation(self) -> Evaluation:
        """What the form says to the answers now."""
        return self.book.evaluation()

    def ask_missing(self, only: Collection[str] | None = None, *, required_only: bool = False) -> None:
        """Ask what is live and has no valid answer, in form order, until nothing is left; `only` restricts the keys."""
        optional = self.optional and not required_only
        wanted: str | None = None
        while True:
            evaluation = self.evaluation()
            key = wanted or next_question(evaluation, self.answers, optional=optional, only=only)
            self._leave_section(evaluation, key)
            if key is None:
                return
            self._announce(evaluation, key)
            try:
                if wanted is None and self._readied(evaluation, key, optional=optional):
                    continue
                self._ask(evaluation, key)
                wanted = None
            except Scanned as scanned:
                self._take_card(evaluation, key, scanned.text)
            except NumberGiven as given:
                self._take_number(evaluation, key, given.number)
            except GoBack:
                wanted = question_before(evaluation, self.answers, key, only)
                if wanted is None:
                    self.prompter.tell(_("Đây là câu đầu tiên, không lùi được nữa."))
                    wanted = key
            except GoTo as wish:
                wanted = commands.choose_field(self.prompter, evaluation, wish.words) or key
            except Undo:
                wanted = self.undo() or key

    def ask_one(self, key: str) -> None:
        """Ask one question again, whatever its answer; GoBack leaves it as it is. GoTo asks another instead, Undo undoes."""
        evaluation = self.evaluation()
        try:
            self._ask(evaluation, key)
        except GoBack:
            return
        except GoTo as wish:
            other = commands.choose_field(self.prompter, evaluation, wish.words)
            if other is not None:
                self.ask_one(other)
            return
        except Undo:
            self.undo()
        self._tell_changes(evaluation)

    def finds(self, words: str) -> bool:
        """Whether the words mean a question that is asked now."""
        return bool(find_fields(self.evaluation(), words))

    def choose_field(self, words: str) -> str | None:
        """The question that the words mean, chosen by the person where they mean several; None when there is none."""
        return commands.choose_field(self.prompter, self.evaluation(), words)

    def undo(self) -> str | None:
        """Take the last change back, say so and what it brings; the question to ask next, None when that is for the route to say."""
        before = self.evaluation()
        key = commands.undo(self.prompter, self.book)
        if key is not None:
            self._tell_dropped(before)
        return key if key in self.evaluation().live else None

    def _readied(self, evaluation: Evaluation, key: str, *, optional: bool) -> bool:
        return self._ready is not None and self._ready.offer(evaluation, key, optional=optional)

    def _leave_section(self, evaluation: Evaluation, key: str | None) -> None:
        section = self.form[key].section if key else ""
        if self._ready is not None and self._section and section != self._section:
            self._ready.tell_late(evaluation, self._section)

    def _announce(self, evaluation: Evaluation, key: str) -> None:
        """The heading of a section that begins."""
        section = self.form[key].section
        if section == self._section or len(self.form.sections) < 2:  # noqa: PLR2004 - a form of one section needs no heading
            return
        self._section = section
        question = question_for(evaluation, key, self.answers, no_suggestion)
        heading = _("Phần {number}/{total}: {section}.")
        self.prompter.tell("")
        self.prompter.tell(heading.format(number=question.section_number, total=question.section_total, section=question.section))

    def _ask(self, evaluation: Evaluation, key: str) -> None:
        fault = fault_of(evaluation, key)
        remark = fault.message if fault else ""
        while True:
            question = question_for(evaluation, key, self.answers, self.suggest, remark, optional=self.optional, apart=self.apart)
            try:
                answer = self._answer(evaluation, question)
            except WantHelp:
                self.prompter.tell(help_text(self.form[key]))
                continue
            except ShowAnswers as wish:
                self.prompter.tell(answers_so_far(evaluation, key, wish.what))
                continue
            except Scanned as scanned:
                if self._take_card(evaluation, key, scanned.text):
                    return
                continue
            except NumberGiven as given:
                if self._take_number(evaluation, key, given.number):
                    return
                continue
            # Lists and places come as codes that are right in themselves; a rule of the field may still refuse them.
            refused = self.book.fault(key, answer) if answer else None
            if refused is None:
                self._put(key, answer)
                self._tell_notices(key)
                return
            remark = refused

    def _take_number(self, evaluation: Evaluation, key: str, number: str) -> bool:
        """Keep the number of the person whom `key` asks about, for the register to be asked by."""
        number_key = number_field(evaluation, key) or key
        refused = self.book.fault(number_key, number)
        if refused:
            self.prompter.tell(refused)
            return False
        self._put(number_key, number)
        line = _("Đã ghi {label}: {number}.")
        self.prompter.tell(line.format(label=str(self.form[number_key].label), number=number))
        return True

    def _answer(self, evaluation: Evaluation, question: Question) -> Answer:
        key, item = question.key, self.form[question.key]
        if item.parts is None:
            return ask_field(self.prompter, evaluation, question, lambda given: self.book.fault(key, given))
        return ask_rows(self.prompter, item, question, self.answers.get(key, ""), evaluation.context, lambda text: self.book.put(key, text))

    def _put(self, key: str, given: Answer) -> None:
        before = self.evaluation()
        self.origins.pop(key, None)
        with self.book.one_act():
            self.book.put(key, given)
            for name in overruled(self.evaluation(), self.answers):
                self.overrule(name)
        self._tell_dropped(before)
        self._tell_looked_up(before)

    def overrule(self, key: str) -> None:
        """Take out a typed answer that its field, now filling itself, contradicts; said, and `:huy` brings it back."""
        typed = commands.reads(self.evaluation(), key, self.answers.get(key))
        self.book.drop(key)
        line = _("{label} nay tự điền: “{filled}”, thay cho “{typed}”. Gõ :huy để lấy lại.")
        filled = self.evaluation().display(key) or _("bỏ trống")
        self.prompter.tell(line.format(label=str(self.form[key].label), filled=filled, typed=typed))

    def _tell_dropped(self, before: Evaluation) -> None:
        live = self.evaluation().live
        dropped = [key for key in before.live if key not in live and self.answers.get(key)]
        if dropped:
            line = _("Vì câu trả lời này, các câu sau không còn dùng và sẽ không gửi: {labels}. Gõ :huy để lấy lại.")
            self.prompter.tell(line.format(labels=self._labels(dropped)))

    def _tell_looked_up(self, before: Evaluation) -> None:
        """What a register has filled in because of this answer."""
        evaluation = self.evaluation()
        fresh = [key for key, origin in evaluation.origin.items() if origin == LOOKUP and before.origin.get(key) != LOOKUP]
        if fresh:
            values = "; ".join(f"{self.form[key].label}: {evaluation.display(key)}" for key in evaluation.live if key in fresh)
            self.prompter.tell(_("Đã điền từ CSDL tra cứu: {values}. Kiểm tra lại với công dân.").format(values=values))

    def _tell_changes(self, before: Evaluation) -> None:
        fresh = [key for key in self.evaluation().missing if key not in before.missing]
        if fresh:
            self.prompter.tell(_("Có câu mới cần trả lời: {labels}.").format(labels=self._labels(fresh)))

    def _labels(self, keys: list[str]) -> str:
        shown = "; ".join(str(self.form[key].label) for key in keys[:_MOST_LABELS])
        more = len(keys) - _MOST_LABELS
        return _("{labels} và {more} câu nữa").format(labels=shown, more=more) if more > 0 else shown

    def _tell_notices(self, key: str) -> None:
        for problem in self.notice(self.answers):
            if problem.field == key and (problem.code, key) not in self._noticed:
                self._noticed.add((problem.code, key))
                self.prompter.tell(_("Lưu ý: {message} {hint}").format(message=problem.message, hint=problem.hint).rstrip())

    def _take_card(self, evaluation: Evaluation, key: str, scanned: str) -> bool:
        card = scanning.read_scan(self.prompter, scanned)
        if card is None:
            return False
        person = block_person(self.form, key)
        reading = compare(evaluation, person, card, self.answers)
        chosen = scanning.settle(self.prompter, self._agreed, person, reading)
        with self.book.one_act():
            for filled in chosen:
                self._put(filled.key, filled.value)
                self.origins[filled.key] = _("từ thẻ")
        scanning.tell_filled(self.prompter, chosen, reading.address)
        for filled in chosen:
            self._tell_notices(filled.key)
        return bool(chosen)

    def _agreed(self, key: str, label: str) -> bool:
        while True:
            try:
                return self.prompter.confirm(Question(key, label))
            except WantHelp:
                self.prompter.tell(_("Trả lời c để dùng nội dung thẻ, k để giữ như đã khai."))
            except GoBack:
                return False
