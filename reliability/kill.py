"""The kill campaign: `dvc` dies in the middle of its work in many ways, and nothing may be lost, broken or filed twice.

    python -m reliability.kill [--kills 500] [--seed 20261125] [--jobs 2] [--only crashes|kills]

Two parts. *Crashes*: a scripted filing and a scripted wizard are killed at each write, sync, rename and removal (`faults.c`), and
once more with half of the write done. *Kills*: the drawn and the plain wizard are typed at in a real terminal and get a SIGKILL at a moment
drawn from the seed, while answers are saved, papers copied, the dossier sent. Prints one line a fault and the figures as JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "tests"), str(HERE.parent)]

from acceptance.conversation import Conversation, Plain, Redrawn  # noqa: E402
from reliability.workplace import PAPERS, TYPED, Workplace, examine  # noqa: E402

ATTACHED = "Đã đính kèm."
KINDS: Mapping[str, type[Conversation]] = {"drawn": Redrawn, "plain": Plain}
PATIENCE = 60.0
SMALL, LARGE = 12_000, 900_000  # bytes of a paper: few pages where each page is a run, many where time is to be met
SCRIPTS = ("filing", "wizard")

Line = Callable[[Workplace], tuple[list[str], str]]
"""Given a workstation, the command line and the standard input of a script."""

Found = TypeVar("Found", list[str], tuple[list[str], str, "Told"])


@dataclass
class Told:
    """What the wizard has gone on after: these answers and papers are on the disk."""

    answers: dict[str, str] = field(default_factory=dict)
    papers: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Moment:
    """When the wizard is killed: after the reply number `step` (from 0), whole or only half typed, so many seconds later."""

    step: int
    half: bool
    delay: float


def typing(place: Workplace, kind: str, moment: Moment | None, steps: list[str] | None = None) -> Told:
    """Type at the wizard until it is killed or ends. `steps` collects the replies."""
    screen = KINDS[kind](["khai-sinh", "--answers", str(place.untyped)], place.environ())
    screen.patience = PATIENCE
    told = Told()
    try:
        for step in range(60):
            if not asked(screen):
                break
            label, attached = screen.label(), screen.told.count(ATTACHED)
            reply = reply_to(place, label, screen)
            if steps is not None:
                steps.append(reply)
            if moment is not None and step == moment.step:
                screen.send(reply[: len(reply) // 2] if moment.half else reply + "\r")
                time.sleep(moment.delay)
                os.kill(screen.child.pid, signal.SIGKILL)
                break
            screen.send(reply + "\r")
            if not went_on(screen, label, attached):
                break
            note(told, label, reply)
    finally:
        screen.child.close(force=True)
    return told


def asked(screen: Conversation) -> bool:
    """Whether a question came; False when the program has ended."""
    end = time.monotonic() + PATIENCE
    while not screen.label():
        if not screen._read() or time.monotonic() > end:
            return bool(screen.label())
    return True


def went_on(screen: Conversation, label: str, attached: int) -> bool:
    """Wait for the next question: another label, or the same one after a paper was taken."""
    end = time.monotonic() + PATIENCE
    while True:
        now = screen.label()
        if now and (now != label or screen.told.count(ATTACHED) > attached):
            return True
        if not screen._read():
            return False
        assert time.monotonic() < end, f"stuck at {label}:\n{screen.text}"


def reply_to(place: Workplace, label: str, screen: Conversation) -> str:
    """What a person types at this question."""
    if label in TYPED:
        return TYPED[label][1]
    if label.startswith("Tệp "):
        name = paper_of(label)
        return "" if any("thêm tệp nữa" in row for row in screen.block()) else str(place.folder / name)
    return "c" if label.endswith("?") else ""


def paper_of(label: str) -> str:
    return next(name for name in PAPERS if ("CT01" in label) == name.startswith("ct01"))


def note(told: Told, label: str, reply: str) -> None:
    if label in TYPED:
        told.answers[TYPED[label][0]] = reply
    elif label.startswith("Tệp ") and reply:
        told.papers.append(paper_of(label))


def rehearse(template: Workplace, folder: Path) -> list[str]:
    """Type the whole wizard once; its replies. It files one dossier, else the campaign would prove nothing."""
    place = template.copy(folder)
    steps: list[str] = []
    told = typing(place, "plain", None, steps)
    assert (place.filed(), set(told.answers)) == (1, {key for key, _value in TYPED.values()}), (told, steps)
    return steps


def moments(seed: int, kills: int, steps: int) -> Iterator[tuple[str, Moment]]:
    """Kind of wizard and moment of each kill. Every second kill falls on the papers, the pledge and the sending, where most is written."""
    chance = random.Random(seed)
    for number in range(kills):
        late = number % 4 >= 2
        step = chance.randrange(steps - 7, steps) if late else chance.randrange(steps)
        last = step == steps - 1
        yield ("drawn", "plain")[number % 2], Moment(step, chance.random() < 0.1, chance.uniform(0, 0.5 if last else 0.05))


def killed(template: Workplace, folder: Path, kind: str, moment: Moment) -> tuple[list[str], Told]:
    """One real SIGKILL and what is wrong afterwards."""
    place = template.copy(folder)
    try:
        told = typing(place, kind, moment)
        return examine(place, told.answers, told.papers), told
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def scripted(place: Workplace) -> tuple[list[str], str]:
    """The command line and standard input of a filing by script."""
    return ["khai-sinh", "--answers", str(place.all_answers), "--json", "--no-input"], ""


def scripted_wizard(steps: list[str]) -> Line:
    """The wizard with all its replies in a pipe."""

    def line(place: Workplace) -> tuple[list[str], str]:
        replies = [str(place.folder / Path(reply).name) if "/" in reply else reply for reply in steps]
        return ["khai-sinh", "--answers", str(place.untyped), "--plain"], "".join(f"{reply}\n" for reply in replies)

    return line


def crashed(template: Workplace, folder: Path, library: Path, line: Line, at: int, torn: bool) -> list[str]:
    """`dvc` killed at its `at`-th operation on the disk, and what is wrong afterwards."""
    place = template.copy(folder)
    try:
        words, typed = line(place)
        faulty = {"LD_PRELOAD": str(library), "FAULT_ROOT": str(place.home), "FAULT_AT": str(at)} | ({"FAULT_TORN": "1"} if torn else {})
        done = subprocess.run(
            [sys.executable, "-m", "dvc_cli", *words],
            env=place.environ() | faulty,
            input=typed.encode(),
            capture_output=True,
            check=False,
            timeout=120,
        )
        if done.returncode != -signal.SIGKILL:
            return [f"was not killed: {done.returncode}"]
        return examine(place, acknowledged(done.stderr.decode()))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def acknowledged(shown: str) -> dict[str, str]:
    """The answers that a plain wizard in a pipe went on after: all but that of its last question."""
    found: dict[str, str] = {}
    for paragraph in shown.split("Trả lời:")[:-2]:
        for label, (key, value) in TYPED.items():
            if f"\n{label}." in paragraph:
                found[key] = value
    return found


def operations(template: Workplace, folder: Path, library: Path, line: Line) -> int:
    """How many operations on the disk the work takes when nothing goes wrong."""
    place = template.copy(folder)
    words, typed = line(place)
    report = folder / "operations"
    environ = place.environ() | {"LD_PRELOAD": str(library), "FAULT_ROOT": str(place.home), "FAULT_REPORT": str(report)}
    done = subprocess.run([sys.executable, "-m", "dvc_cli", *words], env=environ, input=typed.encode(), capture_output=True, check=True)
    assert place.filed() == 1, done.stderr
    return int(report.read_text())


def build(folder: Path) -> Path:
    """The library of `faults.c`; needs a C compiler."""
    library = folder / "faults.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(HERE / "faults.c"), "-ldl"], check=True)
    return library


@dataclass(frozen=True)
class Bench:
    """What every run of a campaign needs: a folder, the replies of the rehearsal, the library of faults."""

    folder: Path
    steps: list[str]
    library: Path

    @property
    def template(self) -> Workplace:
        """The workstation that is copied for each run."""
        return Workplace(self.folder / "template")

    def line(self, script: str) -> Line:
        """One of the two scripts."""
        return scripted if script == SCRIPTS[0] else scripted_wizard(self.steps)


def crash_run(bench: Bench, script: str, at: int, torn: bool) -> list[str]:
    """The faults of one crash, each with where it happened."""
    found = crashed(bench.template, bench.folder / f"crash-{script}-{at}-{torn}", bench.library, bench.line(script), at, torn)
    return [f"{script}, operation {at}{', torn' if torn else ''}: {fault}" for fault in found]


def kill_run(bench: Bench, number: int, kind: str, moment: Moment) -> tuple[list[str], str, Told]:
    """The faults of one kill, each with where it happened."""
    found, told = killed(bench.template, bench.folder / f"kill-{number}", kind, moment)
    return [f"kill {number}, {kind}, {moment}: {fault}" for fault in found], kind, told


def set_up(folder: Path, most: int) -> Bench:
    """Make the workstation, with papers of at most so many bytes, and rehearse."""
    template = Workplace(folder / "template")
    template.folder.mkdir(parents=True)
    template.set_up(most)
    return Bench(folder, rehearse(template, folder / "rehearsal"), folder / "faults.so")


def crashes(bench: Bench, pool: ProcessPoolExecutor, stride: int = 1) -> dict[str, dict[str, int]]:
    """Both scripts killed at each operation (or each `stride`-th), whole and torn; figures by script."""
    build(bench.folder)
    figures = {}
    for script in SCRIPTS:
        total = operations(bench.template, bench.folder / "count", bench.library, bench.line(script))
        shutil.rmtree(bench.folder / "count")
        runs = [(at, torn) for at in range(1, total + 1, stride) for torn in (False, True)]
        waiting = [pool.submit(crash_run, bench, script, at, torn) for at, torn in runs]
        found = [fault for faults in told_of(waiting) for fault in faults]
        figures[script] = {"operations": total, "crashes": len(runs), "faults": len(found)}
    return figures


def kills(bench: Bench, pool: ProcessPoolExecutor, seed: int, count: int) -> dict[str, int]:
    """Both wizards killed in a terminal; figures."""
    runs = enumerate(moments(seed, count, len(bench.steps)))
    waiting = [pool.submit(kill_run, bench, number, kind, moment) for number, (kind, moment) in runs]
    counts: Counter[str] = Counter()
    for faults, kind, told in told_of(waiting):
        counts.update({"kills": 1, kind: 1, "answers gone on after": len(told.answers), "papers gone on after": len(told.papers)})
        counts["faults"] += len(faults)
    return {"seed": seed, **counts}


def told_of(waiting: Sequence[Future[Found]]) -> Iterator[Found]:
    """The results in order; faults and progress go to standard error as they come."""
    for number, run in enumerate(waiting, 1):
        found = run.result()
        for fault in found[0] if isinstance(found, tuple) else found:
            print(fault, file=sys.stderr, flush=True)
        if number % 50 == 0:
            print(f"… {number} of {len(waiting)}", file=sys.stderr, flush=True)
        yield found


def main() -> int:
    """Run the campaign; 1 when anything was lost, broken or filed twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", choices=("crashes", "kills"))
    options = parser.parse_args()
    figures: dict[str, dict[str, int]] = {}
    with tempfile.TemporaryDirectory(prefix="dvc-kill-") as folder, ProcessPoolExecutor(options.jobs) as pool:
        if options.only != "kills":
            figures |= crashes(set_up(Path(folder) / "crashes", SMALL), pool)
        if options.only != "crashes":
            figures["terminal"] = kills(set_up(Path(folder) / "kills", LARGE), pool, options.seed, options.kills)
    print(json.dumps(figures, indent=2))
    return 1 if any(each["faults"] for each in figures.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
