"""One dossier on its way: its draft on the desk, and the assessment of what the draft holds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from dvc_cli.commands.attachments import ReadFile, read_file
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.dossier_answers import DossierAnswers
from dvc_cli.commands.dossier_context import Surroundings, invented_numbers
from dvc_cli.desk import Draft
from dvc_cli.domain.dossier import AttachmentFile
from dvc_cli.domain.names import mask_name
from dvc_cli.errors import ERROR, Problem, RefusedError, problem
from dvc_cli.forms import Answer, AttachmentAnswer, Context, Evaluation, evaluate
from dvc_cli.lazy_dataclasses import replace
from dvc_cli.procedures import Assessment, Procedure, assess, subject_name
from dvc_cli.procedures.lookups import MISSING


class DossierCase:
    """The draft holds every answer before anything is judged or sent. Files that nobody could keep are judged all the same."""

    def __init__(self, item: Procedure, deps: Deps, surroundings: Surroundings, answers: DossierAnswers) -> None:
        self.item, self.surroundings = item, surroundings
        self._deps, self._shape_faults = deps, answers.problems
        self._refused_files = tuple(each.facts for each in answers.files if not each.content)
        self._judged: Evaluation | None = None
        self._known: dict[str, str] = {}
        self._known_of: Mapping[str, Answer] | None = None
        self._told: set[tuple[str, ...]] = set()
        self.draft = self._write(answers, self._begin(answers))

    @cached_property
    def _invented_allowed(self) -> bool:
        """Asked when it is needed: the draft is on the disk before the backend is spoken to."""
        return self._deps.backend.capabilities().invented_people

    @property
    def draft_id(self) -> str | None:
        """The draft that stays when something fails; None where none is kept."""
        return None if self._deps.desk.memory else self.draft.id

    def draft_data(self) -> dict[str, object]:
        """`draft` of the JSON answer."""
        return {"draft": {"id": self.draft_id}}

    def assess(self, answers: Mapping[str, Answer], acknowledge: Mapping[str, str], pledge: bool | None) -> Assessment:
        """Judge these answers with the files attached so far."""
        look_up = self.surroundings.look_up(self.item.lookups)
        found = assess(self.item, answers, self.files(), acknowledge, pledge, self.surroundings.context(), look_up)
        self._judged = found.evaluation
        return found

    def context(self) -> Context:
        """The context of a question asked now, with what the registers tell of the draft as it stands; what they lack is told once."""
        if self._known_of is self.draft.answers:
            return self.surroundings.context(self._known)
        evaluation = evaluate(self.item.form, self.draft.answers, self.surroundings.context())
        known = self.surroundings.known(evaluation, self.item.lookups)
        self._known_of, self._known = self.draft.answers, known
        for lookup in self.item.lookups:
            asked = (lookup.fact, *(evaluation.text(key) for key in lookup.inputs))
            if known.get(lookup.fact) == MISSING and str(lookup.not_found) and asked not in self._told:
                self._told.add(asked)
                self._deps.tell(str(lookup.not_found))
        return self.surroundings.context(known)

    def assessment(self) -> Assessment:
        """Judge the draft as it stands."""
        return self.assess(self.draft.answers, self.draft.acknowledge, self.draft.pledge)

    def problems(self, found: Assessment) -> tuple[Problem, ...]:
        """All problems: those of the assessment, of the file's shape, and training numbers that must not leave the house."""
        return (*self._own_problems(found), *found.problems)

    def blocking(self) -> tuple[Problem, ...]:
        """What keeps the draft from being sent."""
        found = self.assessment()
        return (*(item for item in self._own_problems(found) if item.severity == ERROR), *found.blocking)

    def save_answer(self, key: str, value: Answer | None) -> None:
        """One answer onto the disk."""
        self.draft = self._deps.desk.drafts.save_answer(self.draft.id, key, value, self._deps.now())
        self._retitle()

    def save_reason(self, code: str, reason: str | None) -> None:
        """The reason of a warning onto the disk; None takes it away."""

        def edit(draft: Draft) -> Draft:
            kept = {key: text for key, text in draft.acknowledge.items() if key != code}
            return replace(draft, acknowledge={**kept, code: reason} if reason is not None else kept)

        self.draft = self._deps.desk.drafts.change(self.draft.id, edit, self._deps.now())

    def save_pledge(self, pledge: bool) -> None:
        """The citizen's pledge onto the disk."""
        self.draft = self._deps.desk.drafts.change(self.draft.id, lambda draft: replace(draft, pledge=pledge), self._deps.now())

    def attach(self, slot: int, paper_id: str, path: Path) -> None:
        """Take a file into the draft. RefusedError A-PAPER-TYPE or A-PAPER-SIZE when it cannot be a paper."""
        read = read_file(AttachmentAnswer(slot, paper_id, str(path)), self._deps.world.folder)
        if not read.content:
            raise RefusedError(problem("A-PAPER-SIZE" if read.facts.size else "A-PAPER-TYPE", "attachments"))
        if read.facts.kind is None:
            raise RefusedError(problem("A-PAPER-TYPE", "attachments"))
        self._keep_file(self.draft.id, read)
        self.draft = self._deps.desk.drafts.get(self.draft.id)

    def files(self) -> tuple[AttachmentFile, ...]:
        """The files attached so far, and those that were given but cannot be kept."""
        return (*self.draft.attachments, *self._refused_files)

    def detach(self, file: AttachmentFile) -> None:
        """Take a file out of the draft; one that could not be kept is forgotten."""
        self._refused_files = tuple(each for each in self._refused_files if each != file)
        if file in self.draft.attachments:
            self.draft = self._deps.desk.drafts.detach(self.draft.id, file, self._deps.now())

    def fix_key(self, idempotency_key: str) -> str:
        """Fix the idempotency key on the disk before the first attempt; the one that holds, which may be an earlier one."""
        self.draft = self._deps.desk.drafts.begin_sending(self.draft.id, idempotency_key, self._deps.now())
        return self.draft.idempotency_key

    def read_file(self, file: AttachmentFile) -> bytes:
        """The kept content of an attached file."""
        return self._deps.desk.drafts.read_blob(file.sha256)

    def ready_offline(self) -> bool:
        """Whether nothing is missing but what the signed-in person's block will fill: worth waiting in the outbox."""
        found = assess(
            self.item, self.draft.answers, self.draft.attachments, self.draft.acknowledge, self.draft.pledge, self.surroundings.offline()
        )
        return all(each.field in self.item.form and self.item.form[each.field or ""].from_session for each in found.blocking)

    def _own_problems(self, found: Assessment) -> tuple[Problem, ...]:
        return (*self._shape_faults, *(() if self._invented_allowed else invented_numbers(found.evaluation)))

    def _begin(self, answers: DossierAnswers) -> Draft:
        """The draft that was named, the one that an earlier run of these very answers left, or a new one."""
        drafts = self._deps.desk.drafts
        if answers.draft is not None:
            return answers.draft
        place = (self.item.command, self.item.form.version, self._deps.place)
        files = {read.facts for read in answers.files if read.content}
        for draft in drafts.list():
            same_place = (draft.procedure, draft.form_version, draft.backend) == place
            if same_place and answers.values and draft.answers == answers.values and set(draft.attachments) == files:
                return draft
        draft = drafts.create(*place, self._deps.now())
        self._deps.record("draft_create", ref=draft.id)
        return draft

    def _write(self, answers: DossierAnswers, draft: Draft) -> Draft:
        """Everything that was given onto the disk, in one step; then the files."""
        now, drafts = self._deps.now(), self._deps.desk.drafts

        def edit(present: Draft) -> Draft:
            return replace(
                present,
                answers=dict(answers.values),
                acknowledge=dict(answers.acknowledge),
                pledge=answers.pledge is True,
                subject=self.surroundings.subject or present.subject,
                title=self._title(answers.values),
            )

        drafts.change(draft.id, edit, now)
        self._deps.record("draft_change", mask_name(self._title(answers.values)), ref=draft.id)
        for read in answers.files:
            if read.content:
                self._keep_file(draft.id, read)
        return drafts.get(draft.id)

    def _keep_file(self, draft_id: str, read: ReadFile) -> None:
        facts = read.facts
        self._deps.desk.drafts.attach(draft_id, facts.slot, facts.id, facts.name, read.content, self._deps.now())

    def _retitle(self) -> None:
        title = self._title(self.draft.answers)
        if title != self.draft.title:
            self.draft = self._deps.desk.drafts.change(self.draft.id, lambda draft: replace(draft, title=title), self._deps.now())

    def _title(self, answers: Mapping[str, Answer]) -> str:
        """The name of the person whom the dossier is about, as answered or as the registers filled it in."""

        def text(key: str) -> str:
            return str(answers.get(key, "")) or (self._judged.text(key) if self._judged else "")

        return subject_name(self.item.form, text)
