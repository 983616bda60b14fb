"""The assessment of a set of answers: everything that the check, the review and the filing of a dossier need to know."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from dvc_cli.domain.calendar import Deadline
from dvc_cli.domain.dossier import AllowanceLine, AttachmentFile, FeeLine, MemberLine, PaperLine
from dvc_cli.errors import ERROR, HINT, WARNING, Problem, problem
from dvc_cli.forms import Case, Context, Evaluation, Form, evaluate, knowing, run_rules
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.procedures.acknowledge import accepted, unused
from dvc_cli.procedures.allowances import allowance_lines
from dvc_cli.procedures.checklist import Original
from dvc_cli.procedures.papers import ATTACHED, FROM_DATA, Texts, distinct_names, in_rows, paper_lines, paper_problems
from dvc_cli.procedures.plan import dossier_days, fee_lines, first, member_lines, reminders
from dvc_cli.procedures.registry import Procedure
from dvc_cli.procedures.tables import KNOWN_PREFIX

LookUp = Callable[[Evaluation], Mapping[str, str]]

_SEVERITIES = (ERROR, WARNING, HINT)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a set of answers amounts to on a filing instant.

    `problems` holds everything: errors, then warnings, then hints, each in form order; `blocking` the errors and the warnings
    that nobody gave a reason for. `missing` are the keys of live required answers without a value. `attachments` are the files
    under the names they are sent with. `deadline` says from which day the office counts, when the whole dossier is due, and why.
    `allowances` is what may be paid, `originals` what is shown at the counter, `reminders` what the receipt ends with.
    """

    evaluation: Evaluation
    problems: tuple[Problem, ...]
    blocking: tuple[Problem, ...]
    missing: tuple[str, ...]
    attachments: tuple[AttachmentFile, ...]
    papers: tuple[PaperLine, ...]
    fees: tuple[FeeLine, ...]
    members: tuple[MemberLine, ...]
    deadline: Deadline
    procedure_code: str
    allowances: tuple[AllowanceLine, ...] = ()
    originals: tuple[Original, ...] = ()
    reminders: tuple[str, ...] = ()

    @property
    def payload(self) -> dict[str, object]:
        """Exactly what would be sent: field key → canonical value of the live fields that are the portal's."""
        return self.evaluation.payload()

    @property
    def facts(self) -> dict[str, object]:
        """The live answers to the tool's own questions, never part of the payload."""
        return self.evaluation.facts()

    @property
    def counted_from(self) -> date:
        """The day from which the office counts."""
        return self.deadline.counted_from

    @property
    def due_on(self) -> date:
        """The due day of the whole dossier."""
        return self.deadline.due_on

    @property
    def complete(self) -> bool:
        """Whether nothing is missing, nothing blocks, and every required paper is attached or replaced by data."""
        papers = all(line.state in {ATTACHED, FROM_DATA} for line in self.papers if line.required)
        return papers and not self.missing and not self.blocking


def assess(
    procedure: Procedure,
    given: Mapping[str, str | tuple[str, ...]],
    attachments: Sequence[AttachmentFile],
    acknowledge: Mapping[str, str],
    pledge: bool | None,
    context: Context,
    look_up: LookUp | None = None,
) -> Assessment:
    """Judge the answers `given` (field key → text) with their files, accepted warnings and pledge, as filed at `context.now`.

    `look_up` is told the answers as read and tells the facts of the registers, which take the place of those in `context`.
    """
    procedure = procedure.on(context.on)
    evaluation = evaluate(procedure.form, given, context)
    if look_up is not None:
        evaluation = knowing(evaluation, given, look_up(evaluation))
    texts = _texts(evaluation)
    files = in_rows(procedure.papers, attachments)
    papers = paper_lines(procedure.papers, texts, files)
    attached = frozenset(file.id for file in files)
    found = [
        *evaluation.problems,
        *run_rules(procedure.rules, Case(evaluation, attached)),
        *paper_problems(procedure.papers, papers, files, context.on),
    ]
    if pledge is not True:
        found.append(problem("A-PLEDGE", "pledge"))
    found += unused(acknowledge, found)
    problems = _in_order(found, procedure.form)
    deadline = context.calendar.deadline(context.now, working_days=dossier_days(procedure.plan, texts, context.on))
    return Assessment(
        evaluation=evaluation,
        problems=problems,
        blocking=tuple(_blocking(problems, acknowledge)),
        missing=evaluation.missing,
        attachments=distinct_names(files),
        papers=papers,
        fees=fee_lines(procedure.plan, texts, {item.code for item in problems}, context.on),
        members=member_lines(procedure.plan, texts, deadline.counted_from, context.on, context.calendar),
        deadline=deadline,
        procedure_code=first(procedure.plan.codes, texts),
        allowances=allowance_lines(procedure.allowances, texts, evaluation.values),
        originals=procedure.checklist.shown(texts),
        reminders=reminders(procedure.plan, texts),
    )


def _texts(evaluation: Evaluation) -> Texts:
    known = {f"{KNOWN_PREFIX}{name}": (value,) for name, value in evaluation.context.known.items() if value}
    return {**evaluation.texts, **known}


def _blocking(problems: Sequence[Problem], acknowledge: Mapping[str, str]) -> Iterator[Problem]:
    for item in problems:
        if item.severity == ERROR or (item.severity == WARNING and not accepted(item, acknowledge)):
            yield item


def _in_order(problems: Sequence[Problem], form: Form) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda item: (_SEVERITIES.index(item.severity), form.place(item.field))))
