"""The messages that the invented phones got. The only place where a code stands in clear, and there it is sealed."""

from __future__ import annotations

import json
import sqlite3

from dvc_cli.contract.training import Message, SentCode
from dvc_cli.errors import NotFoundError, problem
from dvc_cli.portal.instants import read_stamp
from dvc_cli.portal.portal import Portal

_MOST = 1_000  # a training server has sent many after some weeks, and no client reads an answer of any length

# What the portal writes to a citizen, whatever language the program speaks.
_CODE_TEXT = (
    "Cổng Dịch vụ công quốc gia: mã xác thực (OTP) số {number} của Quý vị là {code}, dùng đến {until}. Không đưa mã cho người khác."
)
_VNEID_TEXT = (
    "VNeID: mã xác thực (OTP) số {number} để đăng nhập Cổng Dịch vụ công là {code}, dùng đến {until}. Không đưa mã cho người khác."
)


def send_code(portal: Portal, connection: sqlite3.Connection, challenge: sqlite3.Row, code: str) -> None:
    """Write the message that carries a challenge's code, as the challenge row stands."""
    until = read_stamp(challenge["expires_at"]).strftime("%H:%M:%S %d/%m/%Y")
    text = _VNEID_TEXT if challenge["kind"] == "login-vneid" else _CODE_TEXT
    phone, sent_at = challenge["phone"], challenge["sent_at"]
    body = {"text": text.format(number=challenge["code_number"], code=code, until=until), "code": code}
    connection.execute(
        "INSERT INTO messages (phone, sent_at, challenge_id, box) VALUES (?, ?, ?, ?)",
        (phone, sent_at, challenge["id"], portal.vault.seal(_label(phone, sent_at), json.dumps(body).encode())),
    )


def list_messages(portal: Portal, phone: str | None = None) -> tuple[Message, ...]:
    """All messages, or those of one phone, newest first; of more than a thousand the newest thousand."""
    with portal.read() as connection:
        rows = connection.execute(
            "SELECT * FROM messages WHERE CAST(:phone AS TEXT) IS NULL OR phone = :phone ORDER BY number DESC LIMIT :most",
            {"phone": _known(phone), "most": _MOST},
        ).fetchall()
    return tuple(_message(portal, row) for row in rows)


def newest_code(portal: Portal, phone: str | None = None, challenge_id: str | None = None) -> SentCode:
    """The newest code of the challenge `challenge_id`, else of the newest challenge (of `phone`) that still waits for its code.

    NotFoundError TK-NO-CHALLENGE when there is none.
    """
    with portal.read() as connection:
        row = connection.execute(
            "SELECT messages.*, challenges.expires_at FROM messages JOIN challenges ON challenges.id = messages.challenge_id"
            " WHERE (CAST(:phone AS TEXT) IS NULL OR messages.phone = :phone) AND (CAST(:id AS TEXT) IS NULL OR challenges.id = :id)"
            " AND (CAST(:id AS TEXT) IS NOT NULL OR challenges.state IN ('open', 'locked')) ORDER BY messages.number DESC LIMIT 1",
            {"phone": _known(phone), "id": _known(challenge_id)},
        ).fetchone()
    if row is None:
        raise NotFoundError(problem("TK-NO-CHALLENGE"))
    message = _message(portal, row)
    return SentCode(code=message.code, challenge_id=row["challenge_id"], expires_at=read_stamp(row["expires_at"]))


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


def _known(given: str | None) -> str | None:
    # A word of the command line may hold bytes that are no text; SQLite takes text only, and nothing is kept under such a word.
    return given and given.encode("utf-8", "replace").decode("utf-8")


def _label(phone: str, sent_at: str) -> str:
    return f"message|{phone}|{sent_at}"
