"""The portal's limits, read from the dated table `limits.toml` for the portal's present day."""

from __future__ import annotations

from datetime import date

from dvc_cli.data import limit
from dvc_cli.lazy_dataclasses import dataclass

_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}


@dataclass(frozen=True, slots=True)
class ChallengeLimits:
    """Limits of a challenge (seconds and counts) and of the phone that gets its codes."""

    lifetime: int
    tries: int
    resend_after: int
    resends: int
    phone_challenges: int
    phone_window: int
    phone_lock: int


@dataclass(frozen=True, slots=True)
class PasswordLimits:
    """Wrong passwords in a row until an account is locked, and for how many seconds."""

    tries: int
    lock: int


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How many seconds a session lasts, and how many after signing in it can be renewed."""

    lifetime: int
    renewable: int


def challenge_limits(kind: str, on: date) -> ChallengeLimits:
    """The limits of a challenge of this kind (register, login, login-vneid)."""
    return ChallengeLimits(
        lifetime=_seconds("vneid_code_lifetime" if kind == "login-vneid" else "otp_lifetime", on),
        tries=_count("otp_tries", on),
        resend_after=_seconds("otp_resend_after", on),
        resends=_count("otp_resends", on),
        phone_challenges=_count("otp_phone_challenges", on),
        phone_window=_seconds("otp_phone_window", on),
        phone_lock=_seconds("otp_phone_lock", on),
    )


def password_limits(on: date) -> PasswordLimits:
    """The limits of wrong passwords."""
    return PasswordLimits(tries=_count("password_tries", on), lock=_seconds("password_lock", on))


def session_limits(on: date) -> SessionLimits:
    """The limits of sessions."""
    return SessionLimits(lifetime=_seconds("session_lifetime", on), renewable=_seconds("session_refresh", on))


def ticket_lifetime(on: date) -> int:
    """How many seconds a verified registration waits for its password."""
    return _seconds("ticket_lifetime", on)


def call_limit(kind: str, on: date) -> int:
    """How many limited calls a minute a server takes from one `address` or one `account`."""
    return _count(f"server_{kind}_calls", on)


def qr_lifetime(on: date) -> int:
    """How many seconds a sign-in by another device waits for its answer."""
    return _seconds("vneid_qr_lifetime", on)


def qr_interval(on: date) -> int:
    """The least number of seconds between two questions whether it was answered."""
    return _seconds("vneid_qr_interval", on)


def browser_code_lifetime(on: date) -> int:
    """How many seconds the code that a browser brings back is good."""
    return _seconds("vneid_browser_code_lifetime", on)


def upload_lifetime(on: date) -> int:
    """How many seconds a file waits for the dossier that names it."""
    return _seconds("upload_lifetime", on)


def _count(name: str, on: date) -> int:
    value = limit(name, on).value
    if value is None:
        raise LookupError(name)
    return value


def _seconds(name: str, on: date) -> int:
    return _count(name, on) * _SECONDS[limit(name, on).unit]
