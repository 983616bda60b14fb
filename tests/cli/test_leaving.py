"""The process ends at once, and still does everything that an orderly end does."""

from __future__ import annotations

import subprocess
import sys


def left(program: str) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_what_was_written_is_flushed_and_what_was_registered_is_done() -> None:
    program = """
import atexit, sys
from dvc_cli.__main__ import leave
atexit.register(print, "restored", file=sys.stderr)
sys.stdout.write("result")
leave(4)
"""
    assert left(program) == (4, "result", "restored\n")


def test_a_thread_at_work_may_finish() -> None:
    program = """
import threading
from dvc_cli.__main__ import leave
threading.Thread(target=lambda: (threading.main_thread().join(), print("done"))).start()
leave(0)
"""
    assert left(program) == (0, "done\n", "")


def test_closed_streams_are_no_trouble() -> None:
    program = """
import sys
from dvc_cli.__main__ import leave
sys.stdout.close()
sys.stderr = None
leave(3)
"""
    assert left(program) == (3, "", "")
