"""The messages that the invented phones got. The only place where a code stands in clear, and there it is sealed."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from datetime import datetime

from dvc_cli.errors import NotFoundError, problem
from dvc_cli.portal.instants import read_stamp, stamp
from dvc_cli.portal.portal import Portal

# What the portal writes to a citizen, whatever language the program speaks.
_CODE_TEXT = (
    "Cổng Dịch vụ công quốc gia: mã xác thực (OTP) số {number} của Quý vị là {code}, dùng đến {until}. Không đưa mã cho người khác."
)
_VNEID_TEXT = (
    "VNeID: mã xác thực (OTP) số {number} để đăng nhập Cổng Dịch vụ công là {code}, dùng đến {until}. Không đưa mã cho người khác."
)


@dataclass(frozen=True, slots=True)
class Message:
    """A short message on an invented phone; `code` is empty and `challenge_id` None when it carries no code."""

    number: int
    phone: str
    sent_at: datetime
    text: str = field(repr=False)
    code: str = field(repr=False)
    challenge_id: str | None


@dataclass(frozen=True, slots=True)
class SentCode:
    """The newest code of a challenge, for `sandbox otp`."""

    code: str = field(repr=False)
    challenge_id: str
    expires_at: datetime


def send_code(portal: Portal, connection: sqlite3.Connection, challenge: sqlite3.Row, code: str) -> None:
    """Write the message that carries a challenge's code, as the challenge row stands."""
    until = read_stamp(challenge["expires_at"]).strftime("%H:%M:%S %d/%m/%Y")
    text = _VNEID_TEXT if challenge["kind"] == "login-vneid" else _CODE_TEXT
    _write(
        portal,
        connection,
        Message(
            number=0,
            phone=challenge["phone"],
            sent_at=read_stamp(challenge["sent_at"]),
            text=text.format(number=challenge["code_number"], code=code, until=until),
            code=code,
            challenge_id=challenge["id"],
        ),
    )


def send_text(portal: Portal, connection: sqlite3.Connection, phone: str, text: str) -> None:
    """Write a message without a code, sent now."""
    _write(portal, connection, Message(number=0, phone=phone, sent_at=portal.now(), text=text, code="", challenge_id=None))


def list_messages(portal: Portal, phone: str | None = None) -> tuple[Message, ...]:
    """All messages, or those of one phone, newest first."""
    with portal.read() as connection:
        rows = connection.execute("SELECT * FROM messages WHERE ?1 IS NULL OR phone = ?1 ORDER BY number DESC", (phone,)).fetchall()
    return tuple(_message(portal, row) for row in rows)


def newest_code(portal: Portal, phone: str | None = None, challenge_id: str | None = None) -> SentCode:
    """The newest code of the challenge `challenge_id`, else of the newest challenge (of `phone`) that still waits for its code.

    NotFoundError TK-NO-CHALLENGE when there is none.
    """
    with portal.read() as connection:
        row = connection.execute(
            "SELECT messages.*, challenges.expires_at FROM messages JOIN challenges ON challenges.id = messages.challenge_id"
            " WHERE (?1 IS NULL OR messages.phone = ?1) AND (?2 IS NULL OR challenges.id = ?2)"
            " AND (?2 IS NOT NULL OR challenges.state IN ('open', 'locked')) ORDER BY messages.number DESC LIMIT 1",
            (phone, challenge_id),
        ).fetchone()
    if row is None:
        raise NotFoundError(problem("TK-NO-CHALLENGE"))
    message = _message(portal, row)
    return SentCode(code=message.code, challenge_id=row["challenge_id"], expires_at=read_stamp(row["expires_at"]))


def _write(portal: Portal, connection: sqlite3.Connection, message: Message) -> None:
    sent_at = stamp(message.sent_at)
    body = json.dumps({"text": message.text, "code": message.code}).encode()
    box = portal.vault.seal(_label(message.phone, sent_at), body)
    connection.execute(
        "INSERT INTO messages (phone, sent_at, challenge_id, box) VALUES (?, ?, ?, ?)",
        (message.phone, sent_at, message.challenge_id, box),
    )


def _message(portal: Portal, row: sqlite3.Row) -> Message:
    body: dict[str, str] = json.loads(portal.vault.unseal(_label(row["phone"], row["sent_at"]), row["box"]))
    return Message(
        number=row["number"],
        phone=row["phone"],
        sent_at=read_stamp(row["sent_at"]),
        text=body["text"],
        code=body["code"],
        challenge_id=row["challenge_id"],
    )


def _label(phone: str, sent_at: str) -> str:
    return f"message|{phone}|{sent_at}"
