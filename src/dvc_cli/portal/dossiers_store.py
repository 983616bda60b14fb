"""The tables of filed dossiers: writing one down, and what is told of one that stands there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import cast

from dvc_cli.contract.values import Dossier, HistoryEntry, OfficeRequest, Submission
from dvc_cli.domain.dossier import AllowanceLine, FeeLine, MemberLine, PaperLine
from dvc_cli.errors import NotFoundError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass, field_names
from dvc_cli.portal.dossiers_check import Judged
from dvc_cli.portal.instants import read_stamp, stamp
from dvc_cli.portal.offices import Course, steps_until
from dvc_cli.portal.statuses import status_of
from dvc_cli.portal.storage.connection import insert_all

FILES = "INSERT INTO attachments (dossier_id, position, slot, id, name, kind, sha256, size, content)"

_Body = dict[str, list[dict[str, object]]]
_Columns = dict[str, object]


@dataclass(frozen=True, slots=True)
class Filing:
    """A submission on its way into the tables: under which id, whose, under which idempotency key, when."""

    id: str
    owner: str
    idempotency_key: str
    digest: str
    filed_at: datetime
    submission: Submission


@dataclass(frozen=True, slots=True)
class Prepared:
    """A filing as the tables will hold it, but for the code that only who writes can give: made before the lock, on which all wait."""

    dossier: _Columns
    members: list[_Columns]
    files: list[tuple[object, ...]]
    happened: tuple[HistoryEntry, ...]

    def told(self, code: str) -> Dossier:
        """The dossier as it stands once it is written under this code."""
        # What is written answers by the same names as what is read.
        row, members = cast("sqlite3.Row", {**self.dossier, "code": code}), cast("list[sqlite3.Row]", self.members)
        return dossier_of(row, members, self.happened, None)


def prepare(filing: Filing, judged: Judged) -> Prepared:
    """A dossier with its members, files and first steps."""
    assessment = judged.assessment
    due_days = tuple((line.procedure, line.due_on) for line in assessment.members)
    happened = steps_until(Course(filing.filed_at, assessment.counted_from, assessment.due_on, due_days), filing.filed_at)
    files = zip(assessment.attachments, filing.submission.attachments, strict=True)
    return Prepared(
        _columns(filing, judged, happened),
        _member_columns(filing.id, assessment.members, happened),
        [
            (filing.id, position, file.slot, file.id, file.name, file.kind, file.sha256, file.size, given.content)
            for position, (file, given) in enumerate(files)
        ],
        happened,
    )


def insert(connection: sqlite3.Connection, prepared: Prepared, code: str) -> None:
    """Write a dossier down; the caller holds the transaction."""
    connection.execute(
        "INSERT INTO dossiers (id, owner, idempotency_key, digest, procedure, procedure_code, form_version, title, status, filed_at,"
        " counted_from, due_on, body, code) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*prepared.dossier.values(), code),
    )
    members = "INSERT INTO dossier_members (dossier_id, position, procedure, agency, status, due_on)"
    insert_all(connection, members, [tuple(member.values()) for member in prepared.members])
    insert_all(connection, FILES, prepared.files)
    add_steps(connection, str(prepared.dossier["id"]), prepared.happened)


def row_of(connection: sqlite3.Connection, code: str, owner: str | None = None) -> sqlite3.Row:
    """The row of a dossier by code, of that person where one is named. NotFoundError BE-REFUSED when there is none."""
    wanted = code.strip().upper()
    query = "SELECT * FROM dossiers WHERE code = ? AND (CAST(? AS TEXT) IS NULL OR owner = ?)"
    row: sqlite3.Row | None = connection.execute(query, (wanted, owner, owner)).fetchone() if wanted.isascii() else None
    if row is None:
        raise NotFoundError(problem("BE-REFUSED", detail=_("Không có hồ sơ mang mã này."), source="sandbox"))
    return row


def dossier_of(
    row: sqlite3.Row, members: Iterable[sqlite3.Row], history: tuple[HistoryEntry, ...], request: OfficeRequest | None
) -> Dossier:
    """A dossier of what the tables hold of it, its status the last of `history`."""
    body = cast("_Body", json.loads(row["body"]))
    return Dossier(
        id=row["id"],
        code=row["code"],
        procedure=row["procedure"],
        procedure_code=row["procedure_code"],
        status=status_of(history, None),
        filed_at=read_stamp(row["filed_at"]),
        counted_from=date.fromisoformat(row["counted_from"]),
        due_on=date.fromisoformat(row["due_on"]),
        members=tuple(
            MemberLine(member["procedure"], member["agency"], status_of(history, member["procedure"]), day_in(member["due_on"]))
            for member in members
        ),
        fees=tuple(FeeLine(**line) for line in body["fees"]),  # type: ignore[arg-type]  # written by _body
        papers=tuple(PaperLine(**line) for line in body["papers"]),  # type: ignore[arg-type]  # written by _body
        title=row["title"],
        history=history,
        request=request,
        allowances=tuple(AllowanceLine(**line) for line in body.get("allowances", [])),  # type: ignore[arg-type]  # written by _body
    )


def body_of(judged: Judged, acknowledge: Mapping[str, str]) -> bytes:
    """What was filed, as the portal itself projected it, with fees and papers as of the filing day."""
    assessment = judged.assessment
    parts = {
        "payload": assessment.payload,
        "facts": assessment.facts,
        "acknowledge": dict(acknowledge),
        "fees": [_members_of(line) for line in assessment.fees],
        "allowances": [_members_of(line) for line in assessment.allowances],
        "papers": [_members_of(line) for line in assessment.papers],
    }
    return json.dumps(parts, ensure_ascii=False).encode()


def _members_of(line: FeeLine | AllowanceLine | PaperLine) -> dict[str, object]:
    return {name: getattr(line, name) for name in field_names(line)}


def _columns(filing: Filing, judged: Judged, happened: tuple[HistoryEntry, ...]) -> _Columns:
    """The row in the table of dossiers without its code, in the order in which it is inserted."""
    sent, assessment = filing.submission, judged.assessment
    return {
        "id": filing.id,
        "owner": filing.owner,
        "idempotency_key": filing.idempotency_key,
        "digest": filing.digest,
        "procedure": sent.procedure,
        "procedure_code": assessment.procedure_code,
        "form_version": sent.form_version,
        "title": judged.title,
        "status": status_of(happened, None),
        "filed_at": stamp(filing.filed_at),
        "counted_from": assessment.counted_from.isoformat(),
        "due_on": assessment.due_on.isoformat(),
        "body": body_of(judged, sent.acknowledge),
    }


def _member_columns(dossier_id: str, members: Iterable[MemberLine], happened: tuple[HistoryEntry, ...]) -> list[_Columns]:
    """The rows of its members."""
    return [
        {
            "dossier_id": dossier_id,
            "position": position,
            "procedure": line.procedure,
            "agency": line.agency,
            "status": status_of(happened, line.procedure),
            "due_on": line.due_on.isoformat() if line.due_on else None,
        }
        for position, line in enumerate(members)
    ]


def add_steps(connection: sqlite3.Connection, dossier_id: str, new: Iterable[HistoryEntry]) -> None:
    """Write down steps of a dossier's history; the caller holds the transaction."""
    steps = [(dossier_id, stamp(step.at), step.status, step.member, step.note) for step in new]
    insert_all(connection, "INSERT INTO dossier_history (dossier_id, at, status, member, note)", steps)


def day_in(text: str | None) -> date | None:
    """The day of a column that may be empty."""
    return date.fromisoformat(text) if text else None
