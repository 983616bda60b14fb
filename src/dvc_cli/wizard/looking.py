"""What `:xem` shows in the middle of a walk: the sections so far in a line or two each, the present one line by line. Pure."""

from __future__ import annotations

import re

from dvc_cli.forms import Evaluation
from dvc_cli.language import _
from dvc_cli.text import fold_search
from dvc_cli.wizard.sheet import overview_text, section_names, section_text, sheet_lines, sheet_text

_ALL = frozenset({"tat ca", "het", "all"})


def answers_so_far(evaluation: Evaluation, key: str, what: str = "") -> str:
    """The answers up to now. `what` is a section's number for that section alone, "tất cả" for every line; else the short form."""
    told = tuple(line for line in sheet_lines(evaluation) if line.shown)
    if fold_search(what) in _ALL and told:
        return sheet_text(told)
    reached = {line.section for line in told if not line.filled}
    lines = tuple(line for line in told if line.section in reached)
    sections = section_names(lines)
    if not lines:
        return _("Chưa có câu trả lời nào.")
    if re.fullmatch(r"[1-9][0-9]?", what) and int(what) <= len(sections):
        return section_text(lines, sections[int(what) - 1])
    present = str(evaluation.form.section(evaluation.form[key].section).title)
    parts = [overview_text(lines), *([section_text(lines, present)] if present in sections else [])]
    return "\n".join([*parts, _("Gõ :xem và số phần (:xem 2) để xem phần đó, :xem tất cả để xem mọi dòng.")])
