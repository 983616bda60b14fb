"""`dvc backend check` on plug-ins that are broken on purpose: each is refused with the reason, and no other command is stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Dvc, Outcome

Install = Callable[..., None]

WHOLE = """
from dvc_cli.backends.sandbox import SandboxBackend
from dvc_cli.portal.portal import Portal

class Broken(SandboxBackend):
{body}

def open_backend(options):
    return Broken(Portal(options.data_folder / "hong", options.clock))
"""
BENCH = """
from dvc_cli.testing.training_bench import TrainingBench

def open_bench(options):
    room = Portal(options.data_folder / "hong", options.clock)
    return TrainingBench(lambda: open_backend(options), room.people, lambda wanted: room.newest_code(challenge_id=wanted).code)
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Installs the backend `hong` with this source, and its bench where the source has one."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))

    def put(source: str) -> None:
        module = f"hong_{tmp_path.name}".replace("-", "_")
        (site / f"{module}.py").write_text(source, encoding="utf-8")
        facts = site / f"{module}-1.0.dist-info"
        facts.mkdir()
        (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: dvc-hong\nVersion: 1.0\n", encoding="utf-8")
        points = "" if source.startswith("def open_bench") else f"[dvc_cli.backends]\nhong = {module}:open_backend\n"
        if "def open_bench" in source:
            points += f"[dvc_cli.benches]\n{'hong' if points else 'http'} = {module}:open_bench\n"
        (facts / "entry_points.txt").write_text(points, encoding="utf-8")

    return put


def broken(body: str, *, bench: bool = False) -> str:
    """A backend that is the sandbox but for these lines."""
    return WHOLE.format(body="\n".join(f"    {line}" for line in body.splitlines())) + (BENCH if bench else "")


def reasons(outcome: Outcome) -> dict[str, str]:
    """The failed checks with their reasons; each is among the problems too."""
    assert (outcome.exit_code, outcome.status, set(outcome.codes)) == (4, "error", {"BE-REFUSED"}), outcome.document
    failed = {each["name"]: each["reason"] for each in outcome.data["checks"] if each["outcome"] == "failed"}
    told = [each["message"] for each in outcome.document["problems"]]
    assert all(any(f"{name}: {reason}" in text for text in told) for name, reason in failed.items())
    return failed


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("def open_backend(options): return None", "open_backend phải trả về Backend nhưng trả về NoneType."),
        ("def open_backend(options): return {}", "open_backend phải trả về Backend nhưng trả về dict."),
        ("async def open_backend(options): pass", "open_backend phải trả về Backend nhưng trả về coroutine."),
        ("def open_backend(): pass", "TypeError: open_backend() takes 0 positional arguments but 1 was given"),
        ("def open_backend(options): raise KeyError('dia-chi')", "KeyError: 'dia-chi'"),
        ("def open_backend(options): raise SystemExit(3)", "SystemExit: 3"),
        ("def open_backend(options):\n    print('{}')\n    raise OSError('không tới được')", "OSError: không tới được"),
        ("print('{}')\nimport khong_co_goi_nay", "ModuleNotFoundError: No module named 'khong_co_goi_nay'"),
        (broken("pass") + "def open_bench(options): return None", "open_bench phải trả về Bench nhưng trả về NoneType."),
        (broken("pass") + "def open_bench(options):\n    print('{}')\n    exit(3)", "SystemExit: 3"),
        (broken("pass") + "def open_bench(options): return 1 / 0", "ZeroDivisionError: division by zero"),
    ],
)
@pytest.mark.filterwarnings("ignore:coroutine:RuntimeWarning")
def test_a_factory_that_makes_no_backend_is_named_with_what_it_does(install: Install, dvc: Dvc, source: str, told: str) -> None:
    install(source)
    refused = dvc("backend", "check", "hong")
    assert (refused.exit_code, refused.codes) == (2, ["A-USAGE"])
    (item,) = refused.document["problems"]
    assert "hong bị lỗi" in item["message"]
    assert told in item["message"]
    assert dvc("places", "cai khe").exit_code == 0


@pytest.mark.parametrize(
    ("body", "check", "told"),
    [
        ("get_profile = None\nclose = 7", "door.offers_every_operation", "no method: get_profile, close"),
        (
            "now = None\ndef who_am_i(self): pass\ndef begin_vneid_login(self, id_number, password, consent): pass",
            "door.offers_every_operation",
            "no method: now; not called as begin_vneid_login(id_number, password, share_data), who_am_i(token)",
        ),
        ("name = 7", "door.offers_every_operation", "name is no text"),
        ("def capabilities(self): return None", "door.says_what_it_can_do", "capabilities: expected Capabilities, got NoneType"),
        ("def capabilities(self): return {}", "door.says_what_it_can_do", "capabilities: expected Capabilities, got dict"),
        ("async def now(self): pass", "door.tells_the_time", "now: expected datetime, got coroutine"),
        (
            "def now(self): return super().now().replace(tzinfo=None)",
            "door.tells_the_time",
            "now: expected datetime with offset, got one without",
        ),
        ("def log_out(self, token): return 'ok'", "door.takes_no_strange_token", "log_out: expected None, got str"),
        ("def who_am_i(self, token): return ('a', 'b')", "door.takes_no_strange_token", "who_am_i: expected Account, got tuple"),
        ("def get_challenge(self, challenge_id): return 1 / 0", "door.knows_no_unknown_challenge", "ZeroDivisionError: division by zero"),
        ("def get_challenge(self, challenge_id): raise SystemExit(3)", "door.knows_no_unknown_challenge", "SystemExit: 3"),
        ("def close(self): raise OSError('hai lần')", "door.closes_twice", "OSError: hai lần"),
    ],
)
@pytest.mark.filterwarnings("ignore:coroutine:RuntimeWarning")
def test_a_method_that_breaks_the_contract_is_named_with_the_reason(install: Install, dvc: Dvc, body: str, check: str, told: str) -> None:
    install(broken(body))
    failed = reasons(dvc("backend", "check", "hong"))
    assert failed[check] == told


REPLACED = "from dvc_cli.lazy_dataclasses import replace\n"


@pytest.mark.parametrize(
    ("body", "check", "told"),
    [
        (
            "def verify_login(self, *given): return replace(super().verify_login(*given), token='x')",
            "accounts.signs_in_with_a_code",
            "verify_login.token: expected Secret, got str",
        ),
        (
            "def get_profile(self, token): return replace(super().get_profile(token), verified=['full_name'])",
            "accounts.keeps_vietnamese_names",
            "get_profile.verified: expected tuple, got list",
        ),
        (
            "def list_dossiers(self, token): return [*super().list_dossiers(token)]",
            "dossiers.files_a_dossier",
            "list_dossiers: expected tuple, got list",
        ),
        (
            "def submit_dossier(self, *given): return replace(super().submit_dossier(*given), due_on='2026-12-01')",
            "dossiers.files_a_dossier",
            "submit_dossier.due_on: expected date, got str",
        ),
    ],
)
def test_with_people_of_its_own_every_answer_is_looked_at(install: Install, dvc: Dvc, body: str, check: str, told: str) -> None:
    install(REPLACED + broken(body, bench=True))
    assert reasons(dvc("backend", "check", "hong"))[check] == told


def test_a_backend_that_prints_and_a_bench_that_does_not_close_are_no_matter(install: Install, dvc: Dvc) -> None:
    noisy = "def now(self):\n    print('{}')\n    return super().now()"
    closing = (
        BENCH.replace("TrainingBench(", "Noisy(")
        + """
class Noisy(TrainingBench):
    def close(self): print('{}', 1 / 0)
"""
    )
    install("print('{}')\n" + broken(noisy) + closing)
    checked = dvc("backend", "check", "hong")
    assert (checked.exit_code, checked.codes) == (0, []), checked.document
    assert {each["outcome"] for each in checked.data["checks"]} == {"passed", "passed over"}


def test_a_package_may_bring_the_people_of_a_server_alone(install: Install, dvc: Dvc) -> None:
    install("def open_bench(options):\n    raise RuntimeError('people of ' + options.url)\n")
    outcome = dvc("backend", "check", "http", "--url", "http://127.0.0.1:9")
    assert outcome.exit_code == 2
    assert "people of http://127.0.0.1:9" in outcome.document["problems"][0]["message"]


def test_people_read_the_reason(install: Install, dvc: Dvc) -> None:
    install(broken("def capabilities(self): return None"))
    shown = dvc.plain("backend", "check", "hong", "--no-input")
    assert shown.exit_code == 4
    assert "KHÔNG ĐẠT" in shown.err
    assert "expected Capabilities, got NoneType" in " ".join(shown.err.split())
