"""The http backend's tests once more, with httpx2 in the place of httpx."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
AGAIN = ("test_http_backend.py", "test_tls.py", "test_server.py", "test_proxies.py")


def test_the_http_backend_works_on_httpx2_as_well() -> None:
    """In a process of its own: the library is taken once, when the wire is loaded."""
    words = ["-q", "-p", "no:cacheprovider", "-p", "no:schemathesis", "-p", "no:xdist", "-p", "server.with_httpx2"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words, *(str(HERE / name) for name in AGAIN)],
        capture_output=True,
        text=True,
        check=False,
        cwd=HERE.parents[1],
        env={**{name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}, "PYTHONPATH": str(HERE.parent)},
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
    assert "skipped" not in done.stdout


def test_the_library_is_known_to_one_module_alone() -> None:
    sources = HERE.parents[1] / "src" / "dvc_cli"
    takers = [path.relative_to(sources).as_posix() for path in sources.rglob("*.py") if "import httpx" in path.read_text(encoding="utf-8")]
    assert takers == ["backends/http_wire.py"]
