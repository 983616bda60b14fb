"""The house stays readable: no module of the program is longer than three hundred lines."""

from __future__ import annotations

from pathlib import Path

MOST_LINES = 300


def test_no_module_is_longer_than_the_house_allows() -> None:
    modules = (Path(__file__).resolve().parents[2] / "src").rglob("*.py")
    lines = {module.name: len(module.read_text(encoding="utf-8").splitlines()) for module in modules}
    assert len(lines) > 100
    assert {name: number for name, number in lines.items() if number > MOST_LINES} == {}
