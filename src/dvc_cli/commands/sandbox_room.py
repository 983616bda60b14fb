"""Looking behind the counter of a training portal: the embedded one directly, a training server's with the administrator's token."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, cast

from dvc_cli.commands.deps import Deps
from dvc_cli.commands.sandbox_portal import opened
from dvc_cli.config import FLAG
from dvc_cli.contract.secret import Secret
from dvc_cli.contract.training import InventedPerson, Message, MovedTime, SentCode, Training
from dvc_cli.errors import UsageError, problem
from dvc_cli.language import _
from dvc_cli.prompts.prompter import Question, Signal

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

HTTP = "http"
VARIABLE = "DVC_ADMIN_TOKEN"


class Room(Protocol):
    """What there is to see."""

    def people(self) -> tuple[InventedPerson, ...]:
        """Everybody, by number."""
        ...

    def messages(self, phone: str | None) -> tuple[Message, ...]:
        """The messages on one phone or all, newest first."""
        ...

    def newest_code(self, phone: str | None, challenge_id: str | None) -> SentCode:
        """The newest code that is waited for."""
        ...

    def advance(self, days: int) -> MovedTime:
        """Move time on by whole days."""
        ...


def room(deps: Deps) -> AbstractContextManager[Room]:
    """The embedded sandbox, or, with `--backend http` or `--url`, the training server there."""
    return _remote(deps) if is_remote(deps) else opened(deps)


def is_remote(deps: Deps) -> bool:
    """Whether `room` is that of a training server."""
    return deps.settings.backend == HTTP or (deps.on_sandbox and deps.settings.origins["url"] == FLAG)


@contextmanager
def _remote(deps: Deps) -> Iterator[Room]:
    from dvc_cli.backends import open_backend

    backend = open_backend(HTTP, deps.backend_options)
    try:
        yield _RemoteRoom(cast("Training", backend), _token(deps))
    finally:
        backend.close()


class _RemoteRoom:
    """A training server's room."""

    def __init__(self, training: Training, token: Secret) -> None:
        self._training, self._token = training, token

    def people(self) -> tuple[InventedPerson, ...]:
        return self._training.list_people(self._token, "")

    def messages(self, phone: str | None) -> tuple[Message, ...]:
        return self._training.list_messages(self._token, phone or "")

    def newest_code(self, phone: str | None, challenge_id: str | None) -> SentCode:
        return self._training.newest_code(self._token, phone or "", challenge_id or "")

    def advance(self, days: int) -> MovedTime:
        return self._training.advance(self._token, days)


def _token(deps: Deps) -> Secret:
    given = deps.world.environ.get(VARIABLE, "").strip()
    if given:
        return Secret(given)
    deps.need_asking(_("Cần mã quản trị của máy chủ đào tạo trong biến DVC_ADMIN_TOKEN."))
    try:
        return Secret(deps.prompter.secret(Question("admin_token", _("Mã quản trị của máy chủ đào tạo"))).strip())
    except Signal:
        raise UsageError(problem("A-USAGE", detail=_("Cần mã quản trị của máy chủ đào tạo trong biến DVC_ADMIN_TOKEN."))) from None
