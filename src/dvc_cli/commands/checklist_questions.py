"""The deciding questions of a checklist: fields of the form and the list's own, given by script or asked one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar

from dvc_cli.commands.failures import error_for
from dvc_cli.errors import ERROR, CancelledError, MissingAnswersError, Problem, problem
from dvc_cli.forms import Answer, Context, Evaluation, Field, evaluate, options
from dvc_cli.forms.answers import RawValue
from dvc_cli.forms.evaluate import ANSWER
from dvc_cli.forms.model import LIST_TYPES
from dvc_cli.forms.values import texts_of
from dvc_cli.language import ENGLISH, _, language
from dvc_cli.procedures import Procedure
from dvc_cli.procedures.checklist import Checklist, OwnOption, OwnQuestion
from dvc_cli.prompts.prompter import GoBack, Leave, Option, Prompter, Question, Signal
from dvc_cli.text import safe

YES_NO = ("true", "false")


class Told:
    """What was told so far: `own` answers (key to code) and `values` of form fields; `context` is that of each evaluation."""

    def __init__(self, item: Procedure, own: dict[str, str], values: dict[str, Answer], context: Callable[[], Context]) -> None:
        self.item, self.own, self.values = item, own, values
        self.context = context

    def answers(self) -> dict[str, Answer]:
        """Answers to the form: assumed, implied by the list's own questions, given; the later ones win."""
        checklist = self.item.checklist
        return {**checklist.assumed(), **checklist.implied(self.own), **self.values}

    def evaluation(self) -> Evaluation:
        """What the form says to them."""
        return evaluate(self.item.form, self.answers(), self.context())

    def asked(self) -> tuple[str, ...]:
        """The deciding questions of this case, in order."""
        live, texts = self.evaluation().live, self.texts()
        own = {each.key: each.when.holds(texts) for each in self.item.checklist.own}
        return tuple(key for key in self.item.checklist.questions if own.get(key, key in live))

    def texts(self) -> dict[str, tuple[str, ...]]:
        """The canonical texts of form values and of the list's own answers, for conditions."""
        values = self.evaluation().values
        return {key: texts_of(value) for key, value in values.items()} | {key: (code,) for key, code in self.own.items()}

    def chosen(self) -> Iterable[OwnOption]:
        """The chosen options of the list's own questions that this case asks."""
        return [option for key in self.asked() if (option := self.option(key))]

    def option(self, key: str) -> OwnOption | None:
        """The chosen option of a question of the list's own; None for a field of the form."""
        own = self.item.checklist.own_question(key)
        return own.option(self.own.get(key, "")) if own else None

    def with_answer(self, key: str, given: Answer) -> Evaluation:
        """What the form would say with one more answer."""
        return evaluate(self.item.form, {**self.answers(), key: given}, self.context())

    def forget(self, key: str) -> None:
        """Take an answer back."""
        self.own.pop(key, None)
        self.values.pop(key, None)

    def missing(self) -> tuple[str, ...]:
        """The deciding questions that nobody answered; a preset is no answer, it is what is being decided."""
        seen, checklist = self.evaluation(), self.item.checklist
        return tuple(key for key in self.asked() if not _answered(key, checklist, self.own, seen))


def take_own(checklist: Checklist, raw: dict[str, RawValue]) -> dict[str, str]:
    """Take the answers to the list's own questions out of `raw`. RefusedError A-CHOICE, all at once, for what is no option."""
    own: dict[str, str] = {}
    wrong: list[Problem] = []
    for question in checklist.own:
        value = raw.pop(question.key, "")
        if not value:
            continue
        if isinstance(value, str) and question.option(value):
            own[question.key] = value
        else:
            wrong.append(problem("A-CHOICE", question.key, detail=f"({safe(str(value), 40)})", hint=_codes(question)))
    if wrong:
        raise error_for(wrong)
    return own


def refuse_faults(told: Told) -> None:
    """Refuse faults of what was given; name every deciding answer that is missing, at once."""
    seen = told.evaluation()
    wrong = [each for each in seen.problems if each.severity == ERROR and each.field in told.values and each.code != "A-MISSING"]
    missing = [key for key in told.missing() if all(each.field != key for each in wrong)]
    data = {"checklist": {"questions": [question_document(told, key) for key in told.asked()]}}
    if missing:
        raise MissingAnswersError(*wrong, *(problem("A-MISSING", key, hint=_hint(told, key)) for key in missing), data=data)
    if wrong:
        raise error_for(wrong, data=data)


def ask(told: Told, prompter: Prompter) -> None:
    """Ask what decides and was not given; `<` returns to the question before. CancelledError when the person leaves."""
    prompter.tell(_("Vài câu để biết cần mang giấy tờ gì; chưa khai gì và không lưu gì."))
    behind: list[str] = []
    try:
        while waiting := [key for key in told.missing() if key not in behind]:
            try:
                _ask_one(told, waiting[0], prompter)
                behind.append(waiting[0])
            except GoBack:
                if behind:
                    told.forget(behind.pop())
                else:
                    prompter.tell(_("Đây là câu đầu tiên, không lùi được nữa."))
    except Leave:
        raise CancelledError from None


def _ask_one(told: Told, key: str, prompter: Prompter) -> None:
    own = told.item.checklist.own_question(key)
    if own:
        choices = tuple(Option(each.code, str(each.label)) for each in own.options)
        told.own[key] = _patiently(prompter, own_help(own), lambda: prompter.choice(Question(own.key, str(own.label)), choices))
        return
    from dvc_cli.wizard.asking import ask_field
    from dvc_cli.wizard.questions import help_text
    from dvc_cli.wizard.route import fault_of

    def fault(given: Answer) -> str | None:
        found = fault_of(told.with_answer(key, given), key)
        return found.message if found else None

    seen = told.evaluation()
    field, remark = seen.form[key], ""
    while True:
        question = Question(key, str(field.label), suggestion=seen.text(key), suggestion_label=seen.display(key), remark=remark)
        answer = _patiently(prompter, help_text(field), partial(ask_field, prompter, seen, question, fault))
        remark = fault(answer) or ""
        if not remark:
            told.values[key] = answer
            return


Given = TypeVar("Given", str, Answer)


def _patiently(prompter: Prompter, explanation: str, question: Callable[[], Given]) -> Given:
    """The answer to a question that may be asked to explain itself."""
    while True:
        try:
            return question()
        except (GoBack, Leave):
            raise
        except Signal:
            prompter.tell(explanation)


def own_help(own: OwnQuestion) -> str:
    """The explanation of a question of the list's own: what each answer means."""
    return "\n".join([str(own.label), *(f"- {each.label}: {each.note}" for each in own.options if str(each.note))])


def question_document(told: Told, key: str) -> dict[str, object]:
    """One entry of `questions[]`, with its options and its answer."""
    own = told.item.checklist.own_question(key)
    if own:
        chosen = own.option(told.own.get(key, ""))
        return {
            "key": key,
            "label": str(own.label),
            "options": [{"code": each.code, "label": str(each.label)} for each in own.options],
            "answer": chosen.code if chosen else None,
            "answer_label": str(chosen.label) if chosen else None,
        }
    seen = told.evaluation()
    field = seen.form[key]
    english = language() == ENGLISH
    listed = options(field) if field.type in LIST_TYPES else ()
    return {
        "key": key,
        "label": str(field.label),
        "options": [{"code": each.code, "label": each.label_en if english else each.label_vi} for each in listed],
        "answer": ", ".join(texts_of(seen.values[key])) if key in seen.values else None,
        "answer_label": seen.display(key) or None,
    }


def _answered(key: str, checklist: Checklist, own: dict[str, str], seen: Evaluation) -> bool:
    if checklist.own_question(key):
        return key in own
    return key in seen.locked or (key in seen.values and seen.origin.get(key) == ANSWER)


def _hint(told: Told, key: str) -> str:
    own = told.item.checklist.own_question(key)
    return _codes(own) if own else _field_codes(told.item.form[key])


def _codes(own: OwnQuestion) -> str:
    return _("Một trong: {codes}.").format(codes=", ".join(each.code for each in own.options))


def _field_codes(field: Field) -> str:
    codes = [each.code for each in options(field)] if field.type in LIST_TYPES else YES_NO
    return _("Một trong: {codes}.").format(codes=", ".join(codes))
