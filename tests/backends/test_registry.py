"""Backends are found by name; a broken plug-in is named and stops nobody."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dvc_cli.backends import BackendOptions, list_backends, open_backend
from dvc_cli.clock import FrozenClock, parse_now
from dvc_cli.errors import RefusedError, UsageError

Install = Callable[[str, str, str], None]

WORKING = """
class Quiet:
    name = "quiet"
    def __init__(self, options): self.options = options
def open_backend(options): return Quiet(options)
"""
REFUSING = """
from dvc_cli.errors import RefusedError, problem
def open_backend(options): raise RefusedError(problem("BE-VERSION"))
"""


@pytest.fixture
def options(tmp_path: Path) -> BackendOptions:
    return BackendOptions("https://may-chu.example", tmp_path / "data", FrozenClock(parse_now("2026-11-09T09:30")))


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Installs a package of one module with an entry point `name`, as pip would leave it."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))

    def put(name: str, source: str, attribute: str = "open_backend") -> None:
        module = f"plug_in_{name}_{site.parent.name}".replace("-", "_")
        (site / f"{module}.py").write_text(source, encoding="utf-8")
        facts = site / f"{module}-1.2.dist-info"
        facts.mkdir()
        (facts / "METADATA").write_text(f"Metadata-Version: 2.1\nName: dvc-{name}\nVersion: 1.2\n", encoding="utf-8")
        (facts / "entry_points.txt").write_text(f"[dvc_cli.backends]\n{name} = {module}:{attribute}\n", encoding="utf-8")

    return put


def usage_text(name: str, options: BackendOptions) -> str:
    with pytest.raises(UsageError) as caught:
        open_backend(name, options)
    (item,) = caught.value.problems
    assert (item.code, item.field, caught.value.exit_code) == ("A-USAGE", "backend", 2)
    return f"{item.message} {item.hint}"


def test_the_sandbox_is_always_there_and_opening_it_touches_nothing(options: BackendOptions) -> None:
    backend = open_backend("sandbox", options)
    assert (backend.name, backend.now()) == ("sandbox", options.clock.now())
    backend.close()
    assert not options.data_folder.exists()


def test_the_sandbox_and_http_are_built_in() -> None:
    (*built_in,) = list_backends()[:2]
    assert [(entry.name, entry.origin, entry.ok, entry.error) for entry in built_in] == [
        ("sandbox", "dvc-cli", True, ""),
        ("http", "dvc-cli", True, ""),
    ]
    assert not {"sandbox", "http"} & {plug_in.name for plug_in in list_backends()[2:]}


def test_a_plug_in_is_listed_with_its_package_and_opened_with_the_options(install: Install, options: BackendOptions) -> None:
    install("quiet", WORKING, "open_backend")
    assert [(entry.name, entry.origin, entry.ok) for entry in list_backends()][2:] == [("quiet", "dvc-quiet 1.2", True)]
    backend = open_backend("quiet", options)
    assert (backend.name, backend.options) == ("quiet", options)


@pytest.mark.parametrize(
    ("source", "attribute", "told"),
    [
        ("import khong_co_goi_nay", "open_backend", "ModuleNotFoundError: No module named 'khong_co_goi_nay'"),
        ("raise SystemExit(3)", "open_backend", "SystemExit: 3"),
        ("def open_backend(options:", "open_backend", "SyntaxError"),
        ("", "open_backend", "AttributeError"),
        ("open_backend = 7", "open_backend", "không gọi được"),
        ("raise ValueError('\\x1b[31mđỏ')", "open_backend", "đỏ"),
    ],
)
def test_a_broken_plug_in_is_named_with_its_error(
    install: Install, options: BackendOptions, source: str, attribute: str, told: str
) -> None:
    install("hong", source, attribute)
    install("quiet", WORKING, "open_backend")
    entries = {entry.name: entry for entry in list_backends()}
    assert told in entries["hong"].error
    assert "\x1b" not in entries["hong"].error
    assert (entries["hong"].ok, entries["quiet"].ok, entries["sandbox"].ok) == (False, True, True)
    text = usage_text("hong", options)
    assert "hong" in text
    assert told in text
    assert open_backend("sandbox", options).name == "sandbox"


def test_a_factory_that_fails_is_named_too(install: Install, options: BackendOptions) -> None:
    install("hong", "def open_backend(options): return 1 / 0", "open_backend")
    assert "ZeroDivisionError" in usage_text("hong", options)


def test_a_refusal_of_the_backend_itself_passes_through(install: Install, options: BackendOptions) -> None:
    install("moi", REFUSING, "open_backend")
    with pytest.raises(RefusedError) as caught:
        open_backend("moi", options)
    assert caught.value.problems[0].code == "BE-VERSION"


def test_a_plug_in_does_not_take_a_name_that_is_taken(install: Install, options: BackendOptions) -> None:
    install("sandbox", WORKING, "open_backend")
    entries = [entry for entry in list_backends() if entry.name == "sandbox"]
    assert [(entry.origin, entry.ok) for entry in entries] == [("dvc-cli", True), ("dvc-sandbox 1.2", False)]
    assert open_backend("sandbox", options).capabilities().invented_people


@pytest.mark.parametrize("name", ["sandbok", "", "\x1b[31m", "\ud800"])
def test_an_unknown_name_lists_the_valid_ones(install: Install, options: BackendOptions, name: str) -> None:
    install("quiet", WORKING, "open_backend")
    text = usage_text(name, options)
    assert "sandbox, http, quiet" in text
    assert "\x1b" not in text


def test_the_built_in_is_opened_without_reading_package_metadata_or_crypto(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib\n"
        "from dvc_cli.backends import BackendOptions, open_backend\n"
        "from dvc_cli.clock import SystemClock\n"
        "open_backend('sandbox', BackendOptions('', pathlib.Path(sys.argv[1]), SystemClock()))\n"
        "print([name for name in ('importlib.metadata', 'nacl', 'yaml', 'keyring') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
