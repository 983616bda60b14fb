"""What a backend is opened with."""

from __future__ import annotations

from pathlib import Path

from dvc_cli.clock import Clock
from dvc_cli.lazy_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BackendOptions:
    """The chosen address (`url`, '' when none), a folder of this workstation for what the backend keeps, the present."""

    url: str
    data_folder: Path
    clock: Clock
