"""A second dossier for the same person is shown and asked about; a script is told and not held up; the same answers are no duplicate."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.foreign_backend import dressed
from conftest import Dvc, Outcome
from dvc_cli.errors import UnavailableError
from flows import SCHEMA

CASES = Path(__file__).resolve().parents[1] / "cases"
FILE = str(CASES / "birth_a.yaml")
MOTHER = "092196999001"


@pytest.fixture
def signed(dvc: Dvc) -> Dvc:
    dvc.sign_in_vneid(MOTHER)
    return dvc


def again(dvc: Dvc, **changes: str) -> Outcome:
    """Case A with a second set of copies: other answers for the same child."""
    return dvc("khai-sinh", "--answers", FILE, "--set", "copies_count=9", *(f"--set={key}={value}" for key, value in changes.items()))


def found(outcome: Outcome) -> list[tuple[str, str]]:
    return [(each["where"], each["ref"]) for each in outcome.data.get("duplicates", [])]


def decisions(dvc: Dvc) -> list[str]:
    return [each["detail"] for each in dvc("audit", "list").data["entries"] if each["act"] == "duplicate"]


def test_the_same_answers_are_the_same_dossier_and_no_duplicate(signed: Dvc) -> None:
    first = signed("khai-sinh", "--answers", FILE)
    second = signed("khai-sinh", "--answers", FILE)
    assert first.data["dossier"]["code"] == second.data["dossier"]["code"]
    assert (found(first), found(second), decisions(signed)) == ([], [], [])


def test_a_script_files_and_is_told_what_it_may_have_doubled(signed: Dvc) -> None:
    code = signed("khai-sinh", "--answers", FILE).data["dossier"]["code"]
    second = again(signed)
    assert (second.exit_code, second.status, found(second)) == (0, "ok", [("receipt", code)])
    assert second.data["dossier"]["code"] != code
    assert "Có thể trùng" in second.err
    assert "NHIÊN" not in second.err
    assert decisions(signed) == [f"filed, nobody asked: {code}"]


def test_of_many_the_first_stand_on_the_screen_and_all_in_the_answer(signed: Dvc) -> None:
    for copies in range(1, 8):
        last = signed("khai-sinh", "--answers", FILE, "--set", f"copies_count={copies}")
    assert len(found(last)) == 6
    told = [line for line in last.err.splitlines() if "Có thể trùng" in line]
    assert (len(told), told[-1]) == (6, "Có thể trùng: 1 hồ sơ nữa")


def test_another_child_of_the_same_mother_is_no_duplicate(signed: Dvc) -> None:
    signed("khai-sinh", "--answers", FILE)
    assert found(again(signed, child_given_name="HÒA")) == []


def test_after_the_citizen_has_left_it_is_still_noticed(signed: Dvc) -> None:
    code = signed("khai-sinh", "--answers", FILE).data["dossier"]["code"]
    signed("done", "--yes")
    signed.sign_in_vneid(MOTHER)
    assert found(again(signed)) == [("receipt", code)]


def test_an_open_draft_and_an_unsent_dossier_for_the_same_child_are_shown(signed: Dvc) -> None:
    draft = signed("khai-sinh", "--answers", FILE, "--set", "pledge=không").data["draft"]["id"]
    assert found(again(signed)) == [("draft", draft)]
    signed.wire = dressed(failing={"submit_dossier": UnavailableError()})
    unsent = signed("khai-sinh", "--answers", FILE, "--set", "copies_count=8").data["draft"]["id"]
    signed.wire = None
    assert ("unsent", unsent) in found(signed("khai-sinh", "--answers", FILE, "--set", "copies_count=7"))


def test_what_was_filed_elsewhere_is_known_from_the_backend(signed: Dvc) -> None:
    code = signed("khai-sinh", "--answers", FILE).data["dossier"]["code"]
    for name in ("desk.db", "desk.db-wal", "desk.db-shm"):
        (signed.home / "data" / name).unlink(missing_ok=True)
    signed.sign_in_vneid(MOTHER)
    assert found(again(signed)) == [("backend", code)]
    signed.wire = dressed(failing={"list_dossiers": UnavailableError()})
    assert signed("khai-sinh", "--answers", FILE, "--set", "copies_count=6").exit_code == 0


@pytest.fixture
def doubled(signed: Dvc) -> tuple[str, str]:
    """A dossier that was filed, and one for the same child that waits in the outbox and came to no server."""
    signed.wire = dressed(failing={"get_profile": UnavailableError()})
    unsent = signed("khai-sinh", "--answers", FILE, "--set", "copies_count=8").data["outbox"]["id"]
    signed.wire = None
    return signed("khai-sinh", "--answers", FILE).data["dossier"]["code"], unsent


def test_what_waits_is_compared_once_more_before_it_is_sent(signed: Dvc, doubled: tuple[str, str]) -> None:
    code, unsent = doubled
    sent = signed("outbox", "send", "--all")
    SCHEMA.validate(sent.document)
    assert (sent.exit_code, sent.data["sent"]) == (0, 1)
    assert [(each["where"], each["ref"], each["draft"]) for each in sent.data["duplicates"]] == [("receipt", code, unsent)]
    assert "NHIÊN" not in sent.err
    assert decisions(signed)[0] == f"filed, nobody asked: {code}"


@pytest.mark.parametrize(
    ("lines", "filed", "decision"),
    [(["k"], False, "stopped: {code}"), (["c", "thêm bản sao cho ông bà"], True, "filed: {code}; thêm bản sao cho ông bà")],
    ids=["no", "yes with a reason"],
)
def test_at_a_terminal_what_waits_is_asked_about(
    signed: Dvc, doubled: tuple[str, str], lines: list[str], filed: bool, decision: str
) -> None:
    code, unsent = doubled
    typed = "".join(line + "\n" for line in lines)
    asked = signed.plain("outbox", "send", unsent, "--plain", "--json", typed=typed)
    SCHEMA.validate(asked.document)
    assert (asked.exit_code, asked.status, asked.data["sent"]) == (0, "ok" if filed else "pending", int(filed))
    assert decisions(signed)[0] == decision.format(code=code)
    waiting = [each["id"] for each in signed("outbox", "list").data["outbox"]]
    assert waiting == ([] if filed else [unsent])
    if not filed:
        assert asked.document["next"] == [f"dvc outbox send {unsent}", f"dvc khai-sinh --draft {unsent}"]
        shown = signed.plain("outbox", "send", unsent, "--plain", typed=typed)
        assert "chưa gửi, vẫn nằm trong hộp gửi" in shown.out


def test_what_may_have_arrived_is_no_duplicate_of_itself(signed: Dvc) -> None:
    signed.wire = dressed(failing={"submit_dossier": UnavailableError(maybe_done=True)}, after=True)
    unsent = signed("khai-sinh", "--answers", FILE).data["outbox"]["id"]
    signed.wire = None
    sent = signed("outbox", "send", unsent)
    assert (sent.data["sent"], sent.data.get("duplicates")) == (1, None)


@pytest.mark.parametrize(
    ("lines", "filed", "decision"),
    [
        (["k"], False, "stopped: {code}"),
        (["c", "ừ", "gia đình xin thêm bản sao"], True, "filed: {code}; gia đình xin thêm bản sao"),
        ([], False, "stopped: {code}"),
    ],
    ids=["no", "yes with a reason", "the input ends"],
)
def test_at_a_terminal_it_is_asked_and_the_reason_is_kept(signed: Dvc, lines: list[str], filed: bool, decision: str) -> None:
    code = signed("khai-sinh", "--answers", FILE).data["dossier"]["code"]
    typed = "".join(line + "\n" for line in lines)
    asked = signed.plain("khai-sinh", "--answers", FILE, "--set", "copies_count=9", "--yes", "--plain", "--json", typed=typed)
    assert (asked.status == "ok") is filed
    assert code in asked.err
    assert decisions(signed) == [decision.format(code=code)]
    if not filed:
        assert (asked.exit_code, asked.status) == (0, "pending")
        assert asked.document["next"] == [f"dvc khai-sinh --draft {asked.data['draft']['id']}"]
