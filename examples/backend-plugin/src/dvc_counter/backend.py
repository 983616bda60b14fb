"""The backend `counter`: the contract, spoken by a counter that lives in memory."""

from __future__ import annotations

from datetime import datetime
from typing import NoReturn

from dvc_cli.backends import BackendOptions
from dvc_cli.contract.values import (
    Account,
    BirthNotification,
    Capabilities,
    Challenge,
    DeathNotice,
    Dossier,
    FiledAnswers,
    PersonFacts,
    Profile,
    Registration,
    Secret,
    Session,
    Submission,
    Ticket,
)
from dvc_cli.errors import NotFoundError, NotSupportedError, problem
from dvc_counter.counter import Counter
from dvc_counter.people import invented_people


def open_backend(options: BackendOptions) -> CounterBackend:
    """The factory that the entry point names. `options` brings the address, a folder for own files, the clock."""
    return CounterBackend(Counter(options.clock.now, invented_people()))


class CounterBackend:
    """Signing in with VNeID, the profile, and the birth dossier; everything else is refused as not supported."""

    name = "counter"

    def __init__(self, counter: Counter) -> None:
        self.counter = counter

    def capabilities(self) -> Capabilities:
        """What this counter can do."""
        return Capabilities(
            registration=frozenset(),
            logins=frozenset({"vneid_password"}),
            lookups=frozenset(),
            procedures=frozenset({"khai-sinh"}),
            invented_people=True,
        )

    def now(self) -> datetime:
        """The counter's time."""
        return self.counter.now()

    def begin_registration(self, registration: Registration) -> Challenge:
        """No way to register here."""
        raise NotSupportedError(problem("BE-NOT-SUPPORTED"))

    def get_challenge(self, challenge_id: str) -> Challenge:
        """A waiting challenge."""
        found = self.counter.find(challenge_id)
        if found.state not in {"open", "locked"}:
            raise NotFoundError(problem("TK-NO-CHALLENGE"))
        return found.challenge

    def resend_code(self, challenge_id: str) -> Challenge:
        """Another code."""
        return self.counter.resend(challenge_id)

    def verify_registration(self, challenge_id: str, code: Secret) -> Ticket:
        """No challenge of this counter is of a registration."""
        raise NotSupportedError(problem("BE-NOT-SUPPORTED"))

    def set_password(self, ticket: Secret, password: Secret) -> Account:
        """No ticket is ever given."""
        raise NotSupportedError(problem("BE-NOT-SUPPORTED"))

    def begin_login(self, id_number: str, password: Secret) -> Challenge:
        """There are no portal accounts."""
        raise NotSupportedError(problem("BE-NOT-SUPPORTED"))

    def begin_vneid_login(self, id_number: str, password: Secret, share_data: bool) -> Challenge:
        """Number and password of an invented VNeID."""
        return self.counter.begin(id_number, password, share_data=share_data)

    def verify_login(self, challenge_id: str, code: Secret) -> Session:
        """The right code opens a session."""
        return self.counter.spend(challenge_id, code)

    def who_am_i(self, token: Secret) -> Account:
        """The account of a session."""
        return self.counter.session(token).account

    def refresh_session(self, refresh_token: Secret) -> Session:
        """New tokens for old ones."""
        return self.counter.renew(refresh_token)

    def log_out(self, token: Secret) -> None:
        """End a session."""
        self.counter.end(token)

    def change_password(self, token: Secret, current: Secret, new: Secret) -> None:
        """The password is the ministry's."""
        self._refuse(token)

    def get_profile(self, token: Secret) -> Profile:
        """The profile of the session's person."""
        return self.counter.people[self.who_am_i(token).id_number].profile

    def refresh_profile(self, token: Secret) -> Profile:
        """It is always that of the register."""
        return self.get_profile(token)

    def find_person(self, token: Secret, id_number: str) -> PersonFacts:
        """No look-ups here."""
        self._refuse(token)

    def find_birth_notification(self, token: Secret, code: str, mother_id_number: str) -> BirthNotification:
        """No look-ups here."""
        self._refuse(token)

    def find_death_notice(self, token: Secret, id_number: str) -> DeathNotice:
        """No look-ups here."""
        self._refuse(token)

    def submit_dossier(self, token: Secret, submission: Submission, idempotency_key: str) -> Dossier:
        """File a dossier once."""
        return self.counter.file(self.who_am_i(token).id_number, submission, idempotency_key)

    def list_dossiers(self, token: Secret) -> tuple[Dossier, ...]:
        """The session person's dossiers, newest first."""
        owner = self.who_am_i(token).id_number
        return tuple(dossier for whose, _key, _digest, dossier in reversed(self.counter.dossiers) if whose == owner)

    def get_dossier(self, token: Secret, code: str) -> Dossier:
        """One of the session person's dossiers."""
        for dossier in self.list_dossiers(token):
            if dossier.code == code:
                return dossier
        raise NotFoundError(problem("BE-REFUSED"))

    def get_filed_answers(self, token: Secret, code: str) -> FiledAnswers:
        """No supplements here."""
        self._refuse(token)

    def supplement_dossier(self, token: Secret, code: str, supplement: Submission, idempotency_key: str) -> Dossier:
        """No supplements here."""
        self._refuse(token)

    def withdraw_dossier(self, token: Secret, code: str) -> Dossier:
        """No withdrawals here."""
        self._refuse(token)

    def close(self) -> None:
        """Nothing is held."""

    def _refuse(self, token: Secret) -> NoReturn:
        self.who_am_i(token)
        raise NotSupportedError(problem("BE-NOT-SUPPORTED"))
