"""`dvc doctor`: whether this workstation can do its work, and what to do where it cannot. Asks nothing, changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.doctor_finding import FAIL, OK, WARN, Finding
from dvc_cli.commands.doctor_machine import check_config, check_disk, check_python, check_terminal
from dvc_cli.commands.doctor_stores import check_backend, check_desk, check_store
from dvc_cli.commands.flags import CommonFlags
from dvc_cli.errors import DvcError, exit_code
from dvc_cli.language import _
from dvc_cli.output.result import ERROR, Result
from dvc_cli.output.result import OK as DONE

UNEXPECTED = 1
Check = Callable[[Deps], Finding]
Line = str | tuple[str, str]
CHECKS: tuple[tuple[str, Check], ...] = (
    ("python", check_python),
    ("terminal", check_terminal),
    ("config", check_config),
    ("disk", check_disk),
    ("store", check_store),
    ("desk", check_desk),
    ("backend", check_backend),
)


def run(_options: CommonFlags, deps: Deps) -> Result:
    """Every check; the exit code is that of the worst failure, 0 when none stops the work."""
    found = tuple(_checked(deps))
    failed = any(finding.state == FAIL for _name, finding in found)
    problems = tuple(item for _name, finding in found for item in finding.problems)
    return Result(
        deps.command,
        ERROR if failed else DONE,
        {"checks": [finding.document(name) for name, finding in found]},
        problems,
        text=tuple(_lines(found)),
        exit_code=(exit_code(problems) or UNEXPECTED) if failed else 0,
    )


def _checked(deps: Deps) -> Iterator[tuple[str, Finding]]:
    for name, check in CHECKS:
        try:
            yield name, check(deps)
        except DvcError as error:
            yield name, Finding.failed(error)
        except Exception as error:  # noqa: BLE001 - what is broken here is what was to be found out; the other checks go on
            yield name, Finding(FAIL, type(error).__name__, _("Báo lỗi này cho người phụ trách phần mềm."))


def _lines(found: tuple[tuple[str, Finding], ...]) -> Iterator[Line]:
    marks = {OK: _("tốt"), WARN: _("lưu ý"), FAIL: _("HỎNG")}
    for name, finding in found:
        yield name, f"[{marks[finding.state]}] {finding.said}"
    for name, finding in found:
        if finding.todo and not finding.problems:  # a problem brings its own
            yield f"{name} → {finding.todo}"


COMMANDS = {"doctor": declare(CommonFlags, run)}
