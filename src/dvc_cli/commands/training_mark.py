"""Receipts of a training server say that they are none."""

from __future__ import annotations

from dvc_cli.commands.deps import Deps
from dvc_cli.language import _


def training_mark(deps: Deps) -> tuple[str, ...]:
    """The line above a receipt that came from a server where people are invented; nothing on the embedded sandbox."""
    if deps.on_sandbox or not deps.backend.capabilities().invented_people:
        return ()
    return (_("ĐÀO TẠO – hồ sơ tập huấn, không có giá trị pháp lý."),)
