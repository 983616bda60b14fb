"""Codes of six digits: making one, and reading one as people type it."""

from __future__ import annotations

import secrets
import unicodedata

CODE_DIGITS = 6

# Spaces of every kind, hyphens and dashes of every kind, control and invisible characters.
_DROPPED = frozenset({"Zs", "Zl", "Zp", "Pd", "Cc", "Cf", "Cs"})
_MINUS = "\u2212"


def new_code() -> str:
    """A random code, such as 042137."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def clean_code(text: str) -> str:
    """A typed code without spaces and hyphens, full-width digits as ordinary ones; what else it holds stays and will not match."""
    return "".join(_plain_digit(letter) for letter in text if unicodedata.category(letter) not in _DROPPED and letter != _MINUS)


def _plain_digit(letter: str) -> str:
    return chr(ord(letter) - 0xFEE0) if "\uff10" <= letter <= "\uff19" else letter
