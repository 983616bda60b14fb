"""`dvc`, `dvcqg` and `python -m dvc_cli`."""

from __future__ import annotations

import atexit
import gc
import os
import sys

from dvc_cli.cli import main as run


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    # Imports make tens of thousands of objects that live to the end: collecting among them is a tenth of a short command's time.
    gc.set_threshold(50_000, 20, 20)
    leave(run())


def leave(code: int) -> None:
    """End the process now: everything registered for the exit is done, what was written is flushed.

    The interpreter would first take all those objects apart again, one by one: as long as starting it took. Where another thread is still
    at work, it may.
    """
    threading = sys.modules.get("threading")
    if threading is not None and threading.active_count() > 1:
        sys.exit(code)
    atexit._run_exitfuncs()  # noqa: SLF001 - the only name of what `sys.exit` would do here
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):  # nobody reads any more; what could be said about it was said when it was written
            continue
    os._exit(code)


if __name__ == "__main__":
    main()
