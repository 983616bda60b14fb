"""What is known beside the answers: the signed-in person's block, and what the registers tell that a procedure asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from dvc_cli.commands.deps import Deps
from dvc_cli.commands.sessions import SignedIn
from dvc_cli.domain.identity import is_invented, mask_number
from dvc_cli.errors import BadReplyError, NotFoundError, Problem, RefusedError, TooManyTriesError, UnavailableError, problem
from dvc_cli.forms import Context, Evaluation
from dvc_cli.forms.model import PERSONAL_NUMBER
from dvc_cli.language import language
from dvc_cli.procedures.lookups import BIRTH_NOTIFICATION, DEATH_NOTICE, MISSING, PERSON, Lookup

if TYPE_CHECKING:
    from dvc_cli.contract.backend import Backend
    from dvc_cli.contract.secret import Secret
    from dvc_cli.contract.values import BirthNotification, DeathNotice, PersonFacts, Profile

    Answered = PersonFacts | BirthNotification | DeathNotice | str | None

COUNTRY = "VN"
SUPPLEMENT = "supplement"  # a backend that takes supplements also tells what was filed


class Surroundings:
    """The context of one dossier. Look-ups are made once per number; one that does not succeed counts as not made.

    Training numbers are never looked up where people are real. The backend is asked when an evaluation needs it, not before: what was
    given is on the disk by then. `at` is the instant of filing of a dossier that is filed already: it is judged as of then.
    """

    def __init__(self, deps: Deps, session: SignedIn | None, at: datetime | None = None) -> None:
        self._deps, self._at = deps, at
        self._token = session.token if session else None
        self.subject = session.facts.subject if session else ""
        self._found: dict[tuple[str, ...], Answered] = {}
        self._earlier: dict[str, tuple[str, Mapping[str, object]]] = {}

    def context(self, known: dict[str, str] | None = None) -> Context:
        """The context of an evaluation made now."""
        now = self._at or self._deps.now()
        return Context(now.date(), now, self._deps.calendar, language(), self._block, known or {})

    def offline(self) -> Context:
        """The context without the signed-in person's block, for when the backend cannot be asked."""
        now = self._deps.now()
        return Context(now.date(), now, self._deps.calendar, language(), None, {})

    @cached_property
    def _profile(self) -> Profile | None:
        return self._deps.backend.get_profile(self._token) if self._token else None

    @cached_property
    def _block(self) -> dict[str, str] | None:
        return requester_block(self._profile) if self._profile else None

    def person(self, number: str) -> PersonFacts | None:
        """What the population register tells of a number; None where it cannot be asked or knows nobody."""
        from dvc_cli.contract.values import PersonFacts

        found = self._answer(PERSON, (number,)) if number else None
        return found if isinstance(found, PersonFacts) else None

    def earlier(self, procedure: str) -> tuple[str, Mapping[str, object]]:
        """Code and payload of the person's latest dossier of this procedure; ("", none) without one, or where the backend does not tell."""
        if procedure not in self._earlier:
            self._earlier[procedure] = self._latest(procedure)
        return self._earlier[procedure]

    def _latest(self, procedure: str) -> tuple[str, Mapping[str, object]]:
        backend, nothing = self._deps.backend, ("", dict[str, object]())
        if self._token is None or SUPPLEMENT not in backend.capabilities().dossier_actions:
            return nothing
        try:
            code = next((each.code for each in backend.list_dossiers(self._token) if each.procedure == procedure), "")
            if not code:
                return nothing
            self._deps.record("look_up", ref=code, detail="filed")
            return code, backend.get_filed_answers(self._token, code).payload
        except (RefusedError, NotFoundError, UnavailableError, TooManyTriesError, BadReplyError):
            return nothing

    def look_up(self, lookups: Iterable[Lookup]) -> Callable[[Evaluation], dict[str, str]]:
        """What `assess` asks the registers with."""
        return lambda evaluation: self.known(evaluation, lookups)

    def known(self, evaluation: Evaluation, lookups: Iterable[Lookup]) -> dict[str, str]:
        """The facts that the procedure's look-ups find; none without a session."""
        facts: dict[str, str] = {}
        for item in lookups:
            asked = tuple(evaluation.text(key) for key in item.inputs)
            if all(asked) and item.when.holds(evaluation.texts):
                facts |= _facts(item.fact, self._answer(item.kind, asked))
        return facts

    def _answer(self, kind: str, asked: tuple[str, ...]) -> Answered:
        """What a register says, asked once; the last thing it is asked by is a personal number. MISSING: nothing; None: not asked."""
        can, key = self._deps.backend.capabilities() if self._token else None, (kind, *asked)
        if can is None or kind not in can.lookups or (is_invented(asked[-1]) and not can.invented_people):
            return None
        if key not in self._found and self._token is not None:
            self._deps.record("look_up", mask_number(asked[-1]), detail=kind)
            try:
                self._found[key] = _look(self._deps.backend, self._token, kind, asked)
            except NotFoundError:
                self._found[key] = MISSING
            except (RefusedError, UnavailableError, TooManyTriesError, BadReplyError):
                self._found[key] = None
        return self._found[key]


def _look(backend: Backend, token: Secret, kind: str, asked: tuple[str, ...]) -> Answered:
    if kind == PERSON:
        return backend.find_person(token, *asked)
    if kind == DEATH_NOTICE:
        return backend.find_death_notice(token, *asked)
    return backend.find_birth_notification(token, *asked) if kind == BIRTH_NOTIFICATION else None


def _facts(fact: str, answered: Answered) -> dict[str, str]:
    from dvc_cli.contract import facts
    from dvc_cli.contract.values import DeathNotice, PersonFacts

    if answered is None:
        return {}
    if isinstance(answered, str):
        return facts.missing(fact)
    if isinstance(answered, PersonFacts):
        return facts.person_facts(fact, answered)
    return facts.notice_facts(fact, answered) if isinstance(answered, DeathNotice) else facts.notification_facts(fact, answered)


def requester_block(profile: Profile) -> dict[str, str]:
    """The `requester_…` values of the signed-in person as canonical texts; of these, phone and email may be answered otherwise."""
    values = {
        "full_name": profile.full_name,
        "id_number": profile.id_number,
        "birth_date": profile.birth_date.isoformat(),
        "gender": profile.gender,
        "id_issue_date": profile.id_issue_date.isoformat() if profile.id_issue_date else "",
        "id_issue_place": profile.id_issue_place,
        "residence_type": profile.residence_type,
        "province": profile.province,
        "ward": profile.ward,
        "address_detail": profile.address_detail,
        "country": COUNTRY,
        "phone": profile.phone,
        "email": profile.email,
    }
    return {f"requester_{key}": value for key, value in values.items() if value}


def invented_numbers(evaluation: Evaluation) -> list[Problem]:
    """A-INVENTED for each training number, for a backend where people are real."""
    return [
        problem("A-INVENTED", key)
        for key in evaluation.live
        if evaluation.form[key].type == PERSONAL_NUMBER and evaluation.text(key) and is_invented(evaluation.text(key))
    ]
