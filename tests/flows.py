"""Runs `dvc` as a tester does: one process a command, answers on standard input, JSON back, every answer held against its schema."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases"
SCHEMA = jsonschema.Draft202012Validator(json.loads((ROOT / "docs" / "answer.schema.json").read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Answer:
    """One command's exit code, its only JSON document, and what went to standard error."""

    exit_code: int
    document: dict[str, Any]
    remarks: str

    @property
    def data(self) -> dict[str, Any]:
        return self.document["data"]

    @property
    def codes(self) -> list[str]:
        return [problem["code"] for problem in self.document["problems"]]


@dataclass
class Desk:
    """A workstation of its own: a home folder, a frozen instant, an encrypted token file."""

    home: Path
    now: str = "2026-11-09T09:30"
    extra: dict[str, str] = field(default_factory=dict)

    def environ(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("DVC_", "ACCESSIBLE", "FORCE_COLOR"))}
        return (
            kept
            | {
                "DVC_HOME": str(self.home),
                "DVC_NOW": self.now,
                "DVC_TOKEN_STORE": "file",
                "DVC_PASSPHRASE": "kho-tap-huan",
                "PYTHONUTF8": "1",
            }
            | self.extra
        )

    def run(self, *words: str, answers: dict[str, Any] | None = None, typed: str = "") -> Answer:
        """Run `dvc WORDS --json --no-input`; `answers` go to standard input as JSON."""
        extra = ["--answers", "-"] if answers is not None else []
        done = subprocess.run(
            [sys.executable, "-m", "dvc_cli", *words, *extra, "--json", "--no-input"],
            env=self.environ(),
            input=json.dumps(answers) if answers is not None else typed,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        document = json.loads(done.stdout)
        SCHEMA.validate(document)
        assert "Traceback" not in done.stderr
        return Answer(done.returncode, document, done.stderr)

    def code(self, **which: str) -> str:
        """The newest code of the sandbox."""
        flags = [part for key, value in which.items() for part in (f"--{key}", value)]
        return self.run("sandbox", "otp", *flags).data["code"]

    def people(self) -> list[dict[str, Any]]:
        return self.run("sandbox", "people").data["people"]

    def person(self, id_number: str) -> dict[str, Any]:
        return next(person for person in self.people() if person["id_number"] == id_number)

    def sign_in_vneid(self, id_number: str) -> Answer:
        """VNeID: number, password, code."""
        begun = self.run("login-vneid", answers={"id_number": id_number, "password": self.person(id_number)["vneid_password"]})
        assert begun.document["status"] == "pending", begun.document
        return self.run("verify-otp", answers={"otp": self.code(challenge=begun.data["challenge"]["id"])})
