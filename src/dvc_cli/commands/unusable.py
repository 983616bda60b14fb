"""A desk that can never be worked with again has been set aside: what that means, and how it goes on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dvc_cli.desk.keys import LostKeyError
from dvc_cli.disk.files import UnusableError
from dvc_cli.errors import StoreError, problem
from dvc_cli.language import _

if TYPE_CHECKING:
    from dvc_cli.commands.deps import Deps


def tell_set_aside(deps: Deps, error: UnusableError, moved: Path) -> None:
    """Tell what is lost and what is not. At a terminal the work goes on with a new desk.

    In a script StoreError DK-STORE-CORRUPT stops this command, which may have counted on what was there; the next one has the new desk.
    """
    lines = [_("Kho cũ đã được cất nguyên vẹn sang {file}; từ nay dùng kho mới.").format(file=moved), *_meaning(error)]
    if not deps.may_ask:
        hint = " ".join(lines)
        raise StoreError(
            *(problem(item.code, detail=_why(error), hint=hint) for item in error.problems), data={"set_aside": str(moved)}
        ) from error
    deps.tell(_why(error))
    for line in lines:
        deps.tell(line)


def _why(error: UnusableError) -> str:
    if isinstance(error, LostKeyError):
        return _("Khóa của kho không còn trong kho khóa, hoặc không phải khóa cũ.")
    return _("Tệp bị hỏng hoặc không phải của dvc.")


def _meaning(error: UnusableError) -> tuple[str, ...]:
    if isinstance(error, LostKeyError):
        return (
            _("Không có khóa thì bản nháp, tệp kèm theo, biên nhận, sự đồng ý và sổ nhật ký trong kho cũ không mở lại được."),
            _("Hồ sơ đã nộp vẫn còn ở nơi tiếp nhận (dvc ho-so list). Tìm lại được khóa thì đổi tên tệp về như cũ."),
        )
    return (_("Hồ sơ đã nộp vẫn còn ở nơi tiếp nhận (dvc ho-so list). Người quản lý có thể cứu một phần từ tệp đã cất."),)
