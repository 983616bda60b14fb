"""Checks of the machine: Python, terminal, settings, disk."""

from __future__ import annotations

import os
import platform
import shutil
import struct
import sys
from pathlib import Path

from dvc_cli import __version__
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.doctor_finding import OK, WARN, Fact, Finding
from dvc_cli.config import holds_password
from dvc_cli.disk.files import disk_full, not_accessible
from dvc_cli.language import _

NARROW = 80
LITTLE, TOO_LITTLE = 200_000_000, 20_000_000  # bytes; a dossier with its papers takes less than the smaller


def check_python(_deps: Deps) -> Finding:
    """The program, the interpreter, the system."""
    bits = struct.calcsize("P") * 8
    facts: dict[str, Fact] = {
        "dvc": __version__,
        "python": platform.python_version(),
        "system": platform.system(),
        "release": platform.release(),
        "bits": bits,
    }
    said = _("dvc {dvc}, Python {python} ({bits} bit), {system} {release}").format(**facts)
    return Finding(OK, said, facts=facts)


def check_terminal(deps: Deps) -> Finding:
    """Columns, encoding, colour; a pipe is no fault."""
    world = deps.world
    encoding = (getattr(world.stdin, "encoding", None) or "").lower()
    facts: dict[str, Fact] = {
        "terminal": world.stdin_tty and world.stderr_tty,
        "columns": world.width(),
        "encoding": encoding,
        "colour": world.colour(),
        "plain": deps.plain,
    }
    if not facts["terminal"]:
        return Finding(OK, _("không phải màn hình (chạy trong kịch bản)"), facts=facts)
    said = _("{columns} cột, mã chữ {encoding}").format(columns=world.width(), encoding=encoding or "?")
    if encoding.replace("-", "") not in {"utf8", "cp65001"}:
        return Finding(WARN, said, _("Gõ tiếng Việt có thể sai: chuyển cửa sổ lệnh sang UTF-8 (Windows: chcp 65001)."), facts)
    if world.width() < NARROW:
        return Finding(WARN, said, _("Mở rộng cửa sổ tới {columns} cột, hoặc dùng --plain.").format(columns=NARROW), facts)
    return Finding(OK, said, facts=facts)


def check_config(deps: Deps) -> Finding:
    """The settings file; a fault in it stops every other command."""
    path = deps.paths.config_file
    facts: dict[str, Fact] = {"file": str(path), "exists": path.exists()}
    fault = deps.settings_fault
    if fault is not None:
        return Finding.failed(fault, facts)
    return Finding(OK, str(path) if path.exists() else _("chưa có tệp thiết lập, dùng mặc định"), facts=facts)


def check_disk(deps: Deps) -> Finding:
    """Space and rights in the folders that the program writes to: data, settings, state, logs. `folder` is the one that is told of."""
    folders = (deps.paths.data, deps.paths.config, deps.paths.state, deps.paths.logs)
    closed = next((folder for folder in folders if not os.access(_there(folder), os.W_OK)), None)
    secret = tuple(each for each in folders if each != deps.paths.config or holds_password(deps.settings.proxy))
    open_to_others = next((folder for folder in secret if not _is_private(folder)), None)
    tightest = min(folders, key=lambda folder: shutil.disk_usage(_there(folder)).free)
    folder = closed or tightest
    free = shutil.disk_usage(_there(tightest)).free
    facts: dict[str, Fact] = {
        "folder": str(folder),
        "free_bytes": free,
        "writable": closed is None,
        "private": open_to_others is None,
    }
    if closed is not None:
        return Finding.failed(not_accessible(_there(closed)), facts)
    if free < TOO_LITTLE:
        return Finding.failed(disk_full(), facts)
    said = _("{folder}: còn trống {free} MB").format(folder=folder, free=free // 1_000_000)
    if free < LITTLE:
        return Finding(WARN, said, _("Giải phóng dung lượng: sắp không đủ cho bản nháp và tệp đính kèm."), facts)
    if open_to_others is not None:
        todo = _("Người khác trên máy này đọc được thư mục: chmod -R go= {folder}").format(folder=open_to_others)
        return Finding(WARN, said, todo, facts | {"folder": str(open_to_others)})
    return Finding(OK, said, facts=facts)


def _there(folder: Path) -> Path:
    """The folder, or where it will be made: the nearest one above it that is there."""
    return next(above for above in (folder, *folder.parents) if above.exists())


def _is_private(folder: Path) -> bool:
    """Whether nobody else may open the folder; the profile keeps others out where there are no such modes."""
    if sys.platform == "win32" or not folder.exists():
        return True
    return not folder.stat().st_mode & 0o077
