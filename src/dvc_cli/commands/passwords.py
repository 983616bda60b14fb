"""A first or new password: judged offline, typed twice by the citizen, never shown."""

from __future__ import annotations

from dvc_cli.commands.account_answers import AccountAnswers
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.failures import error_for
from dvc_cli.contract.values import Secret
from dvc_cli.domain.passwords import PersonHints, judge_password
from dvc_cli.errors import Problem, problem
from dvc_cli.language import _
from dvc_cli.prompts.prompter import GoBack, Question, WantHelp
from dvc_cli.text import nfc

FORM = "set_password"


def faults(password: str, again: str, hints: PersonHints) -> list[Problem]:
    """Everything that is wrong with a password and its repetition."""
    found = [problem(code, "password") for code in judge_password(password, hints)]
    if not same(password, again):
        found.append(problem("TK-PW-MISMATCH", "password_again"))
    return found


def same(password: str, again: str) -> bool:
    """Whether two typed passwords are one: backends take "ế" composed and decomposed as the same letter."""
    return nfc(password) == nfc(again)


def new_password(deps: Deps, answers: AccountAnswers, hints: PersonHints) -> Secret:
    """The new password, given or asked for; raises all that is missing or wrong with a given one."""
    if deps.may_ask and not answers.has(FORM, "password"):
        return _ask(deps, hints)
    evaluation = answers.complete(FORM, only=("password", "password_again"))
    found = faults(evaluation.text("password"), evaluation.text("password_again"), hints)
    if found:
        raise error_for(found)
    return Secret(evaluation.text("password"))


def _ask(deps: Deps, hints: PersonHints) -> Secret:
    rule = _("Ít nhất 8 ký tự, có chữ thường, chữ hoa, chữ số, ký tự đặc biệt; khó đoán, không chứa thông tin cá nhân.")

    def check(typed: str) -> str | None:
        found = faults(typed, typed, hints)
        return " ".join(f"{item.message}" for item in found) or None

    deps.prompter.tell(_("Để công dân tự nhập."))
    while True:
        try:
            first = deps.prompter.secret(Question("password", _("Mật khẩu mới"), remark=rule), check)
            if same(first, deps.prompter.secret(Question("password_again", _("Nhập lại mật khẩu")))):
                return Secret(first)
            mismatch = problem("TK-PW-MISMATCH", "password_again")
            deps.prompter.tell(f"{mismatch.message} {mismatch.hint}")
        except WantHelp:
            deps.prompter.tell(rule)
        except GoBack:
            continue


def current_password(deps: Deps, answers: AccountAnswers) -> Secret:
    """The password in use, given or asked for. MissingAnswersError (A-MISSING) when it is neither."""
    given = answers.text(FORM, "current_password")
    if given:
        return Secret(given)
    if not deps.may_ask:
        missing = [problem("A-MISSING", "current_password")]
        missing += [item for item in answers.evaluate(FORM).problems if item.code == "A-MISSING"]
        raise error_for(missing)
    deps.prompter.tell(_("Để công dân tự nhập."))
    while True:
        try:
            return Secret(deps.prompter.secret(Question("current_password", _("Mật khẩu hiện tại"))))
        except (WantHelp, GoBack):
            deps.prompter.tell(_("Mật khẩu đang dùng để đăng nhập Cổng."))
