"""`dvc consent`: what citizens agreed to on this workstation; record an agreement, withdraw it."""

from __future__ import annotations

from dvc_cli.commands.agreement import KEY, PURPOSE, agree, read_word
from dvc_cli.commands.answers import read_answers
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.failures import error_for
from dvc_cli.commands.flags import AskingFlags, CommonFlags
from dvc_cli.desk import Consent
from dvc_cli.domain.identity import parse_personal_number
from dvc_cli.errors import Problem, RefusedError, problem
from dvc_cli.forms import unknown_key
from dvc_cli.language import _
from dvc_cli.output.result import Result, Table
from dvc_cli.prompts.prompter import GoBack, Leave, Question, WantHelp

NUMBER = "id_number"


def show(_options: CommonFlags, deps: Deps) -> Result:
    """Every entry, newest first; citizens masked."""
    return _listed(deps, deps.desk.consents.list())


def record(options: AskingFlags, deps: Deps) -> Result:
    """Record that a citizen agrees; asked at a terminal, `consent: true` from a file."""
    number, said = _answers(options, deps, NUMBER, KEY)
    agree(deps, number, said)
    return _listed(deps, deps.desk.consents.list()[:1])


def withdraw(options: AskingFlags, deps: Deps) -> Result:
    """Withdraw the agreement in force. A-INVALID when there is none."""
    number, _said = _answers(options, deps, NUMBER)
    consents = deps.desk.consents
    entry = consents.withdraw(consents.subject(number), PURPOSE, deps.settings.staff_name, deps.now())
    if entry is None:
        raise RefusedError(problem("A-INVALID", NUMBER, detail=_("Công dân này chưa có sự đồng ý nào đang dùng.")))
    deps.record("consent_withdrawn", entry.subject_masked)
    return _listed(deps, (entry,))


def _answers(options: AskingFlags, deps: Deps, *needed: str) -> tuple[str, bool | None]:
    answers = read_answers(options, deps)
    unknown: list[Problem] = [unknown_key(key, (NUMBER, KEY)) for key in answers.raw if key not in (NUMBER, KEY)]
    if unknown:
        raise error_for(unknown)
    absent = [problem("A-MISSING", key) for key in needed if not (answers.text(key) or "").strip()]
    if absent and not deps.may_ask:
        raise error_for(absent)
    text = answers.text(NUMBER) or _ask_number(deps)
    try:
        return parse_personal_number(text), read_word(answers.text(KEY))
    except ValueError:
        raise RefusedError(problem("A-INVALID", NUMBER, detail=_("Cần đúng 12 chữ số."))) from None


def _ask_number(deps: Deps) -> str:
    while True:
        try:
            return deps.prompter.text(Question(NUMBER, _("Số định danh của công dân"), example="001190012345"))
        except (WantHelp, GoBack):
            deps.prompter.tell(_("12 chữ số trên thẻ căn cước."))
        except Leave:
            raise KeyboardInterrupt from None


def _listed(deps: Deps, entries: tuple[Consent, ...]) -> Result:
    documents = [
        {
            "subject": entry.subject[:12],
            "subject_masked": entry.subject_masked,
            "purpose": entry.purpose,
            "staff": entry.staff,
            "at": entry.at,
            "given": entry.given,
        }
        for entry in entries
    ]
    rows = tuple(
        (
            entry.at.strftime("%H:%M %d/%m/%Y"),
            entry.subject_masked,
            _("đồng ý") if entry.given else _("rút lại"),
            entry.staff,
        )
        for entry in entries
    )
    text = (Table((_("Lúc"), _("Công dân"), _("Trả lời"), _("Cán bộ")), rows),) if rows else (_("Chưa ghi sự đồng ý nào."),)
    return Result(deps.command, data={"consents": documents}, text=text)


COMMANDS = {
    "consent show": declare(CommonFlags, show),
    "consent record": declare(AskingFlags, record),
    "consent withdraw": declare(AskingFlags, withdraw),
}
