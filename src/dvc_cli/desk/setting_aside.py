"""Setting a desk aside that can never be worked with: renamed with the date, never overwritten, never deleted."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from dvc_cli.disk.failures import suspicion
from dvc_cli.disk.files import sync_folder, told


def identity(path: Path) -> int:
    """What tells this file from one that takes its place; 0 when there is none."""
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def set_aside(path: Path, blobs: Path, seen: int, at: datetime) -> Path | None:
    """Rename the database at `path`, its log and the folder of attached files; the database's new name.

    None when it is no longer the file that was `seen`: another process has set it aside, and there may be a new one. Raises as `told`.
    """
    with told(path.parent):
        if not seen or identity(path) != seen:
            return None
        target = _free(path, at)
        path.rename(target)
        for end in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                path.with_name(path.name + end).rename(target.with_name(target.name + end))
        with suppress(FileNotFoundError):
            blobs.rename(target.with_name(f"{blobs.name}{target.stem.removeprefix(path.stem)}"))
        suspicion(path).unlink(missing_ok=True)
        sync_folder(path.parent)
    return target


def _free(path: Path, at: datetime) -> Path:
    """A name with the date that nothing has yet."""
    stem = f"{path.stem}-{at:%Y%m%d-%H%M%S}"
    names = (path.with_name(f"{stem}{more}{path.suffix}") for more in ("", *(f"-{number}" for number in range(2, 1000))))
    return next(name for name in names if not name.exists())
