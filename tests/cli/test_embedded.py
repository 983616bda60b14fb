"""Before the embedded sandbox nothing of a server is loaded: each command of a whole day at the desk, in a process of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli.test_startup import CASE, run
from dvc_cli.commands.table import commands, subcommands

ABSENT = {
    *("starlette", "uvicorn", "oauthlib", "authlib", "jwt", "anyio", "h11"),
    *("psycopg", "psycopg_pool", "psycopg_binary"),
    *("httpx", "httpx2", "httpcore", "httpcore2", "stamina"),
    *("dvc_cli.portal.web", "dvc_cli.portal.storage.postgres", "dvc_cli.backends.http", "dvc_cli.backends.http_wire"),
}
MAI = "092196999001"
PASSWORD = "Gac-Bong7-tim!"
LEFT_OUT = {"sandbox serve"}
"""The server itself."""


@dataclass
class Measured:
    """`dvc` in `home`; each line is run for itself."""

    home: Path
    done: set[str]

    def __call__(self, *words: str, answers: object = None, exit_code: int = 0) -> dict[str, Any]:
        line = [*words, *(["--answers", "-"] if answers is not None else []), "--json", "--no-input"]
        loaded, told = run(line, self.home, exit_code, json.dumps(answers) if answers is not None else "")
        document = json.loads(told)
        assert not loaded & ABSENT, words
        self.done.add(str(document["command"]))
        return document["data"]

    def code(self) -> dict[str, str]:
        return {"otp": self("sandbox", "otp")["code"]}


@pytest.fixture
def measured(home: Path) -> Measured:
    return Measured(home, set())


def test_a_day_at_the_embedded_sandbox_loads_nothing_of_a_server(measured: Measured) -> None:
    people = measured("sandbox", "people")["people"]
    mai = next(each for each in people if each["id_number"] == MAI)
    measured("sandbox", "people", "generate", "--count", "2")
    new = {"id_number": "000190900001", "full_name": "LÊ THỊ VÍ DỤ", "birth_date": "1990-01-02", "gender": "nu"}
    measured("sandbox", "people", "add", *(part for key, value in new.items() for part in ("--set", f"{key}={value}")))
    (measured.home / "nguoi.json").write_text(json.dumps({"people": [{**new, "id_number": "000190900002"}]}), encoding="utf-8")
    measured("sandbox", "people", "import", "nguoi.json")

    who = {key: mai[key] for key in ("id_number", "full_name", "birth_date", "phone")}
    measured("register", answers={"subject": "cong_dan", "method": "thue_bao_di_dong", **who})
    measured("sandbox", "sms")
    measured("verify-otp", answers=measured.code())
    measured("set-password", answers={"password": PASSWORD, "password_again": PASSWORD})
    measured("login", answers={"id_number": MAI, "password": PASSWORD})
    measured("verify-otp", answers=measured.code())
    measured("login-vneid", answers={"id_number": MAI, "password": mai["vneid_password"]})
    measured("verify-otp", answers=measured.code())
    measured("whoami")
    measured("profile", "show")
    measured("profile", "sync")

    filed = measured("khai-sinh", "--answers", str(CASE))["dossier"]["code"]
    measured("ho-so", "list")
    measured("ho-so", "show", filed)
    measured("sandbox", "office", "ask", filed, "--field", "child_given_name", "--note", "Tên chưa rõ dấu")
    measured("sandbox", "office", "refuse", filed, "--note", "Sai nơi")
    measured("sandbox", "office", "finish", filed, exit_code=4)
    measured("outbox", "list")
    measured("today")
    for line in (
        "backend list",
        "backend check sandbox",
        "backend show sandbox",
        "backend show",
        "doctor",
        "config list",
        "logout",
        "done",
    ):
        measured(*line.split())
    measured("sandbox", "advance", "--days", "1")
    measured("sandbox", "reset", "--yes")
    sandbox = {each.name for each in commands() if each.name.startswith(("sandbox ", "backend ")) and not subcommands(each.name)}
    assert sandbox - measured.done - LEFT_OUT == set()
