"""`contract.training.Training` on a training server; every call shows the administrator's token."""

from __future__ import annotations

from dvc_cli.contract.secret import Secret
from dvc_cli.contract.training import InventedPerson, Message, MovedTime, SentCode
from dvc_cli.errors import RefusedError, UsageError
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.web.house import House


class TrainingRoom:
    """The invented people and their phones."""

    def __init__(self, house: House, portal: Portal) -> None:
        self._house, self._portal = house, portal

    def newest_code(self, token: Secret, phone: str, challenge_id: str) -> SentCode:
        """The newest code that is waited for."""
        self._house.check_admin(token)
        return self._portal.newest_code(phone or None, challenge_id or None)

    def list_messages(self, token: Secret, phone: str) -> tuple[Message, ...]:
        """The messages, newest first."""
        self._house.check_admin(token)
        return self._portal.messages(phone or None)

    def list_people(self, token: Secret, id_number: str) -> tuple[InventedPerson, ...]:
        """The invented people by number."""
        self._house.check_admin(token)
        return self._portal.people(id_number or None)

    def advance(self, token: Secret, days: int) -> MovedTime:
        """Move the portal's time on."""
        self._house.check_admin(token)
        try:
            return self._portal.advance(days)
        except UsageError as error:  # whose words are a command's, not a call's
            raise RefusedError(*error.problems) from error
