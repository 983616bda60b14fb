"""The screens of the main path, taken from one real run of case A at 80×24, as text and as pictures.

`taken` plays the run; `normal` makes a text comparable: what differs from run to run (ids, the serial of a code, its QR code) is masked.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from acceptance.conversation import Conversation, Redrawn
from acceptance.typed_cases import FATHER, MOTHER, PLEDGE, REVIEW, A, Typist, ready
from flows import Desk
from prompts.pty_screen import PtyScreen

NAMES = {
    ready("Cơ quan thực hiện"): "1-offices",
    "Trường hợp khai sinh": "2-choice",
    ready(MOTHER): "3-mother",
    ready(FATHER): "4-father-scanned",
    REVIEW: "5-review",
    PLEDGE: "6-pledge",
}
CELL_WIDTH, CELL_HEIGHT, EDGE = 8.4, 18, 12
_BLOCKS = {"█": (0.0, 1.0), "▀": (0.0, 0.5), "▄": (0.5, 1.0)}
_PALETTE = {"default": "#d8dee4", "black": "#101418", "white": "#ffffff", "brightwhite": "#ffffff"}
_PAPER = "#101418"


class _Watching(Typist):
    """Hands each screen of the path over before it is answered; of one that comes twice the later."""

    def watch(self, take: Callable[[str, Conversation], None]) -> None:
        ask = self.screen.ask

        def asked() -> str:
            label = ask()
            if label in NAMES:
                take(NAMES[label], self.screen)
            return label

        self.screen.ask = asked  # a camera between the screen and the typist
        self.play()


def taken(render: Callable[[PtyScreen], str]) -> dict[str, str]:
    """Each screen of the path by its name, as `render` makes it."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "home", now=A.now)
        desk.sign_in_vneid(A.person)
        shots: dict[str, str] = {}
        home = Redrawn([], desk.environ())
        home.meet("Việc cần làm?")
        shots["0-home"] = render(home)
        home.send("\x1b")
        home.wait_exit()
        screen = Redrawn(["khai-sinh"], desk.environ())
        _Watching(screen, A, Path(folder)).watch(lambda name, shown: shots.update({name: render(shown)}))
        screen.wait_exit()
        shots["7-receipt"] = render(screen)
    return shots


def as_text(screen: PtyScreen) -> str:
    """The rows of a screen."""
    return screen.text + "\n"


def normal(text: str) -> str:
    """A screen without what differs from run to run."""
    text = re.sub(r"(bản nháp) [0-9a-z]{8}", r"\1 ········", text)
    text = re.sub(r"(G22\.99\.08-\d{6})-\d{6}", r"\1-······", text)
    return "\n".join(re.sub("[█▀▄]", " ", row).rstrip() for row in text.split("\n"))


def as_picture(screen: PtyScreen) -> str:
    """The screen as a small SVG: one text a row, half blocks and coloured cells as rectangles, no font of its own."""
    columns, rows = screen.screen.columns, len(screen.text.split("\n"))
    width, height = columns * CELL_WIDTH + 2 * EDGE, rows * CELL_HEIGHT + 2 * EDGE
    box, fonts = f"0 0 {width:.0f} {height}", "Consolas, Menlo, DejaVu Sans Mono, monospace"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" font-family="{fonts}" font-size="14">',
        f'<rect width="{width:.0f}" height="{height}" rx="6" fill="{_PAPER}"/>',
    ]
    for row in range(rows):
        parts += _row(screen, row, columns)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _row(screen: PtyScreen, row: int, columns: int) -> Iterator[str]:
    line = screen.screen.buffer[row]
    top = EDGE + row * CELL_HEIGHT
    letters = []
    for column in range(columns):
        cell = line[column]
        left = EDGE + column * CELL_WIDTH
        if cell.bg != "default":
            yield _rect(left, top, 1.0, _PALETTE.get(cell.bg, "#ffffff"))
        if cell.data in _BLOCKS:
            start, end = _BLOCKS[cell.data]
            yield _rect(left, top + start * CELL_HEIGHT, end - start, _PALETTE.get(cell.fg, "#d8dee4"))
        letters.append(" " if cell.data in _BLOCKS else cell.data or " ")
    text = "".join(letters).rstrip()
    if text:
        shown, x = escape(text.lstrip()), EDGE + (len(text) - len(text.lstrip())) * CELL_WIDTH
        length = len(text.lstrip()) * CELL_WIDTH
        yield (
            f'<text x="{x:.1f}" y="{top + 14}" fill="{_PALETTE["default"]}" xml:space="preserve" textLength="{length:.1f}">{shown}</text>'
        )


def _rect(left: float, top: float, share: float, colour: str) -> str:
    return f'<rect x="{left:.1f}" y="{top:.1f}" width="{CELL_WIDTH + 0.2:.1f}" height="{share * CELL_HEIGHT + 0.2:.1f}" fill="{colour}"/>'
