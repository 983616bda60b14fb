"""What several rules ask of a case: the live parent blocks and whole names.

Look-up facts that the rules and papers read from `case.known` (texts; a key that is absent means "not looked up"):

| key | value |
|---|---|
| `notification` | `found` or `missing`: the electronic birth notification |
| `notification_birth_date` | ISO date on the electronic notification |
| `mother_hometown_province`, `father_hometown_province` | province code, from the register or the profile |
| `mother`, `father` | `found` or `missing`: that parent in the population register |
| `marriage` | `found` or `missing`: the parents' marriage |
"""

from __future__ import annotations

from dvc_cli.domain.names import join_name
from dvc_cli.forms import Case
from dvc_cli.text import fold

KINH = "01"
OTHER_ETHNICITY = "khac"
PARENTS = ("mother", "father")
NAME_PARTS = ("child_surname", "child_middle_name", "child_given_name")


def live_parents(case: Case) -> tuple[str, ...]:
    """The parents whose blocks are part of this case: `mother`, `father`, both or none."""
    return tuple(parent for parent in PARENTS if case.live(f"{parent}_given_name"))


def child_name(case: Case) -> str:
    """The child's whole name as typed."""
    return join_name(*(case.text(key) for key in NAME_PARTS))


def parent_name(case: Case, parent: str) -> str:
    """The whole name of a parent as typed."""
    return join_name(*(case.text(f"{parent}_{part}") for part in ("surname", "middle_name", "given_name")))


def same(one: str, other: str) -> bool:
    """Whether two texts are equal but for case, tone placement, apostrophes and spaces."""
    return fold(one) == fold(other)
