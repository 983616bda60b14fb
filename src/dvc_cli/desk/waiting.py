"""Codes that were sent and are waited for; what is pending survives the process. Masked facts only, no secret."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dvc_cli.desk.reading import Fields
from dvc_cli.disk.cards import Cards
from dvc_cli.lazy_dataclasses import asdict, dataclass, replace


@dataclass(frozen=True, slots=True)
class Pending:
    """One open challenge; `kind` is register, login or login-vneid.

    `verified` when the code of a registration was right and the password is still to be set.
    """

    id: str
    kind: str
    backend: str
    phone_masked: str
    subject_masked: str
    sent_at: datetime
    verified: bool = False


class Waiting:
    """The open challenges of this desk. Failures of the disk are StoreError."""

    def __init__(self, cards: Cards) -> None:
        self._cards = cards

    def add(self, pending: Pending) -> None:
        """Keep a challenge, or replace it after its code was sent again."""
        self._cards.put(pending.id, asdict(pending) | {"sent_at": pending.sent_at.isoformat()})

    def remove(self, challenge_id: str) -> None:
        """Forget a challenge; nothing happens when it is not there."""
        self._cards.remove(challenge_id)

    def list(self, backend: str | None = None) -> tuple[Pending, ...]:
        """Every challenge (of one backend), the newest code first."""
        found = [_pending(card) for card in self._cards.all()]
        chosen = [item for item in found if backend in {None, item.backend}]
        return tuple(sorted(chosen, key=lambda item: item.sent_at, reverse=True))

    def get(self, challenge_id: str) -> Pending | None:
        """One challenge, None when it is not known here."""
        return next((item for item in self.list() if item.id == challenge_id), None)

    def mark_verified(self, challenge_id: str) -> None:
        """Note that the code of a registration was right; nothing happens when the challenge is not there."""
        pending = self.get(challenge_id)
        if pending:
            self.add(replace(pending, verified=True))


def _pending(card: Mapping[str, object]) -> Pending:
    fields = Fields("waiting", card)
    return Pending(
        id=fields.text("id"),
        kind=fields.text("kind"),
        backend=fields.text("backend"),
        phone_masked=fields.text("phone_masked"),
        subject_masked=fields.text("subject_masked"),
        sent_at=fields.instant("sent_at"),
        verified=fields.flag("verified"),
    )
