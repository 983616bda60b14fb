"""Judging a password before it leaves the desk. Nothing here keeps, shows or logs it.

Beside the portal's rule a password must be hard to guess: score 3 of the estimator's 0 to 4, no pattern that guides teach (a name or a
keyboard walk, a year, `@`), and nothing of the person's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

from dvc_cli.data import read_toml
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.text import fold_search

RULE, WEAK, PERSONAL = "TK-PW-RULE", "TK-PW-WEAK", "TK-PW-PERSONAL"
SHORTEST = 8
ENOUGH = 3  # of zxcvbn's 0 to 4
_JUDGED = 64  # characters; the estimator's time grows with the length
_NAME_LETTERS = 3
_TAUGHT_LETTERS, _TAUGHT_DIGITS = 16, 10  # beyond these a chain of known words is a pass phrase
_WALKED_DIGITS = re.compile(r"0?12345678|1q2w3e|1qaz2wsx|zaq12wsx|98765432")
_LEET = str.maketrans({"@": "a", "4": "a", "0": "o", "3": "e", "1": "i", "!": "i", "$": "s", "5": "s"})


@dataclass(frozen=True, slots=True)
class PersonHints:
    """What a password must not hold; empty where unknown. `phone` is the ten digits."""

    id_number: str = ""
    full_name: str = ""
    phone: str = ""
    birth_date: date | None = None


def judge_password(password: str, person: PersonHints) -> tuple[str, ...]:
    """The problem codes that speak against it, in the order TK-PW-RULE, TK-PW-PERSONAL, TK-PW-WEAK; none when it will do."""
    judged = ((RULE, not keeps_rule(password)), (PERSONAL, _is_personal(password, person)), (WEAK, _is_weak(password)))
    return tuple(code for code, speaks_against in judged if speaks_against)


def keeps_rule(password: str) -> bool:
    """At least eight characters, with lower and upper case, a digit and a special character (printable ASCII, no letter or digit)."""
    return (
        len(password) >= SHORTEST
        and any(letter.islower() for letter in password)
        and any(letter.isupper() for letter in password)
        and any(letter in "0123456789" for letter in password)
        and any(letter.isascii() and letter.isprintable() and not letter.isalnum() for letter in password)
    )


def _is_personal(password: str, person: PersonHints) -> bool:
    folded = fold_search(password)
    digits = re.sub(r"[^0-9]", "", password)
    words = [word for word in re.split(r"[^a-z]+", fold_search(person.full_name)) if len(word) >= _NAME_LETTERS]
    # The phone without its trunk 0, so that +84 forms are seen too.
    numbers = [number for number in (person.id_number, person.phone[1:], *_birth_digits(person.birth_date)) if number]
    return any(word in folded for word in words) or any(number in digits for number in numbers)


def _birth_digits(born: date | None) -> Iterable[str]:
    if born is None:
        return ()
    day, month, year = f"{born.day:02d}", f"{born.month:02d}", f"{born.year:04d}"
    return (day + month + year, year + month + day, day + month + year[2:], year[2:] + month + day)


def _is_weak(password: str) -> bool:
    folded = fold_search(password)
    return bool(_WALKED_DIGITS.search(folded)) or _is_taught(folded) or _is_taught(folded.translate(_LEET)) or _score(password) < ENOUGH


def _is_taught(folded: str) -> bool:
    """Whether all letters, taken together, are a few known words, and there is little else than signs and a number."""
    letters, digits = re.sub(r"[^a-z]", "", folded), re.sub(r"[^0-9]", "", folded)
    others = any(letter.isalnum() and not letter.isascii() for letter in folded)
    if others or not 0 < len(letters) <= _TAUGHT_LETTERS or len(digits) > _TAUGHT_DIGITS:
        return False
    return _made_of(letters, _stems()) or _made_of(letters.rstrip("i"), _stems())


def _made_of(letters: str, known: frozenset[str]) -> bool:
    """Whether `letters` can be cut into known words and nothing else."""
    reached = {0}
    for end in range(1, len(letters) + 1):
        if any(start in reached and letters[start:end] in known for start in range(end)):
            reached.add(end)
    return len(letters) in reached


@cache
def _stems() -> frozenset[str]:
    table = read_toml("weak_passwords.toml")
    lists = [table[name] for name in ("walks", "words", "names")]
    return frozenset(str(word) for words in lists if isinstance(words, list) for word in words)


def _score(password: str) -> int:
    if not password:
        return 0
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the estimator's own deprecation warnings are no concern of a clerk
        from zxcvbn import zxcvbn

        return int(zxcvbn(password[:_JUDGED], user_inputs=sorted(_stems()))["score"])
