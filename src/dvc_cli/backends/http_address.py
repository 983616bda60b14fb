"""Where a server is and whom to trust: checked before the first byte is sent."""

from __future__ import annotations

import ssl
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from dvc_cli.backends.options import Network
from dvc_cli.errors import UsageError, problem
from dvc_cli.language import _
from dvc_cli.lazy_dataclasses import dataclass
from dvc_cli.text import safe

_DEFAULT_TOTAL = 45.0
_MOST_TOTAL = 600.0


@dataclass(frozen=True, slots=True)
class Address:
    """A server: `base` without a slash at the end, and whether it is on this very machine."""

    base: str
    loopback: bool

    @property
    def encrypted(self) -> bool:
        """Whether TLS is spoken."""
        return self.base.startswith("https://")

    @property
    def host(self) -> tuple[str, int]:
        """Name or address, and port, as a connection is opened to it."""
        parts = urlsplit(self.base)
        return parts.hostname or "", parts.port or (443 if self.encrypted else 80)


def read_address(url: str) -> Address:
    """The server at `url`. UsageError A-USAGE: none given, not understood, or plain http to another machine."""
    if not url:
        raise _wrong(_("Backend http cần địa chỉ máy chủ."), _("Dùng --url https://…, DVC_URL hoặc dvc config set url …"))
    parts = _split(url)
    if parts is None or parts.username is not None or parts.query or parts.fragment:
        raise _wrong(_("Địa chỉ máy chủ không hợp lệ: {url}.").format(url=safe(_without_user(url), 120)))
    loopback = is_loopback(parts.hostname or "")
    if parts.scheme == "http" and not loopback:
        raise _wrong(_("Chỉ gửi dữ liệu qua https; http chỉ dùng cho chính máy này (127.0.0.1)."))
    return Address(f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}", loopback)


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine: localhost or an address of the loopback network; other names are not looked up."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def trust(network: Network) -> ssl.SSLContext:
    """TLS as this workstation is told to trust: the system's store, or `ca_file` alone. UsageError names a useless file."""
    try:
        context = ssl.create_default_context(cafile=network.ca_file or None)
    except (OSError, ValueError):
        raise _wrong(_("Không đọc được chứng thư gốc {file}.").format(file=safe(network.ca_file, 120))) from None
    if network.client_certificate:
        try:
            # An empty passphrase: OpenSSL would otherwise ask for one on the terminal by itself.
            context.load_cert_chain(network.client_certificate, network.client_key or None, password="")
        except (OSError, ValueError):
            name = safe(network.client_certificate, 120)
            hint = _("Cần tệp PEM, khóa không đặt mật khẩu.")
            raise _wrong(_("Không đọc được chứng thư của máy này {file}.").format(file=name), hint) from None
    return context


def total_seconds(network: Network) -> float:
    """How long one call may take with all its tries. UsageError for a text that is no number of seconds up to ten minutes."""
    if not network.timeout:
        return _DEFAULT_TOTAL
    try:
        seconds = float(network.timeout)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _MOST_TOTAL:
        raise _wrong(_("timeout là số giây, từ trên 0 đến 600."))
    return seconds


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    known = parts.scheme in {"http", "https"} and bool(parts.hostname) and url.isascii() and url.isprintable() and " " not in url
    return parts if known and port != 0 else None


def _without_user(url: str) -> str:
    return url.rpartition("@")[2]


def _wrong(detail: str, hint: str = "") -> UsageError:
    return UsageError(problem("A-USAGE", "url", detail=detail, hint=hint))
