"""One conversation over one form: asks, goes back, helps, fills from cards, and saves every answer before the next question."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from dvc_cli.errors import Problem
from dvc_cli.forms import Answer, Context, Evaluation, Form, evaluate
from dvc_cli.forms.model import CHOICES, SECRET
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass, field
from dvc_cli.prompts.prompter import GoBack, Prompter, Question, Scanned, WantHelp
from dvc_cli.wizard.asking import ask_field
from dvc_cli.wizard.cards import Filled, Reading, block_person, compare
from dvc_cli.wizard.questions import help_text, question_for
from dvc_cli.wizard.route import fault_of, next_question, question_before
from dvc_cli.wizard.suggestions import Suggest, no_suggestion

Save = Callable[[str, Answer | None], None]
"""Makes one answer durable; None removes it."""

Notice = Callable[[Mapping[str, Answer]], Iterable[Problem]]
"""The problems of the answers so far, to be told as soon as they concern the field just answered."""


def nothing_to_notice(_answers: Mapping[str, Answer]) -> Iterable[Problem]:
    """Notices nothing."""
    return ()


@dataclass(slots=True)
class Interview:
    """A conversation. `answers` is its own copy and grows; every change goes through `save` first, secrets excepted.

    `context` is called for each evaluation, so that a long conversation sees the day change. `optional` says whether questions that
    may stay empty are asked; one left empty is kept as an empty text and not asked again. Leave and KeyboardInterrupt pass through,
    with everything answered so far saved.
    """

    form: Form
    answers: dict[str, Answer]
    prompter: Prompter
    context: Callable[[], Context]
    save: Save
    suggest: Suggest = no_suggestion
    notice: Notice = nothing_to_notice
    optional: bool = True
    _noticed: set[tuple[str, str]] = field(default_factory=set)

    def evaluation(self) -> Evaluation:
        """What the form says to the answers now."""
        return evaluate(self.form, self.answers, self.context())

    def ask_missing(self, only: Collection[str] | None = None, *, required_only: bool = False) -> None:
        """Ask what is live and has no valid answer, in form order, until nothing is left; `only` restricts the keys."""
        optional = self.optional and not required_only
        wanted: str | None = None
        while True:
            evaluation = self.evaluation()
            key = wanted or next_question(evaluation, self.answers, optional=optional, only=only)
            if key is None:
                return
            try:
                self._ask(evaluation, key)
                wanted = None
            except GoBack:
                wanted = question_before(evaluation, self.answers, key, only)
                if wanted is None:
                    self.prompter.tell(_("Đây là câu đầu tiên, không lùi được nữa."))
                    wanted = key

    def ask_one(self, key: str) -> None:
        """Ask one question again, whatever its answer; GoBack leaves it as it is."""
        evaluation = self.evaluation()
        try:
            self._ask(evaluation, key)
        except GoBack:
            return
        self._tell_changes(evaluation)

    def _ask(self, evaluation: Evaluation, key: str) -> None:
        fault = fault_of(evaluation, key)
        remark = fault.message if fault else ""
        while True:
            question = question_for(evaluation, key, self.answers, self.suggest, remark)
            try:
                answer = ask_field(self.prompter, evaluation, question, lambda given: self._fault(key, given))
            except WantHelp:
                self.prompter.tell(help_text(self.form[key]))
                continue
            except Scanned as scanned:
                if self._take_card(evaluation, key, scanned.text):
                    return
                continue
            # Lists and places come as codes that are right in themselves; a rule of the field may still refuse them.
            refused = self._fault(key, answer) if answer else None
            if refused is None:
                self._put(key, answer)
                self._tell_notices(key)
                return
            remark = refused

    def _fault(self, key: str, given: Answer) -> str | None:
        trial = evaluate(self.form, {**self.answers, key: given}, self.context())
        fault = fault_of(trial, key)
        return f"{fault.message} {fault.hint}".strip() if fault else None

    def _put(self, key: str, given: Answer) -> None:
        before = self.evaluation()
        trial = evaluate(self.form, {**self.answers, key: given}, self.context())
        item = self.form[key]
        canonical = given if item.type in {CHOICES, SECRET} or key not in trial.values else trial.text(key)
        if item.type != SECRET:
            self.save(key, canonical if given else "")
        self.answers[key] = canonical if given else ""
        self._tell_dropped(before)

    def _tell_dropped(self, before: Evaluation) -> None:
        live = self.evaluation().live
        dropped = [key for key in before.live if key not in live and self.answers.get(key)]
        if dropped:
            labels = "; ".join(str(self.form[key].label) for key in dropped)
            self.prompter.tell(_("Vì câu trả lời này, các câu sau không còn dùng và sẽ không gửi: {labels}.").format(labels=labels))

    def _tell_changes(self, before: Evaluation) -> None:
        fresh = [key for key in self.evaluation().missing if key not in before.missing]
        if fresh:
            labels = "; ".join(str(self.form[key].label) for key in fresh)
            self.prompter.tell(_("Có câu mới cần trả lời: {labels}.").format(labels=labels))

    def _tell_notices(self, key: str) -> None:
        for problem in self.notice(self.answers):
            if problem.field == key and (problem.code, key) not in self._noticed:
                self._noticed.add((problem.code, key))
                self.prompter.tell(_("Lưu ý: {message} {hint}").format(message=problem.message, hint=problem.hint).rstrip())

    def _take_card(self, evaluation: Evaluation, key: str, scanned: str) -> bool:
        from dvc_cli.domain.card import CardError, read_card

        try:
            card = read_card(scanned)
        except CardError:
            self.prompter.tell(_("Không đọc được nội dung thẻ. Hãy quét lại, hoặc gõ tay."))
            return False
        person = block_person(self.form, key)
        reading = compare(evaluation, person, card, self.answers)
        for doubt in reading.doubts:
            self.prompter.tell(_("Lưu ý: {doubt}").format(doubt=doubt))
        chosen = self._settle(person, reading)
        for filled in chosen:
            self._put(filled.key, filled.value)
        self._tell_filled(chosen, reading.address)
        for filled in chosen:
            self._tell_notices(filled.key)
        return bool(chosen)

    def _settle(self, person: str, reading: Reading) -> tuple[Filled, ...]:
        """Which values of the card to take: all, or after a disagreement those that the person decides on."""
        if not reading.differing and not reading.doubts:
            return reading.new
        for filled in reading.differing:
            line = _("{label}: đã trả lời “{before}”, thẻ ghi “{shown}”.")
            self.prompter.tell(line.format(label=filled.label, before=filled.before, shown=filled.shown))
        if not reading.differing:
            return reading.new if self._agreed(f"card:{person}", _("Vẫn dùng thẻ này?")) else ()
        if self._agreed(f"card:{person}", _("Thay các câu trả lời trên bằng nội dung thẻ?")):
            return reading.values
        # Another name or number: probably the card of somebody else, so nothing of it is taken.
        return ()

    def _agreed(self, key: str, label: str) -> bool:
        while True:
            try:
                return self.prompter.confirm(Question(key, label))
            except WantHelp:
                self.prompter.tell(_("Trả lời c để dùng nội dung thẻ, k để giữ như đã khai."))
            except GoBack:
                return False

    def _tell_filled(self, filled: tuple[Filled, ...], address: str) -> None:
        if not filled:
            self.prompter.tell(_("Không lấy gì từ thẻ."))
            return
        values = "; ".join(f"{item.label}: {item.shown}" for item in filled)
        self.prompter.tell(_("Đã điền từ thẻ: {values}. Kiểm tra lại với công dân.").format(values=values))
        if address:
            self.prompter.tell(_("Nơi cư trú in trên thẻ (không tự điền, địa danh có thể đã đổi): {address}.").format(address=address))
