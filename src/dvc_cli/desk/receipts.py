"""Receipts: the dossiers that were filed from this desk, found by code, by whose step is next and when, by person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from dvc_cli.contract.values import Dossier
from dvc_cli.desk.pages import Pages
from dvc_cli.desk.receipt import Receipt, from_record, to_content
from dvc_cli.desk.records import Records
from dvc_cli.lazy_dataclasses import replace

KIND = "receipt"
FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"
CHORE = "receipts"


class Receipts:
    """The receipts of one desk, by dossier code. Failures of the disk are StoreError."""

    def __init__(self, records: Records, pages: Pages) -> None:
        self._records = records
        self._pages = pages

    def add(self, *receipts: Receipt) -> None:
        """Keep `receipts`, in one step, each in place of an older one of its code."""
        with self._records.writing():
            fresh: dict[str, Receipt] = {}
            for receipt in receipts:
                earlier = fresh.get(receipt.code) or self.get(receipt.code)
                if earlier is not None and receipt.code not in fresh:
                    self._reword(earlier, receipt)
                else:
                    fresh[receipt.code] = receipt
                self._put(receipt)
            if fresh:
                self._pages.append((code, each.dossier.title) for code, each in fresh.items())

    def change(self, code: str, edit: Callable[[Receipt], Receipt]) -> Receipt | None:
        """Replace a receipt by what `edit` makes of it, in one step; None when this desk has none of that code."""
        with self._records.writing():
            found = self.get(code)
            if found is None:
                return None
            changed = edit(found)
            if changed != found:
                self._reword(found, changed)
                self._put(changed)
            return changed

    def list(self, limit: int = -1) -> tuple[Receipt, ...]:
        """Every receipt, the one written last first; `limit` gives the first so many."""
        return tuple(from_record(record) for record in self._records.all(KIND, limit))

    def get(self, code: str) -> Receipt | None:
        """The receipt of a dossier code, None when this desk has none."""
        record = self._records.get(KIND, self._id(code))
        return from_record(record) if record else None

    def waiting(self, whose: str, first: date | None = None, last: date | None = None, limit: int = -1) -> tuple[Receipt, ...]:
        """The receipts whose next step is `whose` (`office`, `citizen`) and which are due between two days; the earliest due first."""
        return tuple(from_record(record) for record in self._records.on_shelf(KIND, whose, _days(first, last), limit))

    def count(self, whose: str, first: date | None = None, last: date | None = None) -> int:
        """How many receipts `waiting` would give; opens none."""
        return self._records.count(KIND, whose, _days(first, last))

    def search(self, text: str, limit: int) -> tuple[Receipt, ...]:
        """The receipts that hold every word of `text` in code or name, the newest first; case and diacritics do not matter."""
        found = (self.get(code) for code in self._pages.search(text, limit))
        return tuple(receipt for receipt in found if receipt is not None)

    def of_subject(self, subject: str) -> tuple[Receipt, ...]:
        """The receipts of one citizen."""
        return tuple(from_record(record) for record in self._records.marked(KIND, [subject])) if subject else ()

    def older(self, before: datetime) -> tuple[Receipt, ...]:
        """The receipts that were kept before an instant and whose due day lies before it too, the oldest first."""
        found = (from_record(record) for record in self._records.older(KIND, before))
        return tuple(receipt for receipt in found if receipt.dossier.due_on < before.date())

    def unreduced(self) -> tuple[Receipt, ...]:
        """The receipts that still hold a name, the one written last first."""
        return tuple(receipt for receipt in self.list() if not receipt.reduced)

    def of_key(self, key: str) -> tuple[Receipt, ...]:
        """The receipts that were filed under the idempotency key with this mark."""
        return tuple(from_record(record) for record in self._records.marked(KIND, [key]))

    def like(self, likeness: tuple[str, ...]) -> tuple[Receipt, ...]:
        """The receipts that bear any of these marks."""
        return tuple(from_record(record) for record in self._records.marked(KIND, likeness))

    def delete(self, *codes: str) -> None:
        """Forget receipts, in one step; nothing happens for a code that is not there."""
        with self._records.writing():
            for code in codes:
                self._pages.remove(code)
                self._records.delete(KIND, self._id(code))

    def settle(self) -> None:
        """Bring what an earlier version of the program wrote into today's shape."""
        if CHORE not in self._records.chores():
            return
        with self._records.writing():
            receipts = [from_record(record) for record in reversed(self._records.all(KIND))]
            for receipt in receipts:
                self._put(receipt)
            self._pages.clear()
            self._pages.append((each.code, each.dossier.title) for each in receipts)
            self._records.chore_done(CHORE)

    def _reword(self, earlier: Receipt, later: Receipt) -> None:
        """Let the search line follow a name that has changed."""
        if earlier.dossier.title != later.dossier.title:
            self._pages.remove(earlier.code)
            self._pages.append([(later.code, later.dossier.title)])

    def _put(self, receipt: Receipt) -> None:
        marks = {mark for mark in (receipt.subject, receipt.key, *receipt.likeness) if mark}
        place = (receipt.waits_for, receipt.dossier.due_on.isoformat())
        self._records.put(KIND, self._id(receipt.code), to_content(receipt), receipt.kept_at, place, marks)

    def _id(self, code: str) -> str:
        return self._records.hidden(code.strip().upper())


def seen(receipt: Receipt, status: str, members: tuple[str | None, ...], now: datetime) -> Receipt:
    """The receipt with the statuses that the backend tells at `now`; `members` in the order of the receipt's own."""
    dossier = receipt.dossier
    lines = dossier.members
    if len(members) == len(lines):
        lines = tuple(replace(line, status=told) for line, told in zip(lines, members, strict=True))
    return replace(receipt, dossier=replace(dossier, status=status, members=lines), seen_at=now)


def changed(receipt: Receipt, told: Dossier, now: datetime) -> Receipt:
    """The receipt of a dossier that was supplemented or withdrawn; a reduced one takes statuses and the due day alone."""
    if not receipt.reduced:
        return replace(receipt, dossier=told, seen_at=now)
    found = seen(receipt, told.status, tuple(line.status for line in told.members), now)
    return replace(found, dossier=replace(found.dossier, due_on=told.due_on))


def _days(first: date | None, last: date | None) -> tuple[str, str]:
    return (first.isoformat() if first else FIRST_DAY, last.isoformat() if last else LAST_DAY)
