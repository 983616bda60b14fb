"""The built wheel, in an environment that has never seen the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

from flows import CASES, ROOT


def test_the_wheel_works_in_another_environment(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path / "dist"), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = (tmp_path / "dist").glob("dvc_cli-*.whl")
    venv.create(tmp_path / "venv", with_pip=True)
    folder = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([folder / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)], check=True)

    environ = {"PATH": str(folder), "DVC_HOME": str(tmp_path / "home"), "DVC_NOW": "2026-11-09T09:30", "PYTHONUTF8": "1"}
    for command in ("dvc", "dvcqg"):
        shown = subprocess.run([folder / command, "--version"], env=environ, capture_output=True, text=True, check=True, cwd=tmp_path)
        assert shown.stdout.strip().endswith("0.1.0")
    checked = subprocess.run(
        [folder / "dvc", "khai-sinh", "--check", "--json", "--no-input", "--answers", str(CASES / "birth_a.yaml")],
        env=environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        cwd=tmp_path,
    )
    assert json.loads(checked.stdout)["data"]["complete"] is True
