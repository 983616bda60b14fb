"""What to bring, told from a few deciding answers before anything is typed.

questions = ["reason", "animal"]          # the deciding questions, in order: live fields of the form, or the list's own

[[own]]                                   # a question of the list's own, in plain words
key = "reason"
label = { vi = "...", en = "..." }
when = { size = ["small"] }               # may name own questions too; always when absent

[[own.options]]
code = "ill"
label = { vi = "...", en = "..." }
answers = { animal = "cat" }              # what it says about the form; a given answer wins over it
note = { vi = "...", en = "..." }         # what the person should know of this case

[assume]                                  # what most cases are; everything else wins over it
size = "small"

[[originals]]                             # shown at the counter, no file of the dossier; `when` may also name own questions
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

Answers = dict[str, str | tuple[str, ...]]

_TOP = ("questions", "own", "assume", "originals")
_OWN = ("key", "label", "when", "options")
_OPTION = ("code", "label", "answers", "note", "law")
_ORIGINAL = ("label", "when", "law")


@dataclass(frozen=True, slots=True)
class OwnOption:
    """One answer to a question of the list's own: what it says about the form, and what the person should know then."""

    code: str
    label: Text
    answers: Mapping[str, str | tuple[str, ...]]
    note: Text
    law: str


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question that the form does not have; asked while `when` holds for the questions before it."""

    key: str
    label: Text
    when: Condition
    options: tuple[OwnOption, ...]

    def option(self, code: str) -> OwnOption | None:
        """The option with this code."""
        return next((each for each in self.options if each.code == code), None)


@dataclass(frozen=True, slots=True)
class Original:
    """A paper that is shown or handed in at the counter, and when."""

    label: Text
    when: Condition
    law: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """The parsed checklist.toml of a procedure: deciding questions, those of its own, assumed answers, originals to show."""

    questions: tuple[str, ...] = ()
    own: tuple[OwnQuestion, ...] = ()
    assume: Mapping[str, str | tuple[str, ...]] | None = None
    originals: tuple[Original, ...] = ()

    def own_question(self, key: str) -> OwnQuestion | None:
        """The question of the list's own with this key."""
        return next((each for each in self.own if each.key == key), None)

    def assumed(self) -> Answers:
        """The answers that are taken for granted until others are given."""
        return dict(self.assume or {})

    def implied(self, told: Mapping[str, str]) -> Answers:
        """What the answers to the list's own questions (key to code) say about the form."""
        chosen = (option for each in self.own if (option := each.option(told.get(each.key, ""))))
        return {key: value for option in chosen for key, value in option.answers.items()}

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
        own=tuple(_own(row, table) for row, table in zip(rows(raw, "own", _OWN), _tables(raw, "own"), strict=True)),
        assume=_answers(raw.get("assume", {}), "assume"),
        originals=tuple(_original(row) for row in rows(raw, "originals", _ORIGINAL)),
    )


def _own(row: Row, table: Mapping[str, object]) -> OwnQuestion:
    options = zip(rows(table, "options", _OPTION), _tables(table, "options"), strict=True)
    found = tuple(_option(option, raw) for option, raw in options)
    if not found:
        msg = f"checklist: `{row.text('key')}` has no options"
        raise ProcedureError(msg)
    return OwnQuestion(row.text("key"), row.label("label"), row.condition("when"), found)


def _option(row: Row, raw: Mapping[str, object]) -> OwnOption:
    return OwnOption(
        row.text("code"), row.label("label"), _answers(raw.get("answers", {}), "answers"), row.label("note"), row.text("law", "")
    )


def _original(row: Row) -> Original:
    return Original(row.label("label"), row.condition("when"), row.text("law", ""))


def _tables(raw: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    """The tables `[[name]]` as they were parsed; `rows` has seen that they are tables."""
    value = raw.get(name, [])
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _answers(raw: object, name: str) -> Answers:
    if not isinstance(raw, Mapping):
        msg = f"checklist: `{name}` takes a table of answers"
        raise ProcedureError(msg)
    return {str(key): tuple(map(str, value)) if isinstance(value, list) else str(value) for key, value in raw.items()}
