"""The national statuses as the sandbox's offices use them."""

from __future__ import annotations

from collections.abc import Sequence

from dvc_cli.contract.values import HistoryEntry

FILED, RECEIVED, WORKED_ON, DONE, HANDED_OVER = "moi_dang_ky", "duoc_tiep_nhan", "dang_xu_ly", "da_xu_ly_xong", "da_tra_ket_qua"
ASKED, REFUSED, WITHDRAWING, STOPPED = "yeu_cau_bo_sung", "khong_tiep_nhan", "yeu_cau_rut", "dung_xu_ly"

ORDINARY = (FILED, RECEIVED, WORKED_ON, DONE, HANDED_OVER)
FINISHED = frozenset({DONE, HANDED_OVER})


def status_of(history: Sequence[HistoryEntry], member: str | None) -> str:
    """The status that a history ends with, for one member or (None) for the whole."""
    return next((step.status for step in reversed(history) if step.member == member), FILED)
