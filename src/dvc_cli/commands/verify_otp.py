"""`dvc verify-otp`: the code of a registration or login that waits, in this process or an earlier one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from dvc_cli.commands import codes, signin
from dvc_cli.commands.account_answers import AccountAnswers
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import AskingFlags
from dvc_cli.commands.registering import finish, verify
from dvc_cli.contract.values import Challenge, Secret
from dvc_cli.errors import MissingAnswersError, problem
from dvc_cli.output.result import Result
from dvc_cli.prompts.prompter import Leave


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyOptions(AskingFlags):
    """`challenge` names one of several that wait; the newest otherwise."""

    challenge: Annotated[str, typer.Option("--challenge", metavar="MÃ", help="Yêu cầu nào, khi có nhiều yêu cầu đang chờ")] = ""
    resend: Annotated[bool, typer.Option("--resend", help="Gửi lại mã")] = False


def run(options: VerifyOptions, deps: Deps) -> Result:
    """Resend, or spend the code: a login ends ok, a registration goes on with its password."""
    answers = AccountAnswers(deps, options, "otp", "set_password")
    challenge = _find(options, deps)
    if options.resend:
        challenge = deps.backend.resend_code(challenge.id)
        if not answers.has("otp", "otp") and not deps.may_ask:
            return codes.waiting_result(deps, challenge)
    deps.store.probe()
    if answers.has("otp", "otp"):
        return _spend(deps, answers, challenge, codes.code_of(answers.text("otp", "otp")))
    if not deps.may_ask:
        raise MissingAnswersError(problem("A-MISSING", "otp"), data=codes.document(challenge))
    try:
        return codes.ask_code(deps, challenge, lambda _id, code: _spend(deps, answers, challenge, code))
    except Leave:
        return codes.waiting_result(deps, challenge)


def _find(options: VerifyOptions, deps: Deps) -> Challenge:
    if options.challenge:
        return deps.backend.get_challenge(options.challenge)
    pending = codes.find_waiting(deps, kinds=(codes.REGISTER, codes.LOGIN, codes.LOGIN_VNEID))
    if pending is None:
        raise codes.no_challenge()
    return deps.backend.get_challenge(pending.id)


def _spend(deps: Deps, answers: AccountAnswers, challenge: Challenge, code: Secret) -> Result:
    if challenge.kind != codes.REGISTER:
        return signin.spend(deps, challenge.id, code)
    verify(deps, challenge.id, code)
    return finish(deps, answers, challenge.id)


COMMANDS = {"verify-otp": declare(VerifyOptions, run)}
