"""Mobile numbers of Viet Nam: ten digits since 2018. Numbers are ported, so a prefix proves no operator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from dvc_cli.data import read_rows
from dvc_cli.text import clean, to_ascii_digits

_MOBILE = re.compile(r"0[35789][0-9]{8}")
_SEPARATORS = re.compile(r"[\s.\-()]+")
_COUNTRY = re.compile(r"(?:\+84|0084|84)0?(?=[0-9]{9}$)")
_MASKABLE = 7  # three digits shown at each end
_UNNAMED = "unnamed"


def normalise_phone(text: str) -> str:
    """Ten digits beginning with 0; +84, 84, 0084 and separators are forgiven. ValueError when it is no mobile number."""
    digits = _SEPARATORS.sub("", to_ascii_digits(clean(text)))
    match = _COUNTRY.match(digits)
    number = "0" + digits[match.end() :] if match else digits
    if not _MOBILE.fullmatch(number):
        raise ValueError("phone")
    return number


def mask_phone(phone: str) -> str:
    """`0912345678` as `091****678`; anything shorter than seven characters is hidden whole."""
    return f"{phone[:3]}****{phone[-3:]}" if len(phone) >= _MASKABLE else "****"


def operator(phone: str) -> str | None:
    """The operator that the prefix was given to, None for a prefix unknown or without a named one; a hint only."""
    row = _prefixes().get(phone[:3])
    return None if row is None or row["operator"] == _UNNAMED else row["operator"]


def is_known_prefix(phone: str) -> bool:
    """Whether the first four digits fit the prefix table; new ranges may be missing there, so never refuse by it."""
    row = _prefixes().get(phone[:3])
    return row is not None and (row["fourth_digit_valid"] == "all" or phone[3:4] in row["fourth_digit_valid"].split(";"))


@cache
def _prefixes() -> Mapping[str, Mapping[str, str]]:
    return {row["prefix"]: row for row in read_rows("mobile_prefixes.csv")}
