"""Tables and codes on a real screen; texts pass the same gate, markup is never read from data."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from itertools import zip_longest

from dvc_cli.output.blocks import GAP, Block, clean, lay_out, rows_of
from dvc_cli.output.result import Coded, Table
from dvc_cli.output.streams import World

_NARROWEST = 34  # cells in which a line beside a code still reads well


def draw(blocks: Sequence[Block], world: World) -> str:
    """All blocks as text for a terminal of the world's width."""
    parts: list[str] = []
    waiting: list[Block] = []
    for block in blocks:
        if not isinstance(block, Table | Coded):
            waiting.append(block)
            continue
        drawn = _draw_table(block, world) if isinstance(block, Table) else _draw_code(block, world)
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


def _draw_table(table: Table, world: World) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    drawn = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold" if world.colour() else "")
    for header in table.headers:
        drawn.add_column(Text(clean(header)), overflow="fold")
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
