"""A QR code in half-height blocks, small enough to stand beside text."""

from __future__ import annotations

import os

from dvc_cli.output.sink import write
from dvc_cli.output.streams import World

SIDE = 25  # cells of the smallest code with a margin of two; a dossier code fits it
_BORDER = 2
_BLOCKS = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}
_BLACK_ON_WHITE, _OFF = "\x1b[30;107m", "\x1b[0m"


def code_rows(text: str, *, coloured: bool) -> list[str]:
    """The rows of the code, two modules a row. Black on white where colours may be set; else light blocks, for the usual dark screen."""
    import segno

    matrix = [
        [bool(dark) for dark in row] for row in segno.make(text, error="l", boost_error=False, micro=False).matrix_iter(border=_BORDER)
    ]
    if len(matrix) % 2:
        matrix.append([False] * len(matrix[0]))
    pairs = zip(matrix[::2], matrix[1::2], strict=True)
    if coloured:
        return [f"{_BLACK_ON_WHITE}{_row(upper, lower)}{_OFF}" for upper, lower in pairs]
    return [_row([not dark for dark in upper], [not dark for dark in lower]) for upper, lower in pairs]


def draw_code(world: World, text: str, *, beside: int) -> bool:
    """Draw the code on standard error where a screen is there that holds it with `beside` rows of text; whether it was drawn."""
    if not world.stderr_tty or world.dumb():
        return False
    rows = code_rows(text, coloured=not world.environ.get("NO_COLOR"))
    try:
        size = os.get_terminal_size(world.stderr.fileno())
    except (OSError, ValueError):
        return False
    if len(rows) + beside > size.lines or len(rows) > size.columns // 2:  # a row is two modules high: the code is about twice as wide
        return False
    return write(world.stderr, "".join(f"{row}\n" for row in rows))


def _row(upper: list[bool], lower: list[bool]) -> str:
    return "".join(_BLOCKS[pair] for pair in zip(upper, lower, strict=True))
