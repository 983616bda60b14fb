"""Which registers a procedure asks while it is filled in, and under which names their answers are known to its form, rules and papers."""

from __future__ import annotations

from collections.abc import Mapping

from dvc_cli.forms.conditions import Condition
from dvc_cli.language import Text
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.procedures.tables import ProcedureError, rows

FOUND, MISSING = "found", "missing"

PERSON, BIRTH_NOTIFICATION, DEATH_NOTICE, MARRIAGE = "person", "birth_notification", "death_notice", "marriage"

# How many fields each register is asked by; the last one is always a personal number.
_INPUTS = {PERSON: 1, BIRTH_NOTIFICATION: 2, DEATH_NOTICE: 1, MARRIAGE: 2}
_ATTRIBUTES = ("kind", "fact", "inputs", "when", "not_found")


@dataclass(frozen=True, slots=True)
class Lookup:
    """One look-up: `kind` is the register, `inputs` the keys of the fields that it is asked by.

    Its facts are `fact` itself (`found` or `missing`) and `fact_…`; none while an input has no value or `when` does not hold.
    `not_found` is told to the person when the register has nothing.
    """

    kind: str
    fact: str
    inputs: tuple[str, ...]
    when: Condition
    not_found: Text


def load_lookups(raw: Mapping[str, object]) -> tuple[Lookup, ...]:
    """The look-ups that a parsed dossier.toml lists. Raises ProcedureError."""
    found = tuple(
        Lookup(row.text("kind"), row.text("fact"), row.texts("inputs"), row.condition("when"), row.label("not_found"))
        for row in rows(raw, "lookups", _ATTRIBUTES)
    )
    for item in found:
        if len(item.inputs) != _INPUTS.get(item.kind):
            msg = f"lookups: `{item.fact}` is no look-up of `{item.kind}` by {len(item.inputs)} fields"
            raise ProcedureError(msg)
    return found
