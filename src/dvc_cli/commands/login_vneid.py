"""`dvc login-vneid`: "Tài khoản Định danh điện tử cấp bởi Bộ Công an" — agreement, number, password, code."""

from __future__ import annotations

from dvc_cli.commands import codes, signin
from dvc_cli.commands.account_answers import AccountAnswers
from dvc_cli.commands.agreement import KEY, agree, read_word
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import AskingFlags
from dvc_cli.contract.values import Secret
from dvc_cli.errors import NotSupportedError, problem
from dvc_cli.language import _
from dvc_cli.output.result import Result


def run(options: AskingFlags, deps: Deps) -> Result:
    """Sign in with VNeID; without a code it ends pending."""
    answers = AccountAnswers(deps, options, "login_vneid", "otp")
    if "vneid_password" not in deps.backend.capabilities().logins:
        raise NotSupportedError(problem("BE-NOT-SUPPORTED"))
    deps.store.probe()
    agreed = read_word(answers.text("login_vneid", KEY))
    if deps.may_ask:
        person = answers.complete("login_vneid", only=("id_number",))
        agree(deps, person.text("id_number"), agreed)
        deps.prompter.tell(_("Để công dân tự nhập."))
    evaluation = answers.complete("login_vneid", only=("id_number", "password"))
    id_number, password = evaluation.text("id_number"), Secret(evaluation.text("password"))
    if not deps.may_ask:
        agree(deps, id_number, agreed)
    return signin.sign_in(
        deps, answers, codes.LOGIN_VNEID, id_number, lambda: deps.backend.begin_vneid_login(id_number, password, share_data=True)
    )


COMMANDS = {"login-vneid": declare(AskingFlags, run)}
