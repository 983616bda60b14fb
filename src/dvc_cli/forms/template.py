"""A sample answers file: every key of a form, empty, with comments that say what belongs there. The parser accepts it as it stands."""

from __future__ import annotations

from textwrap import wrap

from dvc_cli.forms import model
from dvc_cli.forms.conditions import Condition
from dvc_cli.forms.model import Field, Form, Section
from dvc_cli.forms.schema import always_locked
from dvc_cli.forms.wording import accepted_in_words, condition_in_words
from dvc_cli.language import ENGLISH, Text, language

_WIDTH = 100

_HEAD = {
    "vi": "Điền giá trị sau dấu hai chấm; dòng để trống là chưa trả lời. Số bắt đầu bằng 0 cứ ghi như trên giấy.",
    "en": "Write values behind the colon; an empty line is no answer. Numbers that begin with 0 may be written as on the paper.",
}
_FILING = {
    "vi": (
        "Giấy tờ đính kèm: mỗi mục gồm slot (dòng trên Cổng), id (loại giấy), file (đường dẫn).",
        "Chấp nhận cảnh báo: MÃ hoặc MÃ:khóa, kèm lý do từ 5 ký tự.",
        "Công dân cam đoan: chỉ ghi true khi chính công dân đã đọc và đồng ý.",
    ),
    "en": (
        "Papers: each item has slot (row of the portal), id (kind of paper) and file (path).",
        "Accepted warnings: CODE or CODE:key with a reason of 5 characters or more.",
        "The citizen's pledge: true only when the citizen has read it and agrees.",
    ),
}


def sample_answers(form: Form, lang: str = "") -> str:
    """The sample file of a form as YAML, with comments in `lang` (the chosen language when empty)."""
    lang = ENGLISH if (lang or language()) == ENGLISH else "vi"
    lines = [*_comment(f"{_in(form.title, lang)} ({form.command}, {form.version})"), *_comment(_HEAD[lang]), ""]
    for section in form.sections:
        lines += _section(form, section, lang)
    if form.filing:
        for key, remark in zip(model.RESERVED, _FILING[lang], strict=True):
            lines += [*_comment(remark), f"{key}:", ""]
    return "\n".join(lines)


def _section(form: Form, section: Section, lang: str) -> list[str]:
    lines = _comment(_in(section.title, lang) + _lives(section.when, lang))
    lines.append(f"{section.id}:")
    for item in form.section_fields(section.id):
        lines += [*_comment(_about(item, lang), "  "), f"  {item.key}:"]
    return [*lines, ""]


def _about(item: Field, lang: str) -> str:
    parts = [_in(item.label, lang), accepted_in_words(item, lang), _demand(item, lang)]
    if item.preset and not item.must_answer:
        parts.append(f"default {item.preset}" if lang == ENGLISH else f"mặc định {item.preset}")
    return " — ".join(part for part in parts if part) + _lives(item.when, lang)


def _demand(item: Field, lang: str) -> str:
    english = lang == ENGLISH
    if item.from_session:
        return "from the signed-in account" if english else "lấy từ tài khoản đang đăng nhập"
    if always_locked(item):
        return "filled in by itself" if english else "tự điền"
    if item.required.never:
        return ""
    when = condition_in_words(item.required, lang)
    word = "required" if english else "bắt buộc"
    return f"{word} {'when' if english else 'khi'} {when}" if when else word


def _lives(when: Condition, lang: str) -> str:
    words = condition_in_words(when, lang)
    return f" [{'when' if lang == ENGLISH else 'khi'} {words}]" if words else ""


def _comment(text: str, indent: str = "") -> list[str]:
    opening = f"{indent}# "
    return wrap(text, _WIDTH, initial_indent=opening, subsequent_indent=opening + "  ", break_long_words=False, break_on_hyphens=False)


def _in(text: Text, lang: str) -> str:
    return text.en if lang == ENGLISH else text.vi
