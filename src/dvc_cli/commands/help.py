"""Help of one command, written by ourselves: usage, what it does, arguments, flags, one interactive and one scripted example."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from typer._click.core import Parameter

from dvc_cli.commands.declared import Declared
from dvc_cli.commands.flags import CommonFlags
from dvc_cli.commands.parser import build, option_names, value_name
from dvc_cli.commands.table import Command, get, subcommands
from dvc_cli.language import ENGLISH, _, language
from dvc_cli.text import cells

EXIT_NOTE = {2: "2: sai cách dùng", 3: "3: chưa đăng nhập", 4: "4: bị từ chối"}


def command_help(command: Command) -> str:
    """The whole page, plain text."""
    lines = [title(command), "", _("Cách dùng:") + f" dvc {command.name}" + _usage_tail(command)]
    if command.alias:
        lines.append(_("Tên khác:") + f" dvc {command.alias}")
    below = subcommands(command.name)
    if below:
        lines += ["", _("Việc:"), *_columns([(f"dvc {one.name} {value_name(one.arguments)}".rstrip(), title(one)) for one in below])]
    if command.module:
        lines += list(_parameters(command))
    lines += list(_examples(command if command.interactive else get(command.default) or below[0]))
    return "\n".join(lines) + "\n"


def title(command: Command) -> str:
    """The one-line summary in the chosen language."""
    return command.en if language() == ENGLISH else command.vi


def _usage_tail(command: Command) -> str:
    if not command.module:
        return " " + _("VIỆC") + " " + _("[CỜ…]")
    return (f" {value_name(command.arguments)}" if command.arguments else "") + " " + _("[CỜ…]")


def _parameters(command: Command) -> Iterator[str]:
    declared = import_module(f"dvc_cli.commands.{command.module}").COMMANDS[command.name]
    if not isinstance(declared, Declared):
        raise TypeError(command.name)
    parser = build(declared.options, command.name)
    common = set(option_names(build(CommonFlags, command.name)))
    arguments = [_row(each) for each in parser.params if not each.opts[0].startswith("-")]
    own = [_row(each) for each in parser.params if each.opts[0].startswith("-") and each.opts[0] not in common]
    shared = [_row(each) for each in parser.params if each.opts[0] in common]
    shared.append(("--help", _("Trang này")))
    for heading, rows in ((_("Tham số:"), arguments), (_("Cờ:"), own), (_("Cờ của mọi lệnh:"), shared)):
        if rows:
            yield from ("", heading, *_columns(rows))


def _row(parameter: Parameter) -> tuple[str, str]:
    metavar = value_name(str(getattr(parameter, "metavar", None) or ""))
    name = f"{parameter.opts[0]} {metavar}".rstrip() if parameter.opts[0].startswith("-") else metavar or str(parameter.name)
    return name, _(str(getattr(parameter, "help", None) or ""))


def _columns(rows: list[tuple[str, str]]) -> list[str]:
    width = max(cells(name) for name, _text in rows)
    return [f"  {name}{' ' * (width - cells(name))}  {text}".rstrip() for name, text in rows]


def _examples(command: Command) -> Iterator[str]:
    note = f"   # {_(EXIT_NOTE[command.exits])}" if command.exits in EXIT_NOTE else ""
    yield from ("", _("Tại bàn:"), f"  {command.interactive}", _("Kịch bản:"), f"  {command.scripted}{note}")
