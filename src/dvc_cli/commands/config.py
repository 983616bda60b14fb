"""`dvc config`: every setting with where it came from; write one to the config file."""

from __future__ import annotations

from typing import Annotated

from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags, argument
from dvc_cli.config import Setting, holds_password, write_setting
from dvc_cli.errors import UsageError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.result import Result, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOptions(CommonFlags):
    """`name` and `value` of one setting; an empty value takes it out of the file."""

    name: Annotated[str, argument(metavar="TÊN", help="Tên thiết lập, ví dụ lang")]
    value: Annotated[str, argument(metavar="GIÁ_TRỊ", help="Giá trị; để trống là bỏ thiết lập")]


def list_(_options: CommonFlags, deps: Deps) -> Result:
    """All settings of this run."""
    settings = deps.settings.listed()
    origins = {
        "flag": _("cờ"),
        "environment": _("môi trường"),
        "config file": _("tệp cấu hình"),
        "default": _("mặc định"),
    }
    rows = tuple((each.name, _shown(each), origins[each.origin]) for each in settings)
    return Result(
        deps.command,
        data={"settings": [_document(each) for each in settings], "file": str(deps.paths.config_file)},
        text=(Table((_("Tên"), _("Giá trị"), _("Từ đâu")), rows), (_("Tệp cấu hình"), str(deps.paths.config_file))),
    )


def set_(options: SetOptions, deps: Deps) -> Result:
    """Write one setting. UsageError A-USAGE also for a password, which everybody on this machine could read on the command line."""
    if options.name == "proxy" and holds_password(options.value):
        detail = _("Mật khẩu không được đứng trên dòng lệnh.")
        hint = _("Ghi vào tệp cấu hình ({file}) hoặc biến HTTPS_PROXY.").format(file=deps.paths.config_file)
        raise UsageError(problem("A-USAGE", "proxy", detail=detail, hint=hint))
    setting = write_setting(deps.paths, options.name, options.value)
    text = _("Đã ghi {name} = {value}.").format(name=setting.name, value=_shown(setting))
    return Result(deps.command, data={"setting": _document(setting)}, text=(text,))


def rotate_key(_options: CommonFlags, deps: Deps) -> Result:
    """Give the desk another key and make everything on it anew with it."""
    made = deps.desk.rotate_key()
    deps.reopen_desk()
    deps.record("key_rotated")
    text = _("Đã thay khóa của kho; {count} phần được mã hóa lại.").format(count=made)
    return Result(deps.command, data={"reencrypted": made}, text=(text,))


def _document(setting: Setting) -> dict[str, object]:
    return {"name": setting.name, "value": setting.value, "origin": setting.origin}


def _shown(setting: Setting) -> str:
    return str(setting.value).lower() if isinstance(setting.value, bool) else setting.value


COMMANDS = {
    "config list": declare(CommonFlags, list_),
    "config set": declare(SetOptions, set_),
    "config rotate-key": declare(CommonFlags, rotate_key),
}
