"""Start-up times as ratios to `python -c pass` in one run; it prints, it never judges.

Each figure is the median of paired runs: the bare interpreter and the command take turns, so that a slow spell of the machine hits both.
Aims: version 2, root help 2.5, completion 2.5, scripted command 8, first question 13 (plain 7).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 15
CASE = Path(__file__).resolve().parent.parent / "tests" / "cases" / "birth_a.yaml"
COMMANDS = {
    "--version": (["--version"], 2.0),
    "--help": (["--help"], 2.5),
    "completion bash": (["completion", "bash"], 2.5),
    "scripted: places": (["places", "cai khe", "--json"], 8.0),
    "scripted: khai-sinh --check": (["khai-sinh", "--check", "--no-input", "--json", "--answers", str(CASE)], 8.0),
}


def main() -> None:
    """Print one line a command: median milliseconds, median ratio, the aim."""
    with tempfile.TemporaryDirectory() as home:
        environ = {**os.environ, "DVC_HOME": home, "DVC_NOW": "2026-11-09T09:30", "DVC_TOKEN_STORE": "memory"}
        for name, (words, aim) in COMMANDS.items():
            pairs = [(once(["-c", "pass"], environ), once(["-m", "dvc_cli", *words], environ)) for _ in range(ROUNDS)]
            ratio = statistics.median(command / bare for bare, command in pairs)
            took = statistics.median(command for _, command in pairs) * 1000
            print(f"{name:32} {took:7.1f} ms   ×{ratio:4.1f}   (aim ×{aim})")
        if os.name == "posix":
            for name, extra, aim in (("first question, plain", ["--plain"], 7.0), ("first question", [], 13.0)):
                pairs = [(once(["-c", "pass"], environ), first_question(extra, environ)) for _ in range(ROUNDS)]
                ratio = statistics.median(command / bare for bare, command in pairs)
                took = statistics.median(command for _, command in pairs) * 1000
                print(f"{name:32} {took:7.1f} ms   ×{ratio:4.1f}   (aim ×{aim})")


def once(arguments: list[str], environ: dict[str, str]) -> float:
    """Seconds that one Python process takes."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=environ, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return time.perf_counter() - started


def first_question(extra: list[str], environ: dict[str, str]) -> float:
    """Seconds until `dvc register` has drawn its first question in a pseudo-terminal."""
    import pexpect

    started = time.perf_counter()
    child = pexpect.spawn(
        sys.executable, ["-m", "dvc_cli", "register", *extra], env=environ, dimensions=(24, 80), encoding="utf-8", timeout=20
    )
    child.expect("VNeID?")
    took = time.perf_counter() - started
    child.close(force=True)
    return took


if __name__ == "__main__":
    main()
