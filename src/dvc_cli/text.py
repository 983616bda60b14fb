"""Unicode: the edge where text comes in, the gate where it goes to a terminal, and the folds that comparing and searching use.

Nothing here rewrites what a paper says beyond NFC, look-alike Đ and white space; the folds are for comparison only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_COMPARED = 80  # characters of a word that is held against known ones: comparing costs their square
_MAX_MARKS = 4  # combining marks on one letter that a terminal row still survives

# Eth and African D look like Đ and come from wrong keyboard layouts.
_LOOK_ALIKE = {0x00D0: "Đ", 0x0189: "Đ", 0x00F0: "đ", 0x0256: "đ"}
_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}
_MENDED = _LOOK_ALIKE | _FULL_WIDTH
_APOSTROPHES = dict.fromkeys(map(ord, "’ʼ‘ʻ`´′"), "'")
_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—"), "-")
_ONE_SPELLING = _APOSTROPHES | _HYPHENS | _LOOK_ALIKE
_UNWANTED = frozenset({"Cc", "Cf", "Cs"})
# Invisible by the Unicode standard though their category does not say so: fillers, joiners, variation selectors, tags.
_INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]")
# What a terminal obeys: control sequences, strings that end as they must (titles, links, clipboards), and escapes of two letters.
_SEQUENCES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|\x1b[ -/]*[0-~]"
)
_FAR = 16  # times its limit: beyond that a text is cut before it is read, so that a huge one costs no time

# What most people type: words of composed Vietnamese or ASCII letters (no eth, which is a look-alike), one space between two.
_USUAL = "[!-~À-ÏÑ-ïñ-ÿĂăĐđĨĩŨũƠơƯưẠ-ỹ]+"
_CLEAN = re.compile(f"{_USUAL}(?: {_USUAL})*")

_TONES = "\u0300\u0301\u0303\u0309\u0323"
# "hoà" and "hòa" are one syllable written by two rules; the older one, the mark on the first vowel, is the folded form.
_NEW_STYLE = re.compile(rf"(o(?=[ae])|(?<!q)u(?=y))([aey])([{_TONES}])(?![^\W\d_]|[\u0300-\u036f])")
_MARKS = re.compile("[\u0300-\u036f]+")
_QU_OLD_STYLE = re.compile(rf"(?<=q)u([{_TONES}])y(?![^\W\d_]|[\u0300-\u036f])")


def nfc(text: str) -> str:
    """The composed form (NFC)."""
    return unicodedata.normalize("NFC", text)


def to_ascii_digits(text: str) -> str:
    """Full-width digits as ASCII digits; everything else as it is."""
    return text.translate(_FULL_WIDTH)


def clean(text: str, limit: int = 0) -> str:
    """One line of input as the program keeps it.

    NFC; control, format (zero width, bidirectional) and surrogate characters removed; look-alikes of Đ mended; full-width
    digits as ASCII; white space, line ends included, as single spaces, none at the ends. `limit` cuts to so many characters,
    0 does not cut. Cleaning twice changes nothing.
    """
    if _CLEAN.fullmatch(text) and (not limit or len(text) <= limit):
        return text
    kept = " ".join(_visible(text).split())
    return kept[:limit].rstrip() if limit else kept


def has_hidden(text: str) -> bool:
    """Whether a control, format or surrogate character stands in `text`; white space at its ends aside."""
    return any(unicodedata.category(letter) in _UNWANTED for letter in text.strip())


def clean_multiline(text: str, limit: int = 0) -> str:
    """As `clean`, line by line; line ends become one newline each, empty lines at the ends go."""
    lines = [clean(line) for line in text.splitlines()]
    kept = "\n".join(lines).strip("\n")
    return kept[:limit].rstrip() if limit else kept


def safe(text: str, limit: int = 500) -> str:
    """`text` as it may go to a terminal: one line, no escape sequence, no control, invisible or surrogate character, no tower of marks.

    Longer than `limit` characters it is cut and ends in `…`; 0 does not cut.
    """
    near = text[: _FAR * limit] if limit else text
    kept = _without_towers(" ".join(_visible(_SEQUENCES.sub("", near)).split()))
    return kept if not limit or len(kept) <= limit else kept[: limit - 1].rstrip() + "…"


def unseen(text: str) -> frozenset[str]:
    """The characters of `text` that a person does not see as such: control, format, invisible, surrogate, line and paragraph separators."""
    if text.isascii() and text.isprintable():
        return frozenset()
    return frozenset(letter for letter in set(text) if _is_unwanted(letter) or letter in "\u2028\u2029")


def fold(text: str) -> str:
    """The form in which two spellings of one name are equal: case, tone placement (hoà, hòa), apostrophes, hyphens and spaces.

    Tone marks and letters are kept: `fold("Hòa") != fold("Hoa")`.
    """
    if text.isascii():
        return " ".join(text.lower().replace("`", "'").split())
    lowered = nfc(nfc(text).casefold().translate(_ONE_SPELLING))
    return " ".join(_one_tone_placement(lowered).split())


def fold_search(text: str) -> str:
    """The form that a search without diacritics compares: as `fold`, then no marks at all and d for đ."""
    return nfc(_bare(fold(text)).replace("đ", "d"))


def initials(text: str) -> str:
    """The first letters of the words, folded for search: `ck` of "Cái Khế"."""
    return "".join(word[0] for word in re.split(r"[\s\-]+", fold_search(text)) if word)


def cells(text: str) -> int:
    """The number of terminal cells that `text` takes; control characters take none."""
    if text.isascii() and text.isprintable():
        return len(text)
    from wcwidth import wcwidth

    return sum(max(wcwidth(letter), 0) for letter in text)


def wrap(line: str, width: int) -> tuple[str, ...]:
    """`line` in rows of at most `width` cells, broken at spaces; a longer word stands alone and is broken where it must be."""
    rows: list[str] = []
    for word in line.split(" "):
        if rows and cells(rows[-1]) + 1 + cells(word) <= width:
            rows[-1] = f"{rows[-1]} {word}"
        else:
            rows += _broken(word, width)
    return tuple(rows)


def _broken(word: str, width: int) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and cells(parts[-1] + letter) > width:
            parts.append("")
        parts[-1] += letter
    return parts


def nearest(word: str, known: Iterable[str], *, however_far: bool = False) -> str | None:
    """The known word that `word` was probably meant to be, None when none is near; `however_far` takes the nearest of all."""
    from difflib import get_close_matches

    by_fold = {fold_search(item): item for item in known}
    found = get_close_matches(fold_search(word[:_COMPARED]), by_fold, n=1, cutoff=0.0 if however_far else 0.6)
    return by_fold[found[0]] if found else None


def _visible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    mended = nfc(text).translate(_MENDED)
    if mended.isascii() and mended.isprintable():
        return mended
    unwanted = {ord(letter): None for letter in set(mended) if not letter.isspace() and _is_unwanted(letter)}
    return nfc(mended.translate(unwanted))


@lru_cache(maxsize=1024)
def _is_unwanted(letter: str) -> bool:
    return unicodedata.category(letter) in _UNWANTED or _INVISIBLE.match(letter) is not None


def _without_towers(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= _MAX_MARKS:
            kept.append(letter)
    return "".join(kept)


def _one_tone_placement(lowered: str) -> str:
    if lowered.isascii():
        return lowered
    # Only the five tones are taken apart; â, ơ and the like stay whole because NFD order puts the tone last.
    apart = unicodedata.normalize("NFD", lowered)
    placed = _QU_OLD_STYLE.sub(r"uy\1", _NEW_STYLE.sub(r"\1\3\2", apart))
    return nfc(placed)


def _bare(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFD", text))
