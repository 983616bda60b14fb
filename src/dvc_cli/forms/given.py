"""From the raw table of an answers file to what was given for one form: field answers, papers, accepted warnings, the pledge.

Keys are field keys, flat or grouped under section ids. Faults of single keys are collected, so that a person hears of all at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from dvc_cli.errors import Problem, problem
from dvc_cli.forms.answers import RawValue, fault, twice
from dvc_cli.forms.model import ACKNOWLEDGE, ATTACHMENTS, PLEDGE, RESERVED, Form
from dvc_cli.forms.parsing import boolean_word
from dvc_cli.forms.values import Answer, rows_text
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass, field
from dvc_cli.text import clean, nearest, safe

_ATTACHMENT_KEYS = ("slot", "id", "file")
_HINTED = 50
_FEW = 9
_SLOT = re.compile(r"[1-9][0-9]?")


@dataclass(frozen=True, slots=True)
class AttachmentAnswer:
    """One paper as it stands in an answers file: the portal's row (0: not given), the paper id, the path as written."""

    slot: int
    id: str
    file: str


@dataclass(frozen=True, slots=True)
class Given:
    """What an answers file gives for a form.

    `values` holds what was given per field key, not parsed, empty values included; `pledge` is None when not given. `unknown` holds
    one A-UNKNOWN-KEY per key that nobody knows, `problems` the other faults of the file's shape.
    """

    values: Mapping[str, Answer]
    attachments: tuple[AttachmentAnswer, ...] = ()
    acknowledge: Mapping[str, str] = field(default_factory=dict)
    pledge: bool | None = None
    unknown: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()


def flatten(form: Form, raw: Mapping[str, RawValue]) -> Given:
    """Read a raw table for a form. Raises UsageError (A-USAGE) when one key is given twice with different values."""
    sections = tuple(section.id for section in form.sections)
    groups = {item.key: item.parts.keys for item in form.fields if item.parts}
    reading = _Reading(keys=form.keys, reserved=RESERVED if form.filing else (), sections=sections, groups=groups)
    for key, value in raw.items():
        if key in sections and isinstance(value, dict):
            for inner, inner_value in value.items():
                reading.put(inner, inner_value)
        elif not (key in sections and key not in reading.keys and value == ""):
            reading.put(key, value)
    return reading.given()


def unknown_key(key: str, known: Iterable[str], *, path: str = "") -> Problem:
    """A-UNKNOWN-KEY for `key`, with the nearest known key in the hint, or all of them when they are few and none is near.

    `path` is the field to name instead of the key.
    """
    names = tuple(name for name in known if name != key)  # the id of a section is no key for a value
    near = nearest(key, names)
    if near:
        hint = _("Khóa gần nhất: {key}.").format(key=near)
    elif 0 < len(names) <= _FEW:
        hint = _("Các khóa dùng được: {keys}.").format(keys=", ".join(names))
    elif names:
        hint = _("Khóa gần nhất: {key}; xem tệp mẫu bằng dvc template.").format(key=nearest(key, names, however_far=True))
    else:
        hint = _("Xem tệp mẫu bằng dvc template.")
    return problem("A-UNKNOWN-KEY", safe(path or key, 80), hint=hint)


@dataclass(slots=True)
class _Reading:
    keys: tuple[str, ...]
    reserved: tuple[str, ...]
    sections: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    raw: dict[str, RawValue] = field(default_factory=dict)
    unknown: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def put(self, key: str, value: RawValue) -> None:
        if key in self.raw and self.raw[key] != value:
            raise fault(twice(key), safe(key, 80))
        self.raw[key] = value

    def given(self) -> Given:
        known = (*self.keys, *self.reserved, *self.sections)
        values: dict[str, Answer] = {}
        for key, value in self.raw.items():
            if key in self.keys:
                self._answer(key, value, values)
            elif key not in self.reserved:
                # Looking for the nearest key costs time: a file full of foreign keys is told without.
                self.unknown.append(unknown_key(key, known if len(self.unknown) < _HINTED else ()))
        kept = {key: self.raw[key] for key in self.reserved if self.raw.get(key, "") != ""}
        return Given(
            values=values,
            attachments=self._attachments(kept.get(ATTACHMENTS, [])),
            acknowledge=self._acknowledge(kept.get(ACKNOWLEDGE, {})),
            pledge=self._pledge(kept.get(PLEDGE)),
            unknown=tuple(self.unknown),
            problems=tuple(self.problems),
        )

    def _answer(self, key: str, value: RawValue, values: dict[str, Answer]) -> None:
        if key in self.groups and not isinstance(value, str):
            values[key] = self._rows(key, value)
        elif isinstance(value, str):
            values[key] = value
        elif isinstance(value, list) and all(isinstance(part, str) for part in value):
            values[key] = tuple(str(part) for part in value)
        else:
            self._wrong(key, _("Cần một giá trị hoặc một danh sách giá trị."))

    def _rows(self, key: str, raw: RawValue) -> str:
        """The rows of a group as the one text that its answer is; what is no row is told and left out."""
        rows: list[dict[str, str]] = []
        for number, row in enumerate(raw if isinstance(raw, list) else [raw]):
            path = f"{key}[{number}]"
            if not isinstance(row, dict):
                self._wrong(path, _("Cần các khóa {keys}.").format(keys=", ".join(self.groups[key])))
                continue
            parts = self.groups[key]
            self.unknown += [unknown_key(part, parts, path=f"{path}.{part}") for part in row if part not in parts]
            rows.append({part: self._part(value, f"{path}.{part}") for part, value in row.items() if part in parts})
        return rows_text(rows)

    def _attachments(self, raw: RawValue) -> tuple[AttachmentAnswer, ...]:
        if not isinstance(raw, list):
            self._wrong(ATTACHMENTS, _("Cần một danh sách các mục slot, id, file."))
            return ()
        items = (self._attachment(item, f"{ATTACHMENTS}[{number}]") for number, item in enumerate(raw))
        return tuple(item for item in items if item)

    def _attachment(self, raw: RawValue, path: str) -> AttachmentAnswer | None:
        if not isinstance(raw, dict):
            self._wrong(path, _("Cần các khóa slot, id, file."))
            return None
        self.unknown += [unknown_key(key, _ATTACHMENT_KEYS, path=f"{path}.{key}") for key in raw if key not in _ATTACHMENT_KEYS]
        texts = {key: self._part(raw.get(key, ""), f"{path}.{key}") for key in _ATTACHMENT_KEYS}
        slot = clean(texts["slot"])
        if slot and not _SLOT.fullmatch(slot):
            self._wrong(f"{path}.slot", _("Cần số thứ tự dòng giấy tờ."))
            slot = ""
        absent = [key for key in ("id", "file") if not texts[key].strip()]
        self.problems += [problem("A-MISSING", f"{path}.{key}") for key in absent]
        return None if absent else AttachmentAnswer(int(slot or 0), clean(texts["id"]), texts["file"])

    def _acknowledge(self, raw: RawValue) -> dict[str, str]:
        if not isinstance(raw, dict):
            self._wrong(ACKNOWLEDGE, _("Cần một bảng mã và lý do."))
            return {}
        return {clean(code): clean(self._part(reason, f"{ACKNOWLEDGE}.{code}")) for code, reason in raw.items()}

    def _pledge(self, raw: RawValue | None) -> bool | None:
        if raw is None or (isinstance(raw, str) and not clean(raw)):
            return None
        said = boolean_word(clean(raw)) if isinstance(raw, str) else None
        if said is None:
            self._wrong(PLEDGE, _("Cần có hoặc không (true hoặc false)."))
        return said

    def _part(self, raw: RawValue, path: str) -> str:
        if isinstance(raw, str):
            return raw
        self._wrong(path, _("Chỉ nhận một giá trị."))
        return ""

    def _wrong(self, path: str, detail: str) -> None:
        self.problems.append(problem("A-INVALID", safe(path, 80), detail=detail))
