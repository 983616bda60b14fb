"""`dvc login-vneid`: "Tài khoản Định danh điện tử cấp bởi Bộ Công an": number, password and code here, or on a page of the backend."""

from __future__ import annotations

from typing import Annotated

from dvc_cli.commands import codes, signin
from dvc_cli.commands.account_answers import AccountAnswers
from dvc_cli.commands.agreement import KEY, agree, read_word
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import AskingFlags, option
from dvc_cli.contract.oauth import BROWSER, QR
from dvc_cli.contract.values import Secret
from dvc_cli.errors import UsageError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.result import Result
from dvc_cli.prompts.prompter import GoBack, Leave, Option, Question, WantHelp

_HERE = "vneid_password"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginOptions(AskingFlags):
    """`qr` and `browser` name the way; without them number and password, or a question where there are several."""

    qr: Annotated[bool, option("--qr", help="Công dân quét mã QR và đồng ý trên điện thoại")] = False
    browser: Annotated[bool, option("--browser", help="Công dân đăng nhập bằng trình duyệt của máy này")] = False


def run(options: LoginOptions, deps: Deps) -> Result:
    """Sign in with VNeID; without a code, or while nobody has answered, it ends pending."""
    if options.qr and options.browser:
        raise UsageError(problem("A-USAGE", detail=_("Chỉ dùng một trong hai: --qr, --browser.")))
    answers = AccountAnswers(deps, options, "login_vneid", "otp", apart=(KEY,))
    way, able = _way(options, deps, answers), deps.backend.capabilities().logins
    if way not in able:
        raise signin.not_offered(able)
    deps.store.probe()
    agreed = read_word(answers.text("login_vneid", KEY))
    if way == _HERE:
        return _by_password(deps, answers, agreed)
    from dvc_cli.commands import login_page

    return login_page.by_qr(deps, agreed) if way == QR else login_page.by_browser(deps, agreed)


def _way(options: LoginOptions, deps: Deps, answers: AccountAnswers) -> str:
    if options.qr or options.browser:
        return QR if options.qr else BROWSER
    able = deps.backend.capabilities().logins
    ways = [way for way in (_HERE, QR, BROWSER) if way in able]
    given = any(answers.has("login_vneid", key) for key in ("id_number", "password")) or answers.has("otp", "otp")
    if given or not deps.may_ask or len(ways) < 2:  # noqa: PLR2004 - nothing to choose
        return _HERE if _HERE in able or not ways or not deps.may_ask else ways[0]
    labels = {
        _HERE: _("Số định danh và mật khẩu, gõ tại máy này"),
        QR: _("Điện thoại của công dân quét mã QR"),
        BROWSER: _("Trình duyệt của máy này"),
    }
    return _chosen(deps, tuple(Option(way, labels[way]) for way in ways))


def _chosen(deps: Deps, ways: tuple[Option, ...]) -> str:
    question = Question("way", _("Đăng nhập VNeID bằng cách nào?"))
    while True:
        try:
            return deps.prompter.choice(question, ways)
        except (WantHelp, GoBack):
            deps.prompter.tell(_("Hai cách sau: công dân tự nhập mật khẩu trên trang của nơi tiếp nhận, máy này không thấy mật khẩu."))
        except Leave:
            raise KeyboardInterrupt from None


def _by_password(deps: Deps, answers: AccountAnswers, agreed: bool | None) -> Result:
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


COMMANDS = {"login-vneid": declare(LoginOptions, run)}
