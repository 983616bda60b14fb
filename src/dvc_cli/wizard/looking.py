"""What `:xem` shows in the middle of a walk: the sections so far in a line or two each, the present one line by line. Pure."""

from __future__ import annotations

from dvc_cli.forms import Evaluation
from dvc_cli.language import _
from dvc_cli.text import fold_search
from dvc_cli.wizard.sheet import overview_text, section_text, sheet_lines, sheet_text

_ALL = frozenset({"tat ca", "het", "all"})


def answers_so_far(evaluation: Evaluation, key: str, what: str = "") -> str:
    """The answers up to now. `what` is a section's number for that section alone, "tất cả" for every line; else the short form."""
    lines = tuple(line for line in sheet_lines(evaluation) if line.shown)
    if not lines:
        return _("Chưa có câu trả lời nào.")
    if fold_search(what) in _ALL:
        return sheet_text(lines)
    sections = list(dict.fromkeys(line.section for line in lines))
    if what.isascii() and what.isdigit() and len(what) < 4 and 1 <= int(what) <= len(sections):  # noqa: PLR2004 - digits of a section
        return section_text(lines, sections[int(what) - 1])
    present = str(evaluation.form.section(evaluation.form[key].section).title)
    before = tuple(line for line in lines if line.section != present)
    parts = [overview_text(before)] if before else []
    if present in sections:
        parts.append(section_text(lines, present))
    parts.append(_("Gõ :xem tất cả để xem mọi dòng."))
    return "\n".join(parts)
