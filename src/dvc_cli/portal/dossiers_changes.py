"""What the citizen may still do with a filed dossier: see what stands in it, answer an office, ask for it back."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import cast

from dvc_cli.contract.values import Dossier, FiledAnswers, Submission
from dvc_cli.domain.calendar import WorkingCalendar
from dvc_cli.domain.dossier import AttachmentFile
from dvc_cli.errors import ConflictError, RefusedError, problem
from dvc_cli.language import _
from dvc_cli.portal.dossiers import digest_of
from dvc_cli.portal.dossiers_check import Judged, judge
from dvc_cli.portal.dossiers_events import Asked, add_event, answered_with, events_of, waited_days
from dvc_cli.portal.dossiers_kept import caught_up
from dvc_cli.portal.dossiers_store import FILES, body_of, row_of
from dvc_cli.portal.instants import read_stamp
from dvc_cli.portal.interventions import SUPPLEMENT, WITHDRAW, Event
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.statuses import ASKED, FINISHED, REFUSED, STOPPED, WITHDRAWING
from dvc_cli.portal.storage.connection import insert_all


def filed_answers(portal: Portal, person: str, code: str) -> FiledAnswers:
    """What stands in a dossier of that person. NotFoundError BE-REFUSED."""
    with portal.read() as connection:
        row = row_of(connection, code, person)
        body = cast("dict[str, dict[str, object]]", json.loads(row["body"]))
        reasons = {key: str(reason) for key, reason in body["acknowledge"].items()}
        return FiledAnswers(row["form_version"], body["payload"], body["facts"], _files(connection, row["id"]), reasons)


def supplement(portal: Portal, person: str, code: str, sent: Submission, idempotency_key: str) -> Dossier:
    """Answer what an office asked for, in one transaction; judged as of the day of filing.

    The same key with the same content answers the dossier again. NotFoundError BE-REFUSED. ConflictError BE-CONFLICT: the key came with
    other content. RefusedError: nothing is asked for, the time is over, the linked procedures would change, or what the check finds.
    """
    digest = digest_of(sent)
    with portal.write() as connection:
        row, now = row_of(connection, code, person), portal.now()
        earlier = answered_with(connection, row["id"], idempotency_key)
        if earlier is None:
            _refuse_unless_asked(*caught_up(connection, [row], now))
            kept = _kept(connection, row, sent)
            judged = judge(connection, person, sent, read_stamp(row["filed_at"]), portal.calendar, kept)
            add_event(connection, row["id"], Event(now, SUPPLEMENT), Asked(), (idempotency_key, digest))
            _mend(connection, row, sent, judged, portal.calendar)
        elif not secrets.compare_digest(earlier, digest):
            raise ConflictError(problem("BE-CONFLICT", detail=_("Khóa chống trùng đã dùng cho lần bổ sung khác.")))
        return _stands(connection, code, now)


def is_answered(portal: Portal, person: str, code: str, idempotency_key: str) -> bool:
    """Whether a supplement of this dossier came with this key. NotFoundError BE-REFUSED."""
    with portal.read() as connection:
        return answered_with(connection, row_of(connection, code, person)["id"], idempotency_key) is not None


def withdraw(portal: Portal, person: str, code: str) -> Dossier:
    """Ask for a dossier back; asking again changes nothing. NotFoundError, RefusedError BE-REFUSED once it is finished or refused."""
    with portal.write() as connection:
        row, now = row_of(connection, code, person), portal.now()
        status = caught_up(connection, [row], now)[0].status
        if status in FINISHED:
            raise refusal(_("Hồ sơ đã có kết quả, không rút được nữa."))
        if status == REFUSED:
            raise refusal(_("Hồ sơ đã bị trả lại, không cần rút."))
        if status not in {WITHDRAWING, STOPPED}:
            add_event(connection, row["id"], Event(now, WITHDRAW), Asked())
        return _stands(connection, code, now)


def refusal(detail: str) -> RefusedError:
    """The portal's no to something that the dossier's status does not allow."""
    return RefusedError(problem("BE-REFUSED", detail=detail, hint=_("Xem trạng thái: dvc ho-so show MÃ."), source="sandbox"))


def _refuse_unless_asked(found: Dossier) -> None:
    if found.status == ASKED:
        return
    lapsed = found.status == REFUSED and any(entry.status == ASKED for entry in found.history)
    raise refusal(_("Đã quá hạn bổ sung, hồ sơ bị trả lại.") if lapsed else _("Không có yêu cầu bổ sung nào đang chờ."))


def _kept(connection: sqlite3.Connection, row: sqlite3.Row, sent: Submission) -> tuple[AttachmentFile, ...]:
    """The files that stay: those of papers for which nothing new came."""
    renewed = {file.id for file in sent.attachments}
    return tuple(file for file in _files(connection, row["id"]) if file.id not in renewed)


def _mend(connection: sqlite3.Connection, row: sqlite3.Row, sent: Submission, judged: Judged, calendar: WorkingCalendar) -> None:
    found = judged.assessment
    members = connection.execute("SELECT * FROM dossier_members WHERE dossier_id = ? ORDER BY position", (row["id"],)).fetchall()
    if [member["procedure"] for member in members] != [line.procedure for line in found.members]:
        raise refusal(_("Bổ sung không đổi được các thủ tục liên thông; rút hồ sơ và nộp lại."))
    waited = waited_days(events_of(connection, row["id"]), calendar)
    connection.execute(
        "UPDATE dossiers SET title = ?, body = ?, due_on = ? WHERE id = ?",
        (judged.title, body_of(judged, sent.acknowledge), calendar.add(found.due_on, waited).isoformat(), row["id"]),
    )
    for member, line in zip(members, found.members, strict=True):
        due = None if line.due_on is None else calendar.add(line.due_on, waited).isoformat()
        done = member["status"] in FINISHED
        connection.execute(
            "UPDATE dossier_members SET agency = ?, due_on = ? WHERE dossier_id = ? AND position = ?",
            (line.agency, member["due_on"] if done else due, row["id"], member["position"]),
        )
    _take_files(connection, row, sent, found.attachments)


def _take_files(connection: sqlite3.Connection, row: sqlite3.Row, sent: Submission, all_files: Sequence[AttachmentFile]) -> None:
    """Replace the files of the papers that came anew; `all_files` ends with the new ones under the names they are kept by."""
    connection.executemany(
        "DELETE FROM attachments WHERE dossier_id = ? AND id = ?", [(row["id"], paper) for paper in {file.id for file in sent.attachments}]
    )
    last = int(connection.execute("SELECT coalesce(max(position), -1) FROM attachments WHERE dossier_id = ?", (row["id"],)).fetchone()[0])
    new = zip(all_files[len(all_files) - len(sent.attachments) :], sent.attachments, strict=True)
    rows = [
        (row["id"], last + number, file.slot, file.id, file.name, file.kind, file.sha256, file.size, given.content)
        for number, (file, given) in enumerate(new, 1)
    ]
    insert_all(connection, FILES, rows)


def _files(connection: sqlite3.Connection, dossier_id: str) -> tuple[AttachmentFile, ...]:
    rows = connection.execute(
        "SELECT slot, id, name, size, kind, sha256 FROM attachments WHERE dossier_id = ? ORDER BY position", (dossier_id,)
    )
    return tuple(AttachmentFile(row["slot"], row["id"], row["name"], row["size"], row["kind"], row["sha256"]) for row in rows)


def _stands(connection: sqlite3.Connection, code: str, now: datetime) -> Dossier:
    return caught_up(connection, [row_of(connection, code)], now)[0]
