"""Checks of what is kept and of whom it is sent to: token store, desk, backend."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

from dvc_cli.clock import SystemClock
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.doctor_finding import OK, WARN, Fact, Finding
from dvc_cli.desk import open_desk
from dvc_cli.desk.opening import FILE
from dvc_cli.disk.failures import told_by_sqlite
from dvc_cli.disk.files import corrupt
from dvc_cli.errors import DvcError
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import replace
from dvc_cli.tokens import TokenStore, file_store_path, open_store

APART = 120  # seconds between two clocks from which codes and due days begin to suffer


def check_store(deps: Deps) -> Finding:
    """The token store, with a real set, read and delete."""
    store = _store(deps)
    facts: dict[str, Fact] = {"store": store.name, "probe_ms": None}
    if store.name == "file" and not file_store_path(deps.paths).exists():
        return Finding(OK, _("tệp mã hóa, được tạo khi dùng lần đầu"), facts=facts)
    if store.name == "file" and deps.settings.passphrase is None:
        said = _("tệp mã hóa: {file}").format(file=file_store_path(deps.paths))
        return Finding(WARN, said, _("Chưa thử được: đặt mật khẩu kho vào DVC_PASSPHRASE rồi chạy lại."), facts)
    begun = time.perf_counter()
    try:
        store.probe()
    except DvcError as error:
        return Finding.failed(error, facts | {"probe_ms": _ms(begun)})
    facts["probe_ms"] = _ms(begun)
    if store.name == "memory":
        return Finding(WARN, _("chỉ trong bộ nhớ"), _("Không giữ bản nháp và phiên: bỏ DVC_TOKEN_STORE=memory khi làm thật."), facts)
    return Finding(OK, _("{store}: ghi, đọc, xóa được trong {ms} ms").format(store=store.name, ms=facts["probe_ms"]), facts=facts)


def check_desk(deps: Deps) -> Finding:
    """The desk's file: whole, and its key opens it. A missing one is made when first used."""
    path = deps.paths.data / FILE
    facts: dict[str, Fact] = {"file": str(path), "exists": path.exists(), "whole": None, "key": None}
    if not path.exists():
        return Finding(OK, _("chưa có dữ liệu, được tạo khi dùng lần đầu"), facts=facts)
    try:
        _read_whole(path)
        facts["whole"] = True
        store = _store(deps)
        if store.name == "memory" or (store.name == "file" and deps.settings.passphrase is None):
            return Finding(WARN, _("{file}: nguyên vẹn, chưa thử khóa").format(file=path), facts=facts)
        with open_desk(deps.paths, store) as desk:
            drafts = len(desk.drafts.list())
    except DvcError as error:
        return Finding.failed(_mended(error), facts | {"whole": facts["whole"] or False})
    return Finding(OK, _("{file}: nguyên vẹn, mở được; {drafts} bản nháp").format(file=path, drafts=drafts), facts=facts | {"key": True})


def check_backend(deps: Deps) -> Finding:
    """Whether the backend answers, and whether its clock is ours."""
    name = deps.settings.backend
    facts: dict[str, Fact] = {"backend": name, "reachable": False, "answer_ms": None, "clock_seconds": None}
    begun = time.perf_counter()
    try:
        theirs = deps.backend.now()
    except DvcError as error:
        return Finding.failed(error, facts)
    facts |= {"reachable": True, "answer_ms": _ms(begun), "clock_seconds": _apart(theirs)}
    said = _("{backend}: trả lời trong {ms} ms").format(backend=name, ms=facts["answer_ms"])
    if deps.on_sandbox:
        return Finding(OK, _("{said}; giờ của sandbox: {now}").format(said=said, now=f"{theirs:%d/%m/%Y %H:%M}"), facts=facts)
    if abs(_apart(theirs)) > APART:
        return Finding(WARN, said, _("Đồng hồ máy này lệch {seconds} giây: chỉnh lại giờ.").format(seconds=_apart(theirs)), facts)
    return Finding(OK, said, facts=facts)


def _mended(error: DvcError) -> DvcError:
    """What to do with a damaged store: the problem's own advice is to come here."""
    advice = _("Cất tệp này sang nơi khác, đừng xóa: còn có thể cứu. Rồi chạy lại: dvc tạo kho mới. Hồ sơ đã nộp xem bằng dvc ho-so list.")
    error.problems = tuple(replace(item, hint=advice) if item.code == "DK-STORE-CORRUPT" else item for item in error.problems)
    return error


def _store(deps: Deps) -> TokenStore:
    secret = deps.settings.passphrase
    return open_store(deps.settings.token_store, deps.paths, (lambda: secret.value) if secret else None, environ=deps.world.environ)


def _read_whole(path: Path) -> None:
    """StoreError DK-STORE-CORRUPT unless SQLite finds every page of the file as it should be. Only reads."""
    import sqlite3

    with told_by_sqlite(path):
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
        finally:
            connection.close()
    if found != "ok":
        raise corrupt(_("Tệp {file}.").format(file=path))


def _ms(begun: float) -> int:
    return round((time.perf_counter() - begun) * 1000)


def _apart(theirs: datetime) -> int:
    return round((theirs - SystemClock().now()).total_seconds())
