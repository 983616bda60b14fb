"""Mobile numbers of Viet Nam (accounts.md 6): ten digits since 2018. Numbers are ported, so a prefix proves no operator."""

from __future__ import annotations

import re

from dvc_cli.data import read_rows
from dvc_cli.text import clean, to_ascii_digits

_MOBILE = re.compile(r"0[35789][0-9]{8}")
_SEPARATORS = re.compile(r"[\s.\-()]+")
_COUNTRY = re.compile(r"(?:\+84|0084)0?(?=[0-9]{9}$)|84(?=[0-9]{9}$)")


def normalise_phone(text: str) -> str:
    """Ten digits beginning with 0; +84, 84, 0084 and separators are forgiven. ValueError when it is no mobile number."""
    digits = _SEPARATORS.sub("", to_ascii_digits(clean(text)))
    number = _COUNTRY.sub("0", digits, count=1)
    if not _MOBILE.fullmatch(number):
        raise ValueError("phone")
    return number


def mask_phone(phone: str) -> str:
    """`0912345678` as `091****678`; anything shorter than seven characters is hidden whole."""
    return f"{phone[:3]}****{phone[-3:]}" if len(phone) >= 7 else "****"  # noqa: PLR2004 - 3 shown on each side


def operator(phone: str) -> str | None:
    """The operator that the prefix was given to, None for an unknown prefix; a hint only."""
    for row in read_rows("mobile_prefixes.csv"):
        if phone.startswith(row["prefix"]):
            return row["operator"]
    return None


def is_known_prefix(phone: str) -> bool:
    """Whether the first three digits stand in the prefix table; new ranges may be missing there, so never refuse by it."""
    return operator(phone) is not None
