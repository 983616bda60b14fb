"""`dvc backend check`: the shipped contract suite on one backend. Test systems only: it signs people in and files dossiers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

from dvc_cli.backends.gate import hushed
from dvc_cli.backends.registry import bare_backend, open_bench
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import SANDBOX, Deps
from dvc_cli.commands.flags import CommonFlags, argument
from dvc_cli.commands.sandbox_room import HTTP, VARIABLE
from dvc_cli.errors import problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass, replace
from dvc_cli.output.result import ERROR, OK, Result, Table

if TYPE_CHECKING:
    from dvc_cli.contract.backend import Backend
    from dvc_cli.contract.bench import Bench, Citizen
    from dvc_cli.contract.secret import Secret
    from dvc_cli.contract.training import Training
    from dvc_cli.contract.values import Registration, Submission
    from dvc_cli.testing.checking import Check, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions(CommonFlags):
    """`name` is a backend; the chosen one when empty."""

    name: Annotated[str, argument(metavar="[TÊN]", help="Nơi tiếp nhận; mặc định là nơi đang chọn")] = ""


def check(options: CheckOptions, deps: Deps) -> Result:
    """Every check, each with its outcome; refused (4) when one fails."""
    from dvc_cli.testing.checking import FAILED, run

    name = options.name or deps.settings.backend
    with hushed():
        opened = bare_backend(name, deps.backend_options)  # one that cannot be opened is told of as everywhere else
        with suppress(Exception, SystemExit):  # whether it closes is a check of its own
            opened.close()
        with _bench(name, deps) as (bench, checks):
            verdicts = tuple(run(checks, bench))
    failed = tuple(each for each in verdicts if each.outcome == FAILED)
    documents = [{"name": each.name, "outcome": each.outcome, "reason": each.reason} for each in verdicts]
    rows = tuple((_label(each.outcome), each.name, each.reason) for each in verdicts)
    text = (Table((_("Kết quả"), _("Điều kiểm tra"), _("Lý do")), rows), _summary(verdicts))
    problems = tuple(problem("BE-REFUSED", detail=f"{each.name}: {each.reason}", source="dvc backend check") for each in failed)
    data = {"backend": {"name": name}, "checks": documents}
    return Result(deps.command, ERROR if failed else OK, data, problems, text=text, exit_code=4 if failed else 0)


def _summary(verdicts: tuple[Verdict, ...]) -> str:
    from dvc_cli.testing.checking import FAILED, PASSED

    passed, failed = (sum(each.outcome == outcome for each in verdicts) for outcome in (PASSED, FAILED))
    return _("Đạt {passed}, không đạt {failed}, bỏ qua {left}.").format(passed=passed, failed=failed, left=len(verdicts) - passed - failed)


def _label(outcome: str) -> str:
    from dvc_cli.testing.checking import FAILED, PASSED

    return {PASSED: _("đạt"), FAILED: _("KHÔNG ĐẠT")}.get(outcome, _("bỏ qua"))


@contextmanager
def _bench(name: str, deps: Deps) -> Iterator[tuple[Bench, tuple[Check, ...]]]:
    from dvc_cli.testing import accounts, door, dossiers, pages

    every = (*door.CHECKS, *dossiers.CHECKS, *accounts.CHECKS, *pages.CHECKS)
    if name == SANDBOX:
        with _sandbox_bench(deps) as bench:
            yield bench, every
        return
    token = deps.world.environ.get(VARIABLE, "").strip()
    if name == HTTP and token:
        with _server_bench(deps, token) as bench:
            yield bench, every
        return
    brought = open_bench(name, deps.backend_options)
    if brought is None:
        deps.tell(_("Không có người thử: chỉ kiểm tra những gì không cần đăng nhập."))
        yield _NobodysBench(name, deps), (*door.CHECKS, *pages.CHECKS)
        return
    try:
        yield brought, every
    finally:
        with suppress(Exception, SystemExit):  # everything has been checked by now
            brought.close()


@contextmanager
def _sandbox_bench(deps: Deps) -> Iterator[Bench]:
    """A sandbox of its own, in a folder that goes afterwards; this home's is not touched."""
    from tempfile import TemporaryDirectory

    from dvc_cli.backends.sandbox import SandboxBackend
    from dvc_cli.portal.portal import Portal
    from dvc_cli.testing.training_bench import TrainingBench

    with TemporaryDirectory(prefix="dvc-check-") as folder:
        clock = _MovedClock(deps.now())
        room = Portal(Path(folder), clock)
        try:
            yield TrainingBench(
                lambda: SandboxBackend(Portal(Path(folder), clock)),
                room.people,
                lambda challenge_id: room.newest_code(challenge_id=challenge_id).code,
                clock.pass_by,
            )
        finally:
            room.close()


@contextmanager
def _server_bench(deps: Deps, token: str) -> Iterator[Bench]:
    """The people of a training server; its time cannot be moved."""
    from dvc_cli.contract.secret import Secret
    from dvc_cli.testing.training_bench import TrainingBench

    admin, options = Secret(token), deps.backend_options
    backend = bare_backend(HTTP, options)
    room = cast("Training", backend)
    try:
        yield TrainingBench(
            lambda: bare_backend(HTTP, options),
            lambda: room.list_people(admin, ""),
            lambda challenge_id: room.newest_code(admin, "", challenge_id).code,
        )
    finally:
        backend.close()


class _MovedClock:
    """Time that checks move on."""

    def __init__(self, instant: datetime) -> None:
        self._instant = instant

    def now(self) -> datetime:
        return self._instant

    def pass_by(self, seconds: int) -> bool:
        self._instant += timedelta(seconds=seconds)
        return True


class _NobodysBench:
    """A backend without people to try it with."""

    def __init__(self, name: str, deps: Deps) -> None:
        self._name, self._options = name, replace(deps.backend_options)

    def open(self) -> Backend:
        return bare_backend(self._name, self._options)

    def citizens(self) -> tuple[Citizen, ...]:
        return ()

    def code(self, challenge_id: str) -> Secret:
        raise LookupError(challenge_id)

    def registration(self) -> Registration | None:
        return None

    def submission(self) -> tuple[Citizen, Submission] | None:
        return None

    def pass_by(self, seconds: int) -> bool:  # noqa: ARG002 - as the protocol has it
        return False

    def close(self) -> None:
        return None


COMMANDS = {"backend check": declare(CheckOptions, check)}
