"""Before filing: is there another dossier for the same person? It is shown and asked about; the decision and its reason are recorded.

The same answers under the same key are no duplicate: they are the same dossier. Where nobody can be asked nothing is held up: the answer
lists what was found.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from dvc_cli.commands import sessions
from dvc_cli.commands.attempts import marks_of
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.dossier_case import DossierCase
from dvc_cli.commands.dossier_sending import Prepared
from dvc_cli.commands.draft_document import likeness_texts
from dvc_cli.domain.names import mask_name
from dvc_cli.errors import DvcError
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.procedures.likeness import like_texts
from dvc_cli.prompts.prompter import Question, Signal
from dvc_cli.text import fold_search

RECEIPT, DRAFT, UNSENT, BACKEND = "receipt", "draft", "unsent", "backend"

WHERE = {
    RECEIPT: "đã nộp từ máy này",
    DRAFT: "bản nháp còn dở trên máy này",
    UNSENT: "đang chờ gửi trên máy này",
    BACKEND: "đã nộp, theo nơi tiếp nhận",
}
SHORTEST_REASON = 5
_MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class Alike:
    """Another dossier for the same person: `where` it was found, its code or draft id, its title, and since when it is there."""

    where: str
    ref: str
    title: str
    at: datetime

    def document(self) -> dict[str, object]:
        """One entry of `duplicates[]`."""
        return {"where": self.where, "where_label": _(WHERE[self.where]), "ref": self.ref, "title": self.title, "at": self.at}

    def line(self, title: str) -> str:
        """For a person."""
        return f"{self.ref} · {title} · {_(WHERE[self.where])} · {self.at:%d/%m/%Y}"


def find_alike(deps: Deps, case: DossierCase, ready: Prepared) -> tuple[Alike, ...]:
    """Receipts, drafts and unsent dossiers of this desk, and the signed-in person's own dossiers at the backend, for the same person."""
    texts = like_texts(case.item.likeness, ready.found.evaluation.text)
    if not texts:
        return ()
    here = (*_receipts(deps, case, ready, texts), *_drafts(deps, case, texts))
    known = {each.ref for each in here} | {receipt.code for receipt in deps.desk.receipts.of_key(deps.desk.mark(ready.key))}
    return (*here, *(each for each in _filed(deps, case) if each.ref not in known))


def go_on(deps: Deps, case: DossierCase, alike: tuple[Alike, ...]) -> bool:
    """Whether it is to be filed all the same: asked with its reason where somebody can be asked, else yes. The audit knows."""
    title, refs = mask_name(case.draft.title), ", ".join(each.ref for each in alike)
    for each in alike[:_MOST_LINES]:
        # A remark of a script may end in a log: there the name stays out of it.
        line = each.line(each.title if deps.may_ask else mask_name(each.title))
        deps.tell(_("Có thể trùng: {line}").format(line=line))
    if len(alike) > _MOST_LINES:
        deps.tell(_("Có thể trùng: {count} hồ sơ nữa").format(count=len(alike) - _MOST_LINES))
    if not deps.may_ask:
        deps.record("duplicate", title, ref=case.draft.id, detail=f"filed, nobody asked: {refs}")
        return True
    reason = _reason(deps)
    decision = f"filed: {refs}; {reason}" if reason else f"stopped: {refs}"
    deps.record("duplicate", title, ref=case.draft.id, detail=decision)
    return bool(reason)


def _reason(deps: Deps) -> str:
    """Why it is filed all the same; "" when it is not."""
    try:
        if not deps.prompter.confirm(Question("duplicate", _("Vẫn nộp hồ sơ này?"))):
            return ""
        return deps.prompter.text(Question("duplicate_reason", _("Lý do (ít nhất 5 ký tự)")), _check_reason).strip()
    except Signal:
        return ""


def _check_reason(text: str) -> str | None:
    return None if len(text.strip()) >= SHORTEST_REASON else _("Lý do cần ít nhất 5 ký tự.")


def _receipts(deps: Deps, case: DossierCase, ready: Prepared, texts: tuple[str, ...]) -> Iterator[Alike]:
    key = deps.desk.mark(ready.key)
    for receipt in deps.desk.receipts.like(marks_of(deps.desk, case.item.command, texts)):
        if receipt.key != key:
            yield Alike(RECEIPT, receipt.code, receipt.dossier.title, receipt.dossier.filed_at)


def _drafts(deps: Deps, case: DossierCase, texts: tuple[str, ...]) -> Iterator[Alike]:
    unsent = {entry.id for entry in deps.desk.outbox.list()}
    title = fold_search(case.draft.title)
    for draft in deps.desk.drafts.list():
        # A form is evaluated only for a draft that has the name already: that alone takes longer than reading all of them.
        other = draft.id != case.draft.id and draft.procedure == case.item.command and fold_search(draft.title) == title
        if other and set(likeness_texts(draft, deps)) & set(texts):
            yield Alike(UNSENT if draft.id in unsent else DRAFT, draft.id, draft.title, draft.updated_at)


def _filed(deps: Deps, case: DossierCase) -> Iterator[Alike]:
    """What the backend tells of the signed-in person; it knows names, so a name is all that is compared. Silent when it cannot be asked."""
    try:
        told = deps.backend.list_dossiers(sessions.require(deps).token)
    except DvcError:
        return
    title = fold_search(case.draft.title)
    for each in told:
        if title and each.procedure == case.item.command and fold_search(each.title) == title:
            yield Alike(BACKEND, each.code, each.title, each.filed_at)
