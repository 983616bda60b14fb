"""How a question reads: compact lines for a screen that is redrawn, full sentences for one that is listened to. Pure."""

from __future__ import annotations

from dvc_cli.language import _
from dvc_cli.prompts.prompter import Question
from dvc_cli.text import safe


def commands_line(question: Question) -> str:
    """The commands that work at this question."""
    if question.walks:
        return _("? trợ giúp · < lùi · :xem · :den Ô · :huy hoàn tác · :luu lưu và thoát")
    return _("? trợ giúp · < quay lại · :luu lưu và thoát")


def commands_sentence(question: Question) -> str:
    """The same as sentences."""
    base = _("Ở câu nào cũng có thể gõ ? để xem trợ giúp, < để quay lại câu trước, :luu để lưu và thoát.")
    if not question.walks:
        return base
    more = _("Gõ :xem để xem lại, :den và vài chữ của một câu để tới câu đó, :huy để hoàn tác thay đổi cuối.")
    return f"{base} {more}"


def compact(question: Question) -> tuple[str, ...]:
    """Position, label, remark, example and suggestion, a line each; empty ones left out."""
    position = _joined(
        " · ",
        _counted(_("Phần {number}/{total}"), question.section_number, question.section_total),
        safe(question.section),
        _left(question),
    )
    label = safe(question.label)
    if question.optional and not question.enter:
        label = _("{label} (không bắt buộc)").format(label=label)
    lines = (position, label, safe(question.remark), _example(question), _offer(question))
    return tuple(line for line in lines if line)


def spoken(question: Question) -> tuple[str, ...]:
    """The same in full sentences. The section is told when it begins, not at each of its questions."""
    place = _counted(_("Câu {number}/{total}"), question.number, question.total) or safe(question.section)
    lines = [f"{place}." if place else "", _sentence(safe(question.label))]
    lines += [_sentence(safe(question.remark)), _sentence(_example(question)), _spoken_offer(question)]
    return tuple(line for line in lines if line)


def answered(question: Question, value: str) -> str:
    """The line that stays on the screen once a question is answered."""
    label = safe(question.label)
    if label.endswith("?") and value:
        return f"{label} {safe(value)}"
    return f"{label}: {safe(value)}" if value else _("{label}: (bỏ trống)").format(label=label)


def _left(question: Question) -> str:
    if not question.total:
        return ""
    return _("câu cuối của phần này") if question.left <= 1 else _("còn {left} câu").format(left=question.left)


def _counted(pattern: str, number: int, total: int) -> str:
    return pattern.format(number=number, total=total) if number and total else ""


def _example(question: Question) -> str:
    return _("Ví dụ: {example}").format(example=safe(question.example)) if question.example else ""


def _offer(question: Question) -> str:
    if not question.suggestion:
        return question.enter or (_("Enter để bỏ qua") if question.optional else "")
    line = _("Enter để chọn: {value}").format(value=_value(question))
    return _("{line}; - để bỏ trống").format(line=line) if question.optional else line


def _spoken_offer(question: Question) -> str:
    if not question.suggestion:
        return _sentence(question.enter) or (_("Câu này không bắt buộc. Bấm Enter để bỏ qua.") if question.optional else "")
    line = _("Đã có sẵn: {value}. Bấm Enter để giữ.").format(value=_value(question))
    return _("{line} Gõ - để bỏ trống.").format(line=line) if question.optional else line


def _value(question: Question) -> str:
    value = safe(question.suggestion_label or question.suggestion)
    return f"{value} ({safe(question.origin)})" if question.origin else value


def _sentence(line: str) -> str:
    return line if not line or line[-1] in ".!?:" else f"{line}."


def _joined(separator: str, *parts: str) -> str:
    return separator.join(part for part in parts if part)
