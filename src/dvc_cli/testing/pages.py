"""Checks of signing in with VNeID on a page of the system: by another device, and by the browser of this machine.

By capability; those that need a citizen at the page need a bench that goes there (`contract.bench.PageBench`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast
from urllib.parse import parse_qsl, urlsplit

from dvc_cli.contract.oauth import BROWSER, QR, REDIRECT_HOST, REDIRECT_PATH, BrowserLogin, BrowserLogins, QrLogin, QrLogins
from dvc_cli.contract.secret import Secret
from dvc_cli.contract.values import Session
from dvc_cli.errors import BadReplyError, DvcError, NotFoundError, RefusedError, TooManyTriesError
from dvc_cli.testing.checking import NotHereError, Room, expect, expect_error
from dvc_cli.testing.door import expect_methods

_HERE = f"http://{REDIRECT_HOST}:40999{REDIRECT_PATH}"
_LONGEST_CODE = 600  # seconds; RFC 6749 4.1.2 lets no code live longer
_METHODS: Mapping[str, tuple[type, tuple[str, ...]]] = {
    QR: (QrLogins, ("begin_qr_login", "ask_qr_login")),
    BROWSER: (BrowserLogins, ("begin_browser_login", "end_browser_login")),
}


def has_the_methods_of_its_ways(room: Room) -> None:
    """What the capabilities name can be called."""
    ways = [way for way in _METHODS if way in room.backend.capabilities().logins]
    if not ways:
        raise NotHereError("the backend signs nobody in on a page")
    for way in ways:
        expect_methods(room.backend, *_METHODS[way])


def waits_for_another_device(room: Room) -> None:
    """An address with the code in it, None while nobody answers, and TooManyTriesError for who asks again at once."""
    backend, login = _begun(room)
    expect(login.address and login.user_code, "nothing to open or to type")
    expect(login.full_address.startswith(login.address), "full_address is another page than address")
    expect(login.user_code in login.full_address, "full_address does not bring the code along")
    expect(login.expires_at > room.backend.now() and login.interval >= 1, "nobody has time to answer")
    expect(backend.ask_qr_login(login.device_code) is None, "a session before anybody answered")
    expect_error(lambda: backend.ask_qr_login(login.device_code), TooManyTriesError)


def signs_in_by_another_device(room: Room) -> None:
    """The session of who agreed, once; another device that waits gets nothing of it."""
    (backend, login), (_backend, other) = _begun(room), _begun(room)
    expect((login.user_code, login.device_code) != (other.user_code, other.device_code), "two devices have one code")
    who, _led = room.answer_on_page(login.full_address, agree=True)
    expect(backend.ask_qr_login(other.device_code) is None, "an answer counted for another device")
    _expect_session(room, backend.ask_qr_login(login.device_code), who.id_number)
    expect_error(lambda: backend.ask_qr_login(login.device_code), DvcError, "TK-NO-CHALLENGE", "BE-TOO-MANY")


def lets_a_citizen_refuse_on_another_device(room: Room) -> None:
    """TK-CONSENT, and no session afterwards."""
    backend, login = _begun(room)
    room.answer_on_page(login.full_address, agree=False)
    expect_error(lambda: backend.ask_qr_login(login.device_code), RefusedError, "TK-CONSENT")
    expect_error(lambda: backend.ask_qr_login(login.device_code), DvcError)


def knows_no_unknown_device(room: Room) -> None:
    """NotFoundError TK-NO-CHALLENGE; also for what stands on the screen, which is no device's secret."""
    backend, login = _begun(room)
    for code in ("khong-co", login.user_code):
        expect_error(lambda code=code: backend.ask_qr_login(Secret(code)), NotFoundError, "TK-NO-CHALLENGE")  # type: ignore[misc]


def lets_device_sign_ins_expire(room: Room) -> None:
    """NotFoundError TK-NO-CHALLENGE after their time, whether somebody had agreed or not."""
    (backend, login), (_backend, agreed) = _begun(room), _begun(room)
    room.answer_on_page(agreed.full_address, agree=True)
    room.pass_by(int((login.expires_at - room.backend.now()).total_seconds()) + 2)
    for each in (login, agreed):
        expect_error(lambda each=each: backend.ask_qr_login(each.device_code), NotFoundError, "TK-NO-CHALLENGE")  # type: ignore[misc]


def signs_in_by_browser(room: Room) -> None:
    """The browser comes back with an answer that belongs to this sign-in; it is the session of who agreed, once."""
    backend, login = _opened(room)
    who, answer = _brought_back(room, login, agree=True)
    expect(login.is_meant_by(answer), "the answer is of another sign-in")
    _expect_session(room, backend.end_browser_login(login, answer), who)
    expect_error(lambda: backend.end_browser_login(login, answer), NotFoundError, "TK-NO-CHALLENGE")


def lets_a_citizen_refuse_in_the_browser(room: Room) -> None:
    """TK-CONSENT."""
    backend, login = _opened(room)
    _who, answer = _brought_back(room, login, agree=False)
    expect_error(lambda: backend.end_browser_login(login, answer), RefusedError, "TK-CONSENT")


def takes_no_answer_of_another_sign_in(room: Room) -> None:
    """BadReplyError for an answer with another state or none, NotFoundError for a code that nobody gave."""
    (backend, login), (_backend, other) = _opened(room), _opened(room)
    expect((login.state, login.nonce, login.verifier) != (other.state, other.nonce, other.verifier), "two sign-ins have one secret")
    for answer in ({}, {"code": "x"}, {"code": "x", "state": other.state.value}):
        expect_error(lambda answer=answer: backend.end_browser_login(login, answer), BadReplyError)  # type: ignore[misc]
    _who, brought = _brought_back(room, login, agree=True)
    expect_error(lambda: backend.end_browser_login(other, brought), BadReplyError)
    expect_error(lambda: backend.end_browser_login(login, {**brought, "code": "khong-co"}), NotFoundError, "TK-NO-CHALLENGE")


def lets_browser_codes_expire(room: Room) -> None:
    """NotFoundError TK-NO-CHALLENGE after ten minutes."""
    backend, login = _opened(room)
    _who, answer = _brought_back(room, login, agree=True)
    room.pass_by(_LONGEST_CODE + 1)
    expect_error(lambda: backend.end_browser_login(login, answer), NotFoundError, "TK-NO-CHALLENGE")


def _begun(room: Room) -> tuple[QrLogins, QrLogin]:
    _need(room, QR)
    backend = cast("QrLogins", room.backend)
    return backend, backend.begin_qr_login()


def _opened(room: Room) -> tuple[BrowserLogins, BrowserLogin]:
    _need(room, BROWSER)
    backend = cast("BrowserLogins", room.backend)
    login = backend.begin_browser_login(_HERE)
    expect(login.redirect_uri == _HERE, "the browser is sent to another address than was asked for")
    return backend, login


def _need(room: Room, way: str) -> None:
    if way not in room.backend.capabilities().logins:
        msg = f"the backend does not offer {way}"
        raise NotHereError(msg)


def _brought_back(room: Room, login: BrowserLogin, *, agree: bool) -> tuple[str, dict[str, str]]:
    """Who answered, and what the browser then brings to the redirect address."""
    who, led = room.answer_on_page(login.address, agree=agree)
    expect(led.partition("?")[0] == login.redirect_uri, "the last page does not lead to the redirect address")
    return who.id_number, dict(parse_qsl(urlsplit(led).query))


def _expect_session(room: Room, session: Session | None, number: str) -> None:
    expect(session is not None, "no session though the citizen agreed")
    found = cast("Session", session)
    expect((found.account.id_number, found.account.kind) == (number, "vneid"), "the session is another person's")
    expect(room.backend.who_am_i(found.token) == found.account, "who_am_i tells another account")


CHECKS = (
    has_the_methods_of_its_ways,
    waits_for_another_device,
    signs_in_by_another_device,
    lets_a_citizen_refuse_on_another_device,
    knows_no_unknown_device,
    lets_device_sign_ins_expire,
    signs_in_by_browser,
    lets_a_citizen_refuse_in_the_browser,
    takes_no_answer_of_another_sign_in,
    lets_browser_codes_expire,
)
