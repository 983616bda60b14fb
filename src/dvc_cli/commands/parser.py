"""Typer's side of reading a command line: the parser of one command, and its faults in our words."""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from dataclasses import MISSING, Field, fields

import typer
from typer._click import exceptions as click
from typer._click.core import Command, Parameter
from typer.models import ArgumentInfo, OptionInfo, ParameterInfo

from dvc_cli.commands.flags import CommonFlags, Declaration, Flags, declarations
from dvc_cli.errors import Problem, UsageError, problem
from dvc_cli.language import _
from dvc_cli.text import nearest


def parse_line(options: type[Flags], name: str, words: Sequence[str]) -> Flags:
    """As `flags.parse`, for every line."""
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

    def collect(**values: object) -> CommonFlags:
        return options(**values)  # type: ignore[arg-type] # Typer converted each value to its field's type

    declared = declarations(options)
    collect.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(each.name, inspect.Parameter.KEYWORD_ONLY, default=_parameter(each, declared[each.name][1]), annotation=kind)
            for each in fields(options)
            for kind in (declared[each.name][0],)
        ]
    )
    collect.__annotations__ = {}
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(name, context_settings={"help_option_names": []})(collect)
    return typer.main.get_command(app)


def _parameter(each: Field[object], declared: Declaration) -> ParameterInfo:
    default: object = ...
    if each.default is not MISSING:
        default = each.default
    elif each.default_factory is not MISSING:
        default = each.default_factory()
    names = (declared.flag,) if declared.flag else ()
    kind = OptionInfo if declared.flag else ArgumentInfo
    return kind(default=default, param_decls=names, metavar=declared.metavar or None, help=declared.help)


def option_names(command: Command) -> list[str]:
    """Every flag of a parser, `--help` included."""
    return [*(name for parameter in command.params for name in parameter.opts if name.startswith("-")), "--help"]


def value_name(written: str) -> str:
    """What the value of a flag is called, in the chosen language; brackets, bars and equals signs stay as they are written."""
    return re.sub(r"\w+", lambda word: word[0] if word[0].isascii() else _(word[0]), written)


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
    return flags[0] if flags else value_name(str(getattr(parameter, "metavar", None) or parameter.name))
