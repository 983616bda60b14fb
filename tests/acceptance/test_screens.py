"""The screens of the main path are those that were looked at; `make screens` takes them anew."""

from __future__ import annotations

from acceptance.screens import as_text, normal, taken
from flows import ROOT

TEXTS = ROOT / "tests" / "screens"
ROWS = 24


def test_the_screens_of_the_main_path_are_the_reviewed_ones() -> None:
    shots = {name: normal(text) for name, text in taken(as_text).items()}
    reviewed = {path.stem: path.read_text(encoding="utf-8") for path in TEXTS.glob("*.txt")}
    assert shots == reviewed


def test_each_reviewed_screen_fits_and_has_its_picture() -> None:
    for path in TEXTS.glob("*.txt"):
        assert len(path.read_text(encoding="utf-8").rstrip("\n").split("\n")) <= ROWS
        assert (ROOT / "docs" / "screens" / f"{path.stem}.svg").stat().st_size < 100_000
