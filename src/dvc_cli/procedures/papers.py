"""The papers of a dossier: which ones a case asks for, in what state they are, and what is wrong with the files.

A row (`slot`) is the portal's document row; its size limit counts all files of the row together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePath

from dvc_cli.data import choices, limit
from dvc_cli.domain.dossier import AttachmentFile, PaperLine
from dvc_cli.errors import Problem, problem
from dvc_cli.forms.conditions import NEVER, Condition
from dvc_cli.language import Text, _, language
from dvc_cli.lazy_dataclasses import dataclass, replace
from dvc_cli.procedures.tables import ALWAYS_VALID, DATES, Row, Span, rows
from dvc_cli.text import safe

NEEDED, ATTACHED, FROM_DATA, OPTIONAL = "needed", "attached", "from_data", "optional"
FIELD = "attachments"

Texts = Mapping[str, tuple[str, ...]]

_TOP = ("row_limit", "row_large", "papers")
_PAPER = ("id", "slot", "slots", "when", "required", "from_data", "issued_by", "replaced_by", "original", "law", "source", "confidence")


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: its usual row and the rows it may go to, when it is listed, when required, when data stand in for it.

    `issued_by` says who issues it, `replaced_by` what may stand in for it, `original` what becomes of the original; each may be empty.
    """

    id: str
    slot: int
    slots: tuple[int, ...]
    when: Condition
    required: Condition
    from_data: Condition
    issued_by: Text
    replaced_by: Text
    original: Text
    law: str
    source: str
    confidence: str
    span: Span = ALWAYS_VALID


@dataclass(frozen=True, slots=True)
class PaperRules:
    """All papers of a procedure in the order shown; `row_limit` and `row_large` name limits in bytes per row, empty for none."""

    papers: tuple[Paper, ...] = ()
    row_limit: str = ""
    row_large: str = ""

    def on(self, day: date) -> PaperRules:
        """The papers that hold for a filing on that day."""
        return replace(self, papers=tuple(paper for paper in self.papers if paper.span.holds(day)))

    def __getitem__(self, paper_id: str) -> Paper:
        """The paper with this id. Raises KeyError."""
        for paper in self.papers:
            if paper.id == paper_id:
                return paper
        raise KeyError(paper_id)

    def __contains__(self, paper_id: object) -> bool:
        return any(paper.id == paper_id for paper in self.papers)


def load_papers(raw: Mapping[str, object]) -> PaperRules:
    """The papers that a parsed papers.toml describes. Raises ProcedureError."""
    top = Row(raw, "papers", _TOP)
    return PaperRules(
        papers=tuple(_paper(row) for row in rows(raw, "papers", (*_PAPER, *DATES))),
        row_limit=top.text("row_limit", ""),
        row_large=top.text("row_large", ""),
    )


def _paper(row: Row) -> Paper:
    slot = row.number("slot")
    return Paper(
        id=row.text("id"),
        slot=slot,
        slots=row.numbers("slots", (slot,)),
        when=row.condition("when"),
        required=row.condition("required", NEVER),
        from_data=row.condition("from_data", NEVER),
        issued_by=row.label("issued_by"),
        replaced_by=row.label("replaced_by"),
        original=row.label("original"),
        law=row.text("law", ""),
        source=row.text("source"),
        confidence=row.text("confidence"),
        span=row.span(),
    )


def paper_lines(rules: PaperRules, texts: Texts, files: Sequence[AttachmentFile]) -> tuple[PaperLine, ...]:
    """The papers of this case with their state; an attached paper is listed even where the case does not ask for it."""
    slots = {file.id: file.slot for file in reversed(files)}
    return tuple(line for paper in rules.papers if (line := _line(paper, texts, slots)))


def _line(paper: Paper, texts: Texts, slots: Mapping[str, int]) -> PaperLine | None:
    asked = paper.when.holds(texts)
    required = asked and paper.required.holds(texts)
    if paper.id in slots:
        return PaperLine(paper.id, slots[paper.id], required, ATTACHED)
    if not asked:
        return None
    if paper.from_data.holds(texts):
        return PaperLine(paper.id, paper.slot, required, FROM_DATA)
    return PaperLine(paper.id, paper.slot, required, NEEDED if required else OPTIONAL)


def paper_problems(rules: PaperRules, lines: Iterable[PaperLine], files: Sequence[AttachmentFile], on: date) -> Iterator[Problem]:
    """What is missing or wrong among the papers and their files, by the limits of the filing day `on`."""
    for line in lines:
        if line.required and line.state == NEEDED:
            yield problem("A-PAPER-MISSING", FIELD, detail=f"{paper_label(line.id)} ({line.id}).")
    for file in files:
        yield from _file_problems(rules, file)
    for slot in sorted({file.slot for file in files}):
        yield from _row_problems(rules, slot, [file for file in files if file.slot == slot], on)


def _file_problems(rules: PaperRules, file: AttachmentFile) -> Iterator[Problem]:
    if file.id not in rules:
        known = ", ".join(paper.id for paper in rules.papers)
        yield problem("A-CHOICE", FIELD, detail=f"({safe(file.id, 60)})", hint=known)
    elif file.slot not in rules[file.id].slots:
        yield problem("A-INVALID", FIELD, detail=_("Giấy tờ {id} không thuộc dòng {slot}.").format(id=file.id, slot=file.slot))
    if file.kind is None or file.size == 0:
        yield problem("A-PAPER-TYPE", FIELD, detail=f"({safe(file.name, 60)})")


def _row_problems(rules: PaperRules, slot: int, files: Sequence[AttachmentFile], on: date) -> Iterator[Problem]:
    total = sum(file.size for file in files)
    for code, limit_id in (("A-PAPER-SIZE", rules.row_limit), ("A-PAPER-LARGE", rules.row_large)):
        most = limit(limit_id, on).value if limit_id else None
        if most is not None and total > most:
            yield problem(code, FIELD, detail=_("(dòng {slot}: {size} byte)").format(slot=slot, size=f"{total:,}".replace(",", ".")))
    for file, renamed in zip(files, distinct_names(files), strict=True):
        if file.name != renamed.name:
            yield problem("A-PAPER-NAME", FIELD, detail=f"({safe(file.name, 60)} → {safe(renamed.name, 60)})")


def in_rows(rules: PaperRules, files: Iterable[AttachmentFile]) -> tuple[AttachmentFile, ...]:
    """The same files, those without a row (slot 0) put into the usual row of their paper."""
    return tuple(replace(file, slot=rules[file.id].slot) if file.slot == 0 and file.id in rules else file for file in files)


def distinct_names(files: Sequence[AttachmentFile]) -> tuple[AttachmentFile, ...]:
    """The same files, each with a name of its own within its row: a later `giay.pdf` becomes `giay 2.pdf`."""
    taken = {(file.slot, file.name.casefold()) for file in files}
    seen: set[tuple[int, str]] = set()
    named: list[AttachmentFile] = []
    for file in files:
        name = file.name
        if (file.slot, name.casefold()) in seen:
            name = _free_name(file, taken | seen)
        seen.add((file.slot, name.casefold()))
        named.append(replace(file, name=name))
    return tuple(named)


def _free_name(file: AttachmentFile, taken: set[tuple[int, str]]) -> str:
    path, number = PurePath(file.name), 2
    while (file.slot, (name := f"{path.stem} {number}{path.suffix}").casefold()) in taken:
        number += 1
    return name


def paper_label(paper_id: str) -> str:
    """The name of a paper in the current language; the id itself when the table does not have it."""
    for choice in choices("paper"):
        if choice.code == paper_id:
            return choice.label_en if language() == "en" else choice.label_vi
    return paper_id
