"""The lines of the home screen."""

from __future__ import annotations

from collections.abc import Sequence

from dvc_cli.commands import sessions
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.labels import label
from dvc_cli.desk import Draft, Overview
from dvc_cli.desk.overview import Group
from dvc_cli.domain.dates import format_date
from dvc_cli.language import _

_MOST = 3  # entries of a kind, so that the jobs stay on a small screen


def home_help() -> str:
    """How the home screen is used."""
    return _("Gõ số của việc rồi Enter; gõ vài chữ cũng được. Xong việc sẽ trở lại đây. Mọi lệnh: dvc --help. :luu hoặc Esc để thoát.")


def greeting(deps: Deps) -> str:
    """What this is, when, and which backend it talks to."""
    where = _("{backend} (tập huấn, người và mã đều được đặt ra)") if deps.on_sandbox else "{backend}"
    now = deps.now()
    return _("dvc, trợ lý quầy một cửa · {at} · {where}").format(
        at=f"{now:%H:%M} {format_date(now.date())}", where=where.format(backend=deps.settings.backend)
    )


def session_line(deps: Deps) -> str:
    """Who is signed in and until when."""
    facts = sessions.current(deps)
    if facts is None:
        return _("Chưa ai đăng nhập.")
    who = f"{facts.full_name_masked} ({facts.id_masked}), {label('account_kind', facts.kind)}"
    until = f"{max(facts.expires_at, facts.refresh_until):%H:%M %d/%m/%Y}"
    if not sessions.is_alive(deps):
        return _("Phiên của {who} đã hết hạn lúc {until}.").format(who=who, until=until)
    return _("Đang đăng nhập: {who}, dùng đến {until}.").format(who=who, until=until)


def desk_lines(overview: Overview | None) -> list[str]:
    """Drafts, what is unsent, and what is due; nothing for what is not there."""
    if overview is None:
        return []
    rows = _row(_("Bản nháp"), len(overview.drafts), [draft_label(draft) for draft in overview.drafts])
    unsent = [f"{entry.title or entry.id}: {entry.reason or _('chờ gửi')}" for entry in overview.unsent]
    rows += _row(_("Chưa gửi"), len(unsent), unsent)
    for heading, group in (
        (_("Quá hẹn"), overview.overdue),
        (_("Hẹn hôm nay"), overview.due_today),
        (_("Chờ công dân"), overview.with_citizen),
    ):
        rows += _row(heading, group.count, _receipts(group))
    return rows or [_("Không có bản nháp, hồ sơ chưa gửi hay hồ sơ đến hẹn.")]


def draft_label(draft: Draft) -> str:
    """One draft in a few words."""
    return f"{draft.title or _('chưa có tên')}, {draft.procedure}, {draft.id}"


def _receipts(group: Group) -> list[str]:
    return [f"{receipt.dossier.title or '—'} ({receipt.code})" for receipt in group.receipts]


def _row(heading: str, count: int, entries: Sequence[str]) -> list[str]:
    if not count:
        return []
    shown = "; ".join(entries[:_MOST])
    more = count - min(count, _MOST, len(entries))
    return [f"{heading} ({count}): {shown}" + (f"; +{more}" if more and shown else "")]
