"""The account forms: registration, the two logins, the code, the password. Same engine as the filing forms, no papers and no pledge."""

from __future__ import annotations

import pkgutil
import tomllib
from functools import cache

from dvc_cli.forms import Form, load_form

ACCOUNT_FORMS = ("register", "login", "login_vneid", "otp", "set_password")


@cache
def account_form(name: str) -> Form:
    """The form `register`, `login`, `login_vneid`, `otp` or `set_password`. KeyError for another name."""
    if name not in ACCOUNT_FORMS:
        raise KeyError(name)
    content = pkgutil.get_data(__name__, f"{name}.toml")
    if content is None:  # pragma: no cover - only a loader without files answers None
        raise KeyError(name)
    return load_form(tomllib.loads(content.decode("utf-8")))
