"""The device grant and the authorization code by oauthlib: their rules are the library's, what it has to know is in `oauth_rules`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from oauthlib.common import Request, add_params_to_uri
from oauthlib.oauth2 import AuthorizationEndpoint, BearerToken, DeviceAuthorizationEndpoint, TokenEndpoint
from oauthlib.oauth2.rfc6749.errors import AccessDeniedError, FatalClientError, OAuth2Error, UnsupportedGrantTypeError
from oauthlib.oauth2.rfc8628.grant_types import DeviceCodeGrant
from oauthlib.openid.connect.core.grant_types import AuthorizationCodeGrant

from dvc_cli.contract.oauth import AUTHORIZE_PATH, CODE_GRANT, DEVICE_GRANT, DEVICE_PATH, PAGE_PATH, TOKEN_PATH
from dvc_cli.contract.secret import Secret
from dvc_cli.lazy_dataclasses import dataclass, field
from dvc_cli.portal import vneid_requests
from dvc_cli.portal.limits import qr_interval, qr_lifetime, session_limits
from dvc_cli.portal.portal import Portal
from dvc_cli.portal.vault import new_token
from dvc_cli.portal.vneid_visits import Answered
from dvc_cli.portal.web.oauth_rules import Rules, signing_key, strict


@dataclass(frozen=True, slots=True)
class Reply:
    """What the library says to answer: status, headers, JSON."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class BadRequestError(Exception):
    """A browser's request of which nothing may be sent on: no such client, or no address to go back to."""


def begin_device(portal: Portal, address: str, body: str, headers: Mapping[str, str]) -> Reply:
    """A request for a device code; `address` is that of this server as its caller knows it."""
    today, page = portal.now().date(), f"{address}{PAGE_PATH}"
    endpoint = DeviceAuthorizationEndpoint(
        Rules(portal, address),
        verification_uri=page,
        expires_in=qr_lifetime(today),
        interval=qr_interval(today),
        verification_uri_complete=f"{page}?user_code={{user_code}}",
        user_code_generator=vneid_requests.new_user_code,
    )
    try:
        answered, document, status = endpoint.create_device_authorization_response(f"{address}{DEVICE_PATH}", "POST", body, dict(headers))
    except OAuth2Error as error:
        return _told(error)
    vneid_requests.begin_by_device(portal, Secret(document["device_code"]), document["user_code"])
    return Reply(status, answered, json.dumps(document).encode())


def give_token(portal: Portal, address: str, body: str, headers: Mapping[str, str]) -> Reply:
    """A question whether the citizen agreed, or a browser's code; a session, once."""
    rules = Rules(portal, address)
    grants = {DEVICE_GRANT: DeviceCodeGrant(rules), CODE_GRANT: AuthorizationCodeGrant(rules), "": _NoGrant()}
    endpoint = TokenEndpoint("", _bearer(portal, rules), grants)
    try:
        with portal.write():  # the code is spent and the session opened together, or neither
            answered, document, status = endpoint.create_token_response(f"{address}{TOKEN_PATH}", "POST", body, dict(headers))
    except OAuth2Error as error:
        return _told(error)
    return Reply(status, answered, document.encode())


def begin_browser(portal: Portal, address: str, query: str) -> tuple[str, str]:
    """A browser's request: the name of the sign-in that waits now, or the address to which the refusal goes.

    BadRequestError when it names no client or no address of this machine to go back to.
    """
    try:
        _authorizing(portal, address).validate_authorization_request(f"{address}{AUTHORIZE_PATH}?{query}")
    except (FatalClientError, ValueError):
        raise BadRequestError from None
    except OAuth2Error as error:
        return "", _back(error.in_uri(error.redirect_uri), address)
    return vneid_requests.begin_by_browser(portal, {**dict(parse_qsl(query)), "issuer": address}), ""


def end_browser(portal: Portal, answered: Answered, *, agreed: bool) -> str:
    """Where the browser goes with the citizen's answer."""
    asked = dict(answered.asked)
    address = asked.pop("issuer")
    if not agreed:
        return _back(AccessDeniedError(state=asked.get("state")).in_uri(asked["redirect_uri"]), address)
    headers, _body, _status = _authorizing(portal, address).create_authorization_response(
        f"{address}{AUTHORIZE_PATH}?{urlencode(asked)}", scopes=asked["scope"].split(), credentials={"vneid_number": answered.number}
    )
    return _back(headers["Location"], address)


def keys(portal: Portal) -> Reply:
    """The key that tells whether an identity was signed here (RFC 7517)."""
    from jwt.algorithms import OKPAlgorithm

    key = OKPAlgorithm.to_jwk(signing_key(portal).public_key(), as_dict=True)
    return Reply(200, {}, json.dumps({"keys": [{**key, "use": "sig", "alg": "EdDSA"}]}).encode())


class _NoGrant:
    """A grant that is not given here."""

    def create_token_response(self, request: Request, _token_handler: object) -> tuple[Mapping[str, str], str, int]:
        error = UnsupportedGrantTypeError(request=request)
        return error.headers, error.json, error.status_code


def _authorizing(portal: Portal, address: str) -> AuthorizationEndpoint:
    rules = Rules(portal, address)
    grant = AuthorizationCodeGrant(rules)
    grant.custom_validators.post_auth.append(strict)
    return AuthorizationEndpoint("code", _bearer(portal, rules), {"code": grant})


def _bearer(portal: Portal, rules: Rules) -> BearerToken:
    limits = session_limits(portal.now().date())
    return BearerToken(rules, token_generator=lambda _request: new_token(), expires_in=min(limits.lifetime, limits.renewable))


def _back(address: str, issuer: str) -> str:
    """The address with the name of who answers (RFC 9207)."""
    return str(add_params_to_uri(address, [("iss", issuer)]))


def _told(error: OAuth2Error) -> Reply:
    return Reply(error.status_code, error.headers, error.json.encode())
