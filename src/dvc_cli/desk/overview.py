"""What lies on this desk at one instant, for the home screen and `dvc today`; only reads."""

from __future__ import annotations

from datetime import date, timedelta

from dvc_cli.desk.draft import Draft
from dvc_cli.desk.drafts import Drafts
from dvc_cli.desk.outbox import Outbox
from dvc_cli.desk.receipt import Receipt
from dvc_cli.desk.receipts import Receipts
from dvc_cli.desk.unsent import Unsent
from dvc_cli.domain.dossier import CITIZEN, OFFICE
from dvc_cli.lazy_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """Receipts of one kind: the first few, the earliest due first, and how many there are."""

    count: int
    receipts: tuple[Receipt, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Every dossier that is not over, in exactly one place.

    `drafts` are those that nobody has tried to send, the one changed last first; `unsent` those of the outbox, the oldest first.
    Of what was filed: `overdue`, `due_today` and `with_office` wait for an office, due before, on and after the day;
    `with_citizen` waits for the citizen, whenever it is due. Statuses are those of `Receipt.seen_at`.
    """

    day: date
    drafts: tuple[Draft, ...]
    unsent: tuple[Unsent, ...]
    overdue: Group
    due_today: Group
    with_citizen: Group
    with_office: Group


def overview(drafts: Drafts, outbox: Outbox, receipts: Receipts, day: date, limit: int) -> Overview:
    """The overview of one desk on `day`, with at most `limit` receipts in each group."""
    unsent = outbox.list()
    on_their_way = {entry.id for entry in unsent}
    before, after = day - timedelta(days=1), day + timedelta(days=1)

    def group(whose: str, first: date | None = None, last: date | None = None) -> Group:
        return Group(receipts.count(whose, first, last), receipts.waiting(whose, first, last, limit))

    return Overview(
        day=day,
        drafts=tuple(draft for draft in drafts.list() if draft.id not in on_their_way),
        unsent=unsent,
        overdue=group(OFFICE, last=before),
        due_today=group(OFFICE, day, day),
        with_citizen=group(CITIZEN),
        with_office=group(OFFICE, first=after),
    )
