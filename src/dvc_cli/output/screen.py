"""Tables on a real screen, through rich; texts pass the same gate, markup is never read from data."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO

from dvc_cli.output.blocks import Block, clean, lay_out
from dvc_cli.output.result import Table
from dvc_cli.output.streams import World


def draw(blocks: Sequence[Block], world: World) -> str:
    """All blocks as text for a terminal of the world's width."""
    parts: list[str] = []
    waiting: list[Block] = []
    for block in blocks:
        if not isinstance(block, Table):
            waiting.append(block)
            continue
        parts += [lay_out(waiting, world.width(), linear=False), _draw_table(block, world)]
        waiting = []
    return "".join(parts) + lay_out(waiting, world.width(), linear=False)


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
