"""Takes the screens of the main path anew, from a real run: texts for the test that compares them, pictures for the README.

`make screens` runs it. Look at what changed before it is committed.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from acceptance.screens import as_picture, as_text, normal, taken  # noqa: E402

TEXTS, PICTURES = ROOT / "tests" / "screens", ROOT / "docs" / "screens"


def main() -> int:
    for folder in (TEXTS, PICTURES):
        folder.mkdir(exist_ok=True)
    shots = taken(lambda screen: as_text(screen) + "\f" + as_picture(screen))
    for name, both in shots.items():
        text, picture = both.split("\f")
        (TEXTS / f"{name}.txt").write_text(normal(text), encoding="utf-8")
        (PICTURES / f"{name}.svg").write_text(picture, encoding="utf-8")
        print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
