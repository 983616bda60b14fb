"""`dvc register`: opens a portal account — way, person, phone, then code and password where they are given or can be asked for."""

from __future__ import annotations

from dvc_cli.commands import codes, registering
from dvc_cli.commands.account_answers import AccountAnswers
from dvc_cli.commands.agreement import KEY, agree, read_word
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import AskingFlags
from dvc_cli.commands.register_talk import Talk, where_instead
from dvc_cli.contract.values import Challenge, Registration
from dvc_cli.domain.dates import parse_date
from dvc_cli.errors import NotSupportedError, RefusedError, problem
from dvc_cli.forms import Evaluation
from dvc_cli.output.result import Result
from dvc_cli.prompts.prompter import Leave

WAY = ("subject", "method")
MENDABLE = frozenset({"TK-SUBSCRIBER", "TK-PERSON-MISMATCH", "TK-PERSON-UNKNOWN"})


def run(options: AskingFlags, deps: Deps) -> Result:
    """Register; without a code it ends pending, with everything it ends ok."""
    answers = AccountAnswers(deps, options, "register", "otp", "set_password", extras=(KEY,))
    agreed = read_word(answers.raw.text(KEY))
    if deps.may_ask:
        talk = Talk(deps, answers)
        if talk.prefers_vneid():
            return _vneid_instead(options, deps)
        talk.ask_way()
    _check_way(deps, answers.evaluate("register"))
    deps.store.probe()
    if deps.may_ask:
        talk.ask_person(lambda id_number: agree(deps, id_number, agreed))
    evaluation = answers.complete("register")
    if not deps.may_ask:
        agree(deps, evaluation.text("id_number"), agreed)
    challenge = _begin(deps, answers, evaluation)
    return _go_on(deps, answers, challenge)


def _check_way(deps: Deps, evaluation: Evaluation) -> None:
    """What the backend cannot do is refused before anything else is asked, with the place where it is done."""
    subject, method = evaluation.text("subject"), evaluation.text("method")
    if subject and method and f"{subject}/{method}" not in deps.backend.capabilities().registration:
        raise NotSupportedError(problem("TK-METHOD", "method", detail=where_instead(subject, method)))


def _begin(deps: Deps, answers: AccountAnswers, evaluation: Evaluation) -> Challenge:
    """The challenge that is waited for, when a code was given for it; else a new one, asking again for what the registers refuse."""
    if answers.has("otp", "otp"):
        waiting = codes.resume(deps, codes.REGISTER, evaluation.text("id_number"))
        if waiting is not None:
            return waiting
    while True:
        try:
            registration = _registration(evaluation)
            challenge = deps.backend.begin_registration(registration)
            break
        except RefusedError as error:
            if not deps.may_ask or not {item.code for item in error.problems} <= MENDABLE:
                raise
            evaluation = Talk(deps, answers).mend(error)
    codes.remember(deps, challenge, registration.id_number)
    codes.Tickets(deps).begin(challenge.id, registration)
    return challenge


def _go_on(deps: Deps, answers: AccountAnswers, challenge: Challenge) -> Result:
    if answers.has("otp", "otp"):
        verified = registering.verify(deps, challenge.id, codes.code_of(answers.text("otp", "otp")))
        return registering.finish(deps, answers, verified)
    if not deps.may_ask:
        return codes.waiting_result(deps, challenge)
    try:
        verified = codes.ask_code(deps, challenge, lambda challenge_id, code: registering.verify(deps, challenge_id, code))
    except Leave:
        return codes.waiting_result(deps, challenge)
    return registering.finish(deps, answers, verified)


def _registration(evaluation: Evaluation) -> Registration:
    return Registration(
        subject=evaluation.text("subject"),
        method=evaluation.text("method"),
        id_number=evaluation.text("id_number"),
        full_name=evaluation.text("full_name"),
        birth_date=parse_date(evaluation.text("birth_date")),
        phone=evaluation.text("phone"),
        email=evaluation.text("email"),
        social_insurance_number=evaluation.text("social_insurance_number"),
    )


def _vneid_instead(options: AskingFlags, deps: Deps) -> Result:
    from dvc_cli.commands import login_vneid

    deps.command = "login-vneid"
    return login_vneid.run(login_vneid.LoginOptions(set_=[], yes=options.yes), deps)


COMMANDS = {"register": declare(AskingFlags, run)}
