"""What no log may hold: by the name of the field, by what it looks like, and by what this run knows of people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from dvc_cli.text import fold, nfc, safe, to_ascii_digits

LIMIT = 500  # characters of one text

# Parts of field names; a field that has one of them is never written.
_FIELDS = frozenset({"password", "passphrase", "secret", "otp", "pin", "token", "ticket", "key", "cookie", "authorization"})
_FIELDS |= {
    "name",
    "surname",
    "title",
    "phone",
    "email",
    "address",
    "detail",
    "birth",
    "number",
    "answer",
    "value",
    "text",
    "payload",
    "card",
}
_PATTERNS: Mapping[str, re.Pattern[str]] = {
    "[e-mail]": re.compile(r"[^\s@<>()\"',;:=]+@[^\s@<>()\"',;:=]+"),
    # A person's number, a phone, an insurance number, written together or in groups; a country code may stand before it.
    "[number]": re.compile(r"(?<![0-9])\+?[0-9](?:[ .\-]?[0-9]){8,14}(?![0-9])"),
    "[code]": re.compile(r"(?<![0-9])[0-9](?: ?[0-9]){5}(?![0-9])"),
    # Tokens and keys: nothing tells them from other long words, so every long one with letters and digits goes.
    "[token]": re.compile(r"(?<![\w+/=\-])(?=[\w+/=\-]*[0-9])(?=[\w+/=\-]*[A-Za-z])[\w+/=\-]{16,}"),
}
_SHORTEST = 3  # letters of a word of somebody's name; shorter ones are in every sentence


class Redaction:
    """Takes personal data out of texts. `know` adds what this run has learnt: names, numbers, whole answers."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def know(self, texts: Iterable[str]) -> None:
        """Remember texts of a person; each as a whole and each of its words."""
        for text in texts:
            folded = fold(text)
            self._known |= {part for part in (folded, *folded.split()) if len(part) >= _SHORTEST}

    def text(self, text: str) -> str:
        """`text` as it may stand in a log: one line, nothing personal that can be recognised."""
        kept = to_ascii_digits(nfc(safe(text, LIMIT)))
        for mark, pattern in _PATTERNS.items():
            kept = pattern.sub(mark, kept)
        return self._without_known(kept)

    def field(self, name: str, value: str) -> str:
        """The value of a field of this name."""
        return "[…]" if _FIELDS & set(re.split(r"[^a-z]+", name.lower())) else self.text(value)

    def _without_known(self, text: str) -> str:
        if not self._known:
            return text
        whole = [known for known in self._known if " " in known]
        for known in sorted(whole, key=len, reverse=True):
            pattern = r"\s+".join(map(re.escape, known.split()))
            text = re.sub(rf"(?<!\w){pattern}(?!\w)", "[…]", text, flags=re.IGNORECASE)
        return re.sub(r"[^\W_]+", lambda word: "[…]" if fold(word[0]) in self._known else word[0], text)
