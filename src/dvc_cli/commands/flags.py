"""The options that commands share, declared once, and the parser that turns words into an options value.

An options value is a frozen dataclass whose fields are Typer parameters; a command's own class extends one of those here. Texts of
`help` are Vietnamese message ids; our own renderer translates them.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import MISSING, Field, dataclass, field, fields
from typing import Annotated, TypeVar, get_type_hints

import typer
from typer._click import exceptions as click
from typer._click.core import Command, Parameter

from dvc_cli.errors import Problem, UsageError, problem
from dvc_cli.language import _
from dvc_cli.text import nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonFlags:
    """What every command takes after its name."""

    json: Annotated[bool, typer.Option("--json", help="Kết quả là một tài liệu JSON")] = False
    no_input: Annotated[bool, typer.Option("--no-input", help="Không bao giờ hỏi")] = False
    lang: Annotated[str, typer.Option("--lang", metavar="vi|en", help="Ngôn ngữ")] = ""
    backend: Annotated[str, typer.Option("--backend", metavar="TÊN", help="Nơi tiếp nhận (mặc định sandbox)")] = ""
    url: Annotated[str, typer.Option("--url", metavar="URL", help="Địa chỉ của nơi tiếp nhận")] = ""
    plain: Annotated[bool, typer.Option("--plain", help="Hỏi từng dòng, không vẽ màn hình")] = False
    verbose: Annotated[bool, typer.Option("--verbose", help="Nói thêm căn cứ và chi tiết")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingFlags(CommonFlags):
    """What a command takes that asks questions."""

    answers: Annotated[str, typer.Option("--answers", metavar="TỆP", help="Tệp trả lời .toml, .yaml, .json; - là đầu vào chuẩn")] = ""
    set_: Annotated[list[str], typer.Option("--set", metavar="KHÓA=GIÁ_TRỊ", help="Một câu trả lời; dùng được nhiều lần")] = field(
        default_factory=list
    )
    yes: Annotated[bool, typer.Option("--yes", help="Chấp nhận phần rà soát")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingFlags(AskingFlags):
    """What a command takes that files a dossier."""

    draft: Annotated[str, typer.Option("--draft", metavar="MÃ", help="Tiếp tục một bản nháp")] = ""
    check: Annotated[bool, typer.Option("--check", help="Chỉ kiểm tra, không nộp, không cần đăng nhập")] = False
    checklist: Annotated[bool, typer.Option("--checklist", help="Hỏi vài câu rồi cho biết cần mang giấy tờ gì")] = False


Flags = TypeVar("Flags", bound=CommonFlags)


def parse(options: type[Flags], name: str, words: Sequence[str]) -> Flags:
    """Read `words` as the flags and arguments of the command `name`. Raises UsageError (A-USAGE) without repeating any value."""
    command = build(options, name)
    try:
        with command.make_context(f"dvc {name}", list(words)) as context:
            value = command.invoke(context)
    except click.ClickException as fault:
        raise UsageError(_usage_problem(fault, command, name)) from None
    if not isinstance(value, options):  # pragma: no cover - the callback below returns nothing else
        raise TypeError(name)
    return value


def build(options: type[CommonFlags], name: str) -> Command:
    """The parser of one command: a Typer app around a function whose signature is that of `options`."""
    hints = get_type_hints(options, include_extras=True)

    def collect(**values: object) -> CommonFlags:
        return options(**values)  # type: ignore[arg-type] # Typer converted each value to its field's type

    collect.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(each.name, inspect.Parameter.KEYWORD_ONLY, default=_default(each), annotation=hints[each.name])
            for each in fields(options)
        ]
    )
    collect.__annotations__ = {}
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(name, context_settings={"help_option_names": []})(collect)
    return typer.main.get_command(app)


def _default(each: Field[object]) -> object:
    if each.default is not MISSING:
        return each.default
    return each.default_factory() if each.default_factory is not MISSING else inspect.Parameter.empty


def option_names(command: Command) -> list[str]:
    """Every flag of a parser, `--help` included."""
    return [*(name for parameter in command.params for name in parameter.opts if name.startswith("-")), "--help"]


def _usage_problem(fault: click.ClickException, command: Command, name: str) -> Problem:
    hint = _("Xem dvc {name} --help.").format(name=name)
    if isinstance(fault, click.NoSuchOption):
        near = nearest(fault.option_name, option_names(command))
        detail = _("Không có cờ {flag}.").format(flag=fault.option_name.split("=")[0])
        return problem("A-USAGE", detail=detail, hint=_("Có phải {flag}?").format(flag=near) + " " + hint if near else hint)
    if isinstance(fault, click.MissingParameter) and fault.param is not None:
        return problem("A-USAGE", detail=_("Thiếu {what}.").format(what=_shown(fault.param)), hint=hint)
    if isinstance(fault, click.BadParameter) and fault.param is not None:
        return problem("A-USAGE", detail=_("Giá trị của {what} không hợp lệ.").format(what=_shown(fault.param)), hint=hint)
    if isinstance(fault, click.BadOptionUsage):
        return problem("A-USAGE", detail=_("Cờ {flag} cần một giá trị.").format(flag=fault.option_name), hint=hint)
    return problem("A-USAGE", detail=_("Thừa tham số."), hint=hint)


def _shown(parameter: Parameter) -> str:
    flags = [name for name in parameter.opts if name.startswith("-")]
    return flags[0] if flags else str(getattr(parameter, "metavar", None) or parameter.name)
