"""The citizen's agreement before their data is first used: the purpose is shown, the answer recorded with time and staff."""

from __future__ import annotations

from dvc_cli.commands.deps import Deps
from dvc_cli.domain.identity import mask_number
from dvc_cli.errors import MissingAnswersError, RefusedError, problem
from dvc_cli.forms.parsing import boolean_word
from dvc_cli.language import _
from dvc_cli.prompts.prompter import GoBack, Question, WantHelp

KEY = "consent"


# Recorded as shown to the citizen; also what tells one purpose from another.
PURPOSE = (
    "Cán bộ hỗ trợ dùng họ tên, số định danh, ngày sinh, nơi cư trú, số điện thoại của công dân để mở tài khoản, đăng nhập và "
    "điền, nộp hồ sơ dịch vụ công mà công dân yêu cầu. Dữ liệu được mã hóa trên máy này và chỉ gửi tới nơi tiếp nhận hồ sơ. "
    "Công dân có quyền không đồng ý và rút lại sự đồng ý bất cứ lúc nào (dvc consent withdraw)."
)


def read_word(text: str | None) -> bool | None:
    """The key `consent` of an answers file; None when it was not given. RefusedError A-INVALID for anything but yes or no."""
    if text is None or not text.strip():
        return None
    said = boolean_word(text)
    if said is None:
        raise RefusedError(problem("A-INVALID", KEY, detail=_("Cần có hoặc không.")))
    return said


def agree(deps: Deps, id_number: str, given: bool | None) -> None:
    """Make sure that the citizen agrees, and record it.

    `given` is what an answers file says. RefusedError TK-CONSENT when the answer is no; MissingAnswersError when it has to be asked and
    may not be. On the sandbox people are invented: without asking it is not needed.
    """
    if _is_needless(deps, given):
        return
    consents = deps.desk.consents
    subject = consents.subject(id_number)
    if given is None and consents.current(subject, PURPOSE):
        return
    _take(deps, given)
    consents.record(subject, mask_number(id_number), PURPOSE, deps.settings.staff_name, deps.now())
    deps.record("consent_given", mask_number(id_number))


def agree_ahead(deps: Deps, given: bool | None) -> bool:
    """The citizen's agreement before it is known who they are; whether it has to be recorded by `agree` once that is known.

    Refuses as `agree`.
    """
    if _is_needless(deps, given):
        return False
    _take(deps, given)
    return True


def _is_needless(deps: Deps, given: bool | None) -> bool:
    """Whether nobody has to agree: the people are invented, and nobody is there to be asked."""
    if given is not None or deps.may_ask or not deps.backend.capabilities().invented_people:
        return False
    deps.detail(_("Sandbox: công dân được đặt ra, không cần ghi sự đồng ý."))
    return True


def _take(deps: Deps, given: bool | None) -> None:
    if given is None and not deps.may_ask:
        raise MissingAnswersError(problem("A-MISSING", KEY, hint=_("consent: true khi công dân đồng ý.")))
    if not (_ask(deps) if given is None else given):
        raise RefusedError(problem("TK-CONSENT", KEY))


def _ask(deps: Deps) -> bool:
    deps.prompter.tell(_(PURPOSE))
    question = Question(KEY, _("Công dân đồng ý?"), remark=_("Đọc cho công dân nghe và để công dân trả lời."))
    while True:
        try:
            return deps.prompter.confirm(question)
        except (WantHelp, GoBack):
            deps.prompter.tell(_("Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15: phải hỏi rõ trước khi dùng dữ liệu; không đồng ý thì dừng."))
