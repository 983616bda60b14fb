"""The shipped contract suite on this package's backend."""

from __future__ import annotations

from pathlib import Path

import pytest
from dvc_counter.bench import CounterBench, open_bench

from dvc_cli.backends import BackendOptions
from dvc_cli.clock import SystemClock
from dvc_cli.testing.suite import BackendContract


class TestCounter(BackendContract):
    @pytest.fixture(scope="class")
    @classmethod
    def bench(cls) -> CounterBench:
        return open_bench(BackendOptions("", Path(), SystemClock()))
