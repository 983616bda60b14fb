"""Opening what is known without a key, on the disk or in memory; loads nothing that encrypts."""

from __future__ import annotations

from dvc_cli.desk.sessions import Sessions
from dvc_cli.desk.waiting import Waiting
from dvc_cli.disk.cards import FolderCards, MemoryCards
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.paths import Paths


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known without a key: pending codes and masked session facts."""

    waiting: Waiting
    sessions: Sessions


def open_facts(paths: Paths, *, memory: bool = False) -> Facts:
    """Pending codes and session facts below `paths.state`; opening touches nothing."""
    if memory:
        return Facts(Waiting(MemoryCards()), Sessions(MemoryCards()))
    return Facts(Waiting(FolderCards(paths.state / "waiting")), Sessions(FolderCards(paths.state / "sessions")))
