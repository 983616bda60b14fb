"""Family relations in both directions: who A is to B tells who B is to A, as far as the words of the portal's lists go.

"Con" turned round is "Cha" or "Mẹ" by the sex of the other; "Cháu" is a grandchild as well as a nephew or niece, so that its inverse has to
be asked. Words keep their tone marks everywhere; here they are the codes of the lists.
"""

from __future__ import annotations

from collections.abc import Mapping

MALE, FEMALE = "nam", "nu"

_OF_EITHER: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("cha", "me"), ("con",)),
    **dict.fromkeys(("ong", "ba_grandmother"), ("chau",)),
    **dict.fromkeys(("anh", "chi"), ("em",)),
}
_OF_MALE = {**_OF_EITHER, "vo": ("chong",), "con": ("cha",), "chau": ("ong", "khac"), "em": ("anh",)}
_OF_FEMALE = {**_OF_EITHER, "chong": ("vo",), "con": ("me",), "chau": ("ba_grandmother", "khac"), "em": ("chi",)}
_SEXES: Mapping[str, str] = {
    **dict.fromkeys(("cha", "chong", "ong", "anh"), MALE),
    **dict.fromkeys(("me", "vo", "ba_grandmother", "chi"), FEMALE),
}


def inverses(relation: str, gender: str) -> tuple[str, ...]:
    """Who B may be to A when A is B's `relation` and B has this `gender`; empty when the words do not tell or B's sex is not known.

    One entry is certain, several are all possible.
    """
    return {MALE: _OF_MALE, FEMALE: _OF_FEMALE}.get(gender, {}).get(relation, ())


def sex_of(relation: str) -> str:
    """The sex of whoever bears the relation; "" when the word has none."""
    return _SEXES.get(relation, "")
