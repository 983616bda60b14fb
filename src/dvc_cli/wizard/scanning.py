"""A card scanned in the middle of a conversation: a disagreement is settled by the person, then the block is filled."""

from __future__ import annotations

from collections.abc import Callable

from dvc_cli.domain.card import Card, CardError, read_card
from dvc_cli.language import _
from dvc_cli.prompts.prompter import Prompter
from dvc_cli.wizard.cards import Filled, Reading

Agreed = Callable[[str, str], bool]
"""Asks a yes-or-no question, key and label."""


def read_scan(prompter: Prompter, scanned: str) -> Card | None:
    """The card, None (and a remark) when it cannot be read."""
    try:
        return read_card(scanned)
    except CardError:
        prompter.tell(_("Không đọc được nội dung thẻ. Hãy quét lại, hoặc gõ tay."))
        return None


def settle(prompter: Prompter, agreed: Agreed, person: str, reading: Reading) -> tuple[Filled, ...]:
    """Which values of the card to take: all, or after a disagreement those that the person decides on."""
    for doubt in reading.doubts:
        prompter.tell(_("Lưu ý: {doubt}").format(doubt=doubt))
    for filled in reading.differing:
        line = _("{label}: đã trả lời “{before}”, thẻ ghi “{shown}”.")
        prompter.tell(line.format(label=filled.label, before=filled.before, shown=filled.shown))
    if not reading.differing:
        unsure = bool(reading.doubts) and not agreed(f"card:{person}", _("Vẫn dùng thẻ này?"))
        return () if unsure else reading.new
    if agreed(f"card:{person}", _("Thay các câu trả lời trên bằng nội dung thẻ?")):
        return reading.values
    # Another name or number: probably the card of somebody else, so nothing of it is taken.
    return ()


def tell_filled(prompter: Prompter, filled: tuple[Filled, ...], address: str) -> None:
    """What was taken from the card, and the address that was not."""
    if not filled:
        prompter.tell(_("Không lấy gì từ thẻ."))
        return
    values = "; ".join(f"{item.label}: {item.shown}" for item in filled)
    prompter.tell(_("Đã điền từ thẻ: {values}. Kiểm tra lại với công dân.").format(values=values))
    if address:
        prompter.tell(_("Nơi cư trú in trên thẻ (không tự điền, địa danh có thể đã đổi): {address}.").format(address=address))
