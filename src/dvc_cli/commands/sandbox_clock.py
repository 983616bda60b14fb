"""The sandbox's time: the system's, moved on by what `sandbox advance` added up."""

from __future__ import annotations

from pathlib import Path

from dvc_cli.clock import Clock, SystemClock


def moved_clock(data_folder: Path) -> Clock:
    """The clock of the sandbox below `data_folder`; the system's own where there is no sandbox yet."""
    if not (data_folder / "sandbox").exists():
        return SystemClock()
    from dvc_cli.portal.portal import sandbox_folder, sandbox_offset

    return SystemClock(sandbox_offset(sandbox_folder(data_folder)))
