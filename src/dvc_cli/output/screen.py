"""Tables and codes on a real screen; texts pass the same gate, markup is never read from data."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from itertools import zip_longest

from dvc_cli.output.blocks import GAP, Block, clean, lay_out, longest_word, rows_of
from dvc_cli.output.result import Coded, Table
from dvc_cli.output.streams import World
from dvc_cli.text import cells

_NARROWEST = 34  # cells in which a line beside a code still reads well
_BETWEEN = 3  # cells from one column to the next


def draw(blocks: Sequence[Block], world: World) -> str:
    """All blocks as text for a terminal of the world's width."""
    parts: list[str] = []
    waiting: list[Block] = []
    for block in blocks:
        widths = _widths(block, world.width()) if isinstance(block, Table) else None
        if isinstance(block, Table) and widths:
            drawn = _draw_table(block, widths, world)
        elif isinstance(block, Coded):
            drawn = _draw_code(block, world)
        else:
            waiting.append(block)
            continue
        parts += [lay_out(waiting, world.width(), linear=False), drawn]
        waiting = []
    return "".join(parts) + lay_out(waiting, world.width(), linear=False)


def _draw_code(block: Coded, world: World) -> str:
    """The code on the left with the lines beside it, or above them where the screen is narrow."""
    from dvc_cli.output.qr import SIDE, code_rows

    code = code_rows(block.code, coloured=world.colour())
    room = world.width() - SIDE - len(GAP)
    if room < _NARROWEST:
        return "".join(f"{row}\n" for row in [*code, *rows_of(block.lines, world.width())])
    beside = rows_of(block.lines, room)
    padded = zip_longest(code, beside, fillvalue="")
    return "".join(f"{left or ' ' * SIDE}{GAP}{right}".rstrip(" ") + "\n" for left, right in padded)


def _widths(table: Table, width: int) -> list[int] | None:
    """Cells for each column, the widest narrowed first and none below its longest word: codes and days are not broken. None: no room."""
    columns = [[clean(row[at]) for row in (table.headers, *table.rows)] for at in range(len(table.headers))]
    narrowest = [max(longest_word(cell) for cell in column) for column in columns]
    chosen = [max(cells(cell) for cell in column) for column in columns]
    while sum(chosen) + _BETWEEN * len(chosen) > width:
        spare = [at for at, size in enumerate(chosen) if size > narrowest[at]]
        if not spare:
            return None
        chosen[max(spare, key=lambda at: chosen[at])] -= 1
    return chosen


def _draw_table(table: Table, widths: Sequence[int], world: World) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    drawn = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold" if world.colour() else "")
    for header, size in zip(table.headers, widths, strict=True):
        drawn.add_column(Text(clean(header)), overflow="fold", width=size)
    for row in table.rows:
        drawn.add_row(*(Text(clean(cell)) for cell in row))
    page = StringIO()
    console = Console(
        file=page,
        width=world.width(),
        force_terminal=world.colour(),
        no_color=not world.colour(),
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(drawn)
    return page.getvalue()
