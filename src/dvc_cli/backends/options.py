"""What a backend is opened with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dvc_cli.clock import Clock


@dataclass(frozen=True, slots=True)
class BackendOptions:
    """The chosen address (`url`, '' when none), a folder of this workstation for what the backend keeps, the present."""

    url: str
    data_folder: Path
    clock: Clock
