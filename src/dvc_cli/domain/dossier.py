"""What a dossier is made of: members, fees, papers, statuses and the shape of its code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from dvc_cli.lazy_dataclasses import dataclass

# Statuses that nothing follows (birth.md 6.2, national set of ten).
FINAL_STATUSES = frozenset({"khong_tiep_nhan", "dung_xu_ly", "da_tra_ket_qua"})
# Statuses in which the next step is the citizen's: bring papers, pay, fetch the result.
CITIZEN_STATUSES = frozenset({"yeu_cau_bo_sung", "yeu_cau_nop_phi", "da_xu_ly_xong"})

OFFICE, CITIZEN, NOBODY = "office", "citizen", "nobody"

_LINKED_CODE = re.compile(r"G22\.99(\.[0-9]{1,2})?-[0-9]{6}-[0-9]{4,6}")
_PROVINCIAL_CODE = re.compile(r"([0-9]{3}\.[0-9]{2}\.[0-9]{2}\.)?H[0-9]{2}-[0-9]{6}-[0-9]{4,6}")


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One linked procedure of a dossier: its office, status code (None before filing) and due day (None: "theo Cổng")."""

    procedure: str
    agency: str
    status: str | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee; `amount` in whole đồng, None when the tool may not compute it (`note` then says who sets it)."""

    id: str
    amount: int | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AllowanceLine:
    """One allowance that may be paid: never a promise.

    `amount` in whole đồng, None when only the paying office can tell; `paid` is False beside a higher one that excludes it; `confidence`
    says how sure the table is (A to D).
    """

    id: str
    label: str
    amount: int | None
    note: str
    source: str
    confidence: str
    paid: bool = True


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper of a case; `state` is needed, attached, from_data or optional."""

    id: str
    slot: int
    required: bool
    state: str


@dataclass(frozen=True, slots=True)
class AttachmentFile:
    """Facts of one attached file; `kind` is pdf, jpeg or png, None when the content is none of these; `size` in bytes."""

    slot: int
    id: str
    name: str
    size: int
    kind: str | None
    sha256: str


def waits_for(status: str, members: Iterable[MemberLine]) -> str:
    """Whose step is next in a dossier: the office's, the citizen's (also when one member alone waits for them) or nobody's: it is over."""
    if status in FINAL_STATUSES:
        return NOBODY
    statuses = {status, *(line.status for line in members)}
    # A member that is finished waits for the others before anybody has to come.
    calling = CITIZEN_STATUSES - {"da_xu_ly_xong"}
    return CITIZEN if statuses & calling or status in CITIZEN_STATUSES else OFFICE


def is_dossier_code(text: str) -> bool:
    """Whether `text` has the shape of a linked, national or provincial dossier code (birth.md 6.4)."""
    return bool(_LINKED_CODE.fullmatch(text) or _PROVINCIAL_CODE.fullmatch(text))
