"""When something nobody expected happens: one sentence and a number for the person, a redacted log for the developer."""

from __future__ import annotations

from dvc_cli.journal import Crash, Journal
from dvc_cli.language import _
from dvc_cli.output.result import ERROR, Result

UNEXPECTED = 1


def crashed(error: Exception, command: str | None, journal: Journal) -> Result:
    """Write the crash to the log of the run; the result that says so. The log holds types, files, lines and functions, never a value."""
    crash = journal.crash(error)
    data = {"crash": {"number": crash.number, "log": str(crash.log) if crash.log else None}}
    return Result(command, ERROR, data, text=_told(crash), exit_code=UNEXPECTED)


def _told(crash: Crash) -> tuple[str, ...]:
    sentence = _("dvc gặp lỗi ngoài dự kiến và đã dừng (số lỗi {number}).").format(number=crash.number)
    if crash.log is None:
        return (sentence,)
    return (sentence, _("Nhật ký lỗi (không có dữ liệu cá nhân): {path}").format(path=crash.log))
