"""What `:xem`, `:den` and `:huy` do at a question: look the answers over, go to another question, take the last change back."""

from __future__ import annotations

from dvc_cli.forms import Answer, Evaluation, ValueFault, display_value, parse_value
from dvc_cli.language import _
from dvc_cli.prompts.prompter import GoBack, Option, Prompter, Question, WantHelp
from dvc_cli.wizard.finding import MOST, dead_fields, find_fields
from dvc_cli.wizard.history import Answers, Step


def undo(prompter: Prompter, answers: Answers) -> str | None:
    """Take the last change back and say so; the key of the question it was made at, None when there is nothing to take back."""
    steps = answers.undo()
    if not steps:
        prompter.tell(_("Chưa có thay đổi nào để hoàn tác."))
        return None
    evaluation = answers.evaluation()
    told = "; ".join(_told(evaluation, step) for step in steps)
    prompter.tell(_("Đã hoàn tác. {changes}.").format(changes=told))
    return steps[0].key


def choose_field(prompter: Prompter, evaluation: Evaluation, words: str) -> str | None:
    """The question that the words of `:den` mean, chosen from a list where they mean several; None when there is none."""
    if not words:
        prompter.tell(_("Gõ :den rồi vài chữ trong tên câu, ví dụ :den {words}.").format(words=_some_words(evaluation)))
        return None
    found = find_fields(evaluation, words)
    if len(found) == 1:
        return found[0]
    if not found:
        dead = dead_fields(evaluation, words)
        why = _("Câu “{label}” không hỏi trong trường hợp này, hoặc tự điền theo các câu khác.")
        none = _("Không có câu nào tên “{words}”. Gõ vài chữ trong tên câu, không cần dấu.")
        prompter.tell(why.format(label=str(evaluation.form[dead[0]].label)) if dead else none.format(words=words))
        return None
    if len(found) > MOST:
        prompter.tell(_("“{words}” có trong {count} câu; đây là {most} câu đầu.").format(words=words, count=len(found), most=MOST))
    return _choose(prompter, evaluation, found[:MOST])


def _choose(prompter: Prompter, evaluation: Evaluation, keys: tuple[str, ...]) -> str | None:
    options = tuple(Option(key, str(evaluation.form[key].label), key) for key in keys)
    while True:
        try:
            return prompter.choice(Question("go_to", _("Tới câu nào?")), options)
        except GoBack:
            return None
        except WantHelp:
            prompter.tell(_("Chọn một câu theo số; < để ở lại câu đang hỏi."))


def _some_words(evaluation: Evaluation) -> str:
    item = evaluation.form[evaluation.live[-1]]
    return " ".join(str(item.label).casefold().split()[:3])


def _told(evaluation: Evaluation, step: Step) -> str:
    label = str(evaluation.form[step.key].label)
    before, after = (reads(evaluation, step.key, answer) for answer in (step.before, step.after))
    return _("{label}: “{after}” trở lại “{before}”").format(label=label, after=after, before=before)


def reads(evaluation: Evaluation, key: str, answer: Answer | None) -> str:
    """An answer as a person reads it, one that cannot be read as it was typed."""
    if answer is None:
        return _("chưa trả lời")
    if not answer:
        return _("bỏ trống")
    item = evaluation.form[key]
    try:
        value = parse_value(item, answer, evaluation.context, evaluation.values)
    except ValueFault:
        return answer if isinstance(answer, str) else "; ".join(answer)
    return display_value(item, value, evaluation.context.lang, evaluation.context.on)
