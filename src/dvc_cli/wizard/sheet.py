"""The sheet that is read over before filing: numbered lines by section, in full, one section at a time, or in a line or two each. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from dvc_cli.forms import Evaluation
from dvc_cli.forms.evaluate import ANSWER, LOOKUP, PRESET
from dvc_cli.forms.model import BOOLEAN, COUNTRY, NAME, NATIONALITY, PROVINCE
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.wizard.questions import origin_text

_ROW = 150  # characters of a section's short form: two rows of a small screen
_VALUE = 44  # characters of one value in it
_SAID = frozenset({ANSWER, LOOKUP, ""})  # about this very person, not filled in by the form itself
_SILENT = frozenset({BOOLEAN, COUNTRY, NATIONALITY, PROVINCE})  # say nothing without their labels, or what others say too


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet. `filled` ones were not typed by the person, `locked` ones fill themselves; `kind` is the field's type."""

    number: int
    key: str
    section: str
    label: str
    shown: str
    origin: str
    locked: bool
    filled: bool
    kind: str


def sheet_lines(evaluation: Evaluation, origins: Mapping[str, str] | None = None) -> tuple[Line, ...]:
    """The live fields in form order, numbered from 1; a self-filling field without a value has no line.

    `origins` says of answers where they came from, a card for one.
    """
    form = evaluation.form
    keys = [key for key in evaluation.live if key in evaluation.values or key not in evaluation.locked]
    told = origins or {}
    return tuple(
        Line(
            number,
            key,
            str(form.section(form[key].section).title),
            str(form[key].label),
            evaluation.display(key),
            _origin(evaluation, key) or told.get(key, ""),
            key in evaluation.locked,
            evaluation.origin.get(key, "") not in _SAID,
            form[key].type,
        )
        for number, key in enumerate(keys, 1)
    )


def _origin(evaluation: Evaluation, key: str) -> str:
    """How the value came about; a default that is wrong as often as right says so."""
    text = origin_text(evaluation.origin.get(key, ""))
    unseen = evaluation.form[key].ask and evaluation.origin.get(key) == PRESET
    return _("{origin}, kiểm tra lại").format(origin=text) if unseen else text


def sheet_text(lines: Sequence[Line], changed: Iterable[str] = ()) -> str:
    """Every numbered line under its section's heading; `changed` keys are marked."""
    marked = frozenset(changed)
    rows: list[str] = []
    for section, own in groupby(lines, key=lambda line: line.section):
        rows += ["", section, *(_row(line, marked) for line in own)]
    return "\n".join(rows)


def section_text(lines: Sequence[Line], section: str, changed: Iterable[str] = ()) -> str:
    """One section: what was answered line by line, what filled itself together at the end."""
    own = [line for line in lines if line.section == section]
    marked = frozenset(changed)
    rows = [section, *(_row(line, marked) for line in own if not line.filled or line.key in marked)]
    filled = [f"{line.number}. {line.label}: {line.shown}" for line in own if line.filled and line.key not in marked and line.shown]
    if filled:
        rows.append(_("Có sẵn: {lines}").format(lines="; ".join(filled)))
    return "\n".join(rows)


def overview_text(lines: Sequence[Line]) -> str:
    """Each section in one short row: its number, its lines, and the values that were typed."""
    rows = []
    for number, (section, own) in enumerate(_sections(lines), 1):
        head = _("{number}. {section} (dòng {lines})").format(number=number, section=section, lines=_range(own))
        values = " · ".join(_speaking(own))
        rows.append(_cut(f"{head}: {values}" if values else head, _ROW))
    return "\n".join(rows)


def contents_text(lines: Sequence[Line]) -> str:
    """The sections with their lines, all in one row, where the room is needed for something else."""
    parts = [f"{number}. {section} ({_range(own)})" for number, (section, own) in enumerate(_sections(lines), 1)]
    return _("Các phần và dòng: {parts}").format(parts=" · ".join(parts))


def _range(own: Sequence[Line]) -> str:
    first, last = own[0].number, own[-1].number
    return str(first) if first == last else f"{first}–{last}"


def section_names(lines: Sequence[Line]) -> tuple[str, ...]:
    """The titles of the sections that have lines, in order."""
    return tuple(section for section, _own in _sections(lines))


def _sections(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    return [(section, list(own)) for section, own in groupby(lines, key=lambda line: line.section)]


def _row(line: Line, marked: frozenset[str]) -> str:
    shown = line.shown or _("(bỏ trống)")
    notes = [line.origin] if line.origin and line.shown else []
    if line.key in marked:
        notes.append(_("vừa đổi"))
    return f"{line.number}. {line.label}: {shown}" + (f" ({', '.join(notes)})" if notes else "")


def _speaking(own: Sequence[Line]) -> list[str]:
    """The values that say something without their labels; the parts of a name read as one."""
    values: list[str] = []
    before = ""
    for line in own:
        if line.filled and not line.locked:
            continue
        if line.shown and line.kind not in _SILENT:
            if line.kind == NAME and before == NAME:
                values[-1] = f"{values[-1]} {line.shown}"
            else:
                values.append(_cut(line.shown, _VALUE))
        before = line.kind if line.shown else before
    return values


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip(" ·,") + "…"
