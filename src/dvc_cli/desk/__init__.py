"""This workstation's desk: drafts with their attachments, outbox, receipts, consents, encrypted; pending codes, session facts, masked.

    open_desk(paths, store)  → Desk   .drafts .outbox .receipts .consents .overview(now); needs the token store, which has the key
    open_facts(paths)        → Facts  .waiting .sessions; needs no key, so that `whoami` asks for nothing

With `memory` neither touches the disk and both end with the process.
"""

from __future__ import annotations

from dvc_cli.desk.consents import Consent, Consents
from dvc_cli.desk.draft import Draft
from dvc_cli.desk.drafts import Drafts
from dvc_cli.desk.opening import Desk, Facts, open_desk, open_facts
from dvc_cli.desk.outbox import Outbox
from dvc_cli.desk.overview import Group, Overview
from dvc_cli.desk.receipt import Receipt
from dvc_cli.desk.receipts import Receipts
from dvc_cli.desk.sessions import SessionFacts, Sessions
from dvc_cli.desk.unsent import Unsent
from dvc_cli.desk.waiting import Pending, Waiting

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
    "Waiting",
    "open_desk",
    "open_facts",
]
