"""`dvc audit`: who did what with whose data on this workstation; whether the record is whole; a copy of it."""

from __future__ import annotations

import json
from typing import Annotated

from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags, argument, option
from dvc_cli.desk.audit import CHANGED, CUT_OFF, REMOVED, REORDERED, Entry
from dvc_cli.disk.files import write_new_file
from dvc_cli.errors import StoreError, UsageError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.envelope import jsonable
from dvc_cli.output.result import Result, Table

MOST = 100_000

ACTS = {
    "sign_in": "đăng nhập",
    "sign_out": "đăng xuất",
    "consent_given": "công dân đồng ý",
    "consent_withdrawn": "công dân rút lại đồng ý",
    "profile_read": "xem thông tin cá nhân",
    "look_up": "tra cứu",
    "draft_create": "mở bản nháp",
    "draft_change": "sửa bản nháp",
    "draft_read": "xem bản nháp",
    "draft_delete": "xóa bản nháp",
    "duplicate": "quyết định về hồ sơ nghi trùng",
    "file": "nộp hồ sơ",
    "file_failed": "nộp không được",
    "dossier_read": "xem hồ sơ đã nộp",
    "dossier_change": "bổ sung, rút hồ sơ",
    "print": "in",
    "export": "xuất dữ liệu",
    "done": "xong việc với công dân",
    "purge": "dọn dữ liệu cũ",
    "key_rotated": "thay khóa của kho",
}

FINDINGS = {
    CHANGED: "mục bị sửa",
    REMOVED: "mục bị xóa",
    REORDERED: "mục bị đổi chỗ",
    CUT_OFF: "phần cuối bị cắt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOptions(CommonFlags):
    """`limit` bounds how many entries are shown."""

    limit: Annotated[int, option("--limit", metavar="SỐ", help="Nhiều nhất bao nhiêu mục (mặc định 50)")] = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions(CommonFlags):
    """`file` is the file to be made."""

    file: Annotated[str, argument(metavar="TỆP", help="Tệp sẽ tạo, mỗi dòng một mục JSON")]


def list_(options: ListOptions, deps: Deps) -> Result:
    """The newest entries."""
    if not 1 <= options.limit <= MOST:
        raise UsageError(problem("A-USAGE", detail=_("--limit từ 1 đến {most}.").format(most=MOST)))
    entries = deps.desk.audit.list(options.limit)
    headers = (_("Số"), _("Lúc"), _("Việc"), _("Công dân"), _("Hồ sơ, bản nháp"), _("Cán bộ"))
    text = (Table(headers, tuple(_row(each) for each in entries)),) if entries else (_("Sổ nhật ký trống."),)
    return Result(deps.command, data={"entries": [_document(each) for each in entries]}, text=text)


def verify(_options: CommonFlags, deps: Deps) -> Result:
    """Check the whole chain. StoreError DK-STORE-CORRUPT when an entry was changed, removed or moved, or the tail cut off."""
    verdict = deps.desk.audit.verify()
    findings = [{"kind": each.kind, "sequence": each.sequence} for each in verdict.findings]
    data = {"entries": verdict.entries, "sealed": verdict.sealed, "findings": findings}
    if verdict.findings:
        lines = "; ".join(f"{_(FINDINGS[each.kind])} ({each.sequence})" for each in verdict.findings[:5])
        detail = _("Sổ nhật ký không nguyên vẹn: {found}.").format(found=lines)
        raise StoreError(problem("DK-STORE-CORRUPT", detail=detail, hint=_("Xuất sổ (dvc audit export) và báo người quản lý.")), data=data)
    text = _("Sổ nhật ký nguyên vẹn: {count} mục, đã niêm đến mục {sealed}.").format(count=verdict.entries, sealed=verdict.sealed)
    return Result(deps.command, data=data, text=(text,))


def export(options: ExportOptions, deps: Deps) -> Result:
    """A copy of everything as JSON lines, the oldest first, in a new file that only its owner can read."""
    path = deps.world.folder / options.file
    if path.exists() or not path.parent.is_dir():
        raise UsageError(problem("A-USAGE", "file", detail=_("Tệp đã có, hoặc không có thư mục ấy.")))
    deps.record("export", detail="audit")
    entries = tuple(reversed(deps.desk.audit.list()))
    lines = (json.dumps(jsonable(_document(each)), ensure_ascii=False) for each in entries)
    write_new_file(path, "".join(f"{line}\n" for line in lines).encode("utf-8"))
    text = _("Đã xuất {count} mục ra {file}.").format(count=len(entries), file=options.file)
    return Result(deps.command, data={"file": str(path), "entries": len(entries)}, text=(text,))


def _document(entry: Entry) -> dict[str, object]:
    return {
        "sequence": entry.sequence,
        "at": entry.at,
        "act": entry.act,
        "act_label": act_label(entry.act),
        "subject_masked": entry.subject_masked,
        "ref": entry.ref,
        "user": entry.user,
        "staff": entry.staff,
        "ward": entry.ward,
        "backend": entry.backend,
        "detail": entry.detail,
    }


def act_label(act: str) -> str:
    """The words of an act; an act of a newer version stands as its code."""
    return _(ACTS[act]) if act in ACTS else act


def _row(entry: Entry) -> tuple[str, ...]:
    act = f"{act_label(entry.act)} ({entry.detail})" if entry.detail else act_label(entry.act)
    return (str(entry.sequence), f"{entry.at:%H:%M %d/%m/%Y}", act, entry.subject_masked, entry.ref, entry.staff or entry.user)


COMMANDS = {
    "audit list": declare(ListOptions, list_),
    "audit verify": declare(CommonFlags, verify),
    "audit export": declare(ExportOptions, export),
}
