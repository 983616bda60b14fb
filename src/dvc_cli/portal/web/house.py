"""What a server is made of, and its few portals: one for each call that is worked on, each with a connection of its own."""

from __future__ import annotations

import hmac
import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from dvc_cli.contract.backend import Backend
from dvc_cli.contract.secret import Secret
from dvc_cli.errors import SessionError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass, field
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.sessions import Who
from dvc_cli.portal.web.log import Log

THREADS = 8


@dataclass(frozen=True, slots=True)
class House:
    """How to open a portal, how it speaks the contract within a call, where the log goes; `admin` is the training server's token, None
    elsewhere.
    """

    open_portal: Callable[[], Portal]
    speak: Callable[[Portal, Who], Backend]
    log: Log
    admin: Secret | None = field(default=None, repr=False)
    threads: int = THREADS

    @property
    def training(self) -> bool:
        """Whether this is a training server: its people are invented, and an administrator may read their messages."""
        return self.admin is not None

    def check_admin(self, token: Secret) -> None:
        """SessionError TK-SESSION-REVOKED unless this is the administrator's token."""
        if self.admin is None or not hmac.compare_digest(self.admin.value.encode(), token.value.encode("utf-8", "surrogatepass")):
            hint = _("Đặt DVC_ADMIN_TOKEN bằng mã mà máy chủ đã in khi khởi động.")
            raise SessionError(problem("TK-SESSION-REVOKED", message=_("Mã quản trị không đúng."), hint=hint))


class Portals:
    """A store of open portals; at most `threads` exist."""

    def __init__(self, house: House) -> None:
        self._idle: queue.LifoQueue[Portal] = queue.LifoQueue()
        for _number in range(house.threads):
            self._idle.put(house.open_portal())

    @contextmanager
    def borrow(self) -> Iterator[Portal]:
        """A portal for one call; waits for one when all are at work. One in which a call crashed is opened anew by the next."""
        portal = self._idle.get()
        try:
            portal.begin_call()
            yield portal
        except BaseException:
            portal.close()
            raise
        finally:
            self._idle.put(portal)

    def close(self) -> None:
        """Close those that are not at work."""
        while not self._idle.empty():
            self._idle.get_nowait().close()
