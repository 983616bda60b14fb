"""`dvc sandbox serve`: the training portal for other machines, over the contract of `docs/openapi.json`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO
from urllib.parse import SplitResult, unquote, urlsplit

from dvc_cli.clock import Clock, FrozenClock, SystemClock
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags, option
from dvc_cli.errors import NotSupportedError, UnavailableError, UsageError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass, field
from dvc_cli.output.result import Result
from dvc_cli.portal.portal import Portal, sandbox_folder
from dvc_cli.portal.storage.connection import DATABASE
from dvc_cli.portal.storage.place import FolderPlace, Place, ServerPlace
from dvc_cli.text import safe

if TYPE_CHECKING:
    from dvc_cli.contract.secret import Secret
    from dvc_cli.domain.calendar import WorkingCalendar
    from dvc_cli.portal.web.house import House
    from dvc_cli.portal.web.run import Listening  # needs the extra `server`

DEFAULT_PORT = 8480
DATABASE_VARIABLE = "DVC_DATABASE"
THIS_MACHINE = ("127.0.0.1", "::1")
_FILE_ENDINGS = frozenset({".sqlite3", ".sqlite", ".db"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions(CommonFlags):
    """Where to listen, what to keep the data in, and whether it is a training server."""

    database: Annotated[str, option("--database", metavar="ĐỊA_CHỈ", help="sqlite:///… hoặc postgresql://… (hay biến DVC_DATABASE)")] = ""
    host: Annotated[str, option("--host", metavar="ĐỊA_CHỈ", help="Địa chỉ lắng nghe (mặc định 127.0.0.1)")] = "127.0.0.1"
    port: Annotated[int, option("--port", metavar="SỐ", help="Cổng (mặc định 8480; 0 là cổng trống bất kỳ)")] = DEFAULT_PORT
    certificate: Annotated[str, option("--certificate", metavar="TỆP", help="Chứng thư TLS (PEM)")] = ""
    key: Annotated[str, option("--key", metavar="TỆP", help="Khóa của chứng thư (PEM)")] = ""
    behind_proxy: Annotated[bool, option("--behind-proxy", help="Có máy chủ TLS đứng trước trên máy này")] = False
    trusted_proxy: Annotated[
        list[str], option("--trusted-proxy", metavar="ĐỊA_CHỈ", help="Máy chủ TLS đứng trước ở địa chỉ hay mạng này")
    ] = field(default_factory=list)
    workers: Annotated[int, option("--workers", metavar="SỐ", help="Số tiến trình cùng phục vụ một cổng (mặc định 1)")] = 1
    training: Annotated[bool, option("--training", help="Máy chủ ĐÀO TẠO: in mã quản trị để đọc OTP từ xa")] = False


def serve(options: ServeOptions, deps: Deps) -> Result:
    """Serve until stopped (Ctrl-C, SIGTERM); calls under way are finished."""
    if not deps.on_sandbox:
        raise NotSupportedError(problem("BE-NOT-SUPPORTED", detail=_("Chỉ dùng được với backend sandbox.")))
    if find_spec("starlette") is None or find_spec("uvicorn") is None:
        raise UsageError(problem("A-USAGE", detail=_("Cần phần mở rộng server."), hint="pip install 'dvc-cli[server]'"))
    from dvc_cli.backends.http_address import is_loopback
    from dvc_cli.portal.web.run import Listening
    from dvc_cli.portal.web.workers import MOST

    if not 1 <= options.workers <= MOST:
        raise UsageError(problem("A-USAGE", "workers", detail=_("Số tiến trình phải từ 1 đến {most}.").format(most=MOST)))

    listening = Listening(options.host, options.port, options.certificate, options.key, _proxies(options))
    if not (is_loopback(options.host) or listening.certificate or listening.proxies):
        hint = _("Thêm --certificate và --key, hoặc --behind-proxy khi đã có máy chủ TLS đứng trước.")
        raise UsageError(problem("A-USAGE", "host", detail=_("Ra ngoài máy này phải có TLS."), hint=hint))
    listening.check()
    _run(deps, listening, _plan(deps, _database(options, deps), training=options.training), options.workers)
    return Result(deps.command, data={"stopped": True}, text=(_("Đã dừng máy chủ."),))


@dataclass(frozen=True, slots=True)
class _Plan:
    """What each process of the server is told; `frozen` is a clock that stands still (DVC_NOW), else time is the database's own."""

    place: Place
    calendar: WorkingCalendar
    frozen: Clock | None
    admin: Secret | None

    def __call__(self, stream: TextIO) -> House:
        """The house of one process, which writes its log to `stream`."""
        from dvc_cli.backends.sandbox import SandboxBackend
        from dvc_cli.portal.web.house import House
        from dvc_cli.portal.web.log import Log

        return House(self.open_portal, SandboxBackend, Log(stream), self.admin)

    def open_portal(self) -> Portal:
        clock = self.frozen or SystemClock()
        return Portal(self.place, clock, calendar=lambda: self.calendar, own_time=self.frozen is None)


def _plan(deps: Deps, place: Place, *, training: bool) -> _Plan:
    import secrets

    from dvc_cli.contract.secret import Secret

    frozen = deps.clock if isinstance(deps.clock, FrozenClock) else None
    return _Plan(place, deps.calendar, frozen, Secret(secrets.token_urlsafe(32)) if training else None)


def _run(deps: Deps, listening: Listening, plan: _Plan, workers: int) -> None:
    from dvc_cli.portal.web.run import run
    from dvc_cli.portal.web.workers import run_workers

    with _start_told():
        plan.place.check()
        first = plan.open_portal()
        first.people("")  # a broken or newer database is told of now, not to the first caller
        first.close()
    bound, house = listening.bind(), plan(deps.world.stderr)
    deps.tell(_("Đang phục vụ tại {url} (Ctrl-C để dừng).").format(url=listening.url(bound)))
    if plan.admin is not None:
        deps.tell(_("ĐÀO TẠO. Mã quản trị, chỉ in một lần (DVC_ADMIN_TOKEN): {token}").format(token=plan.admin.value))
    if workers == 1:
        run(house, listening, bound)
    else:
        run_workers(plan, house, listening, bound, workers)


def _proxies(options: ServeOptions) -> tuple[str, ...]:
    """Whom to believe about a caller. UsageError A-USAGE for what is no address or network, or is the whole world."""
    if not options.trusted_proxy:
        return THIS_MACHINE if options.behind_proxy else ()
    for text in options.trusted_proxy:
        try:
            everybody = ip_network(text).prefixlen == 0  # then callers would tell their address themselves
        except ValueError:
            everybody = True
        if everybody:
            raise UsageError(
                problem("A-USAGE", "trusted_proxy", detail=_("--trusted-proxy nhận địa chỉ IP hoặc mạng, như 10.0.0.1, 10.0.0.0/28."))
            )
    return tuple(options.trusted_proxy)


def _database(options: ServeOptions, deps: Deps) -> Place:
    """Where the data is. UsageError A-USAGE for an address that is none, and for one that shows a password to the whole machine."""
    address = options.database or deps.world.environ.get(DATABASE_VARIABLE, "").strip()
    if not address:
        return FolderPlace(sandbox_folder(deps.paths.data))
    parts = _split(address)
    if parts.scheme in {"postgresql", "postgres"}:
        if find_spec("psycopg") is None:
            raise _wrong(_("Cần phần mở rộng postgres."), "pip install 'dvc-cli[postgres]'")
        if "password" in _facts(address) and options.database:
            raise _wrong(_("Mật khẩu không được đứng trên dòng lệnh: dùng biến DVC_DATABASE hoặc tệp .pgpass."))
        return ServerPlace(address)
    path = unquote(parts.path)
    if parts.scheme != "sqlite" or parts.netloc or parts.query or parts.fragment or not path.strip("/") or "\0" in path:
        raise _neither()
    found = Path(path[1:] if path.startswith("//") else path)
    if found.name == DATABASE:
        return FolderPlace(found.parent)
    if found.suffix in _FILE_ENDINGS or found.is_file():  # a folder of that name would be made, and nobody would look for it there
        raise _wrong(_("Tệp dữ liệu luôn tên là {name}: ghi thư mục, hoặc thư mục và tên ấy.").format(name=DATABASE))
    return FolderPlace(found)


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        raise _neither() from None


def _facts(address: str) -> Mapping[str, object]:
    """What PostgreSQL reads in an address; what is wrong with it is not repeated, for it may be a piece of a password."""
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        return conninfo_to_dict(address)
    except ProgrammingError:
        hint = _("Chữ @ : / ? # % trong mật khẩu phải viết là %40 %3A %2F %3F %23 %25, hoặc đặt mật khẩu trong biến PGPASSWORD.")
        raise _wrong(_("Không đọc được địa chỉ postgresql://…"), hint) from None


@contextmanager
def _start_told() -> Iterator[None]:
    """A database that is away or refuses is told with the server's own reason, which names its user and database at most."""
    try:
        yield
    except UnavailableError as error:
        _before, refused, reason = str(error.__cause__).rpartition("FATAL:")
        hint = _("Máy chủ chưa chạy. Xem cơ sở dữ liệu ở --database hoặc DVC_DATABASE có chạy và cho vào không.")
        detail = f"(PostgreSQL: {safe(reason.strip(), 200)})" if refused else f"(PostgreSQL: {type(error.__cause__).__name__})"
        raise UnavailableError(problem("BE-UNREACHABLE", detail=detail, source="portal", hint=hint)) from error


def _neither() -> UsageError:
    return _wrong(_("--database nhận sqlite:///đường/dẫn hoặc postgresql://…"))


def _wrong(detail: str, hint: str = "") -> UsageError:
    return UsageError(problem("A-USAGE", "database", detail=detail, hint=hint))


COMMANDS = {"sandbox serve": declare(ServeOptions, serve)}
