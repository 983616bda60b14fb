"""A draft as data and as text."""

from __future__ import annotations

from collections.abc import Mapping

from dvc_cli.commands.deps import Deps
from dvc_cli.commands.dossier_context import Surroundings
from dvc_cli.desk import Draft
from dvc_cli.forms import Evaluation, evaluate
from dvc_cli.procedures import procedure, procedure_of_version
from dvc_cli.procedures.likeness import own_texts


def draft_document(draft: Draft, evaluation: Evaluation | None) -> dict[str, object]:
    """One entry of `drafts[]`, with what its form says; what the signed-in person's block will fill does not count as remaining."""
    answered = [key for key, value in draft.answers.items() if value and (evaluation is None or key in evaluation.live)]
    return {
        "id": draft.id,
        "procedure": draft.procedure,
        "form_version": draft.form_version,
        "title": draft.title,
        "answered": len(answered),
        "remaining": len([key for key in evaluation.missing if not evaluation.form[key].from_session]) if evaluation else 0,
        "updated_at": draft.updated_at,
    }


def draft_evaluation(draft: Draft, deps: Deps) -> Evaluation | None:
    """What the draft's form says; None when that form is no longer shipped."""
    item = procedure_of_version(draft.procedure, draft.form_version)
    return evaluate(item.form, draft.answers, Surroundings(deps, None).context()) if item else None


def likeness_texts(draft: Draft, deps: Deps) -> tuple[str, ...]:
    """The texts by which this draft is compared with dossiers for the same person; none when its form is no longer shipped."""
    evaluation = draft_evaluation(draft, deps)
    return own_texts(procedure(draft.procedure).likeness, evaluation.text) if evaluation else ()


def answer_lines(answers: Mapping[str, str | tuple[str, ...]], evaluation: Evaluation | None) -> list[tuple[str, str]]:
    """The answers as label and value; as they were given when the form is gone."""
    if evaluation is None:
        return [(key, value if isinstance(value, str) else "; ".join(value)) for key, value in answers.items()]
    return [(str(evaluation.form[key].label), evaluation.display(key)) for key in evaluation.live if evaluation.display(key)]
