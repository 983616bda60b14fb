"""This workstation's desk: drafts with their attachments, outbox, receipts, consents, encrypted; pending codes, session facts, masked.

    open_desk(paths, store)  → Desk   .drafts .outbox .receipts .consents .overview(now); needs the token store, which has the key
    open_facts(paths)        → Facts  .waiting .sessions; needs no key, so that `whoami` asks for nothing

With `memory` neither touches the disk and both end with the process.
"""

from __future__ import annotations

from dvc_cli.lazy_exports import exports

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dvc_cli.desk.consents import Consent, Consents
    from dvc_cli.desk.draft import Draft
    from dvc_cli.desk.drafts import Drafts
    from dvc_cli.desk.facts import Facts, open_facts
    from dvc_cli.desk.opening import Desk, Unusable, open_desk
    from dvc_cli.desk.outbox import Outbox
    from dvc_cli.desk.overview import Group, Overview
    from dvc_cli.desk.receipt import Receipt
    from dvc_cli.desk.receipts import Receipts
    from dvc_cli.desk.sessions import SessionFacts, Sessions
    from dvc_cli.desk.unsent import Unsent
    from dvc_cli.desk.waiting import Pending, Waiting
else:
    __getattr__ = exports(
        __name__,
        consents="Consent Consents",
        draft="Draft",
        drafts="Drafts",
        facts="Facts open_facts",
        opening="Desk Unusable open_desk",
        outbox="Outbox",
        overview="Group Overview",
        receipt="Receipt",
        receipts="Receipts",
        sessions="SessionFacts Sessions",
        unsent="Unsent",
        waiting="Pending Waiting",
    )

__all__ = [
    "Consent",
    "Consents",
    "Desk",
    "Draft",
    "Drafts",
    "Facts",
    "Group",
    "Outbox",
    "Overview",
    "Pending",
    "Receipt",
    "Receipts",
    "SessionFacts",
    "Sessions",
    "Unsent",
    "Unusable",
    "Waiting",
    "open_desk",
    "open_facts",
]
