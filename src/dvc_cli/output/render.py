"""A Result onto the streams: JSON envelope or text on standard output, problems and next steps for a person on standard error."""

from __future__ import annotations

from collections.abc import Mapping

from dvc_cli.errors import ERROR, WARNING, Problem
from dvc_cli.language import _
from dvc_cli.output.blocks import clean, lay_out, rows
from dvc_cli.output.envelope import dump
from dvc_cli.output.result import ERROR as FAILED
from dvc_cli.output.result import Coded, Result, Table
from dvc_cli.output.sink import write
from dvc_cli.output.streams import World
from dvc_cli.text import safe

UNBROKEN = 10_000  # columns where nobody sees a screen: lines stay whole
FIELD_LIMIT = 120


def show(result: Result, world: World, *, as_json: bool, plain: bool = False, verbose: bool = False) -> bool:
    """Print a result once, and only here; False when there was no room for it."""
    if as_json:
        return write(world.stdout, dump(result, indent=world.stdout_tty))
    written = True
    if result.lasting:
        _remark(result, world, verbose=verbose)
    if result.plain is not None:
        written = write(world.stdout, result.plain)
    elif result.text and result.status == FAILED:
        world.remark(lay_out(result.text, world.width() if world.stderr_tty else UNBROKEN, linear=plain).rstrip("\n"))
    elif result.text:
        written = write(world.stdout, _text(result, world, plain=plain))
    if not result.lasting:
        _remark(result, world, verbose=verbose)
    if result.next:  # never broken: the commands are copied
        world.remark(_("Tiếp theo:") + " " + " · ".join(clean(command) for command in result.next))
    return written


def _text(result: Result, world: World, *, plain: bool) -> str:
    if world.stdout_tty and not plain and not world.dumb() and any(isinstance(block, Table | Coded) for block in result.text):
        from dvc_cli.output.screen import draw

        return draw(result.text, world)
    return lay_out(result.text, world.width() if world.stdout_tty else UNBROKEN, linear=plain and world.stdout_tty)


def _remark(result: Result, world: World, *, verbose: bool) -> None:
    width = world.width() if world.stdout_tty and world.stderr_tty else UNBROKEN
    for item in result.problems:
        for line in problem_lines(item, result.labels, verbose=verbose):
            world.remark("\n".join(rows(line, width)))


def problem_lines(item: Problem, labels: Mapping[str, str] | None = None, *, verbose: bool = False) -> list[str]:
    """One problem for a person: kind, code, field by its label, what is wrong; what to do; with `verbose` the law behind it."""
    kind = {ERROR: _("Lỗi"), WARNING: _("Cảnh báo")}.get(item.severity, _("Lưu ý"))
    where = f" [{safe((labels or {}).get(item.field, item.field), FIELD_LIMIT)}]" if item.field else ""
    lines = [f"{kind} {safe(item.code, FIELD_LIMIT)}{where}: {clean(item.message)}"]
    if item.hint:
        lines.append(f"  → {clean(item.hint)}")
    if verbose and item.source:
        lines.append(f"  {_('Căn cứ')}: {clean(item.source)}")
    return lines
