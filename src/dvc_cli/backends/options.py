"""What a backend is opened with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dvc_cli.clock import Clock
from dvc_cli.lazy_dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Network:
    """How a server is reached; "" is the usual way.

    `ca_file` holds the certificates to trust instead of the operating system's, `client_certificate` and `client_key` are PEM files that
    show who this workstation is, `proxy` is an address instead of what the environment says, `timeout` the seconds that a call may take.
    """

    ca_file: str = ""
    client_certificate: str = ""
    client_key: str = ""
    proxy: str = field(default="", repr=False)
    timeout: str = ""


if TYPE_CHECKING:
    from dvc_cli.domain.calendar import WorkingCalendar


@dataclass(frozen=True, slots=True)
class BackendOptions:
    """The chosen address (`url`, '' when none), a folder of this workstation for what the backend keeps, the present, the network.

    `calendar` gives the working days as this office knows them; a backend that keeps its own calendar does not ask.
    """

    url: str
    data_folder: Path
    clock: Clock
    network: Network = Network()
    calendar: Callable[[], WorkingCalendar] | None = None
