"""Signing in on a page of the server: the client's side of RFC 8628, and of RFC 6749 with PKCE, state, nonce and issuer."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

from dvc_cli.backends.http_retry import with_retries
from dvc_cli.backends.http_wire import FIRST_ERROR, Reply, Wire
from dvc_cli.clock import Clock
from dvc_cli.contract.documents import from_bytes
from dvc_cli.contract.faults import error_of
from dvc_cli.contract.messages import CORRELATION_HEADER, Call
from dvc_cli.contract.oauth import (
    AUTHORIZE_PATH,
    BROWSER_SCOPE,
    CLIENT,
    CODE_GRANT,
    DEVICE_GRANT,
    DEVICE_PATH,
    DEVICE_SCOPE,
    FORM_TYPE,
    TOKEN_PATH,
    USUAL_INTERVAL,
    BrowserLogin,
    QrLogin,
)
from dvc_cli.contract.secret import Secret
from dvc_cli.contract.wire import Reading, WireError, decode
from dvc_cli.errors import BadReplyError, DvcError, NotFoundError, RefusedError, TooManyTriesError, UnavailableError, problem
from dvc_cli.language import language
from dvc_cli.lazy_dataclasses import dataclass, field

_Read = TypeVar("_Read")

_OK = 200
_LONGEST = 400 * 86_400  # seconds; what lasts longer is no session
_LEEWAY = 300
_USER_CODE = re.compile(r"[!-~]{4,40}")
_DRAWN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Opened:
    """Tokens that were given; `subject` is whose identity came with them, '' when none did."""

    token: Secret = field(repr=False)
    refresh_token: Secret = field(repr=False)
    seconds: int
    renewable: int
    subject: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class _Device:
    device_code: Secret
    user_code: str
    verification_uri: str
    verification_uri_complete: str
    expires_in: int
    interval: int = USUAL_INTERVAL


@dataclass(frozen=True, slots=True)
class _Token:
    access_token: Secret
    token_type: str
    expires_in: int
    refresh_token: Secret
    refresh_expires_in: int
    id_token: Secret = Secret("")


class PageLogins:
    """The two ways over one wire; `base` is the server's address, which is also its name as an issuer."""

    def __init__(self, wire: Wire, base: str, seconds: float, clock: Clock) -> None:
        self._wire, self._base, self._seconds, self._clock = wire, base, seconds, clock

    def begin_device(self) -> QrLogin:
        """A sign-in that waits. BadReplyError for an answer that breaks the standard or leads elsewhere."""
        reply = self._post(DEVICE_PATH, {"client_id": CLIENT, "scope": DEVICE_SCOPE}, may_repeat=True)
        if reply.status != _OK:
            raise _failure(reply)
        found = _read(_Device, reply)
        pages = (found.verification_uri, found.verification_uri_complete)
        sound = _USER_CODE.fullmatch(found.user_code) and 1 <= found.expires_in <= _LONGEST and 0 <= found.interval <= 60  # noqa: PLR2004
        if not sound or not all(self._is_here(page) for page in pages):
            raise _bad("device")
        until = self._clock.now() + timedelta(seconds=found.expires_in)
        return QrLogin(found.device_code, found.user_code, *pages, until, max(found.interval, 1))

    def ask_device(self, device_code: Secret) -> Opened | None:
        """The tokens once the citizen agreed; as `QrLogins.ask_qr_login`."""
        form = {"grant_type": DEVICE_GRANT, "device_code": device_code.value, "client_id": CLIENT}
        reply = self._post(TOKEN_PATH, form, may_repeat=False)
        if reply.status == _OK:
            return _opened(_read(_Token, reply))
        if _error_word(reply) == "authorization_pending":
            return None
        raise _failure(reply)

    def begin_browser(self, redirect_uri: str) -> BrowserLogin:
        """What a browser opens; nothing is sent."""
        state, nonce, verifier = (secrets.token_urlsafe(_DRAWN_BYTES) for _each in range(3))
        asked = {
            "response_type": "code",
            "client_id": CLIENT,
            "redirect_uri": redirect_uri,
            "scope": BROWSER_SCOPE,
            "state": state,
            "nonce": nonce,
            "code_challenge": base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode("ascii"),
            "code_challenge_method": "S256",
        }
        return BrowserLogin(
            f"{self._base}{AUTHORIZE_PATH}?{urlencode(asked)}", redirect_uri, Secret(state), Secret(nonce), Secret(verifier)
        )

    def end_browser(self, login: BrowserLogin, answer: Mapping[str, str]) -> Opened:
        """The tokens for a browser's answer; as `BrowserLogins.end_browser_login`."""
        if not login.is_meant_by(answer):
            raise _bad("state")
        if answer.get("iss", "") != self._base:
            raise _bad("iss")
        if answer.get("error") == "access_denied":
            raise RefusedError(problem("TK-CONSENT"))
        if not answer.get("code"):
            raise _bad("code")
        form = {"grant_type": CODE_GRANT, "code": answer["code"], "redirect_uri": login.redirect_uri, "client_id": CLIENT}
        reply = self._post(TOKEN_PATH, {**form, "code_verifier": login.verifier.value}, may_repeat=False)
        if reply.status != _OK:
            raise _failure(reply)
        given = _read(_Token, reply)
        return _opened(given, self._subject(given.id_token, login.nonce))

    def _subject(self, identity: Secret, nonce: Secret) -> str:
        """Whose identity this is.

        It came straight from the server over TLS, which may stand for checking its signature (OpenID Connect Core 3.1.3.7, 6).
        """
        import jwt

        try:
            claims = jwt.decode(
                identity.value,
                options={
                    "verify_signature": False,
                    "verify_exp": True,
                    "verify_aud": True,
                    "verify_iss": True,
                    "require": ["exp", "sub", "nonce"],
                },
                audience=CLIENT,
                issuer=self._base,
                leeway=_LEEWAY,
            )
        except jwt.PyJWTError:
            raise _bad("id_token") from None
        if not hmac.compare_digest(str(claims["nonce"]).encode("utf-8", "replace"), nonce.value.encode()):
            raise _bad("nonce")
        return str(claims["sub"])

    def _is_here(self, page: str) -> bool:
        """Whether a page is this server's own: a citizen's password is typed there."""
        try:
            parts, here = urlsplit(page), urlsplit(self._base)
        except ValueError:
            return False
        return page.isascii() and page.isprintable() and len(page) <= 300 and (parts.scheme, parts.netloc) == (here.scheme, here.netloc)  # noqa: PLR2004

    def _post(self, path: str, form: Mapping[str, str], *, may_repeat: bool) -> Reply:
        headers = {"Content-Type": FORM_TYPE, CORRELATION_HEADER: secrets.token_hex(8), "Accept-Language": language()}
        call = Call("POST", path, headers, urlencode(form).encode("ascii"))
        deadline = time.monotonic() + self._seconds

        def attempt() -> Reply:
            reply = self._wire.send(call, deadline)
            if reply.status >= FIRST_ERROR and not _error_word(reply):
                raise error_of(reply.status, reply.body, reply.retry_after)
            return reply

        return with_retries(attempt, may_repeat=may_repeat, deadline=deadline)


def _opened(given: _Token, subject: str = "") -> Opened:
    sound = given.token_type.lower() == "bearer" and given.access_token.value and given.refresh_token.value
    if not sound or not (0 <= given.expires_in <= _LONGEST and 0 <= given.refresh_expires_in <= _LONGEST):
        raise _bad("token")
    return Opened(given.access_token, given.refresh_token, given.expires_in, given.refresh_expires_in, subject)


def _read(kind: type[_Read], reply: Reply) -> _Read:
    try:
        found = decode(kind, from_bytes(reply.body, lenient=True), Reading(lenient=True))
    except WireError as error:
        raise _bad(kind.__name__.strip("_").lower(), str(error)) from None
    if not isinstance(found, kind):
        raise _bad("")
    return found


def _error_word(reply: Reply) -> str:
    """The standard's word for a failure; '' when the answer is none of the standard's."""
    try:
        document = from_bytes(reply.body, lenient=True)
    except WireError:
        return ""
    word = document.get("error") if isinstance(document, dict) else None
    return word if isinstance(word, str) else ""


def _failure(reply: Reply) -> DvcError:
    word = _error_word(reply)
    if word == "access_denied":
        return RefusedError(problem("TK-CONSENT"))
    if word in {"expired_token", "invalid_grant"}:
        return NotFoundError(problem("TK-NO-CHALLENGE"))
    if word == "slow_down":
        return TooManyTriesError(problem("BE-TOO-MANY"))
    if word in {"server_error", "temporarily_unavailable"}:
        return UnavailableError(problem("BE-UNREACHABLE"))
    return _bad(word[:40] if re.fullmatch(r"[a-z_]{1,40}", word) else f"HTTP {reply.status}")


def _bad(what: str, why: str = "") -> BadReplyError:
    return BadReplyError(problem("BE-BAD-REPLY", detail=f"(OAuth: {what}{': ' if why else ''}{why[:80]})"))
