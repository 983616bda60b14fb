"""The example plug-in: a whole package of somebody else, in an environment of its own, checked by the shipped suite."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from dvc_cli.testing import pages
from flows import ROOT

EXAMPLE = ROOT / "examples" / "backend-plugin"
PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of a fresh environment with `dvc-cli` and the example in it."""
    root = tmp_path_factory.mktemp("plugin")
    for source in (ROOT, EXAMPLE):
        words = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(root / "dist"), str(source)]
        subprocess.run([sys.executable, *words], check=True, capture_output=True)
    venv.create(root / "venv", with_pip=True)
    found = root / "venv" / ("Scripts" if os.name == "nt" else "bin")
    (wheel,) = (root / "dist").glob("dvc_cli-*.whl")
    (plugin,) = (root / "dist").glob("dvc_counter-*.whl")
    subprocess.run([found / "python", *PIP, f"{wheel}[testing]", str(plugin)], check=True)
    return found


def dvc(folder: Path, home: Path, *words: str) -> dict[str, object]:
    environ = {"PATH": str(folder), "DVC_HOME": str(home), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [folder / "dvc", *words, "--json", "--no-input"],
        env=environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=home,
    )
    return json.loads(done.stdout)


def test_the_example_is_listed_and_keeps_the_contract(folder: Path, tmp_path: Path) -> None:
    listed = dvc(folder, tmp_path, "backend", "list")["data"]["backends"]
    assert ("counter", "dvc-counter 1.0", "") in [(each["name"], each["origin"], each["error"]) for each in listed]
    checked = dvc(folder, tmp_path, "backend", "check", "counter")
    outcomes = {each["name"]: each["outcome"] for each in checked["data"]["checks"]}
    assert checked["status"] == "ok", checked["problems"]
    assert [name for name, outcome in outcomes.items() if outcome != "passed"] == [
        "door.knows_no_unknown_ticket",
        "dossiers.supplements_when_asked_only",
        "dossiers.withdraws_once",
        "accounts.lets_two_attackers_guess_no_more_passwords_than_one",
        "accounts.opens_an_account",
        *(f"pages.{check.__name__}" for check in pages.CHECKS),
    ]


def test_its_own_tests_run_the_same_suite_under_pytest(folder: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [folder / "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", str(EXAMPLE / "tests")],
        env={"PATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout
    assert f"27 passed, {5 + len(pages.CHECKS)} skipped" in done.stdout


def test_a_broken_one_is_named_and_stops_nobody(folder: Path, tmp_path: Path) -> None:
    (site,) = (folder.parent / "lib").glob("python*/site-packages")
    facts = site / "dvc_broken-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: dvc-broken\nVersion: 1.0\n", encoding="utf-8")
    (facts / "entry_points.txt").write_text("[dvc_cli.backends]\nbroken = dvc_not_there:open_backend\n", encoding="utf-8")
    refused = dvc(folder, tmp_path, "backend", "check", "broken")
    assert [item["code"] for item in refused["problems"]] == ["A-USAGE"]
    assert "dvc_not_there" in refused["problems"][0]["message"]
    assert dvc(folder, tmp_path, "places", "cai khe")["status"] == "ok"
    listed = {each["name"]: each["error"] for each in dvc(folder, tmp_path, "backend", "list")["data"]["backends"]}
    assert ("dvc_not_there" in listed["broken"], listed["counter"]) == (True, "")
