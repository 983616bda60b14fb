"""Start-up times as ratios to `python -c pass`, each beside its aim; it prints, it never judges.

Measured is the program as it is installed: with its byte code, which the first, uncounted round writes. In every round the bare
interpreter and all commands take turns, so that a slow spell of the machine hits both; a figure is the median over the rounds. The
ratio of processor time stands beside that of the clock: on a busy machine it is the steadier one.

    python benchmarks/startup.py [ROUNDS]
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROUNDS = 15
CASE = Path(__file__).resolve().parent.parent / "tests" / "cases" / "birth_a.yaml"
CARD = "001190012345||Nguyễn Văn An|01011990|Nam|Số 1, Cái Khế, Cần Thơ|01012022"
QUESTION = b"VNeID?"
PATIENCE = 20  # seconds

Figure = tuple[float, float]

SCRIPTED = 8.0
COMMANDS: Mapping[str, tuple[list[str], float]] = {
    "--version": (["--version"], 2.0),
    "--help": (["--help"], 2.5),
    "completion bash": (["completion", "bash"], 2.5),
    "whoami": (["whoami", "--json"], SCRIPTED),
    "explain": (["explain", "KS-D2", "--json"], SCRIPTED),
    "deadline": (["deadline", "--from", "2026-11-12", "--working-days", "3", "--json"], SCRIPTED),
    "card": (["card", "--json"], SCRIPTED),
    "places": (["places", "cai khe", "--json"], SCRIPTED),
    "schema": (["schema", "khai-sinh", "--json"], SCRIPTED),
    "template": (["template", "khai-sinh"], SCRIPTED),
    "drafts list": (["drafts", "list", "--json"], SCRIPTED),
    "ho-so list": (["ho-so", "list", "--json"], SCRIPTED),
    "khai-sinh --check": (["khai-sinh", "--check", "--no-input", "--json", "--answers", str(CASE)], SCRIPTED),
}
QUESTIONS: Mapping[str, tuple[list[str], float]] = {
    "first question, plain": (["register", "--plain"], 7.0),
    "first question": (["register"], 13.0),
}


def main() -> None:
    """Print one line a command: median milliseconds, median ratio, its aim, whether it is met."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as home:
        runs = _runs(_environ(home))
        bare: list[Figure] = []
        took: dict[str, list[Figure]] = {name: [] for name, _aim, _run in runs}
        for counted in [False] + [True] * rounds:
            start = _measured(lambda: _once(["-c", "pass"], _environ(home)))
            figures = {name: _measured(run) for name, _aim, run in runs}
            if counted:
                bare.append(start)
                for name, figure in figures.items():
                    took[name].append(figure)
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, {rounds} rounds")
    print(f"{'python -c pass':24} {statistics.median(one[0] for one in bare) * 1000:6.1f} ms")
    for name, aim, _run in runs:
        clock, processor = (statistics.median(one[at] / start[at] for one, start in zip(took[name], bare, strict=True)) for at in (0, 1))
        spent = statistics.median(one[0] for one in took[name]) * 1000
        verdict = "met" if clock <= aim else "missed"
        print(f"{name:24} {spent:6.1f} ms   ×{clock:5.1f}   aim ×{aim:4.1f}   {verdict:6}   processor ×{processor:5.1f}")


def _measured(run: Callable[[], float]) -> Figure:
    """Seconds by the clock, and of processor time where the system tells it of a child that ended."""
    if os.name != "posix":
        took = run()
        return took, took
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = run()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _environ(home: str) -> dict[str, str]:
    own = {"DVC_HOME": home, "DVC_NOW": "2026-11-09T09:30", "DVC_TOKEN_STORE": "memory", "TERM": "xterm-256color"}
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE" and not name.startswith("DVC_")}
    return {**kept, **own}


def _runs(environ: dict[str, str]) -> list[tuple[str, float, Callable[[], float]]]:
    runs: list[tuple[str, float, Callable[[], float]]] = [
        (name, aim, lambda words=words: _once(["-m", "dvc_cli", *words], environ)) for name, (words, aim) in COMMANDS.items()
    ]
    if os.name == "posix":
        runs += [(name, aim, lambda words=words: _first_question(words, environ)) for name, (words, aim) in QUESTIONS.items()]
    return runs


def _once(arguments: list[str], environ: dict[str, str]) -> float:
    """Seconds that one Python process takes."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=environ, input=CARD.encode(), capture_output=True, check=False)
    return time.perf_counter() - started


def _first_question(words: list[str], environ: dict[str, str]) -> float:
    """Seconds until a command has drawn its first question on a terminal of 80×24."""
    import pty
    import termios

    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (24, 80))
    started = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "dvc_cli", *words], env=environ, stdin=slave, stdout=slave, stderr=slave, start_new_session=True
    )
    try:
        _read_until(master, QUESTION, started)
        return time.perf_counter() - started
    finally:
        child.kill()
        child.wait()
        os.close(master)
        os.close(slave)


def _read_until(terminal: int, awaited: bytes, started: float) -> None:
    import select

    screen = b""
    while awaited not in screen:
        if not select.select([terminal], [], [], max(0.0, started + PATIENCE - time.perf_counter()))[0]:
            raise TimeoutError(screen)
        screen += os.read(terminal, 65_536)


if __name__ == "__main__":
    main()
