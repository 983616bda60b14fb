"""Every test gets a home of its own, a clean environment and a fixed instant; `dvc` runs in this process or as one of its own."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from dvc_cli.cli import main
from dvc_cli.language import set_language
from dvc_cli.output.streams import World

settings.register_profile("untimed", deadline=None)  # a machine under load is no failure
settings.load_profile("untimed")

NOW = "2026-11-09T09:30"  # a Monday
PASSPHRASE = "kho-tap-huan"
FOREIGN = ("DVC_", "ACCESSIBLE", "NO_COLOR", "FORCE_COLOR", "XDG_", "PYTHON_KEYRING")


@dataclass(frozen=True)
class Outcome:
    """What one run left behind."""

    exit_code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, object]:
        """The only JSON document on standard output."""
        document = json.loads(self.out)
        assert set(document) == {"dvc", "command", "status", "data", "problems", "next"}
        assert document["dvc"] == 1
        return document

    @property
    def data(self) -> dict[str, object]:
        return self.document["data"]

    @property
    def status(self) -> str:
        return self.document["status"]

    @property
    def codes(self) -> list[str]:
        return [problem["code"] for problem in self.document["problems"]]


@pytest.fixture(autouse=True)
def _clean_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in list(os.environ):
        if name.startswith(FOREIGN):
            monkeypatch.delenv(name)
    yield
    set_language("vi")


@pytest.fixture(scope="session")
def sandbox_seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sandbox with its people, made once; each home gets a copy."""
    home = tmp_path_factory.mktemp("seed")
    assert run_in_process(["sandbox", "people", "--json"], environ_of(home)).exit_code == 0
    return home


@pytest.fixture
def home(tmp_path: Path, sandbox_seed: Path) -> Path:
    """A home whose sandbox is new."""
    target = tmp_path / "home"
    shutil.copytree(sandbox_seed, target)
    return target


def environ_of(home: Path, **extra: str) -> dict[str, str]:
    """The environment of a workstation: encrypted token file, frozen time."""
    return {"DVC_HOME": str(home), "DVC_NOW": NOW, "DVC_TOKEN_STORE": "file", "DVC_PASSPHRASE": PASSPHRASE, **extra}


def run_in_process(
    words: Sequence[str],
    environ: Mapping[str, str],
    typed: str | bytes = "",
    *,
    folder: Path | None = None,
    wire: Callable[..., object] | None = None,
) -> Outcome:
    """Run `dvc` with streams of our own; standard input is what was `typed`."""
    stdin = io.TextIOWrapper(io.BytesIO(typed if isinstance(typed, bytes) else typed.encode()), encoding="utf-8")
    stdout, stderr = io.StringIO(), io.StringIO()
    world = World(stdin, stdout, stderr, dict(environ), folder or Path.cwd())
    exit_code = main(list(words), world, wire)
    return Outcome(exit_code, stdout.getvalue(), stderr.getvalue())


class Dvc:
    """`dvc` at one workstation. Call it with words; `answers` go to standard input as JSON; `--json --no-input` are added."""

    def __init__(self, home: Path, **extra: str) -> None:
        self.home, self.extra = home, extra
        self.wire: Callable[..., object] | None = None
        self.folder = home.parent

    def __call__(self, *words: str, answers: object = None, typed: str | bytes = "", **extra: str) -> Outcome:
        more = ["--answers", "-"] if answers is not None else []
        text = json.dumps(answers) if answers is not None else typed
        return self.plain(*words, *more, "--json", "--no-input", typed=text, **extra)

    def plain(self, *words: str, typed: str | bytes = "", **extra: str) -> Outcome:
        """Exactly these words."""
        outcome = run_in_process(words, environ_of(self.home, **self.extra, **extra), typed, folder=self.folder, wire=self.wire)
        assert "Traceback" not in outcome.err
        return outcome

    def process(self, *words: str, typed: str = "", **extra: str) -> Outcome:
        """The same words in a process of their own."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        done = subprocess.run(
            [sys.executable, "-m", "dvc_cli", *words],
            env={**kept, **environ_of(self.home, **self.extra, **extra)},
            input=typed.encode(),
            capture_output=True,
            timeout=60,
            check=False,
            cwd=self.folder,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    def code(self, *words: str) -> str:
        """The newest code on the invented phones."""
        return str(self("sandbox", "otp", *words).data["code"])

    def person(self, id_number: str) -> dict[str, object]:
        people = self("sandbox", "people").data["people"]
        return next(person for person in people if person["id_number"] == id_number)

    def sign_in_vneid(self, id_number: str) -> Outcome:
        """Number, password, code."""
        begun = self("login-vneid", answers={"id_number": id_number, "password": self.person(id_number)["vneid_password"]})
        assert begun.status == "pending", begun.document
        return self("verify-otp", answers={"otp": self.code("--challenge", begun.data["challenge"]["id"])})


@pytest.fixture
def dvc(home: Path) -> Dvc:
    """`dvc` in a home of its own."""
    return Dvc(home)
