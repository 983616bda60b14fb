"""Conditions and accepted answers in words, for people who write answers files."""

from __future__ import annotations

from dvc_cli.forms import model
from dvc_cli.forms.choices import options
from dvc_cli.forms.conditions import ANY_VALUE, Condition, Match
from dvc_cli.forms.model import Field
from dvc_cli.language import ENGLISH


def condition_in_words(condition: Condition, lang: str) -> str:
    """`want_copies = true và birth_case = du_cha_me | chua_co_cha`; "" for a condition that always holds."""
    english = lang == ENGLISH
    if condition.never:
        return "never" if english else "không bao giờ"
    parts = [_match(match, lang) for match in condition.tests]
    parts += [condition_in_words(part, lang) for part in condition.all_of]
    if condition.any_of:
        either = (" or " if english else " hoặc ").join(condition_in_words(part, lang) for part in condition.any_of)
        parts.append(f"({either})" if len(condition.any_of) > 1 else either)
    parts += [f"{'not' if english else 'không phải'} ({condition_in_words(part, lang)})" for part in condition.none_of]
    return (" and " if english else " và ").join(part for part in parts if part)


def accepted_in_words(item: Field, lang: str) -> str:
    """What may be written for a field: codes with labels, or the shape of the value; "" for free text."""
    english = lang == ENGLISH
    if item.type in (model.CHOICE, model.CHOICES):
        return "; ".join(f"{option.code} ({option.label_en if english else option.label_vi})" for option in options(item))
    if item.parts:
        keys = ", ".join(part.key for part in item.parts.fields)
        return f"list of rows with {keys}" if english else f"danh sách, mỗi dòng có {keys}"
    if item.type == model.INTEGER:
        return _number(item, english=english)
    vi, en = _SHAPES.get(item.type, ("", ""))
    shape = en if english else vi
    if item.example:
        shape += ("; " if shape else "") + (f"e.g. {item.example}" if english else f"ví dụ {item.example}")
    return shape


def _match(match: Match, lang: str) -> str:
    if ANY_VALUE in match.allowed:
        return f"{match.key} answered" if lang == ENGLISH else f"có {match.key}"
    return f"{match.key} = {' | '.join(match.allowed)}"


def _number(item: Field, *, english: bool) -> str:
    shape = "whole number" if english else "số nguyên"
    if item.minimum is not None:
        shape += f" ≥ {item.minimum}"
    if item.maximum is not None:
        shape += f", ≤ {item.maximum}"
    return shape


_SHAPES = {
    model.PERSONAL_NUMBER: ("12 chữ số", "12 digits"),
    model.PHONE: ("10 chữ số, bắt đầu bằng 0", "10 digits, starting with 0"),
    model.EMAIL: ("địa chỉ email", "email address"),
    model.BOOLEAN: ("true hoặc false", "true or false"),
    model.DATE: ("yyyy-mm-dd hoặc dd/mm/yyyy", "yyyy-mm-dd or dd/mm/yyyy"),
    model.PARTIAL_DATE: ("ngày, hoặc mm/yyyy, hoặc yyyy", "date, or mm/yyyy, or yyyy"),
    model.PARTIAL_DATETIME: (
        "ngày kèm giờ:phút, ngày, mm/yyyy hoặc yyyy",
        "date with hour:minute, date, mm/yyyy or yyyy",
    ),
    model.COUNTRY: ("mã ISO hai chữ (VN) hoặc tên nước", "two-letter ISO code (VN) or name"),
    model.NATIONALITY: ("mã ISO hai chữ (VN) hoặc tên nước", "two-letter ISO code (VN) or name"),
    model.ETHNICITY: ("mã (01) hoặc tên dân tộc", "code (01) or name"),
    model.PROVINCE: ("mã hoặc tên tỉnh, thành phố", "code or name of the province"),
    model.WARD: ("mã hoặc tên phường, xã, đặc khu", "code or name of the ward or commune"),
    model.SECRET: ("chỉ ghi vào tệp khi tập huấn", "in a file only on the sandbox"),
}
