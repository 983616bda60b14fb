"""The second half of a registration: the code becomes a ticket, the ticket a password, the password an account."""

from __future__ import annotations

from dvc_cli.commands import codes
from dvc_cli.commands.account_answers import AccountAnswers
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.labels import label
from dvc_cli.commands.passwords import new_password
from dvc_cli.contract.values import Challenge, Secret
from dvc_cli.domain.identity import mask_number
from dvc_cli.domain.names import mask_name
from dvc_cli.errors import NotFoundError
from dvc_cli.language import _
from dvc_cli.output.result import PENDING, Result
from dvc_cli.prompts.prompter import Leave


def verify(deps: Deps, challenge_id: str, code: Secret) -> Challenge:
    """Spend the code of a registration and keep the ticket where a later process finds it; the challenge as it stood."""
    challenge = _as_it_stands(deps, challenge_id)
    ticket = deps.backend.verify_registration(challenge_id, code)
    codes.Tickets(deps).verified(challenge_id, ticket.value)
    deps.waiting.mark_verified(challenge_id)
    if challenge is None:  # pragma: no cover - a code that was right was waited for
        raise codes.no_challenge()
    return challenge


def _as_it_stands(deps: Deps, challenge_id: str) -> Challenge | None:
    """The challenge while it is waited for; None when it is over, which spending the code will explain better."""
    try:
        return deps.backend.get_challenge(challenge_id)
    except NotFoundError:
        return None


def finish(deps: Deps, answers: AccountAnswers, challenge: Challenge) -> Result:
    """Go on to the password where it was given or can be asked for; else end pending."""
    waiting = Result(
        deps.command,
        PENDING,
        codes.document(challenge),
        next=("dvc set-password",),
        text=(_("Mã đúng. Còn bước đặt mật khẩu."),),
    )
    if not (deps.may_ask or answers.has("set_password", "password")):
        return waiting
    try:
        return set_first_password(deps, answers, challenge.id)
    except Leave:
        return waiting


def set_first_password(deps: Deps, answers: AccountAnswers, challenge_id: str) -> Result:
    """Judge and set the password of a verified registration. TK-NO-CHALLENGE when its ticket is gone."""
    tickets = codes.Tickets(deps)
    ticket = tickets.ticket(challenge_id)
    if ticket is None:
        raise codes.no_challenge()
    password = new_password(deps, answers, tickets.hints(challenge_id))
    try:
        account = deps.backend.set_password(ticket, password)
    except NotFoundError:
        tickets.forget(challenge_id)
        raise
    tickets.forget(challenge_id)
    masked = {"id_masked": mask_number(account.id_number), "full_name_masked": mask_name(account.full_name)}
    return Result(
        deps.command,
        data={"account": {**masked, "kind": account.kind, "assurance": account.assurance}},
        next=("dvc login", "dvc login-vneid"),
        text=(
            _("Đã mở tài khoản. Tên đăng nhập là số định danh."),
            (_("Công dân"), f"{masked['full_name_masked']} ({masked['id_masked']})"),
            (_("Mức bảo đảm"), label("assurance", account.assurance)),
        ),
    )
