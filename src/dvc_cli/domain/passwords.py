"""Judging a password before it leaves the desk (accounts.md 1.6). Nothing here keeps, shows or logs it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from dvc_cli.data import read_toml
from dvc_cli.text import fold_search, nfc

RULE, WEAK, PERSONAL = "TK-PW-RULE", "TK-PW-WEAK", "TK-PW-PERSONAL"
SHORTEST = 8
ENOUGH = 3  # of zxcvbn's 0 to 4
_JUDGED = 64  # characters; the estimator's time grows with the length
_NAME_LETTERS = 3
_TAUGHT = re.compile(r"[^a-z0-9]*([a-z]+)[^a-z0-9]*(?:[0-9]{1,8}[^a-z0-9]*)*")
_WALKED_DIGITS = re.compile(r"(?:0?123456789?0?|1q2w3e4r?|1qaz2wsx)")


@dataclass(frozen=True, slots=True)
class PersonHints:
    """What a password must not hold; empty where unknown."""

    id_number: str = ""
    full_name: str = ""
    phone: str = ""
    birth_date: date | None = None


def judge_password(password: str, person: PersonHints) -> tuple[str, ...]:
    """The problem codes that speak against it, in the order TK-PW-RULE, TK-PW-PERSONAL, TK-PW-WEAK; none when it will do."""
    found = []
    if not keeps_rule(password):
        found.append(RULE)
    if _is_personal(password, person):
        found.append(PERSONAL)
    if _is_weak(password):
        found.append(WEAK)
    return tuple(found)


def keeps_rule(password: str) -> bool:
    """At least eight characters, with lower and upper case, a digit and a special character (printable ASCII, no letter or digit)."""
    return (
        len(password) >= SHORTEST
        and any(letter.islower() for letter in password)
        and any(letter.isupper() for letter in password)
        and any(letter in "0123456789" for letter in password)
        and any("!" <= letter <= "~" and not letter.isalnum() for letter in password)
    )


def _is_personal(password: str, person: PersonHints) -> bool:
    folded = fold_search(nfc(password))
    digits = re.sub(r"[^0-9]", "", password)
    words = [word for word in re.split(r"[^a-z]+", fold_search(person.full_name)) if len(word) >= _NAME_LETTERS]
    numbers = [number for number in (person.id_number, person.phone, *_birth_digits(person.birth_date)) if number]
    return any(word in folded for word in words) or any(number in digits for number in numbers)


def _birth_digits(born: date | None) -> Iterable[str]:
    return (born.strftime(shape) for shape in ("%d%m%Y", "%Y%m%d", "%d%m%y", "%y%m%d")) if born else ()


def _is_weak(password: str) -> bool:
    return _is_taught(password) or _score(password) < ENOUGH


def _is_taught(password: str) -> bool:
    folded = fold_search(nfc(password))
    if _WALKED_DIGITS.search(folded):
        return True
    matched = _TAUGHT.fullmatch(folded)
    return bool(matched) and _made_of(matched.group(1), _stems()) if matched else False


def _made_of(stem: str, known: frozenset[str]) -> bool:
    """Whether `stem` can be cut into known words and nothing else."""
    reached = {0}
    for end in range(1, len(stem) + 1):
        if any(start in reached and stem[start:end] in known for start in range(end)):
            reached.add(end)
    return len(stem) in reached


@cache
def _stems() -> frozenset[str]:
    table = read_toml("weak_passwords.toml")
    lists = [table[name] for name in ("walks", "words", "names")]
    return frozenset(str(word) for words in lists if isinstance(words, list) for word in words)


def _score(password: str) -> int:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the estimator's own deprecation warnings are no concern of a clerk
        from zxcvbn import zxcvbn

        return int(zxcvbn(password[:_JUDGED], user_inputs=sorted(_stems()))["score"])
