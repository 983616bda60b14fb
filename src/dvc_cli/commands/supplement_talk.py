"""Answering an office at a terminal: the fields that it names, then its papers, then the review to the decision whether to send."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from dvc_cli.commands.deps import Deps
from dvc_cli.commands.supplement_case import SupplementCase
from dvc_cli.domain.dates import format_date
from dvc_cli.domain.dossier import PaperLine
from dvc_cli.errors import WARNING, Problem
from dvc_cli.forms import Answer
from dvc_cli.language import _
from dvc_cli.prompts.prompter import GoBack, Leave
from dvc_cli.wizard import Interview, Keeping, review
from dvc_cli.wizard.papers import ask_papers
from dvc_cli.wizard.review import FILE


def talk(case: SupplementCase, deps: Deps) -> bool:
    """True when the citizen wants the supplement sent, False when it was saved for later."""
    prompter, request = deps.prompter, case.request
    prompter.tell(_("Cơ quan yêu cầu bổ sung hồ sơ {code}: {note}").format(code=case.found.code, note=request.note or "—"))
    prompter.tell(_("Trả lời chậm nhất {day}; quá hạn hồ sơ bị trả lại.").format(day=format_date(request.answer_by)))
    interview = Interview(
        case.item.form,
        case.answers,
        prompter,
        case.surroundings.context,
        case.save_answer,
        notice=lambda answers: _warnings(case, answers),
    )
    try:
        for key in request.fields:
            if key in interview.evaluation().live:
                interview.ask_one(key)
                case.changed.setdefault(key, interview.answers.get(key, ""))
        interview.ask_missing(required_only=True)
        with suppress(GoBack):  # back from the papers is the review, which asks for them again
            ask_papers(prompter, lambda: _asked_papers(case), case.attach)
        keeping = Keeping(case.save_reason, case.save_pledge, case.attach)
        outcome = review(interview, case.assess, keeping, acknowledge=case.acknowledge, pledge=False)
    except Leave:
        return False
    return outcome.decision == FILE


def _asked_papers(case: SupplementCase) -> tuple[PaperLine, ...]:
    """The papers that the office waits for and that no new file came for yet."""
    attached = {each.facts.id for each in case.files}
    rules = case.item.papers
    return tuple(PaperLine(paper, rules[paper].slot, True, "needed") for paper in case.request.papers if paper not in attached)  # noqa: FBT003 - required


def _warnings(case: SupplementCase, answers: Mapping[str, Answer]) -> Iterable[Problem]:
    return (each for each in case.assess(answers, case.acknowledge, case.pledge).problems if each.severity == WARNING)
