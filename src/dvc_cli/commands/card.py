"""`dvc card`: what the text of an identity card's QR code says; a way to try a scanner out."""

from __future__ import annotations

from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags
from dvc_cli.domain.card import Card, CardError, read_card
from dvc_cli.domain.dates import format_date
from dvc_cli.errors import RefusedError, UsageError, problem
from dvc_cli.language import _
from dvc_cli.output.result import Result
from dvc_cli.prompts.prompter import Leave, Question, Scanned, Signal

MOST_BYTES = 4096
KINDS = {"cccd_2021": "Căn cước công dân (mẫu 2021)", "can_cuoc_2024": "Căn cước (mẫu 2024)"}

_REASONS = {
    "fields": "Chuỗi này không đủ các ô của mã QR trên thẻ.",
    "number": "Ô số định danh cần đúng 12 chữ số.",
    "old_number": "Ô số CMND cũ cần 9 chữ số hoặc để trống.",
    "name": "Ô họ tên trống hoặc có chữ số.",
    "date": "Ô ngày sinh hoặc ngày cấp không phải ngày có thật dạng ngàythángnăm (ddmmyyyy).",
    "gender": "Ô giới tính cần là Nam hoặc Nữ.",
    "long": "Chuỗi này dài quá mã QR trên thẻ.",
}
_MEND = "Tắt Telex/VNI rồi quét lại mã QR ở mặt trước thẻ."


def run(_options: CommonFlags, deps: Deps) -> Result:
    """Read one card text from standard input, or ask for a scan at a terminal."""
    text = _ask(deps) if deps.may_ask and deps.world.stdin_tty else _from_stdin(deps)
    try:
        card = read_card(text)
    except CardError as error:
        raise RefusedError(problem("A-INVALID", detail=_(_REASONS[error.reason]), hint=_(_MEND))) from None
    return Result(deps.command, data={"card": _document(card)}, text=_text(card))


def _from_stdin(deps: Deps) -> str:
    if deps.world.stdin_tty:
        raise UsageError(problem("A-USAGE", detail=_("Đưa chuỗi trên thẻ vào đầu vào chuẩn.")))
    content = deps.world.read_stdin(MOST_BYTES)
    if len(content) > MOST_BYTES:
        raise UsageError(problem("A-TOO-LARGE", detail=_("Tối đa {most} byte.").format(most=MOST_BYTES)))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(problem("A-ENCODING")) from None


def _ask(deps: Deps) -> str:
    question = Question("card", _("Quét mã QR trên thẻ"), remark=_("Tắt Telex/VNI khi quét."), accepts_card=True)
    while True:
        try:
            return deps.prompter.text(question)
        except Scanned as scan:
            return scan.text
        except Leave:
            raise KeyboardInterrupt from None
        except Signal:
            deps.prompter.tell(_("Đưa thẻ vào máy quét, hoặc dán chuỗi đọc được rồi nhấn Enter."))


def _document(card: Card) -> dict[str, object]:
    return {
        "kind": card.kind,
        "id_number": card.id_number,
        "old_id_number": card.old_id_number,
        "full_name": card.full_name,
        "birth_date": card.birth_date,
        "gender": card.gender,
        "address": card.address,
        "issue_date": card.issue_date,
    }


def _text(card: Card) -> tuple[tuple[str, str], ...]:
    return (
        (_("Loại thẻ"), _(KINDS[card.kind])),
        (_("Số định danh"), card.id_number),
        (_("Số CMND cũ"), card.old_id_number or "—"),
        (_("Họ, chữ đệm, tên"), card.full_name),
        (_("Ngày sinh"), format_date(card.birth_date)),
        (_("Giới tính"), card.gender),
        (_("Nơi thường trú, cư trú"), card.address),
        (_("Ngày cấp"), format_date(card.issue_date) if card.issue_date else "—"),
    )


COMMANDS = {"card": declare(CommonFlags, run)}
