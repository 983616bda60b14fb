"""The answers of a filing command: draft, then file, then `--set`; the later ones win."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dvc_cli.commands.answers import read_answers
from dvc_cli.commands.attachments import ReadFile, read_file
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.failures import error_for
from dvc_cli.commands.flags import FilingFlags
from dvc_cli.errors import Problem, RefusedError, UsageError, problem
from dvc_cli.forms import Answer, AttachmentAnswer, flatten, is_empty
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass, field
from dvc_cli.procedures import Procedure

if TYPE_CHECKING:
    from dvc_cli.desk import Draft


@dataclass(frozen=True, slots=True)
class DossierAnswers:
    """What was given for one dossier, files read but not yet kept; `problems` are faults of the file's shape."""

    values: dict[str, Answer]
    files: tuple[ReadFile, ...] = ()
    acknowledge: dict[str, str] = field(default_factory=dict)
    pledge: bool | None = None
    problems: tuple[Problem, ...] = ()
    draft: Draft | None = None


def collect(procedure: Procedure, options: FilingFlags, deps: Deps) -> DossierAnswers:
    """Read everything that was given. UsageError for an unreadable file, bad usage, every unknown key at once, an unknown draft."""
    answers = read_answers(options, deps)
    given = flatten(procedure.form, answers.raw)
    if given.unknown:
        raise error_for((*given.unknown, *given.problems))
    draft = _draft(procedure, options.draft, deps) if options.draft else None
    # An empty value is no answer: it must not hide the draft's.
    fresh = {key: value for key, value in given.values.items() if not is_empty(procedure.form[key], value)}
    return DossierAnswers(
        values={**(draft.answers if draft else {}), **fresh},
        files=tuple(read_file(_placed(item, procedure), answers.folder) for item in given.attachments),
        acknowledge={**(draft.acknowledge if draft else {}), **given.acknowledge},
        pledge=_pledge(draft, fresh, given.pledge),
        problems=given.problems,
        draft=draft,
    )


def _draft(procedure: Procedure, draft_id: str, deps: Deps) -> Draft:
    draft = deps.desk.drafts.get(draft_id)
    if draft.procedure != procedure.command:
        hint = f"dvc {draft.procedure} --draft {draft.id}"
        raise UsageError(problem("A-USAGE", "draft", detail=_("Bản nháp này của thủ tục khác."), hint=hint))
    if draft.backend != deps.place:
        detail = _("Bản nháp này dành cho backend {name}.").format(name=draft.backend)
        raise UsageError(problem("A-USAGE", "draft", detail=detail))
    if draft.form_version != procedure.form.version:
        raise RefusedError(problem("DK-FORM-VERSION", detail=f"({draft.form_version} → {procedure.form.version})"))
    return draft


def _pledge(draft: Draft | None, fresh: Mapping[str, Answer], given: bool | None) -> bool | None:
    """A pledge stands for the answers it was given for: new answers ask for a new one."""
    if given is not None or draft is None:
        return given
    return draft.pledge and all(draft.answers.get(key) == value for key, value in fresh.items())


def _placed(item: AttachmentAnswer, procedure: Procedure) -> AttachmentAnswer:
    """A paper without a row goes to its usual one."""
    if item.slot or item.id not in procedure.papers:
        return item
    return AttachmentAnswer(procedure.papers[item.id].slot, item.id, item.file)
