"""Signing in with VNeID on a page of the server: by another device (RFC 8628), or by the browser of this machine (RFC 6749, 7636, 8252).

The addresses stand beside the operations of the contract and speak as the standards say: forms in, JSON out, `error` for failures. A
backend whose capabilities name `vneid_qr` has the methods of `QrLogins`, one that names `vneid_browser` those of `BrowserLogins`.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from dvc_cli.contract.secret import Secret
from dvc_cli.contract.values import Session
from dvc_cli.lazy_dataclasses import dataclass, field

QR, BROWSER = "vneid_qr", "vneid_browser"

CLIENT = "dvc"
DEVICE_SCOPE, BROWSER_SCOPE = "dossiers", "openid dossiers"
DEVICE_PATH, AUTHORIZE_PATH, TOKEN_PATH = "/oauth/device_authorization", "/oauth/authorize", "/oauth/token"
KEYS_PATH, PAGE_PATH = "/oauth/keys", "/vneid"
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
CODE_GRANT = "authorization_code"
FORM_TYPE = "application/x-www-form-urlencoded"

REDIRECT_HOST, REDIRECT_PATH = "127.0.0.1", "/callback"  # on a free port of the machine that asks

USUAL_INTERVAL = 5  # seconds between two questions, where the server names none (RFC 8628 3.2)


@dataclass(frozen=True, slots=True)
class QrLogin:
    """A sign-in that waits for the citizen's answer on another device.

    `address` is opened there and asks for `user_code`; `full_address` (what the QR code holds) brings it along. `interval` is the least
    number of seconds between two questions whether it was answered.
    """

    device_code: Secret = field(repr=False)
    user_code: str
    address: str
    full_address: str
    expires_at: datetime
    interval: int


@dataclass(frozen=True, slots=True)
class BrowserLogin:
    """A sign-in in the browser of this machine: `address` is opened there, the answer comes to `redirect_uri`.

    `state` ties the answer to this sign-in, `nonce` the identity to it, `verifier` the code (PKCE, S256): none of the three is shown.
    """

    address: str = field(repr=False)
    redirect_uri: str
    state: Secret = field(repr=False)
    nonce: Secret = field(repr=False)
    verifier: Secret = field(repr=False)

    def is_meant_by(self, answer: Mapping[str, str]) -> bool:
        """Whether an answer that a browser brought belongs to this sign-in."""
        return hmac.compare_digest(answer.get("state", "").encode("utf-8", "replace"), self.state.value.encode())


class QrLogins(Protocol):
    """Capability vneid_qr."""

    def begin_qr_login(self) -> QrLogin:
        """Begin; nobody is named yet."""
        ...

    def ask_qr_login(self, device_code: Secret) -> Session | None:
        """The session once the citizen agreed, None while nobody answered.

        RefusedError TK-CONSENT when the citizen refused. NotFoundError TK-NO-CHALLENGE when it is unknown, over or was used.
        TooManyTriesError when asked sooner than the interval; each such question makes it five seconds longer.
        """
        ...


class BrowserLogins(Protocol):
    """Capability vneid_browser."""

    def begin_browser_login(self, redirect_uri: str) -> BrowserLogin:
        """What a browser has to open; nothing is sent yet. `redirect_uri` is http://127.0.0.1:PORT/callback."""
        ...

    def end_browser_login(self, login: BrowserLogin, answer: Mapping[str, str]) -> Session:
        """The session for the answer that the browser brought: the parameters of its query.

        RefusedError TK-CONSENT when the citizen refused. BadReplyError when the answer is not of this sign-in (state, issuer, nonce).
        NotFoundError TK-NO-CHALLENGE when the code is unknown, over or was used.
        """
        ...
