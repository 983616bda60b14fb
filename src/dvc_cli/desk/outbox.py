"""The outbox: dossiers that are complete and not yet accepted, each with its one idempotency key, until somebody takes them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from dvc_cli.desk.draft import typed_id
from dvc_cli.desk.records import Records
from dvc_cli.desk.unsent import QUEUED, SENDING, Unsent, from_record, to_content
from dvc_cli.errors import UsageError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import replace

KIND = "outbox"
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=30)


class Outbox:
    """The outbox of one desk. An id that is not there is UsageError DK-DRAFT-NOT-FOUND; failures of the disk are StoreError."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def begin(self, unsent: Unsent, now: datetime) -> Unsent:
        """Write that an attempt begins, before it does; the entry as written. An earlier attempt's count and date of creation stay."""
        with self._records.writing():
            earlier = self.find(unsent.id)
            tries = (earlier.tries if earlier else 0) + 1
            created = earlier.created_at if earlier else now
            begun = replace(unsent, state=SENDING, tries=tries, created_at=created, reason_code="", reason="", next_try_at=None)
            return self._put(begun, now)

    def put(self, unsent: Unsent, now: datetime) -> Unsent:
        """Keep an entry that nobody has tried to send, in place of an older one of its draft."""
        with self._records.writing():
            return self._put(unsent, now)

    def settle(self, unsent_id: str, edit: Callable[[Unsent], Unsent], now: datetime) -> Unsent | None:
        """Write how an attempt ended; None when the entry has gone meanwhile (another process was faster)."""
        with self._records.writing():
            present = self.find(unsent_id)
            return None if present is None else self._put(edit(present), now)

    def find(self, unsent_id: str) -> Unsent | None:
        """The entry of a draft, None when that draft is not on its way."""
        record = self._records.get(KIND, typed_id(unsent_id))
        return from_record(record) if record else None

    def get(self, unsent_id: str) -> Unsent:
        """The entry as it stands on the disk."""
        found = self.find(unsent_id)
        if found is None:
            raise UsageError(problem("DK-DRAFT-NOT-FOUND", message=_("Hộp gửi không có mã này."), hint="dvc outbox list"))
        return found

    def list(self) -> tuple[Unsent, ...]:
        """Every entry, the one begun first first."""
        return tuple(sorted((from_record(record) for record in self._records.all(KIND)), key=lambda each: (each.created_at, each.id)))

    def remove(self, unsent_id: str) -> None:
        """Take an entry out; nothing happens when it is not there."""
        with self._records.writing():
            self._records.delete(KIND, typed_id(unsent_id))

    def _put(self, unsent: Unsent, now: datetime) -> Unsent:
        written = replace(unsent, updated_at=now)
        self._records.put(KIND, written.id, to_content(written), now)
        return written


def is_due(unsent: Unsent, now: datetime) -> bool:
    """Whether an entry may be tried again without being named; a clock that was set back keeps none waiting for long."""
    if unsent.state == SENDING:
        return True
    if unsent.state != QUEUED:
        return False
    return unsent.next_try_at is None or unsent.next_try_at <= now or unsent.next_try_at - now > 2 * LONGEST_PAUSE


def pause_after(unsent: Unsent) -> timedelta:
    """How long to wait after the last of `tries` attempts: twice as long each time up to the longest, less up to a third by chance.

    The chance is the entry's own: the same entry and count give the same pause, and entries that failed together do not come together.
    """
    full = min(FIRST_PAUSE * 2 ** min(max(unsent.tries, 1) - 1, 16), LONGEST_PAUSE)
    draw = hashlib.blake2b(f"{unsent.idempotency_key}|{unsent.tries}".encode(), digest_size=4).digest()
    return timedelta(seconds=round(full.total_seconds() * (1 - int.from_bytes(draw) / 2**32 / 3)))
