"""Filing at a terminal: ask what is missing, section by section, then review to the decision whether to file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dvc_cli.commands.deps import Deps
from dvc_cli.commands.dossier_case import DossierCase
from dvc_cli.commands.dossier_prefill import Prefill
from dvc_cli.errors import WARNING, Problem
from dvc_cli.forms import Answer
from dvc_cli.language import _
from dvc_cli.procedures import Procedure
from dvc_cli.prompts.prompter import Leave
from dvc_cli.wizard import Interview, Keeping, review
from dvc_cli.wizard.review import FILE


def talk(item: Procedure, case: DossierCase, deps: Deps, *, asked_before: bool, optional: bool) -> bool:
    """True when the citizen wants the dossier filed, False when it was saved for later.

    `optional` says whether questions that may stay empty are asked.
    """
    prompter = deps.prompter
    prompter.tell(str(item.form.title))
    if not deps.desk.memory:
        known = _("Tiếp tục bản nháp {draft}.") if asked_before else _("Mỗi câu trả lời được lưu ngay vào bản nháp {draft}.")
        prompter.tell(known.format(draft=case.draft.id))
    prompter.tell(_("Ở câu hỏi về người có thể quét thẻ căn cước, hoặc gõ số định danh 12 số."))
    interview = Interview(
        item.form,
        dict(case.draft.answers),
        prompter,
        case.context,
        case.save_answer,
        Prefill(case.surroundings),
        lambda answers: _warnings(case, answers),
        optional=optional,
        readies=True,
    )
    keeping = Keeping(case.save_reason, case.save_pledge, case.attach, case.files, case.detach)
    try:
        interview.ask_missing()
        outcome = review(interview, case.assess, keeping, acknowledge=case.draft.acknowledge, pledge=case.draft.pledge)
    except Leave:
        return False
    return outcome.decision == FILE


def _warnings(case: DossierCase, answers: Mapping[str, Answer]) -> Iterable[Problem]:
    """What a person should hear at once, while the paper is still in the hand."""
    return (each for each in case.assess(answers, case.draft.acknowledge, case.draft.pledge).problems if each.severity == WARNING)
