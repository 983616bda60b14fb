"""One parser per field type: from the text that was given to the value, or a fault that says what was expected.

Details never repeat what was typed: it may be somebody's number or a secret.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from dvc_cli.domain.dates import DateError, PartialDate, format_date, parse_date, parse_partial_date
from dvc_cli.forms import model
from dvc_cli.forms.choices import find_option, nearest_label, options
from dvc_cli.forms.model import Field
from dvc_cli.forms.values import Answer, Context, Value
from dvc_cli.language import _
from dvc_cli.text import clean, fold, has_hidden

_EMAIL = re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+")
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_TRUE = frozenset({"true", "1", "có", "co", "yes", "c", "y"})
_FALSE = frozenset({"false", "0", "không", "khong", "no", "k", "n"})
_FEW = 7
_SEARCHED = 100  # characters; looking for something near costs time

Values = Mapping[str, Value]
_NOTHING_YET: Values = MappingProxyType({})


class ValueFault(ValueError):  # noqa: N818 - a fault of the value, not of the program
    """Raised when a given text is no value of its field; `code` is a problem code, `detail` says what was expected."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def is_empty(item: Field, given: Answer) -> bool:
    """Whether what was given is no answer: nothing but blanks, a list of such, or a group without a row that says something."""
    if isinstance(given, str) and given[:1].isascii() and given[:1].isalnum():
        return False  # most answers need no cleaning to be seen
    if item.type == model.GROUP:
        return _has_no_rows(given)
    if isinstance(given, str):
        return not given if item.type == model.SECRET else not clean(given)
    return all(is_empty(item, part) for part in given)


def _has_no_rows(given: Answer) -> bool:
    from dvc_cli.forms.groups import given_rows

    try:
        return not any(given_rows(text) for text in ([given] if isinstance(given, str) else given))
    except ValueFault:
        return False


def boolean_word(text: str) -> bool | None:
    """The yes or no that a word says; None when it says neither."""
    word = fold(text)
    return True if word in _TRUE else False if word in _FALSE else None


def parse_value(item: Field, given: Answer, context: Context, values: Values = _NOTHING_YET) -> Value:
    """The value that a non-empty answer gives.

    `values` are those found so far (a ward needs its province's). Raises ValueFault with A-INVALID, A-CHOICE, A-PLACE, A-DATE or the
    field's own code.
    """
    if item.type == model.CHOICES:
        return _several(item, given)
    if not isinstance(given, str):
        parts = tuple(part for part in given if not is_empty(item, part))
        if len(parts) != 1:
            raise ValueFault("A-INVALID", _("Chỉ nhận một giá trị."))
        given = parts[0]
    if item.type == model.SECRET:
        return _secret(item, given)
    if item.type == model.WARD:
        return _ward(item, clean(given), context, values)
    if item.type == model.PROVINCE:
        return _province(item, clean(given), context)
    if item.type in model.DATE_TYPES:
        return _date(item, clean(given), context)
    if item.type == model.NAME and item.fault and has_hidden(given):
        raise ValueFault(item.fault, _("Có ký tự ẩn: gõ lại tên."))
    if item.type == model.GROUP:
        from dvc_cli.forms.groups import read_rows

        return read_rows(item, given, context)
    return parse_plain(item, given)


def parse_plain(item: Field, text: str) -> Value:
    """As `parse_value`, for a type that needs neither the day nor other values. KeyError for any other type."""
    return _PARSERS[item.type](item, clean(text))


def _text(item: Field, text: str) -> str:
    if item.max_length and len(text) > item.max_length:
        raise ValueFault("A-INVALID", _("Tối đa {limit} ký tự.").format(limit=item.max_length))
    return text


def _secret(item: Field, text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueFault("A-INVALID", _("Có ký tự không hợp lệ.")) from None
    return _text(item, text)


def _personal_number(item: Field, text: str) -> str:
    from dvc_cli.domain.identity import parse_personal_number

    try:
        return parse_personal_number(text)
    except ValueError:
        raise _fault(item, _("Cần đúng 12 chữ số.")) from None


def _phone(item: Field, text: str) -> str:
    from dvc_cli.domain.phones import normalise_phone

    try:
        return normalise_phone(text)
    except ValueError:
        raise _fault(item, _("Cần 10 chữ số, bắt đầu bằng 0.")) from None


def _email(item: Field, text: str) -> str:
    if not _EMAIL.fullmatch(_text(item, text)):
        raise _fault(item, _("Cần một địa chỉ dạng ten@vidu.vn."))
    return text


def _code(item: Field, text: str) -> str:
    pattern = re.compile(item.pattern or ".*", re.ASCII)
    # Numbers are often typed in groups; the spaces go only where the code is right without them.
    for reading in (text, text.replace(" ", "")):
        if pattern.fullmatch(reading):
            return _text(item, reading)
    if item.soft:
        return _text(item, text)
    raise _fault(item, _("Ví dụ đúng: {example}.").format(example=item.example) if item.example else _("Không đúng dạng."))


def _integer(item: Field, text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise _fault(item, _bounds(item))
    number = int(text)
    if (item.minimum is not None and number < item.minimum) or (item.maximum is not None and number > item.maximum):
        raise _fault(item, _bounds(item))
    return number


def _bounds(item: Field) -> str:
    if item.minimum is not None and item.maximum is not None:
        return _("Cần số nguyên từ {low} đến {high}.").format(low=item.minimum, high=item.maximum)
    if item.minimum is not None:
        return _("Cần số nguyên từ {low} trở lên.").format(low=item.minimum)
    return _("Cần số nguyên.")


def _boolean(item: Field, text: str) -> bool:
    said = boolean_word(text)
    if said is None:
        raise _fault(item, _("Cần có hoặc không (true hoặc false)."))
    return said


def _choice(item: Field, text: str) -> str:
    code = find_option(item, text)
    if code is None:
        raise ValueFault("A-CHOICE", _choice_detail(item, text))
    return code


def _choice_detail(item: Field, text: str) -> str:
    known = options(item)
    if len(known) <= _FEW:
        return _("Các mục: {labels}.").format(labels="; ".join(f"{option.code} ({option.label_vi})" for option in known))
    near = nearest_label(item, text[:_SEARCHED])
    return _("Gần nhất: {label}.").format(label=near) if near else ""


def _several(item: Field, given: Answer) -> tuple[str, ...]:
    texts = (given,) if isinstance(given, str) else given
    chosen = {code for text in texts if clean(text) for code in _codes(item, clean(text))}
    for one, other in item.excludes:
        if one in chosen and (other in chosen or (other == "*" and len(chosen) > 1)):
            raise ValueFault(item.fault or "A-CHOICE", _("Các mục đã chọn không đi cùng nhau."))
    return tuple(option.code for option in options(item) if option.code in chosen)


def _codes(item: Field, text: str) -> list[str]:
    """The codes in a text with commas or semicolons; a label may itself hold commas, so the longest run that is a label wins."""
    pieces = re.split(r"([,;])", text)
    codes: list[str] = []
    start = 0
    while start < len(pieces):
        if not pieces[start].strip():
            start += 2
            continue
        for end in range(len(pieces), start, -2):
            code = find_option(item, "".join(pieces[start:end]).strip())
            if code is not None:
                codes.append(code)
                start = end + 1
                break
        else:
            raise ValueFault("A-CHOICE", _choice_detail(item, pieces[start].strip()))
    return codes


def _province(item: Field, text: str, context: Context) -> str:
    from dvc_cli.domain.places import places

    found = places(context.on).province(text)
    if found is None:
        raise ValueFault(item.fault or "A-PLACE")
    return found.code


def _ward(item: Field, text: str, context: Context, values: Values) -> str:
    from dvc_cli.domain.places import places

    province = values.get(item.province_key)
    if not isinstance(province, str):
        raise ValueFault("A-PLACE", _("Chọn tỉnh, thành phố trước."))
    table = places(context.on)
    found = table.commune(text, province)
    if found is None or found.province_code != province:
        hits = [hit for hit in table.search(text[:_SEARCHED], province=province, limit=3) if hit.code != province]
        names = "; ".join(hit.name for hit in hits)
        raise ValueFault(item.fault or "A-PLACE", _("Gần nhất: {names}.").format(names=names) if names else "")
    return found.code


def _date(item: Field, text: str, context: Context) -> date | PartialDate:
    try:
        value = parse_date(text) if item.type == model.DATE else parse_partial_date(text)
    except DateError as error:
        code = item.lunar_fault if error.reason == "lunar" and item.lunar_fault else "A-DATE"
        raise ValueFault(code, _date_detail(error.reason, text, context.on)) from None
    if isinstance(value, PartialDate) and item.type == model.PARTIAL_DATE and value.hour is not None:
        raise ValueFault("A-DATE", _("Không ghi giờ."))
    first = value.earliest() if isinstance(value, PartialDate) else value
    if item.not_future and first > context.on:
        raise ValueFault("A-DATE", _("Không được sau ngày nộp."))
    return value


def _date_detail(reason: str, text: str, on: date) -> str:
    if reason == "lunar":
        return _solar_detail(text, on)
    details = {
        "calendar": _("Lịch không có ngày này."),
        "partial": _("Cần đủ ngày, tháng, năm."),
    }
    return details.get(reason, _("Ví dụ đúng: 02/11/2026."))


def _solar_detail(text: str, on: date) -> str:
    """What day a lunar date is, for the person to confirm; the tool does not put it in unasked."""
    from dvc_cli.domain.lunar import read_lunar_date

    day = read_lunar_date(text, on)
    if day is None:
        return _("Chỉ ghi ngày dương lịch.")
    return _("Theo lịch Việt Nam là ngày dương lịch {day}; đối chiếu rồi ghi lại.").format(day=format_date(day))


def _fault(item: Field, detail: str) -> ValueFault:
    """The field's own code, whose message says all, or A-INVALID with what was expected."""
    return ValueFault(item.fault) if item.fault else ValueFault("A-INVALID", detail)


_PARSERS: Mapping[str, Callable[[Field, str], Value]] = {
    model.TEXT: _text,
    model.NAME: _text,
    model.EMAIL: _email,
    model.PHONE: _phone,
    model.CODE: _code,
    model.PERSONAL_NUMBER: _personal_number,
    model.INTEGER: _integer,
    model.BOOLEAN: _boolean,
    model.CHOICE: _choice,
    model.CHOICES: _several,
    model.SECRET: _text,
    model.COUNTRY: _choice,
    model.NATIONALITY: _choice,
    model.ETHNICITY: _choice,
}
