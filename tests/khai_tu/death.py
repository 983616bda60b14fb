"""The worked cases as tests use them: read, change some answers, judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from dvc_cli.domain.calendar import working_calendar
from dvc_cli.domain.dates import VN_TZ
from dvc_cli.domain.dossier import AttachmentFile
from dvc_cli.forms import Context, flatten, parse_answers
from dvc_cli.procedures import Assessment, assess, procedure

CASES = Path(__file__).parent.parent / "cases"
FILED = {"a": "2026-10-08T15:40", "b": "2026-11-23T15:45", "c": "2026-10-14T09:05"}


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VN_TZ)


def pdf(slot: int, paper: str, name: str = "", size: int = 500_000, kind: str | None = "pdf") -> AttachmentFile:
    return AttachmentFile(slot, paper, name or f"{paper}.pdf", size, kind, "0" * 64)


FILES = {
    "a": (pdf(1, "death_notice_scan", "giay-bao-tu.pdf"),),
    "b": (),
    "c": (pdf(1, "death_notice_scan", "xac-nhan-cong-an.pdf"),),
}


def judge(
    case: str,
    changes: Mapping[str, str | None] | None = None,
    *,
    at: str = "",
    known: Mapping[str, str] | None = None,
    files: Sequence[AttachmentFile] | None = None,
    acknowledge: Mapping[str, str] | None = None,
    pledge: bool | None = True,
    session: Mapping[str, str] | None = None,
) -> Assessment:
    """Assess worked case `a`, `b` or `c` with some answers changed (None: not answered)."""
    form = procedure("khai-tu").form
    given = flatten(form, parse_answers((CASES / f"death_{case}.yaml").read_text(encoding="utf-8"), "yaml"))
    assert not given.unknown
    values = dict(given.values)
    for key, value in (changes or {}).items():
        assert key in form, key
        if value is None:
            values.pop(key, None)
        else:
            values[key] = value
    now = instant(at or FILED[case])
    context = Context(on=now.date(), now=now, calendar=working_calendar(), session_values=session)
    reasons = given.acknowledge if acknowledge is None else acknowledge
    return assess(
        procedure("khai-tu"), values, FILES[case] if files is None else files, reasons, pledge, context, lambda _seen: known or {}
    )


def codes(result: Assessment, severity: str = "") -> set[str]:
    return {item.code for item in result.problems if severity in {"", item.severity}}


def fields(result: Assessment, code: str) -> list[str | None]:
    return [item.field for item in result.problems if item.code == code]
