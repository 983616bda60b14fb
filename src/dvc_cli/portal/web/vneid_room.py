"""One step of a citizen on the pages: what the form says, what the portal does, which page comes next. No HTTP library here."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from dvc_cli.contract.secret import Secret
from dvc_cli.errors import DvcError, NotFoundError, StoreError, TooManyTriesError, UnavailableError
from dvc_cli.lazy_dataclasses import dataclass, field
from dvc_cli.portal import vneid_requests, vneid_visits
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.vneid_visits import CODE, SIGN_IN
from dvc_cli.portal.web import oauth
from dvc_cli.portal.web.pages import policy
from dvc_cli.portal.web.vneid_pages import AGREE, ANSWER, BEGIN, RESEND, code_page, end_page, fault_page, visit_page

_SELF = "'self'"


@dataclass(frozen=True, slots=True)
class Shown:
    """A page, or the address to which the browser goes on; `policy` is what the page may do."""

    status: int
    html: str = field(default="", repr=False)
    location: str = field(default="", repr=False)
    policy: str = ""


def first_page(user_code: str, *, training: bool) -> Shown:
    """Where a citizen begins who was shown a QR code, or an address and a code."""
    code = vneid_requests.clean_user_code(user_code) if user_code else ""
    return Shown(200, code_page(code, None, training=training), policy=policy(_SELF))


def begin_browser(portal: Portal, address: str, query: str, *, training: bool) -> Shown:
    """Where the browser of the counter's own machine begins."""
    try:
        name, away = oauth.begin_browser(portal, address, query)
    except oauth.BadRequestError:
        text = "Yêu cầu đăng nhập không hợp lệ: không phải do dvc trên máy này gửi."
        return Shown(400, end_page("Không tiếp tục được", text, training=training), policy=policy())
    if away:
        return Shown(303, location=away)
    return _next(portal, vneid_visits.begin(portal, name), None, training=training)


def refused(fault: DvcError, *, training: bool) -> Shown:
    """A page for a failure that leaves nothing to go on with."""
    return Shown(_status(fault), fault_page(fault, training=training), policy=policy())


def take(portal: Portal, form: Mapping[str, str], *, training: bool) -> Shown:
    """Carry out what a form asks for; a refusal is told on the page where the citizen stands."""
    step, visit = form.get("step", ""), Secret(form.get("visit", ""))
    if step == BEGIN:
        return _begin(portal, form.get("user_code", ""), training=training)
    try:
        if step == ANSWER:
            return _answer(portal, visit, agreed=form.get("answer") == AGREE, training=training)
        _carry_out(portal, step, visit, form)
    except (StoreError, UnavailableError):
        raise
    except DvcError as fault:
        return _next(portal, visit, fault, training=training)
    return _next(portal, visit, None, training=training)


def _begin(portal: Portal, typed: str, *, training: bool) -> Shown:
    code = vneid_requests.clean_user_code(typed)
    try:
        visit = vneid_visits.begin(portal, code)
    except NotFoundError as fault:
        return Shown(_status(fault), code_page(code, fault, training=training), policy=policy(_SELF))
    return _next(portal, visit, None, training=training)


def _carry_out(portal: Portal, step: str, visit: Secret, form: Mapping[str, str]) -> None:
    if step == SIGN_IN:
        vneid_visits.sign_in(portal, visit, form.get("id_number", "")[:40], Secret(form.get("password", "")))
    elif step == CODE:
        vneid_visits.verify(portal, visit, Secret(form.get("otp", "")[:80]))
    elif step == RESEND:
        vneid_visits.resend(portal, visit)


def _answer(portal: Portal, visit: Secret, *, agreed: bool, training: bool) -> Shown:
    with portal.write():  # the browser's code is there with the answer, or there is no answer
        answered = vneid_visits.answer(portal, visit, agreed=agreed)
        if answered.asked:
            return Shown(303, location=oauth.end_browser(portal, answered, agreed=agreed))
    if agreed:
        title, text = "Đã đăng nhập", "Bạn đã đồng ý. Màn hình của cán bộ tại quầy sẽ tiếp tục; có thể đóng trang này."
    else:
        title, text = "Đã từ chối", "Không có dữ liệu nào được chia sẻ. Có thể đóng trang này."
    return Shown(200, end_page(title, text, training=training), policy=policy())


def _next(portal: Portal, visit: Secret, fault: DvcError | None, *, training: bool) -> Shown:
    try:
        at = vneid_visits.look(portal, visit)
    except NotFoundError as over:
        return refused(over, training=training)
    away = urlsplit(at.asked["redirect_uri"]) if at.asked else None
    targets = (_SELF, f"{away.scheme}://{away.netloc}") if away else (_SELF,)
    return Shown(_status(fault), visit_page(visit, at, fault, training=training), policy=policy(*targets))


def _status(fault: DvcError | None) -> int:
    if fault is None:
        return 200
    if isinstance(fault, TooManyTriesError):
        return 429
    if isinstance(fault, StoreError | UnavailableError):
        return 503
    return 404 if isinstance(fault, NotFoundError) else 422
