"""One supplement on its way: what stands in the dossier, what was changed, the new files, and the assessment of it all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from dvc_cli.commands.attachments import ReadFile, read_file
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.dossier_context import Surroundings, invented_numbers
from dvc_cli.contract.values import Attachment, Dossier, FiledAnswers, OfficeRequest, Submission
from dvc_cli.domain.dossier import AttachmentFile
from dvc_cli.errors import Problem, RefusedError, problem
from dvc_cli.forms import Answer, AttachmentAnswer, Given, evaluate, flatten
from dvc_cli.forms.answers import RawValue
from dvc_cli.output.envelope import jsonable
from dvc_cli.procedures import Assessment, Procedure, assess
from dvc_cli.procedures.papers import paper_label

KEY_VERSION = "dvc-supplement-v1"


class SupplementCase:
    """The answers of a filed dossier with what a person changes in them; judged as of the instant of filing.

    `answers` are all answers as they are to stand; `changed` those that were given now or kept from an earlier run.
    """

    def __init__(self, item: Procedure, deps: Deps, surroundings: Surroundings, found: Dossier, filed: FiledAnswers) -> None:
        self.item, self.surroundings, self.found, self.filed = item, surroundings, found, filed
        self._deps = deps
        self.changed: dict[str, Answer] = {}
        self.files: list[ReadFile] = []
        self.acknowledge: dict[str, str] = dict(filed.acknowledge)
        self.pledge: bool | None = None
        self._base = self._filed_texts()

    def take(self, given: Given, folder: Path) -> None:
        """What an answers file or an earlier run gave; later ones win."""
        self.changed |= given.values
        self.files += [read_file(each, folder) for each in given.attachments]
        self.acknowledge |= given.acknowledge
        self.pledge = given.pledge if given.pledge is not None else self.pledge

    @property
    def answers(self) -> dict[str, Answer]:
        """All answers as they are to stand."""
        return {**self._base, **self.changed}

    @property
    def request(self) -> OfficeRequest:
        """What the office waits for. ValueError when it waits for nothing."""
        if self.found.request is None:
            raise ValueError(self.found.code)
        return self.found.request

    def assess(self, answers: Mapping[str, Answer], acknowledge: Mapping[str, str], pledge: bool | None) -> Assessment:
        """Judge these answers with the files that stay and the new ones; a pledge that was given stands while no answer changes."""
        evaluation = evaluate(self.item.form, answers, self.surroundings.context())
        same = (evaluation.payload(), evaluation.facts()) == (self.filed.payload, self.filed.facts)
        files = (*self.kept_files(), *(each.facts for each in self.files))
        look_up = self.surroundings.look_up(self.item.lookups)
        return assess(self.item, answers, files, acknowledge, pledge or same, evaluation.context, look_up)

    def assessment(self) -> Assessment:
        """Judge the supplement as it stands."""
        return self.assess(self.answers, self.acknowledge, self.pledge)

    def unchanged(self) -> bool:
        """Whether what was given stands in the dossier already: answers, and files by content."""
        found = self.assessment()
        held = {(file.id, file.sha256) for file in self.filed.attachments}
        same_files = all((each.facts.id, each.facts.sha256) in held for each in self.files)
        return same_files and (found.payload, found.facts) == (self.filed.payload, self.filed.facts)

    def kept_files(self) -> tuple[AttachmentFile, ...]:
        """The files of the dossier for whose paper nothing new came."""
        renewed = {each.facts.id for each in self.files}
        return tuple(file for file in self.filed.attachments if file.id not in renewed)

    def unanswered(self) -> list[Problem]:
        """What the office asks for and nobody answered: fields not given anew, papers without a new file."""
        live = evaluate(self.item.form, self.answers, self.surroundings.context()).live
        fields = [key for key in self.request.fields if key in live and key not in self.changed]
        attached = {each.facts.id for each in self.files}
        papers = [paper for paper in self.request.papers if paper not in attached]
        return [
            *(problem("A-MISSING", key) for key in fields),
            *(problem("A-PAPER-MISSING", "attachments", detail=f"{paper_label(paper)} ({paper}).") for paper in papers),
        ]

    def own_problems(self, found: Assessment) -> list[Problem]:
        """Training numbers that must not leave the house."""
        return [] if self._deps.backend.capabilities().invented_people else invented_numbers(found.evaluation)

    def save_answer(self, key: str, value: Answer | None) -> None:
        """One changed answer onto the disk."""
        self.changed[key] = value or ""
        self._deps.desk.supplements.save(self.found.code, key, value or "", self._deps.now())

    def save_reason(self, code: str, reason: str | None) -> None:
        """The reason of a warning; None takes it away."""
        self.acknowledge = {key: text for key, text in self.acknowledge.items() if key != code} | ({code: reason} if reason else {})

    def save_pledge(self, pledge: bool) -> None:
        """The citizen's pledge."""
        self.pledge = pledge

    def attach(self, slot: int, paper_id: str, path: Path) -> None:
        """Take a new file. RefusedError A-PAPER-TYPE or A-PAPER-SIZE when it cannot be a paper."""
        read = read_file(AttachmentAnswer(slot, paper_id, str(path)), self._deps.world.folder)
        if not read.content or read.facts.kind is None:
            raise RefusedError(problem("A-PAPER-SIZE" if read.facts.size and not read.content else "A-PAPER-TYPE", "attachments"))
        self.files.append(read)

    def submission(self, found: Assessment) -> Submission:
        """What is sent: every answer as it is to stand, and the new files under their own names."""
        new = found.attachments[len(found.attachments) - len(self.files) :]
        files = tuple(
            Attachment(file.slot, file.id, file.name, file.kind or "", file.sha256, read.content)
            for file, read in zip(new, self.files, strict=True)
        )
        return Submission(
            procedure=self.item.command,
            form_version=self.filed.form_version,
            payload=found.payload,
            facts=found.facts,
            attachments=files,
            acknowledge=dict(self.acknowledge),
            pledge=True,
        )

    def idempotency_key(self, submission: Submission) -> str:
        """The same answer to the same request is the same supplement, in whatever process and however often it is sent."""
        parts = [
            KEY_VERSION,
            self._deps.place,
            self.found.code,
            self.request.asked_at,
            {"payload": dict(submission.payload), "facts": dict(submission.facts)},
            sorted([file.slot, file.id, file.sha256] for file in submission.attachments),
        ]
        text = json.dumps(jsonable(parts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8")).hexdigest()

    def _filed_texts(self) -> dict[str, Answer]:
        """The filed values as answers; what fills itself is left out, so that it follows what changes."""
        raw = {key: _raw(value) for part in (self.filed.payload, self.filed.facts) for key, value in part.items()}
        values = flatten(self.item.form, {key: value for key, value in raw.items() if key in self.item.form}).values
        locked = evaluate(self.item.form, values, self.surroundings.context()).locked
        return {key: value for key, value in values.items() if key not in locked}


def _raw(value: object) -> RawValue:
    """A sent value as an answers file would hold it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return {str(key): _raw(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_raw(part) for part in value]
    return "" if value is None else str(value)
