"""The pages on which a citizen signs in with VNeID and agrees: plain HTML, no script, for every browser and screen reader."""

from __future__ import annotations

from html import escape

from dvc_cli.contract.oauth import PAGE_PATH
from dvc_cli.contract.secret import Secret
from dvc_cli.errors import DvcError
from dvc_cli.portal.vneid_visits import CODE, SIGN_IN, Visit
from dvc_cli.portal.web.pages import page

BEGIN, RESEND, ANSWER = "begin", "resend", "answer"  # what a form asks for, beside the steps of a visit
AGREE, REFUSE = "agree", "refuse"

_SHARED = ("Họ, chữ đệm, tên", "Số định danh cá nhân", "Ngày sinh, giới tính", "Nơi cư trú", "Số điện thoại")


def code_page(user_code: str, fault: DvcError | None, *, training: bool) -> str:
    """Asks for the code on the counter's screen; one that came with the address has to be compared by the person all the same."""
    lead = "<p>Nhập mã đang hiện trên màn hình của cán bộ tại quầy.</p>"
    if user_code and fault is None:
        lead = (
            "<p>Mã này có đúng là mã đang hiện trên màn hình của cán bộ tại quầy không? Nếu không đúng, đừng tiếp tục: có người khác đang"
            f' xin đăng nhập bằng tài khoản của bạn.</p><p class="code">{escape(user_code)}</p>'
        )
        form = _form(BEGIN, _hidden("user_code", user_code) + _button("Đúng mã này, tiếp tục"))
    else:
        field = _input("user_code", "Mã trên màn hình", fault, value=user_code, autocomplete="off", maxlength="40", spellcheck="false")
        form = _form(BEGIN, field + _button("Tiếp tục"))
    return _page("Đăng nhập VNeID tại quầy", lead + _alert(fault) + form, fault, training=training)


def visit_page(visit: Secret, at: Visit, fault: DvcError | None, *, training: bool) -> str:
    """The next step of a visit; `fault` says why the one before was not taken."""
    if at.step == SIGN_IN:
        return _sign_in_page(visit, at, fault, training=training)
    if at.step == CODE:
        return _otp_page(visit, at, fault, training=training)
    return _consent_page(visit, at, fault, training=training)


def end_page(title: str, text: str, *, training: bool) -> str:
    """The last page of a sign-in."""
    return _page(title, f'<p role="status">{escape(text)}</p>', None, training=training)


def fault_page(fault: DvcError, *, training: bool) -> str:
    """A page for a sign-in that waits no more."""
    again = "<p>Nhờ cán bộ tại quầy bắt đầu lại.</p>"
    return _page("Không tiếp tục được", _alert(fault) + again, fault, training=training)


def _sign_in_page(visit: Secret, at: Visit, fault: DvcError | None, *, training: bool) -> str:
    fields = (
        _input("id_number", "Số định danh cá nhân", fault, autocomplete="username", inputmode="numeric", maxlength="20")
        + _input("password", "Mật khẩu VNeID", fault, type="password", autocomplete="current-password", maxlength="200")
        + _button("Tiếp tục")
    )
    lead = "" if at.asked else f"<p>Mã tại quầy: <strong>{escape(at.user_code)}</strong></p>"
    content = f"{lead}<p>Tự nhập, đừng đọc mật khẩu cho ai.</p>{_alert(fault)}{_form(SIGN_IN, _carried(visit) + fields)}"
    return _page("Đăng nhập VNeID", content + _refusal(visit), fault, training=training)


def _otp_page(visit: Secret, at: Visit, fault: DvcError | None, *, training: bool) -> str:
    phone = at.challenge.phone_masked if at.challenge else ""
    left = at.challenge.tries_left if at.challenge else 0
    lead = f"<p>Mã gồm 6 chữ số đã gửi đến {escape(phone)}. Còn {left} lần nhập.</p>"
    field = _input("otp", "Mã xác thực", fault, autocomplete="one-time-code", inputmode="numeric", maxlength="40")
    form = _form(CODE, _carried(visit) + field + _button("Xác nhận"))
    again = _form(RESEND, _carried(visit) + _button("Gửi lại mã", main=False))
    return _page("Mã xác thực", lead + _alert(fault) + form + again + _refusal(visit), fault, training=training)


def _consent_page(visit: Secret, at: Visit, fault: DvcError | None, *, training: bool) -> str:
    items = "".join(f"<li>{item}</li>" for item in _SHARED)
    content = (
        f"<p>{escape(at.full_name)}, cán bộ hỗ trợ tại quầy xin dùng các dữ liệu sau để điền và nộp hồ sơ dịch vụ công mà bạn yêu cầu:</p>"
        f"<ul>{items}</ul><p>Dữ liệu chỉ gửi tới nơi tiếp nhận hồ sơ. Bạn có quyền không đồng ý, và rút lại sự đồng ý bất cứ lúc nào.</p>"
    )
    agree = _button("Đồng ý", name="answer", value=AGREE)
    refuse = _button("Không đồng ý", name="answer", value=REFUSE, main=False)
    form = _form(ANSWER, _carried(visit) + agree + refuse)
    return _page("Bạn có đồng ý chia sẻ dữ liệu?", content + _alert(fault) + form, fault, training=training)


def _refusal(visit: Secret) -> str:
    return _form(ANSWER, _carried(visit) + _button("Không đăng nhập nữa", name="answer", value=REFUSE, main=False))


def _page(title: str, content: str, fault: DvcError | None, *, training: bool) -> str:
    # A screen reader reads the title first: that something is wrong stands there.
    return page(f"Lỗi: {title}" if fault else title, content, training=training)


def _form(step: str, content: str) -> str:
    return f'<form method="post" action="{PAGE_PATH}">{_hidden("step", step)}{content}</form>'


def _carried(visit: Secret) -> str:
    return _hidden("visit", visit.value)


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'


def _input(name: str, label: str, fault: DvcError | None, **attributes: str) -> str:
    wrong = fault is not None and any(item.field == name for item in fault.problems)
    told = ' aria-invalid="true" aria-describedby="fault"' if wrong else ""
    given = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f'<label for="{name}">{label}</label><input id="{name}" name="{name}" required{given}{told}>'


def _button(text: str, *, name: str = "", value: str = "", main: bool = True) -> str:
    given = f' name="{name}" value="{value}"' if name else ""
    return f'<button type="submit"{given}{" class=main" if main else ""}>{text}</button>'


def _alert(fault: DvcError | None) -> str:
    if fault is None:
        return ""
    lines = "".join(f"<p>{escape(f'{item.message} {item.hint}'.strip())}</p>" for item in fault.problems)
    return f'<div role="alert" id="fault">{lines}</div>'
