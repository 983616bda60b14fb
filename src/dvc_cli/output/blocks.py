"""Text for people: lines, labelled pairs in two columns, tables; widths counted in cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from dvc_cli.output.result import Coded, Table
from dvc_cli.text import cells, safe, wrap

Block = str | Table | Coded | tuple[str, str]
GAP = "  "
CELL_LIMIT = 2000
ROOM = 20  # cells in which a value can be broken into rows


def lay_out(blocks: Sequence[Block], width: int, *, linear: bool) -> str:
    """All blocks as text with a final newline; `linear` (screen readers) writes tables as labelled lines."""
    lines: list[str] = []
    for kind, group in groupby(blocks, key=type):
        entries = list(group)
        if kind is tuple:
            lines += pairs([entry for entry in entries if isinstance(entry, tuple)], width)
            continue
        for entry in entries:
            if isinstance(entry, Table):
                lines += table_lines(entry, width, linear=linear)
            elif isinstance(entry, Coded):
                lines += rows_of(entry.lines, width)
            elif isinstance(entry, str):
                lines += rows_of(entry.split("\n"), width)
    return "".join(line.rstrip() + "\n" for line in lines)


def rows_of(lines: Iterable[str], width: int) -> list[str]:
    """Cleaned lines in rows of at most `width` cells."""
    return [row for line in lines for row in rows(clean(line), width)]


def rows(line: str, width: int) -> list[str]:
    """One line in rows of at most `width` cells, broken at spaces, each as far in as the first."""
    text = line.lstrip(" ")
    indent = " " * (len(line) - len(text))
    return [indent + row for row in wrap(text, max(20, width - len(indent)))]


def pairs(entries: Sequence[tuple[str, str]], width: int) -> list[str]:
    """Label and value, the values under each other; a value that has no room beside its label stands in rows of its own below it."""
    column = max(cells(clean(label)) for label, _ in entries) + 1
    return [row for label, value in entries for row in _pair(pad(clean(label) + ":", column) + GAP, clean(value), width)]


def _pair(label: str, value: str, width: int) -> list[str]:
    if cells(label) + cells(value) <= width:
        return [label + value]
    if width - cells(label) >= max(ROOM, longest_word(value)):
        first, *rest = wrap(value, width - cells(label))
        return [label + first, *(" " * cells(label) + row for row in rest)]
    indent = " " * (len(label) - len(label.lstrip(" "))) + GAP
    return [label.rstrip(), *(indent + row for row in wrap(value, max(ROOM, width - len(indent))))]


def longest_word(text: str) -> int:
    """Cells of the longest word: what a column needs so that none is broken."""
    return max((cells(word) for word in text.split()), default=0)


def table_lines(table: Table, width: int, *, linear: bool) -> list[str]:
    """Columns where they fit, else (or for a screen reader) one labelled line a cell."""
    headers = [clean(header) for header in table.headers]
    rows = [[clean(cell) for cell in row] for row in table.rows]
    widths = [max(cells(row[at]) for row in [headers, *rows]) for at in range(len(headers))]
    if linear or sum(widths) + len(GAP) * (len(widths) - 1) > width:
        return list(_stacked(headers, rows, width))
    ruled = [headers, ["-" * size for size in widths], *rows]
    return [GAP.join(pad(cell, size) for cell, size in zip(row, widths, strict=True)) for row in ruled]


def _stacked(headers: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    for at, row in enumerate(rows):
        if at:
            yield ""
        filled = [(header, cell) for header, cell in zip(headers, row, strict=True) if cell]
        yield from pairs(filled, width) if filled else ()


def pad(text: str, size: int) -> str:
    """`text` filled with spaces to `size` cells."""
    return text + " " * max(0, size - cells(text))


def clean(text: str) -> str:
    """The gate: nothing that a terminal would obey passes."""
    indent = len(text) - len(text.lstrip(" "))
    return " " * indent + safe(text.lstrip(" "), CELL_LIMIT)
