"""The shipped contract suite on the embedded sandbox and on the reference server; and on backends that break a promise."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina

from dvc_cli.contract.bench import Bench
from dvc_cli.errors import ConflictError, RefusedError, UnavailableError, problem
from dvc_cli.testing import accounts, door, dossiers
from dvc_cli.testing.checking import FAILED, Check, Room, judge, run
from dvc_cli.testing.suite import CHECKS, BackendContract
from suite.benches import embedded, served


@pytest.fixture(scope="class")
def folder(tmp_path_factory: pytest.TempPathFactory, sandbox_seed: Path) -> Path:
    target = tmp_path_factory.mktemp("suite") / "sandbox"
    shutil.copytree(sandbox_seed / "data" / "sandbox", target)
    return target


class TestEmbeddedSandbox(BackendContract):
    @pytest.fixture(scope="class")
    @classmethod
    def bench(cls, folder: Path) -> Iterator[Bench]:
        with embedded(folder) as found:
            yield found


class TestServerOnSQLite(BackendContract):
    @pytest.fixture(scope="class")
    @classmethod
    def bench(cls, folder: Path) -> Iterator[Bench]:
        with stamina.set_testing(True, attempts=4, cap=True), served(folder) as found:
            yield found


class Broken:
    """The embedded sandbox with one promise broken."""

    def __init__(self, inner: object, method: str, answer: object) -> None:
        self._inner, self._method, self._answer = inner, method, answer

    def __getattr__(self, name: str) -> object:
        found = getattr(self._inner, name)
        return (lambda *given, **named: self._answer(found, *given, **named)) if name == self._method else found


def raises(error: Exception) -> object:
    def answer(_call: object, *_given: object, **_named: object) -> object:
        raise error

    return answer


def other_key(call: object, token: object, sent: object, key: str) -> object:
    import secrets

    return call(token, sent, secrets.token_hex(8))  # type: ignore[operator]


@pytest.mark.parametrize(
    ("check", "method", "answer"),
    [
        (dossiers.files_it_once, "submit_dossier", other_key),
        (dossiers.refuses_other_content_under_a_key, "submit_dossier", other_key),
        (dossiers.files_a_dossier, "list_dossiers", lambda _call, _token: ()),
        (dossiers.shows_a_dossier_to_its_owner_only, "get_dossier", raises(RefusedError(problem("BE-REFUSED")))),
        (accounts.takes_a_code_once, "verify_login", raises(ConflictError(problem("BE-CONFLICT")))),
        (accounts.gives_two_attackers_no_more_tries_than_one, "verify_login", raises(RefusedError(problem("TK-OTP-WRONG", "otp")))),
        (accounts.keeps_vietnamese_names, "get_profile", raises(UnavailableError())),
        (door.knows_no_unknown_challenge, "get_challenge", lambda _call, _id: None),
        (door.takes_no_strange_token, "who_am_i", lambda _call, _token: None),
        (door.survives_hostile_texts, "begin_login", raises(ZeroDivisionError())),
        (door.says_what_it_can_do, "capabilities", lambda _call: None),
        (door.tells_the_time, "now", lambda _call: None),
    ],
    ids=lambda value: getattr(value, "__name__", str(value))[:30],
)
def test_a_broken_promise_is_found(folder: Path, check: Check, method: str, answer: object) -> None:
    with embedded(folder) as bench:
        whole = bench.open
        bench.open = lambda: Broken(whole(), method, answer)  # type: ignore[method-assign]
        verdict = judge(check, Room(bench))
        assert (verdict.outcome, verdict.reason != "") == (FAILED, True)


def test_the_look_ups_hold_whoever_of_the_bench_signs_in(folder: Path) -> None:
    """One of the last is the deceased of a worked example, who has a death notice."""
    with embedded(folder) as bench:
        room = Room(bench)
        for _citizen in range(12):
            accounts.looks_people_up(room)


def test_a_bench_that_does_not_open_is_told() -> None:
    class Closed:
        def open(self) -> object:
            raise OSError

    (verdict,) = run(CHECKS, Closed())  # type: ignore[arg-type]
    assert (verdict.name, verdict.outcome, verdict.reason) == ("open", FAILED, "OSError: ")
