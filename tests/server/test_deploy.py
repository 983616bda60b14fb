"""The files for operators: what they start, whom they trust, what they need. They were run by hand; this is what can be held without."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from dvc_cli.commands.flags import parse
from dvc_cli.commands.sandbox_serve import ServeOptions
from dvc_cli.portal.web.run import GRACE_SECONDS

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"


@pytest.fixture
def compose() -> Any:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def unit() -> dict[str, str]:
    lines = (DEPLOY / "dvc-sandbox.service").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if re.match("[A-Z]", line))


def serve_options(words: list[str]) -> ServeOptions:
    assert words[:2] == ["sandbox", "serve"]
    return parse(ServeOptions, "sandbox serve", words[2:])


def test_both_start_a_training_server(compose: Any, unit: dict[str, str]) -> None:
    assert serve_options(compose["services"]["server"]["command"][1:]).training
    assert serve_options(unit["ExecStart"].split()[1:]).training


def test_the_server_in_a_container_believes_the_gateway_through_which_its_published_port_is_reached(compose: Any) -> None:
    (network,) = compose["networks"]["default"]["ipam"]["config"]
    assert serve_options(compose["services"]["server"]["command"][1:]).trusted_proxy == [network["gateway"]]
    assert all(port.startswith("127.0.0.1:") for port in compose["services"]["server"]["ports"])


def test_a_password_of_any_letters_reaches_the_server_beside_its_address(compose: Any) -> None:
    environment = compose["services"]["server"]["environment"]
    assert urlsplit(environment["DVC_DATABASE"]).password is None
    assert environment["PGPASSWORD"] == compose["services"]["database"]["environment"]["POSTGRES_PASSWORD"]


def test_a_database_that_is_only_being_made_is_not_taken_for_one(compose: Any) -> None:
    assert " -h 127.0.0.1 " in compose["services"]["database"]["healthcheck"]["test"][1]


def test_both_wait_for_the_calls_under_way_and_tell_the_first_process_alone(compose: Any, unit: dict[str, str]) -> None:
    assert int(compose["services"]["server"]["stop_grace_period"].removesuffix("s")) > GRACE_SECONDS + 1
    assert int(unit["TimeoutStopSec"]) > GRACE_SECONDS + 1
    assert unit["KillMode"] == "mixed"


def test_the_builder_is_sent_what_the_image_is_made_of() -> None:
    steps = (DEPLOY / "Containerfile").read_text(encoding="utf-8").splitlines()
    sources = {source for step in steps if step.startswith("COPY ") for source in step.split()[1:-1]}
    sent = {line[1:] for line in (DEPLOY / "Containerfile.dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")}
    assert sources == sent
    assert all((ROOT / source).exists() for source in sources)
