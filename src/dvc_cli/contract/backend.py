"""The protocol that every backend speaks. Values in, values out, errors from `dvc_cli.errors`; no terminal, no prompts."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

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


class Backend(Protocol):
    """One place that accounts and dossiers live in.

    Every method may raise UnavailableError, BadReplyError, TooManyTriesError and NotSupportedError beside what it names itself.
    Methods that take a `token` raise SessionError (TK-SESSION-EXPIRED, TK-SESSION-REVOKED) when it is no longer accepted.
    """

    @property
    def name(self) -> str:
        """The name under which it is registered."""
        ...

    def capabilities(self) -> Capabilities:
        """What it can do; constant during a process."""
        ...

    def now(self) -> datetime:
        """The backend's own present instant, aware, at +07:00."""
        ...

    def begin_registration(self, registration: Registration) -> Challenge:
        """Send the first code. Refuses with TK-METHOD, TK-EXISTS, TK-SUBSCRIBER, TK-PERSON-UNKNOWN, TK-PERSON-MISMATCH."""
        ...

    def get_challenge(self, challenge_id: str) -> Challenge:
        """A waiting challenge as it stands now. NotFoundError (TK-NO-CHALLENGE) when there is none."""
        ...

    def resend_code(self, challenge_id: str) -> Challenge:
        """Send a new code, the old one ends. Refuses with TK-RESEND-SOON, -LIMIT, TK-OTP-LOCKED, TK-NO-CHALLENGE."""
        ...

    def verify_registration(self, challenge_id: str, code: Secret) -> Ticket:
        """Spend a try. Refuses with TK-OTP-WRONG, -EXPIRED, -SUPERSEDED, -USED, -LOCKED, with the challenge in the error's data."""
        ...

    def set_password(self, ticket: Secret, password: Secret) -> Account:
        """End a registration. Refuses with TK-PW-RULE, TK-NO-CHALLENGE (ticket unknown or over)."""
        ...

    def begin_login(self, id_number: str, password: Secret) -> Challenge:
        """Portal account: check the password, send a code. Refuses with TK-CREDENTIALS, TK-LOCKED."""
        ...

    def begin_vneid_login(self, id_number: str, password: Secret, share_data: bool) -> Challenge:
        """VNeID: as `begin_login`; also TK-PERSON-UNKNOWN, TK-VNEID-LEVEL, TK-CONSENT (`share_data` False)."""
        ...

    def verify_login(self, challenge_id: str, code: Secret) -> Session:
        """Spend a try for a session; refuses as `verify_registration`."""
        ...

    def who_am_i(self, token: Secret) -> Account:
        """The account of a session."""
        ...

    def refresh_session(self, refresh_token: Secret) -> Session:
        """A renewed session; the old tokens end."""
        ...

    def log_out(self, token: Secret) -> None:
        """End a session; ending one that is over is no error."""
        ...

    def change_password(self, token: Secret, current: Secret, new: Secret) -> None:
        """Change a portal account's password. Refuses with TK-CREDENTIALS, TK-PW-RULE."""
        ...

    def get_profile(self, token: Secret) -> Profile:
        """The profile of the session's person."""
        ...

    def refresh_profile(self, token: Secret) -> Profile:
        """Take the profile anew from the population register and return it."""
        ...

    def find_person(self, token: Secret, id_number: str) -> PersonFacts:
        """Capability person. NotFoundError (BE-REFUSED) when the register has no such number."""
        ...

    def find_birth_notification(self, token: Secret, code: str, mother_id_number: str) -> BirthNotification:
        """Capability birth_notification. NotFoundError (BE-REFUSED) when no notification has this code and mother."""
        ...

    def find_death_notice(self, token: Secret, id_number: str) -> DeathNotice:
        """Capability death_notice. NotFoundError (BE-REFUSED) when the insurance database has none for this number."""
        ...

    def submit_dossier(self, token: Secret, submission: Submission, idempotency_key: str) -> Dossier:
        """File a dossier.

        The same key with the same content answers the same dossier again; with other content it is ConflictError (BE-CONFLICT).
        """
        ...

    def list_dossiers(self, token: Secret) -> tuple[Dossier, ...]:
        """The session person's dossiers, newest first."""
        ...

    def get_dossier(self, token: Secret, code: str) -> Dossier:
        """One dossier by code. NotFoundError (BE-REFUSED)."""
        ...

    def get_filed_answers(self, token: Secret, code: str) -> FiledAnswers:
        """Capability supplement: what stands in a dossier of the session's person. NotFoundError (BE-REFUSED)."""
        ...

    def supplement_dossier(self, token: Secret, code: str, supplement: Submission, idempotency_key: str) -> Dossier:
        """Capability supplement: answer what an office asks for.

        `supplement` holds all answers of the dossier as they are to stand, judged as of the day of its filing, and only files that are
        new; they take the place of those filed for the same paper. NotFoundError (BE-REFUSED). RefusedError (BE-REFUSED) when nothing is
        asked for or the time is over, else as `submit_dossier`. The same key with the same content answers the same dossier again; with
        other content it is ConflictError (BE-CONFLICT).
        """
        ...

    def withdraw_dossier(self, token: Secret, code: str) -> Dossier:
        """Capability withdraw: ask for the dossier back; asking again changes nothing.

        NotFoundError (BE-REFUSED). RefusedError (BE-REFUSED) once results are there or the dossier was refused.
        """
        ...

    def close(self) -> None:
        """Give back what it holds; safe to call twice."""
        ...
