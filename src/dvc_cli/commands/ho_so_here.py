"""`dvc ho-so list --here`: the dossiers that were filed from this workstation, whoever filed them; needs no session and no network."""

from __future__ import annotations

from typing import Annotated

from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags, option
from dvc_cli.commands.receipt_document import receipt_document, receipt_headers, receipt_row
from dvc_cli.errors import UsageError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.result import Result, Table
from dvc_cli.text import fold_search

MOST, USUAL = 1000, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOptions(CommonFlags):
    """`here` lists this workstation's receipts; `search` takes words of name or code; `limit` bounds the lines.

    Without a limit the signed-in person's dossiers are listed whole: scripts rely on it.
    """

    here: Annotated[bool, option("--here", help="Hồ sơ đã nộp từ máy này, không cần đăng nhập, không cần mạng")] = False
    search: Annotated[str, option("--search", metavar="CHUỖI", help="Tìm theo họ tên hoặc mã, không cần dấu")] = ""
    limit: Annotated[int, option("--limit", metavar="SỐ", help="Nhiều nhất bao nhiêu hồ sơ (với --here mặc định 50)")] = 0


def check_limit(options: ListOptions) -> None:
    """UsageError A-USAGE for a limit that is none."""
    if not 0 <= options.limit <= MOST:
        raise UsageError(problem("A-USAGE", detail=_("--limit từ 1 đến {most}.").format(most=MOST)))


def matches(text: str, *places: str) -> bool:
    """Whether every word of `text` stands in one of the places; case and diacritics do not matter."""
    folded = " ".join(fold_search(place) for place in places)
    return all(word in folded for word in fold_search(text).split())


def list_here(options: ListOptions, deps: Deps) -> Result:
    """The receipts, newest first."""
    receipts, limit = deps.desk.receipts, options.limit or USUAL
    found = receipts.search(options.search, limit) if options.search.strip() else receipts.list(limit)
    text = (Table(receipt_headers(), tuple(receipt_row(each) for each in found)),) if found else (_("Không thấy hồ sơ nào trên máy này."),)
    return Result(deps.command, data={"receipts": [receipt_document(each, deps.today()) for each in found]}, text=text)
