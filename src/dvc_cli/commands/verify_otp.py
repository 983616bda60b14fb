"""`dvc verify-otp`: the code of a registration or login that waits, in this process or an earlier one."""

from __future__ import annotations

from typing import Annotated

from dvc_cli.commands import codes, registering, signin
from dvc_cli.commands.account_answers import AccountAnswers
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import AskingFlags, option
from dvc_cli.contract.values import Secret
from dvc_cli.errors import MissingAnswersError, NotFoundError, problem
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.result import Result
from dvc_cli.prompts.prompter import Leave


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyOptions(AskingFlags):
    """`challenge` names one of several that wait; the newest otherwise."""

    challenge: Annotated[str, option("--challenge", metavar="MÃ", help="Yêu cầu nào, khi có nhiều yêu cầu đang chờ")] = ""
    resend: Annotated[bool, option("--resend", help="Gửi lại mã")] = False


def run(options: VerifyOptions, deps: Deps) -> Result:
    """Resend, or spend the code: a login ends ok, a registration goes on with its password."""
    answers = AccountAnswers(deps, options, "otp", "set_password")
    challenge_id, kinds = _which(options, deps)
    given = answers.text("otp", "otp")
    if options.resend:
        challenge = deps.backend.resend_code(challenge_id)
        if not given and not deps.may_ask:
            return codes.waiting_result(deps, challenge)
    deps.store.probe()
    if given:
        return _spend(deps, answers, challenge_id, kinds, codes.code_of(given))
    challenge = deps.backend.get_challenge(challenge_id)
    if not deps.may_ask:
        raise MissingAnswersError(problem("A-MISSING", "otp"), data=codes.document(challenge))
    try:
        return codes.ask_code(deps, challenge, lambda asked, code: _spend(deps, answers, asked, (challenge.kind,), code))
    except Leave:
        return codes.waiting_result(deps, challenge)


def _which(options: VerifyOptions, deps: Deps) -> tuple[str, tuple[str, ...]]:
    """The challenge that is meant, and the kinds it may be of."""
    if options.challenge:
        pending = deps.waiting.get(options.challenge)
        return options.challenge, (pending.kind,) if pending else (codes.LOGIN, codes.REGISTER)
    # What still waits for its code comes first; a registration that waits for its password explains a code that was used.
    for each in sorted(deps.waiting.list(deps.place), key=lambda each: each.verified):
        if each.verified or codes.still_waits(deps, each):
            return each.id, (each.kind,)
    raise codes.no_challenge()


def _spend(deps: Deps, answers: AccountAnswers, challenge_id: str, kinds: tuple[str, ...], code: Secret) -> Result:
    """Spend the code as each kind in turn; the backend takes no try for a kind that the challenge is not of."""
    for kind in kinds[:-1]:
        try:
            return _spend_as(deps, answers, challenge_id, kind, code)
        except NotFoundError:
            continue
    return _spend_as(deps, answers, challenge_id, kinds[-1], code)


def _spend_as(deps: Deps, answers: AccountAnswers, challenge_id: str, kind: str, code: Secret) -> Result:
    if kind != codes.REGISTER:
        return signin.spend(deps, challenge_id, code)
    challenge = registering.verify(deps, challenge_id, code)
    return registering.finish(deps, answers, challenge)


COMMANDS = {"verify-otp": declare(VerifyOptions, run)}
