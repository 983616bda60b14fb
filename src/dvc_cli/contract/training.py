"""What a training server tells the people who run it: the invented people, and the messages on their phones. No other server has it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from dvc_cli.contract.secret import Secret
from dvc_cli.lazy_dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SentCode:
    """The newest code of a challenge, for `sandbox otp`."""

    code: str = field(repr=False)
    challenge_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """A short message on an invented phone, with the code that it carries and the challenge that waits for it."""

    number: int
    phone: str
    sent_at: datetime
    text: str = field(repr=False)
    code: str = field(repr=False)
    challenge_id: str


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """One invented person for `sandbox people`; a password is '' where there is no account or its owner has chosen another."""

    id_number: str
    full_name: str
    birth_date: date
    gender: str
    phone: str
    phone_owned: bool
    vneid_level: int
    vneid_password: str = field(repr=False)
    portal_account: bool
    portal_password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MovedTime:
    """The training portal's instant after it was moved, and by how many days in all."""

    now: datetime
    offset_days: int


class Training(Protocol):
    """The training room; `token` is the administrator's, printed once when the server starts. SessionError for any other."""

    def newest_code(self, token: Secret, phone: str, challenge_id: str) -> SentCode:
        """The newest code that is waited for; '' is any phone, any challenge. NotFoundError TK-NO-CHALLENGE when there is none."""
        ...

    def list_messages(self, token: Secret, phone: str) -> tuple[Message, ...]:
        """The messages on one invented phone, or on all of them (''), newest first; of more than a thousand the newest thousand."""
        ...

    def list_people(self, token: Secret, id_number: str) -> tuple[InventedPerson, ...]:
        """The invented people by number, or the one with this number ('' is everybody)."""
        ...

    def advance(self, token: Secret, days: int) -> MovedTime:
        """Move the portal's time on by whole days, for everybody. RefusedError A-USAGE outside 1 to 36 500 days in all."""
        ...
