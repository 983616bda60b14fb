"""The network campaign: many dossiers through a proxy that loses, breaks, delays, repeats and refuses.

    python -m reliability.submits [--database sqlite|postgresql] [--submits 1000] [--clients 4] [--seed 20261125]

PostgreSQL is started for it, or the server named by DVC_TEST_PG_DSN gets a database. Each dossier is sent again under its key, as the
outbox does, until it is answered. Prints the figures as JSON: a lie is an answer that the database contradicts, lost is a dossier that was
answered and is not there, doubled one that is there twice. All three have to be 0.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "tests"), str(HERE.parent)]

from dvc_cli.clock import SystemClock  # noqa: E402
from dvc_cli.portal.portal import Portal  # noqa: E402
from dvc_cli.portal.storage.place import FolderPlace, ServerPlace  # noqa: E402
from server.campaign import campaign  # noqa: E402
from server.fault_proxy import DELAY, FAULTS, PASS  # noqa: E402

FAULTY_SHARE = 0.5
DELAYED_SHARE = 0.01
PATIENCE = "3"  # seconds a call may take: what the delay has to outlast


@contextmanager
def sqlite(folder: Path) -> Iterator[Callable[[], Portal]]:
    yield lambda: Portal(FolderPlace(folder / "sandbox"), SystemClock())


@contextmanager
def postgresql(_folder: Path) -> Iterator[Callable[[], Portal]]:
    from postgres.servers import started

    with started(os.environ.get("DVC_TEST_PG_DSN")) as server:
        address = server.new_database()
        yield lambda: Portal(ServerPlace(address), SystemClock())


DATABASES = {"sqlite": sqlite, "postgresql": postgresql}


def main() -> int:
    words = argparse.ArgumentParser()
    words.add_argument("--database", choices=sorted(DATABASES), default="sqlite")
    words.add_argument("--submits", type=int, default=1000)
    words.add_argument("--clients", type=int, default=4)
    words.add_argument("--seed", type=int, default=20261125)
    given = words.parse_args()
    chance, lock, done = random.Random(given.seed), threading.Lock(), Counter[str]()

    def plan(_request: bytes) -> str:
        with lock:
            fault = PASS
            if chance.random() < FAULTY_SHARE:
                fault = DELAY if chance.random() < DELAYED_SHARE else chance.choice(FAULTS)
            done[fault] += 1
            return fault

    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, DATABASES[given.database](Path(folder)) as open_portal:
        tally = campaign(Path(folder), given.submits, plan, clients=given.clients, timeout=PATIENCE, open_portal=open_portal)
    told = Counter(f"{type(error).__name__} {error}" for error in tally.told)
    figures = {
        "database": given.database,
        "submits": tally.submits,
        "filed": tally.filed,
        "lies": tally.lies,
        "lost": tally.lost,
        "doubled": tally.doubled,
        "tries": tally.tries,
        "seconds": round(time.monotonic() - begun),
        "seed": given.seed,
        "requests": dict(sorted(done.items())),
        "told": dict(sorted(told.items())),
    }
    print(json.dumps(figures, indent=1))
    return 0 if (tally.filed, tally.lies, tally.lost, tally.doubled) == (given.submits, 0, 0, 0) else 1


if __name__ == "__main__":
    sys.exit(main())
