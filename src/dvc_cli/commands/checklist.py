"""`--checklist`: a few deciding questions, then what to bring, before anything is typed. Needs no session and no backend."""

from __future__ import annotations

from collections.abc import Sequence

from dvc_cli.commands.answers import read_answers
from dvc_cli.commands.attachments import read_file
from dvc_cli.commands.checklist_questions import Told, ask, question_document, refuse_faults, take_own
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.dossier_context import Surroundings
from dvc_cli.commands.dossier_document import Block, paper_document
from dvc_cli.commands.failures import error_for
from dvc_cli.commands.flags import FilingFlags
from dvc_cli.commands.labels import label
from dvc_cli.domain.dossier import PaperLine
from dvc_cli.errors import NotSupportedError, problem
from dvc_cli.forms import flatten, is_empty
from dvc_cli.language import _
from dvc_cli.output.result import Result
from dvc_cli.procedures import Procedure
from dvc_cli.procedures.checklist import Original
from dvc_cli.procedures.papers import Paper, paper_lines
from dvc_cli.procedures.plan import first


def show_checklist(item: Procedure, options: FilingFlags, deps: Deps) -> Result:
    """Ask what decides (or name all of it that is missing), then list the papers and the originals of the case."""
    item = item.on(deps.today())
    if not item.checklist.questions:
        raise NotSupportedError(problem("BE-NOT-SUPPORTED"))
    answers = read_answers(options, deps)
    own = take_own(item.checklist, answers.raw)
    given = flatten(item.form, answers.raw)
    if given.unknown or given.problems:
        raise error_for((*given.unknown, *given.problems))
    values = {key: value for key, value in given.values.items() if not is_empty(item.form[key], value)}
    told = Told(item, own, values, Surroundings(deps, None).context)
    if deps.may_ask:
        ask(told, deps.prompter)
    refuse_faults(told)
    texts = told.texts()
    lines = paper_lines(item.papers, texts, tuple(read_file(each, answers.folder).facts for each in given.attachments))
    originals = item.checklist.shown(texts)
    data = {
        "dossier": {
            "procedure_code": first(item.plan.codes, texts),
            "papers": [_paper_document(line, item.papers[line.id]) for line in lines],
        },
        "checklist": {
            "questions": [question_document(told, key) for key in told.asked()],
            "notes": [{"text": str(each.note), "source": each.law} for each in told.chosen() if str(each.note)],
            "originals": [{"label": str(each.label), "source": each.law} for each in originals],
        },
    }
    return Result(deps.command, data=data, next=(f"dvc {item.command}",), text=_text(told, lines, originals))


def _paper_document(line: PaperLine, paper: Paper) -> dict[str, object]:
    return {
        **paper_document(line),
        "issued_by": str(paper.issued_by),
        "replaced_by": str(paper.replaced_by),
        "original": str(paper.original),
        "source": paper.law,
    }


def _text(told: Told, lines: Sequence[PaperLine], originals: Sequence[Original]) -> tuple[Block, ...]:
    blocks: list[Block] = [str(told.item.form.title), ""]
    for key in told.asked():
        document, chosen = question_document(told, key), told.option(key)
        blocks.append(f"{document['label']}: {document['answer_label']}")
        blocks += [f"  {chosen.note}"] if chosen and str(chosen.note) else []
    blocks += ["", _("Giấy tờ đính kèm") if lines else _("Không cần giấy tờ nào kèm theo.")]
    for line in lines:
        paper = told.item.papers[line.id]
        blocks.append(f"- {label('paper', line.id)}: {label('paper_state', line.state)}")
        about = (
            (_("Ai cấp, ai lập: {text}"), paper.issued_by),
            (_("Thay bằng: {text}"), paper.replaced_by),
            (_("Bản chính: {text}"), paper.original),
        )
        blocks += [f"  {said.format(text=text)}" for said, text in about if str(text)]
    if originals:
        blocks += ["", _("Mang theo để xuất trình"), *(f"- {each.label}" for each in originals)]
    return tuple(blocks)
