"""Files for their owner alone: folders 0700, files 0600, written whole or not at all.

Where the system has no such modes (Windows), the user's profile folder is what keeps others out.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dvc_cli.errors import StoreError, problem
from dvc_cli.language import _

_NO_SPACE = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})


class NoSpaceError(StoreError):
    """Raised when a write failed for lack of space, whatever was written. Who writes an answer just typed says so instead."""


def disk_full() -> NoSpaceError:
    """A write failed for lack of space."""
    told = _("Ổ đĩa đầy, việc vừa làm chưa được lưu.")
    return NoSpaceError(problem("DK-DISK-FULL", message=told, hint=_("Giải phóng dung lượng rồi làm lại.")))


def not_accessible(folder: Path) -> StoreError:
    """The folder, or one above it that would have to hold it, cannot be read or written by this user."""
    shut = next((above for above in (folder, *folder.parents) if os.path.lexists(above)), folder)
    told = _("Không đọc hoặc ghi được trong thư mục {folder}.").format(folder=shut)
    hint = _("Xin quyền ghi vào thư mục này, hoặc đặt DVC_HOME là một thư mục ghi được, rồi chạy lại.")
    return StoreError(problem("DK-LOCKED", message=told, hint=hint))


def corrupt(detail: str, hint: str = "") -> StoreError:
    """Something of ours cannot be read as what it should be; `detail` names the file. Nothing is overwritten."""
    return StoreError(problem("DK-STORE-CORRUPT", detail=detail, hint=hint))


class UnusableError(StoreError):
    """Raised when a file can never be worked with here: damaged, not ours, or its key is lost. It was left as it was found."""


def unusable(detail: str, hint: str = "") -> UnusableError:
    """As `corrupt`, for a whole file."""
    return UnusableError(problem("DK-STORE-CORRUPT", detail=detail, hint=hint))


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turns failures of the file system into StoreError: DK-DISK-FULL, or DK-LOCKED with the folder's name."""
    try:
        yield
    except OSError as error:
        raise (disk_full() if error.errno in _NO_SPACE else not_accessible(folder)) from error


def make_folder(folder: Path) -> None:
    """Make `folder` and those above it that are missing, 0700; close an existing one to everyone but its owner. Raises as `told`."""
    with told(folder):
        missing = [above for above in (folder, *folder.parents) if not above.exists()]
        for above in reversed(missing):
            above.mkdir(mode=0o700, exist_ok=True)
        close_to_others(folder, 0o700)


def close_to_others(path: Path, mode: int) -> None:
    """Take the rights of group and others away; a file that belongs to somebody else stays as it is."""
    if os.name == "posix" and path.stat().st_mode & 0o077:
        with suppress(PermissionError):
            path.chmod(mode)


def create_file(path: Path) -> None:
    """Make an empty file 0600 unless there is one, without a moment in which others could open it. Raises as `told`."""
    make_folder(path.parent)
    with told(path.parent):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        close_to_others(path, 0o600)


def write_file(path: Path, content: bytes) -> None:
    """Replace `path` by `content` so that a reader, and a power cut, find the old file or the new one. Raises as `told`."""
    import secrets  # with what it loads, a twentieth of a command that writes nothing

    make_folder(path.parent)
    draft = path.parent / f".{secrets.token_hex(8)}.tmp"
    with told(path.parent):
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def write_new_file(path: Path, content: bytes) -> None:
    """Make the file `path` 0600 with `content`, in a folder that stays as it is. Raises as `told`, also when there is one already."""
    with told(path.parent):
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make renames and removals in `folder` durable, where the system has a way to."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
