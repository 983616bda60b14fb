"""What `whoami` tells without a network and without a key: masked facts of the sessions. The tokens are in the token store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dvc_cli.desk.reading import Fields
from dvc_cli.disk.cards import Cards
from dvc_cli.lazy_dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """One signed-in session. Its tokens are in the token store's record `session-<record>`; `record` is random and unique.

    `kind` is portal or vneid, `assurance` a code of enums.csv, `storage` the kind of token store; `subject` is `Consents.subject` of the
    citizen, "" when it was not worked out.
    """

    record: str
    backend: str
    id_masked: str
    full_name_masked: str
    kind: str
    assurance: str
    expires_at: datetime
    refresh_until: datetime
    storage: str
    subject: str = ""


class Sessions:
    """The sessions of this desk. Failures of the disk are StoreError."""

    def __init__(self, cards: Cards) -> None:
        self._cards = cards

    def put(self, facts: SessionFacts) -> None:
        """Keep a session, new or renewed; it becomes the current one of its backend."""
        instants = {"expires_at": facts.expires_at.isoformat(), "refresh_until": facts.refresh_until.isoformat()}
        self._cards.put(facts.record, asdict(facts) | instants)

    def remove(self, record: str) -> None:
        """Forget a session; nothing happens when it is not there."""
        self._cards.remove(record)

    def current(self, backend: str) -> SessionFacts | None:
        """The session of `backend` that was put last, expired or not; None when nobody is signed in there."""
        return next((facts for facts in self.all() if facts.backend == backend), None)

    def all(self) -> tuple[SessionFacts, ...]:
        """Every session, the one put last first."""
        return tuple(_facts(card) for card in self._cards.all())


def _facts(card: Mapping[str, object]) -> SessionFacts:
    fields = Fields("sessions", card)
    return SessionFacts(
        record=fields.text("record"),
        backend=fields.text("backend"),
        id_masked=fields.text("id_masked"),
        full_name_masked=fields.text("full_name_masked"),
        kind=fields.text("kind"),
        assurance=fields.text("assurance"),
        expires_at=fields.instant("expires_at"),
        refresh_until=fields.instant("refresh_until"),
        storage=fields.text("storage"),
        subject=fields.text("subject"),
    )
