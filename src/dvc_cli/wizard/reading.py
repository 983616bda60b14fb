"""Reading a sheet over and over: what it shows each time, what changed since the last look, and what a reply at it names. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dvc_cli.errors import HINT, Problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass, field
from dvc_cli.procedures import Assessment
from dvc_cli.wizard.findings import hint_rows, problem_rows, summary
from dvc_cli.wizard.sheet import Line, contents_text, overview_text, section_names, section_text, sheet_lines, sheet_text

_MOST_CHANGES = 5
_PART = re.compile(r"p *([0-9]{1,3})")
_HINTS = frozenset({"g", "h"})


@dataclass(slots=True)
class Reading:
    """The sheet as it was shown last. `changed` are the keys whose lines read otherwise than at the look before."""

    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()
    changed: frozenset[str] = frozenset()
    _seen: dict[str, str] = field(default_factory=dict)

    @property
    def summary(self) -> str:
        """How many errors and warnings there are, and where."""
        return summary(self.problems, self.lines)

    def look(self, assessment: Assessment, problems: tuple[Problem, ...], origins: Mapping[str, str]) -> str:
        """The sheet in short: what is wrong first, then what changed, then each section."""
        self.lines = sheet_lines(assessment.evaluation, origins)
        self.problems = problems
        changes = self._changes()
        wrong = problem_rows(problems, self.lines)
        rows = ["", _("Xem lại tờ khai"), *wrong, *changes]
        rows.append(contents_text(self.lines) if wrong else overview_text(self.lines))
        rows += _unused(assessment)
        hints = sum(item.severity == HINT for item in problems)
        if hints:
            rows.append(_("Có {count} gợi ý; gõ g để xem.").format(count=hints))
        return "\n".join(rows)

    def everything(self) -> str:
        """Every line of the sheet, then every hint."""
        return "\n".join([sheet_text(self.lines, self.changed), "", *hint_rows(self.problems, self.lines)]).rstrip()

    def part(self, typed: str) -> str | None:
        """The part of the sheet that `p3` or `g` asks for, None when the text asks for none."""
        if typed.casefold() in _HINTS:
            return "\n".join(hint_rows(self.problems, self.lines)) or _("Không có gợi ý nào.")
        names = section_names(self.lines)
        matched = _PART.fullmatch(typed.casefold())
        if not matched or not 1 <= int(matched[1]) <= len(names):
            return None
        return section_text(self.lines, names[int(matched[1]) - 1], self.changed)

    def key_of(self, typed: str) -> str | None:
        """The key of the line whose number was typed."""
        if not re.fullmatch(r"[0-9]{1,4}", typed) or not 1 <= int(typed) <= len(self.lines):
            return None
        return self.lines[int(typed) - 1].key

    def line(self, key: str) -> Line | None:
        """The line of a key."""
        return next((line for line in self.lines if line.key == key), None)

    def _changes(self) -> list[str]:
        shown = {line.key: line.shown for line in self.lines}
        seen, self._seen = self._seen, shown
        if not seen:
            return []
        other = [line for line in self.lines if line.shown != seen.get(line.key, "")]
        self.changed = frozenset(line.key for line in other)
        empty = _("(bỏ trống)")
        rows = [
            _("Dòng {number}, {label}: “{before}” thành “{after}”.").format(
                number=line.number, label=line.label, before=seen.get(line.key) or empty, after=line.shown or empty
            )
            for line in other[:_MOST_CHANGES]
        ]
        if len(other) > _MOST_CHANGES:
            rows.append(_("… và {count} dòng nữa.").format(count=len(other) - _MOST_CHANGES))
        return [_("Đã đổi từ lần xem trước:"), *rows] if rows else []


def _unused(assessment: Assessment) -> list[str]:
    form = assessment.evaluation.form
    labels = [str(form[item.field].label) for item in assessment.problems if item.code == "A-NOT-LIVE" and item.field]
    return [_("Không dùng trong trường hợp này, sẽ không gửi: {labels}.").format(labels="; ".join(labels))] if labels else []
