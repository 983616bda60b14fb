"""`dvc sandbox serve` as a process: where it keeps its data, what it says, how it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from conftest import FOREIGN, Dvc, environ_of
from dvc_cli.portal.web.run import Listening
from server.served import wait_until

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
        assert refused.document["problems"][0]["message"] == "Mã quản trị không đúng."
        missing = desk("sandbox", "otp", "--url", url, DVC_ADMIN_TOKEN="")
        assert (missing.exit_code, missing.codes) == (2, ["A-USAGE"])
    finally:
        server.send_signal(signal.SIGTERM)
        out, err = server.communicate(timeout=30)
    assert (server.returncode, json.loads(out)["data"]) == (0, {"stopped": True})
    assert '"event": "stopped"' in err
    assert token not in err


def test_several_processes_serve_one_address_with_one_time_and_one_administrator(dvc: Dvc) -> None:
    server = started(dvc.home, "--training", "--workers", "3", DVC_NOW="")
    try:
        url, token = listening(server)
        desk, admin = Dvc(dvc.home.parent / "other"), {"DVC_ADMIN_TOKEN": token}
        assert len({httpx.get(f"{url}/v1/now").json()[:4] for _call in range(12)}) == 1  # every process has looked at its clock
        moved = desk("sandbox", "advance", "--days", "3", "--url", url, **admin)
        assert (moved.exit_code, moved.data["offset_days"]) == (0, 3)
        assert abs(datetime.fromisoformat(moved.data["now"]) - datetime.now(UTC) - timedelta(days=3)) < timedelta(minutes=1)
        seen = {httpx.get(f"{url}/v1/now").json()[:10] for _call in range(12)}  # each on a connection of its own
        assert seen <= {moved.data["now"][:10], (datetime.fromisoformat(moved.data["now"]) + timedelta(days=1)).date().isoformat()}
        refused = desk("sandbox", "advance", "--days", "40000", "--url", url, **admin)
        assert (refused.exit_code, refused.codes) == (2, ["A-USAGE"])
        foreign = desk("sandbox", "advance", "--days", "1", "--url", url, DVC_ADMIN_TOKEN="doan-mo")
        assert (foreign.exit_code, foreign.codes) == (3, ["TK-SESSION-REVOKED"])
    finally:
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=30)
    assert (server.returncode, json.loads(out)["data"]) == (0, {"stopped": True})
    assert (err.count('"event": "listening"'), err.count('"event": "stopped"')) == (0, 1)  # the first was read above
    assert token not in err
    assert "Traceback" not in err


@pytest.mark.skipif(sys.platform != "linux", reason="finds the workers through /proc")
def test_a_worker_that_ends_is_replaced_and_none_outlives_the_first_process(dvc: Dvc) -> None:
    server = started(dvc.home, "--workers", "2")
    try:
        url, _token = listening(server)
        workers = serving_children(server.pid)
        assert len(workers) == 2
        os.kill(workers[0], signal.SIGKILL)
        wait_until(lambda: len(set(serving_children(server.pid)) - {workers[0]}) == 2)
        assert httpx.get(f"{url}/healthz").status_code == 200
        left = serving_children(server.pid)
    finally:
        server.kill()
        server.communicate(timeout=30)
    wait_until(lambda: not any(alive(pid) for pid in left))


def serving_children(pid: int) -> list[int]:
    """The processes that it started to serve; the standard library's tracker of resources is none."""
    children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    return [child for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.parametrize(
    ("words", "extra"),
    [
        (("--workers", "0"), {}),
        (("--workers", "65"), {}),
        (("--host", "0.0.0.0"), {}),
        (("--database", "mysql://x/y"), {}),
        (("--database", "sqlite://"), {}),
        (("--database", "sqlite:///srv/dvc/tap-huan.db"), {}),
        (("--database", f"sqlite://{__file__}"), {}),
        (("--database", "postgresql://ten:mat-khau@may/dvc"), {}),
        (("--port", "70000"), {}),
        (("--trusted-proxy", "*"), {}),
        (("--trusted-proxy", "proxy.example"), {}),
        (("--trusted-proxy", "10.0.0.1", "--trusted-proxy", "0.0.0.0/0"), {}),
    ],
)
def test_what_cannot_be_served_is_refused(dvc: Dvc, words: tuple[str, ...], extra: dict[str, str]) -> None:
    refused = dvc("sandbox", "serve", *words, **extra)
    assert (refused.exit_code, refused.codes) == (2, ["A-USAGE"])
    assert "mat-khau" not in refused.out + refused.err


@pytest.mark.parametrize(
    "address",
    [
        "sqlite:///tep?mode=ro",
        "sqlite:///%00/tep",
        "postgresql://dvc:mat-khau@/%u#9@may/dvc",
        "postgresql://dvc:mat-khau@[::1/dvc",
        "postgresql://may/dvc?mat-khau=1",
    ],
)
def test_an_address_that_cannot_be_read_is_refused_without_a_word_of_it(dvc: Dvc, address: str) -> None:
    refused = dvc("sandbox", "serve", "--port", "70000", DVC_DATABASE=address)
    assert (refused.exit_code, [(item["code"], item["field"]) for item in refused.document["problems"]]) == (2, [("A-USAGE", "database")])
    assert "mat-khau" not in refused.out + refused.err


def test_no_password_stands_on_the_command_line_wherever_it_hides(dvc: Dvc) -> None:
    refused = dvc("sandbox", "serve", "--database", "postgresql://may.invalid/dvc?password=mat-khau")
    assert (refused.exit_code, refused.codes) == (2, ["A-USAGE"])


def test_a_database_that_is_away_is_told_before_anything_is_served(dvc: Dvc, tmp_path: Path) -> None:
    away = dvc("sandbox", "serve", DVC_DATABASE=f"postgresql:///dvc?host={tmp_path}")
    assert (away.exit_code, away.codes) == (5, ["BE-UNREACHABLE"])


def test_no_answer_waits_for_the_word_that_its_head_arrived() -> None:
    with Listening("127.0.0.1", 0).bind() as bound, socket.create_connection(bound.getsockname()):
        accepted, _address = bound.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
