"""Looks for numbers of invented people in what is about to be sent, wherever they stand and however they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import cast

from dvc_cli.contract.operations import KEY, TOKEN
from dvc_cli.contract.secret import Secret
from dvc_cli.lazy_dataclasses import field_names

# Between letters too (cccd000196000011.jpg), and in groups, as people write it; not next to more digits, which make another number.
_WRITTEN = re.compile(r"(?<![0-9])000[0-9]{9}(?![0-9])|(?<![0-9])0(?:[\s._/·‐-―−-]{0,3}0){2}(?:[\s._/·‐-―−-]{0,3}[0-9]){9}(?![0-9])")
# In what programs draw (keys, hashes, numbers of dossiers and challenges) digits stand by chance: only a number that stands alone counts.
_ALONE = re.compile(r"(?<![0-9A-Za-z])000[0-9]{9}(?![0-9A-Za-z])")
_SEPARATORS = re.compile(r"[\s._/·‐-―−-]+")
_UNSEEN = frozenset({"Cc", "Cf", "Mn", "Me", "Cs"})
_DRAWN = frozenset({KEY, "challenge_id", "code", "sha256"})
_THEIRS = frozenset({TOKEN, "refresh_token", "ticket"})


def holds_invented(given: Mapping[str, object]) -> bool:
    """Whether a number that begins with 000 stands in these arguments, in any digits, spaced or joined; tokens are the server's own.

    What a file contains is not looked at: a picture or a PDF does not show its numbers to a program, and a paper is what it is.
    """
    return any(
        _is_invented(text, drawn=drawn) for name, value in given.items() if name not in _THEIRS for text, drawn in _texts(name, value)
    )


def _is_invented(text: str, *, drawn: bool) -> bool:
    plain = _plain(text)
    if not drawn:
        return _WRITTEN.search(plain) is not None
    return _ALONE.search(plain) is not None or _ALONE.fullmatch(_SEPARATORS.sub("", plain)) is not None


def _plain(text: str) -> str:
    """`text` with every kind of digit as an ASCII one and without characters that nobody sees."""
    if text.isascii() and text.isprintable():
        return text
    seen = (letter for letter in unicodedata.normalize("NFKC", text) if letter.isspace() or unicodedata.category(letter) not in _UNSEEN)
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in seen)


def _texts(name: str, value: object) -> Iterator[tuple[str, bool]]:
    """Every text in a value, names of members and files included; and whether a program drew it."""
    if isinstance(value, str):
        yield value, name in _DRAWN
    elif isinstance(value, Secret):
        yield value.value, name in _DRAWN
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            yield str(key), False
            yield from _texts("", entry)
    elif isinstance(value, tuple | list | frozenset):
        for entry in value:
            yield from _texts("", entry)
    elif names := field_names(value):
        for each in names:
            yield from _texts(each, cast("object", getattr(value, each)))
