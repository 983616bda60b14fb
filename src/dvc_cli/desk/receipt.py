"""The value of a receipt, and its JSON shape inside the box: codes, no labels, so that a later version words them anew."""

from __future__ import annotations

from datetime import datetime

from dvc_cli.contract.values import Dossier
from dvc_cli.desk.reading import Fields
from dvc_cli.desk.records import Record
from dvc_cli.domain.dossier import FeeLine, MemberLine, PaperLine, waits_for
from dvc_cli.domain.names import mask_name
from dvc_cli.lazy_dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Receipt:
    """A dossier that was filed from this desk, as it stood at `seen_at`.

    `subject` is `Consents.subject` of the citizen who filed it ("" when not known), `subject_masked` their masked number. `likeness` are
    marks by which another dossier for the same person is found; nothing can be read from them. `key` is the mark of the
    idempotency key that it was filed under. `reduced`: the citizen has gone; the
    title is masked, and only code, procedure, dates and statuses are left.
    """

    dossier: Dossier
    backend: str
    kept_at: datetime
    seen_at: datetime
    subject: str = ""
    subject_masked: str = ""
    likeness: tuple[str, ...] = ()
    key: str = ""
    reduced: bool = False

    @property
    def code(self) -> str:
        """The dossier's code."""
        return self.dossier.code

    @property
    def waits_for(self) -> str:
        """Whose step is next: `office`, `citizen`, `nobody`."""
        return waits_for(self.dossier.status, self.dossier.members)


def reduce_receipt(receipt: Receipt) -> Receipt:
    """What stays when the citizen has gone: code, procedure, dates, statuses, the name as first letters."""
    if receipt.reduced:
        return receipt
    dossier = receipt.dossier
    members = tuple(replace(line, agency="") for line in dossier.members)
    kept = replace(dossier, id="", title=mask_name(dossier.title), members=members, fees=(), papers=(), history=())
    return replace(receipt, dossier=kept, reduced=True)


def to_content(receipt: Receipt) -> dict[str, object]:
    """The JSON object of a receipt."""
    dossier = receipt.dossier
    return {
        "code": dossier.code,
        "id": dossier.id,
        "procedure": dossier.procedure,
        "procedure_code": dossier.procedure_code,
        "status": dossier.status,
        "filed_at": dossier.filed_at.isoformat(),
        "counted_from": dossier.counted_from.isoformat(),
        "due_on": dossier.due_on.isoformat(),
        "members": [
            {"procedure": line.procedure, "agency": line.agency, "status": line.status or "", "due_on": str(line.due_on or "")}
            for line in dossier.members
        ],
        "fees": [{"id": line.id, "amount": line.amount, "note": line.note} for line in dossier.fees],
        "papers": [{"id": line.id, "slot": line.slot, "required": line.required, "state": line.state} for line in dossier.papers],
        "title": dossier.title,
        "backend": receipt.backend,
        "kept_at": receipt.kept_at.isoformat(),
        "seen_at": receipt.seen_at.isoformat(),
        "subject": receipt.subject,
        "subject_masked": receipt.subject_masked,
        "likeness": list(receipt.likeness),
        "key": receipt.key,
        "reduced": receipt.reduced,
    }


def from_record(record: Record) -> Receipt:
    """The receipt of a record; StoreError DK-STORE-CORRUPT when it has another shape."""
    fields = record.fields()
    filed_at = fields.instant("filed_at")
    return Receipt(
        dossier=_dossier(fields, filed_at),
        backend=fields.text("backend", ""),
        kept_at=fields.instant_or_none("kept_at") or filed_at,
        seen_at=fields.instant_or_none("seen_at") or filed_at,
        subject=fields.text("subject", ""),
        subject_masked=fields.text("subject_masked", ""),
        likeness=fields.list("likeness") if fields.has("likeness") else (),
        key=fields.text("key", ""),
        reduced=fields.flag("reduced", default=False),
    )


def _dossier(fields: Fields, filed_at: datetime) -> Dossier:
    return Dossier(
        id=fields.text("id"),
        code=fields.text("code"),
        procedure=fields.text("procedure"),
        procedure_code=fields.text("procedure_code"),
        status=fields.text("status"),
        filed_at=filed_at,
        counted_from=fields.day("counted_from"),
        due_on=fields.day("due_on"),
        members=tuple(_member(each) for each in fields.tables("members")),
        fees=tuple(_fee(each) for each in fields.tables("fees")),
        papers=tuple(_paper(each) for each in fields.tables("papers")),
        title=fields.text("title", ""),
    )


def _member(fields: Fields) -> MemberLine:
    status = fields.text("status") if fields.has("status") else ""
    return MemberLine(fields.text("procedure"), fields.text("agency"), status or None, fields.day_or_none("due_on"))


def _fee(fields: Fields) -> FeeLine:
    return FeeLine(fields.text("id"), fields.number("amount") if fields.has("amount") else None, fields.text("note", ""))


def _paper(fields: Fields) -> PaperLine:
    return PaperLine(fields.text("id"), fields.number("slot"), fields.flag("required"), fields.text("state"))
