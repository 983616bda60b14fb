"""What is known beside the answers: the signed-in person's block, and what the registers tell of parents and birth."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from dvc_cli.commands.deps import Deps
from dvc_cli.commands.sessions import SignedIn
from dvc_cli.domain.calendar import working_calendar
from dvc_cli.domain.identity import is_invented, mask_number
from dvc_cli.errors import BadReplyError, NotFoundError, Problem, RefusedError, TooManyTriesError, UnavailableError, problem
from dvc_cli.forms import Context, Evaluation
from dvc_cli.forms.model import PERSONAL_NUMBER
from dvc_cli.language import language

if TYPE_CHECKING:
    from dvc_cli.contract.secret import Secret
    from dvc_cli.contract.values import Profile

FOUND, MISSING = "found", "missing"
PARENTS = ("mother", "father")
COUNTRY = "VN"


class Surroundings:
    """The context of one dossier. Look-ups are made once per number; one that does not succeed counts as not made.

    Training numbers are never looked up where people are real. The backend is asked when an evaluation needs it, not before: what was
    given is on the disk by then.
    """

    def __init__(self, deps: Deps, session: SignedIn | None) -> None:
        self._deps = deps
        self._token = session.token if session else None
        self._found: dict[tuple[str, ...], dict[str, str]] = {}

    def context(self, known: dict[str, str] | None = None) -> Context:
        """The context of an evaluation made now."""
        now = self._deps.now()
        return Context(now.date(), now, working_calendar(), language(), self._block, known or {})

    def offline(self) -> Context:
        """The context without the signed-in person's block, for when the backend cannot be asked."""
        now = self._deps.now()
        return Context(now.date(), now, working_calendar(), language(), None, {})

    @cached_property
    def _block(self) -> dict[str, str] | None:
        return requester_block(self._deps.backend.get_profile(self._token)) if self._token else None

    def known(self, evaluation: Evaluation) -> dict[str, str]:
        """The look-up facts that the rules read; none without a session."""
        if self._token is None:
            return {}
        facts = self._notification(evaluation, self._token)
        for parent in PARENTS:
            facts = facts | self._parent(parent, evaluation.text(f"{parent}_id_number"), self._token)
        return facts

    def _notification(self, evaluation: Evaluation, token: Secret) -> dict[str, str]:
        code, mother = evaluation.text("birth_notification_no"), evaluation.text("birth_notification_mother_id")
        if evaluation.text("birth_data_source") != "csdl_bao_hiem" or not code:
            return {}

        def look() -> dict[str, str]:
            found = self._deps.backend.find_birth_notification(token, code, mother)
            return {"notification": FOUND, "notification_birth_date": found.birth_date.isoformat()}

        return self._looked_up("birth_notification", ("notification", code, mother), look)

    def _parent(self, parent: str, number: str, token: Secret) -> dict[str, str]:
        def look() -> dict[str, str]:
            person = self._deps.backend.find_person(token, number)
            hometown = {f"{parent}_hometown_province": person.hometown_province} if person.hometown_province else {}
            return {parent: FOUND, **hometown}

        return self._looked_up("person", (parent, number), look)

    def _looked_up(self, lookup: str, key: tuple[str, ...], look: Callable[[], dict[str, str]]) -> dict[str, str]:
        """`key` is the fact's name, then what it is looked up by, a personal number last."""
        number = key[-1]
        can = self._deps.backend.capabilities()
        if not number or lookup not in can.lookups or (is_invented(number) and not can.invented_people):
            return {}
        if key not in self._found:
            self._deps.record("look_up", mask_number(number), detail=lookup)
            try:
                self._found[key] = look()
            except NotFoundError:
                self._found[key] = {key[0]: MISSING}
            except (RefusedError, UnavailableError, TooManyTriesError, BadReplyError):
                self._found[key] = {}
        return self._found[key]


def requester_block(profile: Profile) -> dict[str, str]:
    """The `requester_…` values of the signed-in person as canonical texts."""
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
    }
    return {f"requester_{key}": value for key, value in values.items() if value}


def invented_numbers(evaluation: Evaluation) -> list[Problem]:
    """A-INVENTED for each training number, for a backend where people are real."""
    return [
        problem("A-INVENTED", key)
        for key in evaluation.live
        if evaluation.form[key].type == PERSONAL_NUMBER and evaluation.text(key) and is_invented(evaluation.text(key))
    ]
