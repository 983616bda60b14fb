"""`dvc sandbox serve` as a process: where it keeps its data, what it says, how it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from conftest import FOREIGN, Dvc, environ_of
from dvc_cli.portal.web.run import Listening

ROOT = Path(__file__).resolve().parents[2]


def started(home: Path, *words: str, **extra: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    line = [sys.executable, "-m", "dvc_cli", "sandbox", "serve", "--port", "0", "--json", *words]
    environ = {**kept, **environ_of(home), **extra}
    return subprocess.Popen(line, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")


def listening(server: subprocess.Popen[str]) -> tuple[str, str]:
    """Its address, and the administrator's token ('' without training)."""
    token = ""
    for line in server.stderr or ():
        if "DVC_ADMIN_TOKEN" in line:
            token = line.rsplit(" ", 1)[1].strip()
        if line.startswith("{"):
            facts = json.loads(line)
            assert facts["event"] == "listening"
            return facts["url"], token
    raise AssertionError(server.returncode)


def test_it_serves_a_training_portal_until_it_is_told_to_stop(dvc: Dvc) -> None:
    server = started(dvc.home, "--training")
    try:
        url, token = listening(server)
        assert httpx.get(f"{url}/readyz").json() == {"status": "ready"}
        desk = Dvc(dvc.home.parent / "other")
        people = desk("sandbox", "people", "--url", url, DVC_ADMIN_TOKEN=token).data["people"]
        assert people == dvc("sandbox", "people").data["people"]
        refused = desk("sandbox", "otp", "--url", url, DVC_ADMIN_TOKEN="doan-mo")
        assert (refused.exit_code, refused.codes) == (3, ["TK-SESSION-REVOKED"])
        missing = desk("sandbox", "otp", "--url", url, DVC_ADMIN_TOKEN="")
        assert (missing.exit_code, missing.codes) == (2, ["A-USAGE"])
    finally:
        server.send_signal(signal.SIGTERM)
        out, err = server.communicate(timeout=30)
    assert (server.returncode, json.loads(out)["data"]) == (0, {"stopped": True})
    assert '"event": "stopped"' in err
    assert token not in err


@pytest.mark.parametrize(
    ("words", "extra"),
    [
        (("--host", "0.0.0.0"), {}),
        (("--database", "mysql://x/y"), {}),
        (("--database", "sqlite://"), {}),
        (("--database", "postgresql://ten:mat-khau@may/dvc"), {}),
        (("--port", "70000"), {}),
    ],
)
def test_what_cannot_be_served_is_refused(dvc: Dvc, words: tuple[str, ...], extra: dict[str, str]) -> None:
    refused = dvc("sandbox", "serve", *words, **extra)
    assert (refused.exit_code, refused.codes) == (2, ["A-USAGE"])
    assert "mat-khau" not in refused.out + refused.err


def test_a_database_that_is_away_is_told_before_anything_is_served(dvc: Dvc, tmp_path: Path) -> None:
    away = dvc("sandbox", "serve", DVC_DATABASE=f"postgresql:///dvc?host={tmp_path}")
    assert (away.exit_code, away.codes) == (5, ["BE-UNREACHABLE"])


def test_the_files_for_operators_run_what_there_is() -> None:
    import yaml

    compose = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))
    unit = (ROOT / "deploy" / "dvc-sandbox.service").read_text(encoding="utf-8")
    command = next(line for line in unit.splitlines() if line.startswith("ExecStart=")).split()[1:]
    from dvc_cli.commands.flags import parse
    from dvc_cli.commands.sandbox_serve import ServeOptions

    for words in (compose["services"]["server"]["command"][1:], command):
        assert words[:2] == ["sandbox", "serve"]
        assert parse(ServeOptions, "sandbox serve", words[2:]).training


def test_no_answer_waits_for_the_word_that_its_head_arrived() -> None:
    with Listening("127.0.0.1", 0).bind() as bound, socket.create_connection(bound.getsockname()):
        accepted, _address = bound.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
