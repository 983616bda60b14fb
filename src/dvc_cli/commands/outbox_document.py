"""An entry of the outbox as data and as text."""

from __future__ import annotations

from dvc_cli.desk import Unsent
from dvc_cli.desk.unsent import ACCEPTED, NEEDS_YOU, QUEUED, REJECTED, SENDING
from dvc_cli.errors import DvcError, SessionError
from dvc_cli.language import _

STATES = {
    QUEUED: "chờ gửi lại",
    SENDING: "đang gửi, chưa rõ kết quả",
    ACCEPTED: "đã được nhận",
    REJECTED: "bị từ chối",
    NEEDS_YOU: "cần cán bộ xử lý",
}


def unsent_document(unsent: Unsent) -> dict[str, object]:
    """One entry of `outbox[]`."""
    reason = {"code": unsent.reason_code, "message": unsent.reason} if unsent.reason_code else None
    return {
        "id": unsent.id,
        "procedure": unsent.procedure,
        "backend": unsent.backend,
        "title": unsent.title,
        "state": unsent.state,
        "state_label": _(STATES[unsent.state]),
        "reason": reason,
        "tries": unsent.tries,
        "next_try_at": unsent.next_try_at,
        "created_at": unsent.created_at,
        "updated_at": unsent.updated_at,
    }


def unsent_row(unsent: Unsent) -> tuple[str, ...]:
    """One line of the table."""
    again = f"{unsent.next_try_at:%H:%M %d/%m/%Y}" if unsent.next_try_at else "—"
    return (unsent.id, unsent.procedure, unsent.title, _(STATES[unsent.state]), str(unsent.tries), again, unsent.reason)


def unsent_headers() -> tuple[str, ...]:
    """The heads of `unsent_row`."""
    return (_("Mã"), _("Thủ tục"), _("Người được khai"), _("Tình trạng"), _("Số lần gửi"), _("Gửi lại sau"), _("Lý do"))


def next_for(unsent: Unsent) -> tuple[str, ...]:
    """How to bring an entry on."""
    if unsent.state == REJECTED:
        return (f"dvc {unsent.procedure} --draft {unsent.id}",)
    return (f"dvc outbox send {unsent.id}",)


def session_commands(error: DvcError) -> tuple[str, ...]:
    """Signing in comes first where the session was the failure."""
    return ("dvc login-vneid",) if isinstance(error, SessionError) else ()
