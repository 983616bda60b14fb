"""A receipt of this desk as data and as one line: what is known without asking the backend."""

from __future__ import annotations

from datetime import date

from dvc_cli.commands.labels import label
from dvc_cli.desk import Receipt
from dvc_cli.domain.dates import format_date
from dvc_cli.language import _


def receipt_document(receipt: Receipt, today: date) -> dict[str, object]:
    """One receipt as it stood at `seen_at`; `days_late` counts from the due day while the next step is an office's, 0 otherwise."""
    dossier = receipt.dossier
    late = (today - dossier.due_on).days if receipt.waits_for == "office" else 0
    return {
        "code": dossier.code,
        "procedure": dossier.procedure,
        "title": dossier.title,
        "backend": receipt.backend,
        "subject_masked": receipt.subject_masked,
        "status": dossier.status,
        "status_label": label("dossier_status", dossier.status),
        "waits_for": receipt.waits_for,
        "filed_at": dossier.filed_at,
        "due_on": dossier.due_on,
        "days_late": max(late, 0),
        "seen_at": receipt.seen_at,
        "reduced": receipt.reduced,
    }


def receipt_row(receipt: Receipt) -> tuple[str, ...]:
    """One line of the table: four columns, so that a code stays whole on 80."""
    dossier = receipt.dossier
    status = label("dossier_status", dossier.status)
    return (dossier.code, dossier.title or receipt.subject_masked, status, format_date(dossier.due_on))


def receipt_headers() -> tuple[str, ...]:
    """The heads of `receipt_row`."""
    return (_("Mã hồ sơ"), _("Người được khai"), _("Trạng thái"), _("Hẹn trả"))
