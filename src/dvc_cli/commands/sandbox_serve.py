"""`dvc sandbox serve`: the training portal for other machines, over the contract of `docs/openapi.json`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import unquote, urlsplit

from dvc_cli.clock import SystemClock
from dvc_cli.commands.declared import declare
from dvc_cli.commands.deps import Deps
from dvc_cli.commands.flags import CommonFlags, option
from dvc_cli.errors import NotSupportedError, UsageError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.output.result import Result
from dvc_cli.portal.portal import Portal, sandbox_folder, sandbox_offset
from dvc_cli.portal.storage.connection import DATABASE

if TYPE_CHECKING:  # needs the extra `server`
    from dvc_cli.portal.web.run import Listening

DEFAULT_PORT = 8480


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions(CommonFlags):
    """Where to listen, what to keep the data in, and whether it is a training server."""

    database: Annotated[str, option("--database", metavar="ĐỊA_CHỈ", help="sqlite:///đường/dẫn; mặc định là sandbox của máy này")] = ""
    host: Annotated[str, option("--host", metavar="ĐỊA_CHỈ", help="Địa chỉ lắng nghe (mặc định 127.0.0.1)")] = "127.0.0.1"
    port: Annotated[int, option("--port", metavar="SỐ", help="Cổng (mặc định 8480; 0 là cổng trống bất kỳ)")] = DEFAULT_PORT
    certificate: Annotated[str, option("--certificate", metavar="TỆP", help="Chứng thư TLS (PEM)")] = ""
    key: Annotated[str, option("--key", metavar="TỆP", help="Khóa của chứng thư (PEM)")] = ""
    behind_proxy: Annotated[bool, option("--behind-proxy", help="Có máy chủ TLS đứng trước trên máy này")] = False
    training: Annotated[bool, option("--training", help="Máy chủ ĐÀO TẠO: in mã quản trị để đọc OTP từ xa")] = False


def serve(options: ServeOptions, deps: Deps) -> Result:
    """Serve until stopped (Ctrl-C, SIGTERM); calls under way are finished."""
    if not deps.on_sandbox:
        raise NotSupportedError(problem("BE-NOT-SUPPORTED", detail=_("Chỉ dùng được với backend sandbox.")))
    if find_spec("starlette") is None or find_spec("uvicorn") is None:
        raise UsageError(problem("A-USAGE", detail=_("Cần phần mở rộng server."), hint="pip install 'dvc-cli[server]'"))
    from dvc_cli.backends.http_address import is_loopback
    from dvc_cli.portal.web.run import Listening

    listening = Listening(options.host, options.port, options.certificate, options.key, options.behind_proxy)
    if not (is_loopback(options.host) or options.certificate or options.behind_proxy):
        hint = _("Thêm --certificate và --key, hoặc --behind-proxy khi đã có máy chủ TLS đứng trước.")
        raise UsageError(problem("A-USAGE", "host", detail=_("Ra ngoài máy này phải có TLS."), hint=hint))
    folder = _folder(options.database) or sandbox_folder(deps.paths.data)
    _run(deps, listening, folder, training=options.training)
    return Result(deps.command, data={"stopped": True}, text=(_("Đã dừng máy chủ."),))


def _run(deps: Deps, listening: Listening, folder: Path, *, training: bool) -> None:
    import secrets

    from dvc_cli.backends.sandbox import SandboxBackend
    from dvc_cli.contract.secret import Secret
    from dvc_cli.portal.web.app import create_app
    from dvc_cli.portal.web.house import House
    from dvc_cli.portal.web.log import Log
    from dvc_cli.portal.web.run import run

    own = folder == sandbox_folder(deps.paths.data) or bool(deps.world.environ.get("DVC_NOW"))
    clock = deps.clock if own else SystemClock(sandbox_offset(folder))
    admin = Secret(secrets.token_urlsafe(32)) if training else None
    house = House(lambda: Portal(folder, clock, calendar=lambda: deps.calendar), SandboxBackend, Log(deps.world.stderr), admin)
    first = house.open_portal()
    first.people("")  # a broken or newer database is told of now, not to the first caller
    first.close()
    bound = listening.bind()
    deps.tell(_("Đang phục vụ tại {url} (Ctrl-C để dừng).").format(url=listening.url(bound)))
    if admin is not None:
        deps.tell(_("ĐÀO TẠO. Mã quản trị, chỉ in một lần (DVC_ADMIN_TOKEN): {token}").format(token=admin.value))
    run(create_app(house), house, listening, bound)


def _folder(database: str) -> Path | None:
    """The folder that a database address means; None when none was given. UsageError A-USAGE for another kind of address."""
    if not database:
        return None
    parts = urlsplit(database)
    if parts.scheme != "sqlite" or parts.netloc or not parts.path.strip("/"):
        raise UsageError(problem("A-USAGE", "database", detail=_("--database nhận sqlite:///đường/dẫn.")))
    path = Path(unquote(parts.path)[1:] if parts.path.startswith("//") else unquote(parts.path))
    return path.parent if path.name == DATABASE else path


COMMANDS = {"sandbox serve": declare(ServeOptions, serve)}
