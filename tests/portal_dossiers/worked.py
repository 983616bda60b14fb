"""The worked birth cases as submissions: answers files of `tests/cases` read and projected as a counter would."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from dvc_cli.contract.values import Attachment, Submission
from dvc_cli.domain.calendar import working_calendar
from dvc_cli.domain.dates import VN_TZ
from dvc_cli.domain.dossier import AttachmentFile
from dvc_cli.errors import DvcError
from dvc_cli.forms import Context, flatten, parse_answers
from dvc_cli.portal.portal import Portal
from dvc_cli.procedures import assess, procedure

CASES = Path(__file__).resolve().parent.parent / "cases"
PDF = b"%PDF-1.7\n% giay to tap huan\n%%EOF\n"

OWNERS = {"a": "092196999001", "b": "001301999003", "c": "012075999007"}
FILED = {"a": "2026-11-09T09:30", "b": "2026-11-12T15:20", "c": "2026-11-16T08:10"}


@dataclass
class MovableClock:
    """A clock that a test sets."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant

    def set(self, text: str) -> None:
        self.instant = at(text)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VN_TZ)


def file(slot: int, paper: str, name: str, content: bytes = PDF) -> Attachment:
    return Attachment(slot, paper, name, "pdf", hashlib.sha256(content).hexdigest(), content)


def submission(case: str, **changes: str) -> Submission:
    """What is sent for a worked case (a, b or c), some answers changed."""
    item = procedure("khai-sinh")
    given = flatten(item.form, parse_answers((CASES / f"birth_{case}.yaml").read_bytes(), "yaml"))
    files = tuple(file(paper.slot, paper.id, paper.file) for paper in given.attachments)
    now = at(FILED[case])
    facts = tuple(AttachmentFile(one.slot, one.id, one.name, len(one.content), "pdf", one.sha256) for one in files)
    context = Context(on=now.date(), now=now, calendar=working_calendar())
    judged = assess(item, {**given.values, **changes}, facts, given.acknowledge, given.pledge, context)
    return Submission(item.command, item.form.version, judged.payload, judged.facts, files, given.acknowledge, given.pledge is True)


def with_payload(sent: Submission, changes: Mapping[str, object]) -> Submission:
    return replace(sent, payload={**sent.payload, **changes})


def codes(error: pytest.ExceptionInfo[DvcError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def count(portal: Portal) -> int:
    with portal.read() as connection:
        return int(connection.execute("SELECT count(*) FROM dossiers").fetchone()[0])
