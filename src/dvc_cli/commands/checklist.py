"""`--checklist`: a few deciding questions, then what to bring, before anything is typed. Needs no session and no backend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dvc_cli.commands.deps import Deps
from dvc_cli.commands.dossier_answers import DossierAnswers
from dvc_cli.commands.dossier_context import Surroundings
from dvc_cli.commands.dossier_document import Block, paper_document
from dvc_cli.commands.failures import error_for
from dvc_cli.commands.labels import label
from dvc_cli.domain.dossier import PaperLine
from dvc_cli.errors import ERROR, CancelledError, MissingAnswersError, NotSupportedError, problem
from dvc_cli.forms import Answer, Evaluation, Field, evaluate, options
from dvc_cli.forms.model import LIST_TYPES
from dvc_cli.forms.values import texts_of
from dvc_cli.language import ENGLISH, _, language
from dvc_cli.output.result import Result
from dvc_cli.procedures import Procedure
from dvc_cli.procedures.checklist import Original
from dvc_cli.procedures.papers import Paper, paper_lines
from dvc_cli.procedures.plan import first
from dvc_cli.prompts.prompter import Leave


def show_checklist(item: Procedure, answers: DossierAnswers, deps: Deps) -> Result:
    """Ask what decides (or name all of it that is missing), then list the papers and the originals of the case."""
    item = item.on(deps.today())
    if not item.checklist.questions:
        raise NotSupportedError(problem("BE-NOT-SUPPORTED"))
    given = {**item.checklist.assumed(), **answers.values}
    if deps.may_ask:
        given = _ask(item, given, deps)
    seen = evaluate(item.form, given, Surroundings(deps, None).context())
    _refuse_faults(item, seen, answers)
    texts = {key: texts_of(value) for key, value in seen.values.items()}
    lines = paper_lines(item.papers, texts, tuple(each.facts for each in answers.files))
    originals = item.checklist.shown(texts)
    data = {
        "dossier": {
            "procedure_code": first(item.plan.codes, texts),
            "papers": [_paper_document(line, item.papers[line.id]) for line in lines],
        },
        "checklist": {
            "questions": [_question_document(seen, key) for key in _asked(item, seen)],
            "originals": [{"label": str(each.label), "source": each.law} for each in originals],
        },
    }
    return Result(deps.command, data=data, next=(f"dvc {item.command}",), text=_text(item, seen, lines, originals))


def _asked(item: Procedure, seen: Evaluation) -> tuple[str, ...]:
    """The deciding questions of this case."""
    return tuple(key for key in item.checklist.questions if key in seen.live)


def _ask(item: Procedure, given: Mapping[str, Answer], deps: Deps) -> dict[str, Answer]:
    from dvc_cli.wizard import ask_missing

    deps.prompter.tell(_("Vài câu để biết cần mang giấy tờ gì; chưa khai gì và không lưu gì."))
    try:
        return ask_missing(
            item.form,
            given,
            prompter=deps.prompter,
            context=Surroundings(deps, None).context,
            save=lambda _key, _answer: None,
            only=item.checklist.questions,
        )
    except Leave:
        raise CancelledError from None


def _refuse_faults(item: Procedure, seen: Evaluation, answers: DossierAnswers) -> None:
    """Faults of what was given, then every deciding answer that is missing, at once."""
    wrong = [each for each in seen.problems if each.severity == ERROR and each.field in answers.values and each.code != "A-MISSING"]
    missing = [key for key in _asked(item, seen) if key not in seen.values and all(each.field != key for each in wrong)]
    data = {"checklist": {"questions": [_question_document(seen, key) for key in _asked(item, seen)]}}
    if missing:
        raise MissingAnswersError(*wrong, *(problem("A-MISSING", key, hint=_codes(item.form[key])) for key in missing), data=data)
    if wrong:
        raise error_for(wrong, data=data)


def _question_document(seen: Evaluation, key: str) -> dict[str, object]:
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


def _codes(field: Field) -> str:
    codes = [each.code for each in options(field)] if field.type in LIST_TYPES else ["true", "false"]
    return _("Một trong: {codes}.").format(codes=", ".join(codes))


def _paper_document(line: PaperLine, paper: Paper) -> dict[str, object]:
    return {
        **paper_document(line),
        "issued_by": str(paper.issued_by),
        "replaced_by": str(paper.replaced_by),
        "original": str(paper.original),
        "source": paper.law,
    }


def _text(item: Procedure, seen: Evaluation, lines: Sequence[PaperLine], originals: Sequence[Original]) -> tuple[Block, ...]:
    blocks: list[Block] = [str(item.form.title), ""]
    blocks += [f"{seen.form[key].label}: {seen.display(key)}" for key in _asked(item, seen)]
    blocks += ["", _("Giấy tờ đính kèm") if lines else _("Không cần giấy tờ nào kèm theo.")]
    for line in lines:
        paper = item.papers[line.id]
        blocks.append(f"- {label('paper', line.id)}: {label('paper_state', line.state)}")
        told = (
            (_("Ai cấp, ai lập: {text}"), paper.issued_by),
            (_("Thay bằng: {text}"), paper.replaced_by),
            (_("Bản chính: {text}"), paper.original),
        )
        blocks += [f"  {told_as.format(text=text)}" for told_as, text in told if str(text)]
    if originals:
        blocks += ["", _("Mang theo để xuất trình"), *(f"- {each.label}" for each in originals)]
    return tuple(blocks)
