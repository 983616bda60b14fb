"""`dvc set-password`: the last step of a registration, or a new password for the portal account that is signed in."""

from __future__ import annotations

from dvc_cli.commands import codes, sessions
from dvc_cli.commands.account_answers import AccountAnswers
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import AskingFlags
from dvc_cli.commands.passwords import current_password, new_password
from dvc_cli.commands.registering import set_first_password, verify
from dvc_cli.domain.passwords import PersonHints
from dvc_cli.language import _
from dvc_cli.output.result import Result
from dvc_cli.prompts.prompter import Leave


def run(options: AskingFlags, deps: Deps) -> Result:
    """Set the first password where a registration waits for it; change it where a portal session is open."""
    answers = AccountAnswers(deps, options, "set_password", "otp")
    try:
        challenge_id = _verified(deps, answers)
        if challenge_id:
            return set_first_password(deps, answers, challenge_id)
        return _change(deps, answers)
    except Leave:
        raise KeyboardInterrupt from None


def _verified(deps: Deps, answers: AccountAnswers) -> str:
    """The newest registration whose code was right; a code given here is spent first. "" when there is none."""
    if answers.has("otp", "otp"):
        waiting = codes.find_waiting(deps, kinds=(codes.REGISTER,))
        if waiting is not None:
            verify(deps, waiting.id, codes.code_of(answers.text("otp", "otp")))
            return waiting.id
    verified = codes.find_waiting(deps, kinds=(codes.REGISTER,), verified=True)
    return verified.id if verified else ""


def _change(deps: Deps, answers: AccountAnswers) -> Result:
    facts = sessions.current(deps)
    if facts is None or facts.kind != "portal":
        raise codes.no_challenge()
    with sessions.signed_in(deps) as session:
        profile = deps.backend.get_profile(session.token)
        hints = PersonHints(profile.id_number, profile.full_name, profile.phone, profile.birth_date)
        current = current_password(deps, answers)
        deps.backend.change_password(session.token, current, new_password(deps, answers, hints))
    return Result(deps.command, data=sessions.document(session.facts), text=(_("Đã đổi mật khẩu."),))


COMMANDS = {"set-password": declare(AskingFlags, run)}
