"""Where the program keeps its things: four folders, below `DVC_HOME` when that is set, else where the platform keeps such things."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from dvc_cli.lazy_dataclasses import dataclass

APP = "dvc-cli"


@dataclass(frozen=True, slots=True)
class Paths:
    """The four folders, absolute; none of them need exist: each is made, for its owner alone, when something is first written.

    `config` holds config.toml; `data` the encrypted stores and the sandbox; `state` small facts without secrets; `logs` the logs.
    """

    config: Path
    data: Path
    state: Path
    logs: Path

    @property
    def config_file(self) -> Path:
        """The settings file of the person."""
        return self.config / "config.toml"


def find_paths(environ: Mapping[str, str], platform: str = sys.platform) -> Paths:
    """The folders for this environment; `platform` is spelled as `sys.platform`. Touches nothing on the disk."""
    home = environ.get("DVC_HOME", "").strip()
    if home:
        root = Path(os.path.abspath(os.path.expanduser(home)))  # noqa: PTH100, PTH111 - Path's own raise for an unknown ~user
        return Paths(root / "config", root / "data", root / "state", root / "logs")
    if platform == "win32":
        return _windows(environ)
    if platform == "darwin":
        return _mac(environ)
    return _xdg(environ)


def _user_home(environ: Mapping[str, str], name: str) -> Path:
    given = environ.get(name, "")
    return Path(given) if Path(given).is_absolute() else Path(os.path.expanduser("~"))  # noqa: PTH111


def _windows(environ: Mapping[str, str]) -> Paths:
    home = _user_home(environ, "USERPROFILE")
    roaming = Path(environ.get("APPDATA") or home / "AppData" / "Roaming") / APP
    local = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / APP
    return Paths(roaming, local / "data", local / "state", local / "logs")


def _mac(environ: Mapping[str, str]) -> Paths:
    library = _user_home(environ, "HOME") / "Library"
    support = library / "Application Support" / APP
    return Paths(support / "config", support / "data", support / "state", library / "Logs" / APP)


def _xdg(environ: Mapping[str, str]) -> Paths:
    home = _user_home(environ, "HOME")
    config = _xdg_folder(environ, "XDG_CONFIG_HOME", home / ".config")
    data = _xdg_folder(environ, "XDG_DATA_HOME", home / ".local" / "share")
    state = _xdg_folder(environ, "XDG_STATE_HOME", home / ".local" / "state")
    return Paths(config / APP, data / APP, state / APP, state / APP / "logs")


def _xdg_folder(environ: Mapping[str, str], name: str, default: Path) -> Path:
    # The specification of these variables says that a relative path is to be ignored.
    given = Path(environ.get(name, ""))
    return given if given.is_absolute() else default
