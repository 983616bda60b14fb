"""What to bring, told from a few deciding answers before anything is typed.

questions = ["animal"]                    # the deciding fields, in the order of the form; those that are live are asked

[assume]                                  # what most cases are; a given answer wins over it
size = "small"

[[originals]]                             # shown at the counter, no file of the dossier
label = { vi = "...", en = "..." }
when = { animal = ["cat"] }
law = "..."
"""

from __future__ import annotations

from collections.abc import Mapping

from dvc_cli.forms.conditions import Condition
from dvc_cli.language import Text
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.procedures.papers import Texts
from dvc_cli.procedures.tables import ProcedureError, Row, rows

_TOP = ("questions", "assume", "originals")
_ORIGINAL = ("label", "when", "law")


@dataclass(frozen=True, slots=True)
class Original:
    """A paper that is shown or handed in at the counter, and when."""

    label: Text
    when: Condition
    law: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """The parsed checklist.toml of a procedure: keys of the deciding fields, assumed answers, originals to show."""

    questions: tuple[str, ...] = ()
    assume: Mapping[str, str | tuple[str, ...]] | None = None
    originals: tuple[Original, ...] = ()

    def assumed(self) -> dict[str, str | tuple[str, ...]]:
        """The answers that are taken for granted until others are given."""
        return dict(self.assume or {})

    def shown(self, texts: Texts) -> tuple[Original, ...]:
        """The originals of a case."""
        return tuple(item for item in self.originals if item.when.holds(texts))


def load_checklist(raw: Mapping[str, object]) -> Checklist:
    """The checklist that a parsed checklist.toml describes. Raises ProcedureError."""
    Row(raw, "checklist", _TOP)
    questions = raw.get("questions")
    if not isinstance(questions, list) or not questions or not all(isinstance(key, str) for key in questions):
        msg = "checklist: `questions` takes a list of field keys"
        raise ProcedureError(msg)
    return Checklist(
        questions=tuple(questions),
        assume=_answers(raw.get("assume", {})),
        originals=tuple(_original(row) for row in rows(raw, "originals", _ORIGINAL)),
    )


def _original(row: Row) -> Original:
    return Original(row.label("label"), row.condition("when"), row.text("law", ""))


def _answers(raw: object) -> dict[str, str | tuple[str, ...]]:
    if not isinstance(raw, Mapping):
        msg = "checklist: `assume` takes a table of answers"
        raise ProcedureError(msg)
    return {str(key): tuple(map(str, value)) if isinstance(value, list) else str(value) for key, value in raw.items()}
