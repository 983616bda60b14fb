from __future__ import annotations

from pathlib import Path

import pytest

from dvc_cli.paths import Paths, find_paths


def test_dvc_home_holds_everything(tmp_path):
    found = find_paths({"DVC_HOME": str(tmp_path), "XDG_DATA_HOME": "/elsewhere"})
    assert found == Paths(tmp_path / "config", tmp_path / "data", tmp_path / "state", tmp_path / "logs")
    assert found.config_file == tmp_path / "config" / "config.toml"


def test_a_relative_dvc_home_is_made_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert find_paths({"DVC_HOME": "here"}).data == tmp_path / "here" / "data"


@pytest.mark.parametrize("unset", ["", "  "])
def test_an_empty_dvc_home_is_none(unset):
    assert find_paths({"DVC_HOME": unset, "HOME": "/home/a"}, "linux") == find_paths({"HOME": "/home/a"}, "linux")


def test_linux_follows_the_xdg_folders():
    assert find_paths({"HOME": "/home/a"}, "linux") == Paths(
        Path("/home/a/.config/dvc-cli"),
        Path("/home/a/.local/share/dvc-cli"),
        Path("/home/a/.local/state/dvc-cli"),
        Path("/home/a/.local/state/dvc-cli/logs"),
    )
    assert find_paths({"HOME": "/home/a", "XDG_DATA_HOME": "/data"}, "linux").data == Path("/data/dvc-cli")


def test_a_relative_xdg_folder_is_ignored():
    assert find_paths({"HOME": "/home/a", "XDG_DATA_HOME": "data"}, "linux").data == Path("/home/a/.local/share/dvc-cli")


def test_mac_and_windows_use_their_own_folders():
    mac = find_paths({"HOME": "/Users/a"}, "darwin")
    assert mac.data == Path("/Users/a/Library/Application Support/dvc-cli/data")
    assert mac.logs == Path("/Users/a/Library/Logs/dvc-cli")
    windows = find_paths({"APPDATA": "/u/Roaming", "LOCALAPPDATA": "/u/Local"}, "win32")
    assert windows == Paths(
        Path("/u/Roaming/dvc-cli"), Path("/u/Local/dvc-cli/data"), Path("/u/Local/dvc-cli/state"), Path("/u/Local/dvc-cli/logs")
    )


def test_finding_touches_nothing(tmp_path):
    find_paths({"DVC_HOME": str(tmp_path / "new")})
    assert list(tmp_path.iterdir()) == []
