"""The built-in backend `sandbox`: a thin adapter over the sandbox portal, which does all the work."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from dvc_cli.backends.options import BackendOptions
from dvc_cli.contract.backend import Backend
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
from dvc_cli.portal import challenges, logins, people, profiles, sessions
from dvc_cli.portal import registration as registering
from dvc_cli.portal.portal import Portal, sandbox_folder
from dvc_cli.procedures import procedures


def open_backend(options: BackendOptions) -> Backend:
    """The sandbox in the data folder; it comes into being at the first call that needs it. `url` is not used."""
    return SandboxBackend(Portal(sandbox_folder(options.data_folder), options.clock, calendar=options.calendar))


class SandboxBackend:
    """The contract, spoken by a `Portal`. Errors are the portal's own; see `dvc_cli.contract.backend` for what each method promises.

    `who` tells whose a token is, where somebody has asked the portal already: a server within one call.
    """

    name = "sandbox"

    def __init__(self, portal: Portal, who: sessions.Who | None = None) -> None:
        self._portal = portal
        self._who = who or partial(sessions.who_am_i, portal)

    def capabilities(self) -> Capabilities:
        """Two ways to register, two ways to sign in, three look-ups, every shipped dossier; people are invented."""
        return Capabilities(
            registration=registering.METHODS,
            logins=frozenset({"portal", "vneid_password"}),
            lookups=frozenset({"person", "birth_notification", "death_notice"}),
            procedures=frozenset(procedures()),
            invented_people=True,
            dossier_actions=frozenset({"supplement", "withdraw"}),
        )

    def now(self) -> datetime:
        """The sandbox's time."""
        return self._portal.now()

    def begin_registration(self, registration: Registration) -> Challenge:
        """Send the first code to the invented phone."""
        return registering.begin(self._portal, registration)

    def get_challenge(self, challenge_id: str) -> Challenge:
        """A waiting challenge as it stands."""
        return challenges.get(self._portal, challenge_id)

    def resend_code(self, challenge_id: str) -> Challenge:
        """A new code; tries are not given back."""
        return challenges.resend(self._portal, challenge_id)

    def verify_registration(self, challenge_id: str, code: Secret) -> Ticket:
        """A right code opens the setting of the password."""
        return registering.verify(self._portal, challenge_id, code)

    def set_password(self, ticket: Secret, password: Secret) -> Account:
        """The account exists from now on."""
        return registering.set_password(self._portal, ticket, password)

    def begin_login(self, id_number: str, password: Secret) -> Challenge:
        """Number and password of a portal account."""
        return logins.begin_portal(self._portal, id_number, password)

    def begin_vneid_login(self, id_number: str, password: Secret, share_data: bool) -> Challenge:
        """Number and password of a digital identity of level 2."""
        return logins.begin_vneid(self._portal, id_number, password, share_data=share_data)

    def verify_login(self, challenge_id: str, code: Secret) -> Session:
        """A right code opens a session."""
        return logins.verify(self._portal, challenge_id, code)

    def who_am_i(self, token: Secret) -> Account:
        """The account of a session."""
        return self._who(token)

    def refresh_session(self, refresh_token: Secret) -> Session:
        """New tokens for old ones."""
        return sessions.refresh(self._portal, refresh_token)

    def log_out(self, token: Secret) -> None:
        """End a session."""
        sessions.log_out(self._portal, token)

    def change_password(self, token: Secret, current: Secret, new: Secret) -> None:
        """Change a portal account's password; its other sessions end."""
        logins.change_password(self._portal, token, current, new)

    def get_profile(self, token: Secret) -> Profile:
        """The profile of the session's person."""
        return profiles.get_profile(self._portal, self.who_am_i(token))

    def refresh_profile(self, token: Secret) -> Profile:
        """The profile, confirmed by the invented population register."""
        return profiles.refresh_profile(self._portal, self.who_am_i(token))

    def find_person(self, token: Secret, id_number: str) -> PersonFacts:
        """Anyone of the invented people; any session may ask."""
        self.who_am_i(token)
        return people.find_person(self._portal, id_number)

    def find_birth_notification(self, token: Secret, code: str, mother_id_number: str) -> BirthNotification:
        """An invented notification; any session may ask."""
        self.who_am_i(token)
        return people.find_birth_notification(self._portal, code, mother_id_number)

    def find_death_notice(self, token: Secret, id_number: str) -> DeathNotice:
        """An invented notice; any session may ask."""
        self.who_am_i(token)
        return people.find_death_notice(self._portal, id_number)

    def submit_dossier(self, token: Secret, submission: Submission, idempotency_key: str) -> Dossier:
        """File to the sandbox's offices."""
        owner = self.who_am_i(token).id_number
        from dvc_cli.portal import dossiers

        return dossiers.submit(self._portal, owner, submission, idempotency_key)

    def list_dossiers(self, token: Secret) -> tuple[Dossier, ...]:
        """The session person's dossiers, newest first."""
        owner = self.who_am_i(token).id_number
        from dvc_cli.portal import dossiers

        return dossiers.list_for(self._portal, owner)

    def get_dossier(self, token: Secret, code: str) -> Dossier:
        """One of the session person's dossiers."""
        owner = self.who_am_i(token).id_number
        from dvc_cli.portal import dossiers

        return dossiers.get(self._portal, owner, code)

    def get_filed_answers(self, token: Secret, code: str) -> FiledAnswers:
        """What stands in one of the session person's dossiers."""
        owner = self.who_am_i(token).id_number
        from dvc_cli.portal import dossiers_changes

        return dossiers_changes.filed_answers(self._portal, owner, code)

    def supplement_dossier(self, token: Secret, code: str, supplement: Submission, idempotency_key: str) -> Dossier:
        """Answer the sandbox's office."""
        owner = self.who_am_i(token).id_number
        from dvc_cli.portal import dossiers_changes

        return dossiers_changes.supplement(self._portal, owner, code, supplement, idempotency_key)

    def withdraw_dossier(self, token: Secret, code: str) -> Dossier:
        """Ask the sandbox's office for a dossier back."""
        owner = self.who_am_i(token).id_number
        from dvc_cli.portal import dossiers_changes

        return dossiers_changes.withdraw(self._portal, owner, code)

    def close(self) -> None:
        """Close the database."""
        self._portal.close()
