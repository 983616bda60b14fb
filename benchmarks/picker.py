"""How long one key takes in the picker of places: following the text typed and laying out the rows, without the terminal's own drawing.

Every prefix of what people type is a key. The limit is absolute, 5 ms a key at the 95th percentile: that is what a hand does not feel.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import date, datetime

from dvc_cli.domain.calendar import working_calendar
from dvc_cli.domain.dates import VN_TZ
from dvc_cli.forms import Context, evaluate
from dvc_cli.procedures import procedure
from dvc_cli.prompts.picking import Picker
from dvc_cli.prompts.prompter import Question
from dvc_cli.wizard.questions import finder

LIMIT_MS = 5.0
TYPED = {
    "province": ("can tho", "thành phố hồ chí minh", "hcm", "quang", "hà tây"),
    "ward": ("cai khe", "ck", "pck", "an hội", "p.an nghiep", "ninh kieu", "phường cái khế", "x", "tân"),
    "list": ("viet nam", "lào", "hoa ky", "cong hoa"),
}


def finders() -> dict[str, object]:
    on = date(2026, 11, 9)
    context = Context(on, datetime(2026, 11, 9, 9, 30, tzinfo=VN_TZ), working_calendar())
    form = procedure("khai-sinh").form
    evaluation = evaluate(form, {"birth_office_province": "92"}, context)
    keys = {"province": "birth_place_province", "ward": "birth_office_ward", "list": "mother_nationality"}
    return {name: finder(form[key], evaluation) for name, key in keys.items()}


def main() -> int:
    worst = 0.0
    for name, find in finders().items():
        started = time.perf_counter()
        picker = Picker(Question("x", "x"), find)
        opening = (time.perf_counter() - started) * 1000
        started = time.perf_counter()
        find("a")  # the index is built with the first key of a process
        first = (time.perf_counter() - started) * 1000
        keys: list[float] = []
        for text in TYPED[name] * 5:
            picker.follow("")
            for end in range(1, len(text) + 1):
                started = time.perf_counter()
                picker.follow(text[:end])
                picker.rows()
                keys.append((time.perf_counter() - started) * 1000)
        slow = statistics.quantiles(keys, n=20)[-1]
        worst = max(worst, slow)
        print(f"{name:<9} opening {opening:6.1f} ms, first key {first:6.1f} ms")
        print(f"{'':<9} then a key: median {statistics.median(keys):5.2f}, p95 {slow:5.2f}, max {max(keys):5.2f} ms")
    print(f"limit {LIMIT_MS:.0f} ms a key: " + ("met" if worst <= LIMIT_MS else "missed"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
