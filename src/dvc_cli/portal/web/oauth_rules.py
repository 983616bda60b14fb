"""What oauthlib asks of a server, answered from the portal. There is one client, `dvc`; it keeps no secret (RFC 8252 8.4)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from oauthlib.common import Request
from oauthlib.oauth2.rfc6749.errors import InvalidRequestError, UnsupportedCodeChallengeMethodError
from oauthlib.oauth2.rfc8628.grant_types import DeviceCodeGrant
from oauthlib.openid import RequestValidator

from dvc_cli.contract.oauth import CLIENT, CODE_GRANT, DEVICE_GRANT, DEVICE_SCOPE, REDIRECT_HOST, REDIRECT_PATH
from dvc_cli.contract.secret import Secret
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.portal import sessions, vneid_requests
from dvc_cli.portal.limits import session_limits
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.vneid_requests import Asking

_SCOPES = frozenset({DEVICE_SCOPE, "openid"})
_REDIRECT = re.compile(rf"http://{re.escape(REDIRECT_HOST)}:[1-9][0-9]{{0,4}}{REDIRECT_PATH}")
_DRAWN = re.compile(r"[!-~]{16,200}")
_S256 = re.compile(r"[A-Za-z0-9_-]{43}")
_IDENTITY_SECONDS = 300

_STATES = {
    vneid_requests.OPEN: DeviceCodeGrant.DEVICE_CODE_PENDING,
    vneid_requests.TOO_SOON: DeviceCodeGrant.DEVICE_CODE_SLOW_DOWN,
    vneid_requests.OVER: DeviceCodeGrant.DEVICE_CODE_EXPIRED,
    vneid_requests.REFUSED: DeviceCodeGrant.DEVICE_CODE_DENIED,
    vneid_requests.GRANTED: DeviceCodeGrant.DEVICE_CODE_AUTHORIZED,
}


@dataclass(frozen=True, slots=True)
class _Client:
    client_id: str


def strict(request: Request) -> Mapping[str, str]:
    """What a browser's request needs here beyond the standard's least: S256, a state and a nonce that were drawn."""
    if request.code_challenge_method != "S256" or not _S256.fullmatch(request.code_challenge or ""):
        raise UnsupportedCodeChallengeMethodError(request=request)
    for name in ("state", "nonce"):
        if not _DRAWN.fullmatch(getattr(request, name) or ""):
            raise InvalidRequestError(name, request=request)
    return {}


def signing_key(portal: Portal) -> Ed25519PrivateKey:
    """The key of this portal; every server on one database has the same."""
    return Ed25519PrivateKey.from_private_bytes(portal.vault.signing_key)


class Rules(RequestValidator):  # type: ignore[misc]  # the library tells no types
    """The portal's answers to the library, which documents the questions.

    For a token to be used inside one `portal.write()`, in which a session is opened and its code spent.
    """

    def __init__(self, portal: Portal, issuer: str) -> None:
        super().__init__()
        self._portal, self._issuer = portal, issuer
        self._found = Asking(vneid_requests.UNKNOWN)

    def client_authentication_required(self, _request: Request, *_more: object, **_named: object) -> bool:
        return False

    def authenticate_client_id(self, client_id: str, request: Request, *_more: object, **_named: object) -> bool:
        request.client = _Client(client_id)
        return client_id == CLIENT

    def validate_client_id(self, client_id: str, _request: Request, *_more: object, **_named: object) -> bool:
        return client_id == CLIENT

    def validate_grant_type(self, _client_id: str, grant_type: str, *_more: object, **_named: object) -> bool:
        return grant_type in {DEVICE_GRANT, CODE_GRANT}

    def validate_response_type(self, _client_id: str, response_type: str, *_more: object, **_named: object) -> bool:
        return response_type == "code"

    def get_default_scopes(self, _client_id: str, _request: Request, *_more: object, **_named: object) -> list[str]:
        return [DEVICE_SCOPE]

    def validate_scopes(self, _client_id: str, scopes: Sequence[str], *_more: object, **_named: object) -> bool:
        return DEVICE_SCOPE in scopes and set(scopes) <= _SCOPES

    def validate_device_code(self, _client_id: str, device_code: str, request: Request, *_more: object) -> str | None:
        self._found = vneid_requests.ask_by_device(self._portal, Secret(device_code))
        return self._granted(request, [DEVICE_SCOPE])

    def is_pkce_required(self, _client_id: str, _request: Request) -> bool:
        return True

    def get_default_redirect_uri(self, _client_id: str, _request: Request, *_more: object, **_named: object) -> None:
        return None

    def validate_redirect_uri(self, _client_id: str, redirect_uri: str, _request: Request, *_more: object, **_named: object) -> bool:
        return _REDIRECT.fullmatch(redirect_uri) is not None

    def validate_silent_login(self, _request: Request) -> bool:
        return False

    def validate_silent_authorization(self, _request: Request) -> bool:
        return False

    def validate_user_match(self, id_token_hint: str | None, *_more: object) -> bool:
        return not id_token_hint

    def save_authorization_code(self, _client_id: str, code: Mapping[str, str], request: Request, *_more: object, **_named: object) -> None:
        vneid_requests.give_code(self._portal, request.vneid_number, Secret(code["code"]))

    def validate_code(self, _client_id: str, code: str, _client: object, request: Request, *_more: object, **_named: object) -> bool:
        self._found = vneid_requests.ask_by_code(self._portal, Secret(code))
        self._granted(request, self._found.asked.get("scope", "").split())
        return self._found.account is not None

    def get_code_challenge(self, _code: str, _request: Request) -> str | None:
        return self._found.asked.get("code_challenge")

    def get_code_challenge_method(self, _code: str, _request: Request) -> str | None:
        return self._found.asked.get("code_challenge_method")

    def confirm_redirect_uri(self, _client_id: str, _code: str, redirect_uri: str, *_more: object, **_named: object) -> bool:
        return redirect_uri == self._found.asked.get("redirect_uri")

    def get_authorization_code_nonce(self, _client_id: str, _code: str, _redirect_uri: str, _request: Request) -> str | None:
        return self._found.asked.get("nonce")

    def get_id_token(self, *_more: object) -> None:
        """None: the library gathers the claims, `finalize_id_token` completes and signs them."""
        return

    def finalize_id_token(self, id_token: dict[str, object], _token: object, _token_handler: object, request: Request) -> str:
        issued = id_token["iat"]
        claims = {
            **id_token,
            "iss": self._issuer,
            "sub": request.user,
            "exp": (issued if isinstance(issued, int) else 0) + _IDENTITY_SECONDS,
        }
        return jwt.encode(claims, signing_key(self._portal), algorithm="EdDSA")

    def invalidate_authorization_code(self, *_more: object, **_named: object) -> None:
        """Spent already, with the session that it opened."""

    def save_bearer_token(self, token: Mapping[str, str], _request: Request, *_more: object, **_named: object) -> None:
        account = self._found.account
        if account is None:  # only what was granted comes this far
            raise LookupError
        with self._portal.write() as connection:
            sessions.open_session(self._portal, connection, account, (token["access_token"], token["refresh_token"]))
        vneid_requests.spend(self._portal, self._found.number, Secret(token["access_token"]))

    def _granted(self, request: Request, scopes: list[str]) -> str | None:
        if self._found.account is not None:
            request.user, request.scopes = self._found.account.id_number, scopes
            request.extra_credentials = {"refresh_expires_in": session_limits(self._portal.now().date()).renewable}
        return _STATES.get(self._found.state)
