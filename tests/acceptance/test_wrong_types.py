"""A backend that answers with another type than the contract's: every command ends with 5 and names the operation, not the value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from acceptance import trial_backend
from acceptance.counter import PHUONG, Counter
from acceptance.trial_backend import OTHER_TYPES
from conftest import Outcome
from dvc_cli.clock import SystemClock, parse_now

Step = Callable[[Counter], Outcome]


def begun(counter: Counter) -> Outcome:
    return counter.vneid(consent="true")


def signed_in(counter: Counter) -> Outcome:
    begun(counter)
    return counter.otp()


def filed(counter: Counter) -> Outcome:
    signed_in(counter)
    return counter.file()


def afterwards(*words: str, after: Step = signed_in) -> Step:
    def step(counter: Counter) -> Outcome:
        done = after(counter)
        assert done.exit_code == 0, done.document
        return counter(*(word or str(done.data["dossier"]["code"]) for word in words))

    return step


FLOWS: dict[str, Step] = {
    "begin_registration": lambda counter: counter.register(),
    "begin_vneid_login": begun,
    "verify_login": signed_in,
    "get_profile": afterwards("profile", "show"),
    "refresh_profile": afterwards("profile", "sync"),
    "list_dossiers": afterwards("ho-so", "list"),
    "get_dossier": afterwards("ho-so", "show", "", after=filed),
    "submit_dossier": filed,
}


@pytest.fixture
def counter(sandbox_seed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Counter:
    trial_backend.register(tmp_path / "site")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    monkeypatch.setattr(SystemClock, "now", lambda _clock: parse_now("2026-11-09T09:30"))
    return Counter(sandbox_seed).copy(str(tmp_path / "home"))


@pytest.mark.parametrize("kind", OTHER_TYPES)
@pytest.mark.parametrize("operation", FLOWS)
def test_a_wrong_type_ends_with_5_and_the_name_of_the_operation(counter: Counter, operation: str, kind: str) -> None:
    counter.where = ("--backend", "trial", "--url", f"{kind}@{operation}")
    outcome = FLOWS[operation](counter)
    assert (outcome.exit_code, outcome.codes, outcome.status) == (5, ["BE-BAD-REPLY"], "error"), outcome.document
    (item,) = outcome.document["problems"]
    assert f"({operation}" in item["message"]
    assert ": expected " in item["message"]
    assert PHUONG not in f"{item}{outcome.err}"


def test_a_dossier_whose_receipt_was_of_another_type_is_filed_once(counter: Counter) -> None:
    """It stays in the outbox under its key; sent again to the backend once that answers right, it is the same dossier."""
    counter.where = ("--backend", "trial", "--url", "")
    signed_in(counter)
    passing = counter.home / "data" / trial_backend.PASSING
    passing.write_text("nothing@submit_dossier", encoding="utf-8")
    assert counter.file().codes == ["BE-BAD-REPLY"]
    passing.unlink()
    sent = counter("outbox", "send", "--all")
    assert (sent.exit_code, sent.data["sent"]) == (0, 1)
    assert len(counter("ho-so", "list").data["dossiers"]) == 1


@pytest.mark.parametrize("failure", ["unreachable@close", "garbled@close", "mapping@close"])
def test_a_backend_that_does_not_close_takes_no_answer_away(counter: Counter, failure: str) -> None:
    counter.where = ("--backend", "trial", "--url", failure)
    done = filed(counter)
    assert (done.exit_code, done.status) == (0, "ok")
    assert done.data["dossier"]["code"]
