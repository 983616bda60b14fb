"""`dvc login`: "Tài khoản cấp bởi Cổng DVCQG" — number, password, code."""

from __future__ import annotations

from dvc_cli.commands import codes, signin
from dvc_cli.commands.account_answers import AccountAnswers
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import AskingFlags
from dvc_cli.contract.values import Secret
from dvc_cli.language import _
from dvc_cli.output.result import Result


def run(options: AskingFlags, deps: Deps) -> Result:
    """Sign in with a portal account; without a code it ends pending."""
    answers = AccountAnswers(deps, options, "login", "otp")
    able = deps.backend.capabilities().logins
    if "portal" not in able:
        raise signin.not_offered(able)
    deps.store.probe()
    if deps.may_ask:
        answers.complete("login", only=("id_number",))
        deps.prompter.tell(_("Để công dân tự nhập."))
    evaluation = answers.complete("login")
    id_number, password = evaluation.text("id_number"), Secret(evaluation.text("password"))
    return signin.sign_in(deps, answers, codes.LOGIN, id_number, lambda: deps.backend.begin_login(id_number, password))


COMMANDS = {"login": declare(AskingFlags, run)}
