"""The bench of every sandbox: people and codes from its training room, whether that is in this process or behind a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dvc_cli.contract.backend import Backend
from dvc_cli.contract.bench import Citizen
from dvc_cli.contract.secret import Secret
from dvc_cli.contract.training import InventedPerson
from dvc_cli.contract.values import Registration, Submission
from dvc_cli.testing.sample_birth import MOTHER, sample_birth

_SIGN_IN_LEVEL = 2


class TrainingBench:
    """`contract.bench.Bench` over a training room: `people` tells everybody, `code` the newest code of a challenge.

    `on_page` goes to the pages of the system as a citizen; the last argument says whether they agree.
    """

    def __init__(
        self,
        open_backend: Callable[[], Backend],
        people: Callable[[], tuple[InventedPerson, ...]],
        code: Callable[[str], str],
        pass_by: Callable[[int], bool] = lambda _seconds: False,
        on_page: Callable[[str, Citizen, bool], str] | None = None,
    ) -> None:
        self._open, self._people, self._code, self._pass_by, self._on_page = open_backend, people, code, pass_by, on_page
        self._registrations: Iterator[InventedPerson] | None = None

    def open(self) -> Backend:
        """A new client."""
        return self._open()

    def citizens(self) -> tuple[Citizen, ...]:
        """Everybody with VNeID level 2 and a phone, the mother of the sample dossier aside."""
        found = (each for each in self._people() if each.vneid_level >= _SIGN_IN_LEVEL and each.phone and each.id_number != MOTHER)
        return tuple(Citizen(each.id_number, Secret(each.vneid_password)) for each in found)

    def code(self, challenge_id: str) -> Secret:
        """The newest code of a challenge."""
        return Secret(self._code(challenge_id))

    def registration(self) -> Registration | None:
        """Of somebody with a phone of their own and no account yet."""
        if self._registrations is None:
            self._registrations = iter([each for each in self._people() if each.phone_owned and not each.portal_account])
        who = next(self._registrations, None)
        if who is None:
            return None
        return Registration("cong_dan", "thue_bao_di_dong", who.id_number, who.full_name, who.birth_date, who.phone)

    def submission(self) -> tuple[Citizen, Submission] | None:
        """The sample birth, filed by its mother; None where the worked examples are not among the people."""
        mother = next((each for each in self._people() if each.id_number == MOTHER), None)
        if mother is None:
            return None
        backend = self._open()
        try:
            return Citizen(MOTHER, Secret(mother.vneid_password)), sample_birth(backend.now())
        finally:
            backend.close()

    def pass_by(self, seconds: int) -> bool:
        """Let time pass where the room can."""
        return self._pass_by(seconds)

    def answer_on_page(self, address: str, citizen: Citizen, *, agree: bool) -> str | None:
        """As `contract.bench.PageBench`, where the room has somebody who opens pages."""
        return self._on_page(address, citizen, agree) if self._on_page else None

    def close(self) -> None:
        """Nothing is held."""
