"""A pytest plug-in that puts httpx2 in the place of httpx before anything takes it: what is tested then is the http backend on httpx2."""

from __future__ import annotations

import sys

import httpx2

assert "httpx" not in sys.modules
sys.modules["httpx"] = httpx2


def pytest_sessionfinish() -> None:
    """The wire did run on it."""
    from dvc_cli.backends import http_wire

    assert http_wire.httpx is httpx2
