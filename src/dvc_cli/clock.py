"""The clock that everything above floor 4 is handed; instants are aware and in Vietnam's time (+07:00)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from dvc_cli.domain.dates import VN_TZ
from dvc_cli.lazy_dataclasses import dataclass


class Clock(Protocol):
    """Tells the present instant."""

    def now(self) -> datetime:
        """The present instant, aware, at +07:00, whole seconds."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock, moved by `offset` (the sandbox's `advance`)."""

    offset: timedelta = timedelta()

    def now(self) -> datetime:
        """The machine's instant plus the offset, whole seconds."""
        return datetime.now(VN_TZ).replace(microsecond=0) + self.offset


@dataclass(frozen=True, slots=True)
class FrozenClock:
    """A clock that stands still at `instant` (`DVC_NOW`)."""

    instant: datetime

    def now(self) -> datetime:
        """Always the same instant."""
        return self.instant


def parse_now(text: str) -> datetime:
    """Read `DVC_NOW`: RFC 3339, a naive instant means +07:00. Raises ValueError."""
    instant = datetime.fromisoformat(text.strip())
    if instant.tzinfo is None:
        return instant.replace(tzinfo=VN_TZ)
    return instant.astimezone(VN_TZ)
