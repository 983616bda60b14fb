"""The state of the counter. A real package talks to its own system here."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from dvc_cli.contract.values import Account, Challenge, Dossier, HistoryEntry, Profile, Secret, Session, Submission
from dvc_cli.domain.calendar import working_calendar
from dvc_cli.domain.dossier import AttachmentFile
from dvc_cli.domain.phones import mask_phone
from dvc_cli.errors import ConflictError, NotFoundError, NotSupportedError, RefusedError, SessionError, problem
from dvc_cli.forms import Context, unknown_key
from dvc_cli.procedures import assess, procedure

CODE_LIFETIME, SESSION_LIFETIME, RENEWABLE = timedelta(minutes=3), timedelta(minutes=30), timedelta(hours=8)
TRIES, RESEND_AFTER, RESENDS = 5, timedelta(seconds=30), 3


@dataclass(frozen=True)
class Person:
    """Somebody invented, with the password of an invented VNeID."""

    profile: Profile
    password: str


@dataclass
class Waiting:
    """A challenge with its codes; the last one is the right one."""

    challenge: Challenge
    person: Person
    codes: list[str]
    state: str = "open"


@dataclass
class Counter:
    """Everything there is. One lock: whatever counts or files is done by one caller at a time."""

    now: Callable[[], datetime]
    people: dict[str, Person]
    lock: threading.RLock = field(default_factory=threading.RLock)
    waiting: dict[str, Waiting] = field(default_factory=dict)
    sessions: dict[str, tuple[Session, bool]] = field(default_factory=dict)
    dossiers: list[tuple[str, str, str, Dossier]] = field(default_factory=list)  # owner, key, digest, dossier

    def begin(self, number: str, password: Secret, *, share_data: bool) -> Challenge:
        """Check the password and send a code; a code that was waited for ends."""
        person = self.people.get(number)
        if person is None:
            raise NotFoundError(problem("TK-PERSON-UNKNOWN", "id_number"))
        if not secrets.compare_digest(person.password.encode(), password.value.encode("utf-8", "surrogatepass")):
            raise RefusedError(problem("TK-CREDENTIALS", "password"))
        if not share_data:
            raise RefusedError(problem("TK-CONSENT"))
        with self.lock:
            for older in self.waiting.values():
                if older.person is person and older.state == "open":
                    older.state = "superseded"
            now = self.now()
            challenge = Challenge(
                id=f"ch-{secrets.token_hex(6)}",
                kind="login-vneid",
                phone_masked=mask_phone(person.profile.phone),
                sent_at=now,
                expires_at=now + CODE_LIFETIME,
                tries_left=TRIES,
                code_number=1,
                resend_at=now + RESEND_AFTER,
            )
            self.waiting[challenge.id] = Waiting(challenge, person, [_new_code()])
        return challenge

    def find(self, challenge_id: str) -> Waiting:
        """A challenge, whatever its state."""
        if challenge_id not in self.waiting:
            raise NotFoundError(problem("TK-NO-CHALLENGE"))
        return self.waiting[challenge_id]

    def resend(self, challenge_id: str) -> Challenge:
        """Another code; the one before is no longer good."""
        with self.lock:
            found, now = self.find(challenge_id), self.now()
            if found.state == "locked":
                raise RefusedError(problem("TK-OTP-LOCKED", "otp"))
            if found.state != "open":
                raise NotFoundError(problem("TK-NO-CHALLENGE"))
            if len(found.codes) > RESENDS:
                raise RefusedError(problem("TK-RESEND-LIMIT"))
            if now < found.challenge.resend_at:
                raise RefusedError(problem("TK-RESEND-SOON"))
            found.codes.append(_new_code())
            found.challenge = replace(
                found.challenge, sent_at=now, expires_at=now + CODE_LIFETIME, resend_at=now + RESEND_AFTER, code_number=len(found.codes)
            )
            return found.challenge

    def spend(self, challenge_id: str, code: Secret) -> Session:
        """A try; the right code opens a session."""
        with self.lock:
            found = self.find(challenge_id)
            fault = self._fault(found, code.value)
            if fault:
                told = {"id": challenge_id, "tries_left": found.challenge.tries_left}
                raise RefusedError(problem(fault, "otp"), data={"challenge": told})
            found.state = "used"
            return self.open_session(found.person)

    def _fault(self, found: Waiting, code: str) -> str:
        over = {"used": "TK-OTP-USED", "superseded": "TK-OTP-SUPERSEDED", "locked": "TK-OTP-LOCKED"}
        if found.state in over:
            return over[found.state]
        if self.now() > found.challenge.expires_at:
            return "TK-OTP-EXPIRED"
        if code == found.codes[-1]:
            return ""
        left = found.challenge.tries_left - 1
        found.challenge = replace(found.challenge, tries_left=left)
        found.state = "open" if left else "locked"
        return "TK-OTP-SUPERSEDED" if code in found.codes else "TK-OTP-WRONG"

    def open_session(self, person: Person, until: datetime | None = None) -> Session:
        """A new session; `until` is the last instant at which it can be renewed."""
        now = self.now()
        last = until or now + RENEWABLE
        account = Account(person.profile.id_number, person.profile.full_name, "vneid", "vneid_2")
        tokens = (Secret(secrets.token_urlsafe(32)), Secret(secrets.token_urlsafe(32)))
        session = Session(account, *tokens, expires_at=min(now + SESSION_LIFETIME, last), refresh_until=last)
        self.sessions[session.token.value] = (session, False)
        return session

    def session(self, token: Secret) -> Session:
        """The session behind a token."""
        session, ended = self.sessions.get(token.value, (None, True))
        if session is None or ended:
            raise SessionError(problem("TK-SESSION-REVOKED"))
        if self.now() > session.expires_at:
            raise SessionError(problem("TK-SESSION-EXPIRED"))
        return session

    def renew(self, refresh_token: Secret) -> Session:
        """New tokens for old ones."""
        with self.lock:
            for token, (session, ended) in self.sessions.items():
                if session.refresh_token == refresh_token and not ended:
                    if self.now() > session.refresh_until:
                        raise SessionError(problem("TK-SESSION-EXPIRED"))
                    self.sessions[token] = (session, True)
                    return self.open_session(self.people[session.account.id_number], session.refresh_until)
        raise SessionError(problem("TK-SESSION-REVOKED"))

    def end(self, token: Secret) -> None:
        """End a session; one that is over is no error."""
        if token.value in self.sessions:
            self.sessions[token.value] = (self.sessions[token.value][0], True)

    def file(self, owner: str, sent: Submission, key: str) -> Dossier:
        """File a dossier once."""
        digest = hashlib.sha256(repr((sent, [file.content for file in sent.attachments])).encode("utf-8", "surrogatepass")).hexdigest()
        with self.lock:
            for whose, known, content, dossier in self.dossiers:
                if (whose, known) == (owner, key):
                    if content != digest:
                        raise ConflictError(problem("BE-CONFLICT"))
                    return dossier
            dossier = self._judged(sent)
            self.dossiers.append((owner, key, digest, dossier))
            return dossier

    def _judged(self, sent: Submission) -> Dossier:
        """What the counter's own check makes of it: the same forms, rules and papers that the citizen's side has."""
        try:
            item = procedure(sent.procedure)
        except KeyError:
            raise NotSupportedError(problem("BE-NOT-SUPPORTED")) from None
        if sent.form_version != item.form.version:
            raise RefusedError(problem("DK-FORM-VERSION"))
        given = {key: _answer(value) for part in (sent.payload, sent.facts) for key, value in part.items()}
        strange = [unknown_key(key, item.form.keys) for key in given if key not in item.form]
        if strange:
            raise RefusedError(*strange)
        for file in sent.attachments:
            if hashlib.sha256(file.content).hexdigest() != file.sha256:
                raise RefusedError(problem("BE-REFUSED", "attachments"))
        files = tuple(AttachmentFile(file.slot, file.id, file.name, len(file.content), file.kind, file.sha256) for file in sent.attachments)
        now = self.now()
        context = Context(on=now.date(), now=now, calendar=working_calendar())
        found = assess(item, given, files, sent.acknowledge, sent.pledge, context)
        if found.blocking:
            raise RefusedError(*found.blocking)
        child = " ".join(str(sent.payload.get(f"child_{part}", "")) for part in ("surname", "middle_name", "given_name"))
        return Dossier(
            id=f"hs-{secrets.token_hex(8)}",
            code=f"G22.99.08-{now:%y%m%d}-{len(self.dossiers) + 1:06d}",
            procedure=sent.procedure,
            procedure_code=found.procedure_code,
            status="moi_dang_ky",
            filed_at=now,
            counted_from=found.counted_from,
            due_on=found.due_on,
            members=tuple(replace(member, status="moi_dang_ky") for member in found.members),
            fees=found.fees,
            papers=found.papers,
            title=" ".join(child.split()),
            history=(HistoryEntry(now, "moi_dang_ky"),),
        )


def _new_code() -> str:
    return f"{secrets.randbelow(10**6):06d}"


def _answer(value: object) -> str | tuple[str, ...]:
    if isinstance(value, bool):
        return "true" if value else "false"
    return tuple(str(part) for part in value) if isinstance(value, list | tuple) else str(value)
