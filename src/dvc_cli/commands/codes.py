"""Codes that were sent: how they are shown, asked for and spent; what waits between two processes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from dvc_cli.commands.deps import Deps
from dvc_cli.contract.values import Challenge, Registration, Secret
from dvc_cli.desk.waiting import Pending
from dvc_cli.domain.identity import mask_number
from dvc_cli.domain.passwords import PersonHints
from dvc_cli.errors import NotFoundError, RefusedError, problem
from dvc_cli.language import _
from dvc_cli.output.result import PENDING, Result
from dvc_cli.prompts.prompter import GoBack, Question, WantHelp
from dvc_cli.text import fold_search, to_ascii_digits

T = TypeVar("T")

REGISTER, LOGIN, LOGIN_VNEID = "register", "login", "login-vneid"
AGAIN = "gl"
TRY_AGAIN = frozenset({"TK-OTP-WRONG", "TK-OTP-SUPERSEDED", "TK-OTP-EXPIRED"})


def document(challenge: Challenge) -> dict[str, object]:
    """`challenge` of the JSON answers."""
    return {
        "challenge": {
            "id": challenge.id,
            "phone_masked": challenge.phone_masked,
            "expires_at": challenge.expires_at,
            "tries_left": challenge.tries_left,
            "code_number": challenge.code_number,
            "resend_at": challenge.resend_at,
        }
    }


def waiting_result(deps: Deps, challenge: Challenge) -> Result:
    """The pending result of a code that was sent."""
    sent = _("Mã xác thực số {number} đã gửi tới {phone}, dùng đến {until}, còn {tries} lần thử.").format(
        number=challenge.code_number, phone=challenge.phone_masked, until=_clock(challenge.expires_at), tries=challenge.tries_left
    )
    return Result(deps.command, PENDING, document(challenge), next=("dvc verify-otp",), text=(sent,))


def remember(deps: Deps, challenge: Challenge, id_number: str) -> Pending:
    """Keep in the waiting file that this code is waited for."""
    pending = Pending(
        id=challenge.id,
        kind=challenge.kind,
        backend=deps.place,
        phone_masked=challenge.phone_masked,
        subject_masked=mask_number(id_number),
        sent_at=challenge.sent_at,
    )
    deps.waiting.add(pending)
    return pending


def find_waiting(deps: Deps, *, kinds: tuple[str, ...], id_number: str = "", verified: bool = False) -> Pending | None:
    """The newest waiting entry of these kinds on this backend, of one person when a number is given."""
    for pending in deps.waiting.list():
        same_person = not id_number or pending.subject_masked == mask_number(id_number)
        if pending.backend == deps.place and pending.kind in kinds and pending.verified == verified and same_person:
            return pending
    return None


def resume(deps: Deps, kind: str, id_number: str) -> Challenge | None:
    """The challenge of this kind and person that still waits for its code, None when there is none."""
    pending = find_waiting(deps, kinds=(kind,), id_number=id_number)
    return still_waits(deps, pending) if pending else None


def still_waits(deps: Deps, pending: Pending) -> Challenge | None:
    """The challenge as the backend has it; None, and forgotten here, when it was answered or replaced."""
    try:
        return deps.backend.get_challenge(pending.id)
    except NotFoundError:
        deps.waiting.remove(pending.id)
        return None


def no_challenge() -> NotFoundError:
    """TK-NO-CHALLENGE."""
    return NotFoundError(problem("TK-NO-CHALLENGE"))


def code_of(text: str) -> Secret:
    """What was typed without the spaces and hyphens that people put into codes; full-width digits are digits."""
    return Secret("".join(letter for letter in to_ascii_digits(text) if not letter.isspace() and letter not in "-‐‑‒–—.·"))


def ask_code(deps: Deps, challenge: Challenge, spend: Callable[[str, Secret], T]) -> T:
    """Let the citizen type the code until it is right; `gl` sends a new one. Refusals that end the challenge are raised."""
    remark = _("Để công dân tự nhập. Gõ {again} để gửi lại mã.").format(again=AGAIN)
    while True:
        question = Question("otp", _label(challenge, deps.now()), remark=remark)
        try:
            typed = deps.prompter.secret(question)
            if fold_search(typed).strip() == AGAIN:
                challenge = deps.backend.resend_code(challenge.id)
                deps.prompter.tell(_("Đã gửi mã mới."))
                continue
            return spend(challenge.id, code_of(typed))
        except RefusedError as error:
            if not {item.code for item in error.problems} & (TRY_AGAIN | {"TK-RESEND-SOON", "TK-RESEND-LIMIT"}):
                raise
            for item in error.problems:
                deps.prompter.tell(f"{item.message} {item.hint}")
            challenge = deps.backend.get_challenge(challenge.id)
        except WantHelp:
            deps.prompter.tell(_("Mã gồm 6 chữ số trong tin nhắn gửi tới điện thoại của công dân. Không đọc mã cho người khác."))
        except GoBack:
            deps.prompter.tell(_("Mã đã gửi, không lùi được. Ctrl-C để dừng; dvc verify-otp để nhập sau."))


def _label(challenge: Challenge, now: datetime) -> str:
    left = max(0, int((challenge.expires_at - now).total_seconds()))
    return _("Mã xác thực số {number}, gửi lúc {sent} tới {phone}; còn {minutes}:{seconds:02d}, {tries} lần thử").format(
        number=challenge.code_number,
        sent=_clock(challenge.sent_at),
        phone=challenge.phone_masked,
        minutes=left // 60,
        seconds=left % 60,
        tries=challenge.tries_left,
    )


def _clock(instant: datetime) -> str:
    return instant.strftime("%H:%M:%S")


class Tickets:
    """What a registration needs in a later process: the person's facts for judging a password, then the ticket. Kept in the token store."""

    def __init__(self, deps: Deps) -> None:
        self._deps = deps

    def begin(self, challenge_id: str, registration: Registration) -> None:
        """Keep the facts of a registration that waits for its code."""
        facts = {
            "id_number": registration.id_number,
            "full_name": registration.full_name,
            "phone": registration.phone,
            "birth_date": registration.birth_date.isoformat(),
        }
        self._put(challenge_id, facts)

    def verified(self, challenge_id: str, ticket: Secret) -> None:
        """Keep the ticket beside the facts."""
        self._put(challenge_id, {**self._read(challenge_id), "ticket": ticket.value})

    def ticket(self, challenge_id: str) -> Secret | None:
        """The ticket, None when there is none."""
        value = self._read(challenge_id).get("ticket")
        return Secret(value) if value else None

    def hints(self, challenge_id: str) -> PersonHints:
        """The person's facts; empty where they are not known."""
        facts = self._read(challenge_id)
        return hints_of(facts)

    def forget(self, challenge_id: str) -> None:
        """The registration is over."""
        self._deps.store.delete(_record(challenge_id))
        self._deps.waiting.remove(challenge_id)

    def _read(self, challenge_id: str) -> dict[str, str]:
        kept = self._deps.store.get(_record(challenge_id))
        facts: dict[str, str] = json.loads(kept) if kept else {}
        return facts

    def _put(self, challenge_id: str, facts: dict[str, str]) -> None:
        self._deps.store.put(_record(challenge_id), json.dumps(facts, ensure_ascii=False))


def hints_of(facts: dict[str, str]) -> PersonHints:
    """Facts of a person as the password judge takes them."""
    from datetime import date

    born = facts.get("birth_date", "")
    return PersonHints(
        id_number=facts.get("id_number", ""),
        full_name=facts.get("full_name", ""),
        phone=facts.get("phone", ""),
        birth_date=date.fromisoformat(born) if born else None,
    )


def _record(challenge_id: str) -> str:
    return f"ticket-{challenge_id}"
