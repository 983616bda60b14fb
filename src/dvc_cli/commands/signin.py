"""What the two logins share: a code is sent, then spent for the one session of this workstation."""

from __future__ import annotations

from collections.abc import Callable

from dvc_cli.commands import codes, sessions
from dvc_cli.commands.account_answers import AccountAnswers
from dvc_cli.commands.deps import Deps
from dvc_cli.contract.values import Challenge, Secret
from dvc_cli.errors import NotFoundError, NotSupportedError, problem
from dvc_cli.language import _
from dvc_cli.output.result import Result
from dvc_cli.prompts.prompter import Leave

COMMANDS_OF_WAYS = {
    "vneid_password": "dvc login-vneid",
    "vneid_qr": "dvc login-vneid --qr",
    "vneid_browser": "dvc login-vneid --browser",
    "portal": "dvc login",
}
"""Capability → the command that signs in by it."""


def not_offered(able: frozenset[str]) -> NotSupportedError:
    """BE-NOT-SUPPORTED for a way to sign in that the backend does not have, with the command of one that it has."""
    other = next((command for way, command in COMMANDS_OF_WAYS.items() if way in able), "")
    hint = _("Nơi này đăng nhập bằng cách khác: {command}.").format(command=other) if other else ""
    return NotSupportedError(problem("BE-NOT-SUPPORTED", hint=hint), next_commands=(other,) if other else ())


def sign_in(deps: Deps, answers: AccountAnswers, kind: str, id_number: str, begin: Callable[[], Challenge]) -> Result:
    """Send a code, or take up the one that is waited for; spend it when it was given or can be asked for, else end pending."""
    given = answers.text("otp", "otp")
    challenge = codes.resume(deps, kind, id_number) if given else None
    if challenge is None:
        challenge = begin()
        codes.remember(deps, challenge, id_number)
    if given:
        return spend(deps, challenge.id, codes.code_of(given))
    if not deps.may_ask:
        return codes.waiting_result(deps, challenge)
    try:
        return codes.ask_code(deps, challenge, lambda challenge_id, code: spend(deps, challenge_id, code))
    except Leave:
        return codes.waiting_result(deps, challenge)


def spend(deps: Deps, challenge_id: str, code: Secret) -> Result:
    """The code of a login becomes the current session."""
    try:
        session = deps.backend.verify_login(challenge_id, code)
    except NotFoundError:
        deps.waiting.remove(challenge_id)
        raise
    facts = sessions.keep(deps, session)
    deps.waiting.remove(challenge_id)
    return Result(deps.command, data=sessions.document(facts), text=sessions.describe(facts))
