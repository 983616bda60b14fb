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
FILED = {"a": "2026-11-09T09:30", "b": "2026-11-12T15:20", "c": "2026-11-16T08:10"}
FOUND = {"notification": "found"}


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VN_TZ)


def pdf(slot: int, paper: str, name: str = "", size: int = 500_000, kind: str | None = "pdf") -> AttachmentFile:
    return AttachmentFile(slot, paper, name or f"{paper}.pdf", size, kind, "0" * 64)


FILES = {
    "a": (),
    "b": (pdf(1, "birth_notification_scan", "giay-chung-sinh.pdf", 640_000), pdf(2, "ct01", "ct01-ky.pdf", 820_000)),
    "c": (pdf(1, "witness_statement", "xac-nhan-viec-sinh.pdf", 510_000), pdf(2, "ct01", "ct01-ky.pdf", 700_000)),
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
    form = procedure("khai-sinh").form
    given = flatten(form, parse_answers((CASES / f"birth_{case}.yaml").read_text(encoding="utf-8"), "yaml"))
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
        procedure("khai-sinh"), values, FILES[case] if files is None else files, reasons, pledge, context, lambda _seen: known or {}
    )


def codes(result: Assessment, severity: str = "") -> set[str]:
    return {item.code for item in result.problems if severity in {"", item.severity}}


def fields(result: Assessment, code: str) -> list[str | None]:
    return [item.field for item in result.problems if item.code == code]
