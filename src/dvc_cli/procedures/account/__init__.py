"""The account forms: registration, the two logins, the code, the password. Same engine as the filing forms, no papers and no pledge."""

from __future__ import annotations

from functools import cache

from dvc_cli.forms import Form, load_form
from dvc_cli.toml_tables import read_shipped

ACCOUNT_FORMS = ("register", "login", "login_vneid", "otp", "set_password")


@cache
def account_form(name: str) -> Form:
    """The form `register`, `login`, `login_vneid`, `otp` or `set_password`. KeyError for another name."""
    if name not in ACCOUNT_FORMS:
        raise KeyError(name)
    return load_form(read_shipped(__name__, f"{name}.toml"))
