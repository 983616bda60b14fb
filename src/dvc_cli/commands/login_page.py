"""Signing in with VNeID on a page of the backend: on the citizen's phone (QR), or in the browser of this machine."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from dvc_cli.commands import sessions
from dvc_cli.commands.agreement import agree, agree_ahead
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.kept_login import KeptLogin
from dvc_cli.errors import DvcError, NotFoundError, TooManyTriesError, UnavailableError, UsageError, problem
from dvc_cli.language import _
from dvc_cli.output.result import PENDING, Result

if TYPE_CHECKING:
    from dvc_cli.contract.oauth import BrowserLogins, QrLogin, QrLogins
    from dvc_cli.contract.values import Session

Pause = Callable[[float], None]

_ROWS_BESIDE = 6  # the lines of text that have to stay on the screen with the code
_SLOWER, _SLOWEST = 5, 30
_BROWSER_SECONDS = 300


def by_qr(deps: Deps, agreed: bool | None, pause: Pause = time.sleep) -> Result:
    """Wait at the terminal for the citizen's answer; without questions ask once, and end pending while there is none."""
    record = agree_ahead(deps, agreed)
    backend = cast("QrLogins", deps.backend)
    if not deps.may_ask:
        return _ask_once(deps, backend, record=record)
    login = backend.begin_qr_login()
    _show(deps, login)
    return _signed_in(deps, _wait(deps, backend, login, pause), record=record)


def by_browser(deps: Deps, agreed: bool | None) -> Result:
    """Open the page in a browser of this machine and wait for its answer, at most five minutes."""
    from dvc_cli.commands.loopback import Loopback

    record = agree_ahead(deps, agreed)
    backend = cast("BrowserLogins", deps.backend)
    with Loopback(training=deps.backend.capabilities().invented_people) as loopback:
        login = backend.begin_browser_login(loopback.address)
        # An address is not broken between lines: whoever copies it takes it whole.
        deps.tell(_("Mở trang này bằng trình duyệt của máy này để công dân đăng nhập:") + f"\n{login.address}")
        if deps.may_ask and _has_desktop(deps.world.environ):
            _open(login.address)
        deps.tell(_("Chờ nhiều nhất 5 phút. Ctrl-C để dừng."))
        answer = loopback.wait(login.is_meant_by, time.monotonic() + _BROWSER_SECONDS)
    if answer is None:
        raise NotFoundError(problem("TK-NO-CHALLENGE"))
    return _signed_in(deps, backend.end_browser_login(login, answer), record=record)


def _show(deps: Deps, login: QrLogin) -> None:
    from dvc_cli.output.qr import draw_code

    tell = deps.prompter.tell
    drawn = not deps.plain and draw_code(deps.world, login.full_address, beside=_ROWS_BESIDE)
    how = (
        _("Công dân dùng điện thoại quét mã trên, hoặc mở {address} và nhập {code}.")
        if drawn
        else _("Công dân mở {address} và nhập {code}.")
    )
    tell(how.format(address=login.address, code=login.user_code))
    tell(_("Mã trên điện thoại phải đúng là {code}.").format(code=login.user_code))
    tell(_("Chờ công dân trả lời đến {until}. Ctrl-C để dừng.").format(until=login.expires_at.strftime("%H:%M:%S")))


def _wait(deps: Deps, backend: QrLogins, login: QrLogin, pause: Pause) -> Session:
    """Ask until it is answered. A lost connection does not end it (RFC 8628 3.5): the next question comes later."""
    interval = login.interval
    lost: UnavailableError | None = None
    while deps.now() < login.expires_at:
        pause(interval)
        try:
            session = backend.ask_qr_login(login.device_code)
        except TooManyTriesError:
            interval += _SLOWER
        except UnavailableError as error:
            interval, lost = min(2 * interval, _SLOWEST), error
        else:
            lost = None
            if session is not None:
                return session
    raise lost or NotFoundError(problem("TK-NO-CHALLENGE"))


def _ask_once(deps: Deps, backend: QrLogins, *, record: bool) -> Result:
    if deps.store.name == "memory":
        detail = _("Kho memory không giữ được yêu cầu đang chờ cho lần gọi sau.")
        raise UsageError(problem("A-USAGE", detail=detail, hint=_("Dùng DVC_TOKEN_STORE=keyring hoặc file.")))
    kept = KeptLogin(deps)
    login = kept.read()
    if login is None or deps.now() > login.expires_at:
        login = backend.begin_qr_login()
        kept.write(login)
        return _pending(deps, login)
    try:
        session = backend.ask_qr_login(login.device_code)
    except TooManyTriesError:
        return _pending(deps, login)
    except UnavailableError:
        raise
    except DvcError:
        kept.forget()
        raise
    if session is None:
        return _pending(deps, login)
    kept.forget()
    return _signed_in(deps, session, record=record)


def _pending(deps: Deps, login: QrLogin) -> Result:
    request = {
        "user_code": login.user_code,
        "verification_uri": login.address,
        "verification_uri_complete": login.full_address,
        "expires_at": login.expires_at.replace(microsecond=0),
        "interval": login.interval,
    }
    text = _("Công dân mở {address} và nhập {code}.").format(address=login.address, code=login.user_code)
    return Result(deps.command, PENDING, {"vneid_request": request}, next=("dvc login-vneid --qr",), text=(text,))


def _signed_in(deps: Deps, session: Session, *, record: bool) -> Result:
    try:
        if record:
            agree(deps, session.account.id_number, given=True)
        facts = sessions.keep(deps, session)
    except BaseException:
        with suppress(DvcError):  # what could not be kept here is not left open there
            deps.backend.log_out(session.token)
        raise
    return Result(deps.command, data=sessions.document(facts), text=sessions.describe(facts))


def _has_desktop(environ: Mapping[str, str]) -> bool:
    return sys.platform in {"win32", "darwin"} or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def _open(address: str) -> None:
    import webbrowser

    # The address holds a state, a nonce and a hash: of no use to anybody without what stays in this process.
    with suppress(webbrowser.Error):
        webbrowser.open(address)
