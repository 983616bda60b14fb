"""What waits today, from the desk's own receipts; what was filed from here, found without diacritics."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.foreign_backend import dressed
from conftest import Dvc
from dvc_cli.errors import UnavailableError

CASES = Path(__file__).resolve().parents[1] / "cases"
MOTHER = "092196999001"
FILE_A = ("khai-sinh", "--answers", str(CASES / "birth_a.yaml"))
GROUPS = ("overdue", "due_today", "waiting_citizen", "waiting_office")


@pytest.fixture
def filed(dvc: Dvc) -> str:
    """The code of the dossier of case A, filed by its mother; she has left."""
    dvc.sign_in_vneid(MOTHER)
    code = dvc(*FILE_A).data["dossier"]["code"]
    dvc("logout")
    return str(code)


def places(dvc: Dvc, **extra: str) -> dict[str, list[str]]:
    data = dvc("today", **extra).data
    assert {name: data["counts"][name] for name in GROUPS} == {name: len(data[name]) for name in GROUPS}
    return {name: [each["code"] for each in data[name]] for name in GROUPS if data[name]}


def test_an_empty_desk_has_nothing_waiting(dvc: Dvc) -> None:
    found = dvc("today")
    assert (found.exit_code, found.data["today"], found.data["refreshed"]) == (0, "2026-11-09", False)
    assert set(found.data["counts"].values()) == {0}
    assert "Không có việc nào chờ." in dvc.plain("today").out


def test_a_dossier_moves_from_group_to_group_as_its_day_comes(dvc: Dvc, filed: str) -> None:
    assert places(dvc) == {"waiting_office": [filed]}
    due = dvc("today").data["waiting_office"][0]["due_on"]
    assert places(dvc, DVC_NOW=f"{due}T08:00") == {"due_today": [filed]}
    late = dvc("today", DVC_NOW="2026-12-31T08:00").data["overdue"][0]
    assert (late["code"], late["days_late"] > 0, late["waits_for"], late["title"]) == (filed, True, "office", "NGUYỄN TRẦN AN NHIÊN")


def test_with_a_session_the_statuses_are_asked_for(dvc: Dvc, filed: str) -> None:
    winter = Dvc(dvc.home, DVC_NOW="2026-12-31T08:00")
    assert winter("today").data["overdue"][0]["status"] == "duoc_tiep_nhan"
    winter.sign_in_vneid(MOTHER)
    asked = winter("today").data
    assert asked["refreshed"] is True
    assert asked["counts"]["overdue"] == 0
    winter("logout")
    assert winter("today").data["counts"]["overdue"] == 0


def test_a_backend_that_cannot_be_asked_leaves_what_is_known(dvc: Dvc, filed: str) -> None:
    dvc.sign_in_vneid(MOTHER)
    dvc.wire = dressed(failing={"list_dossiers": UnavailableError()})
    found = dvc("today")
    assert (found.exit_code, found.data["refreshed"], found.data["counts"]["waiting_office"]) == (0, False, 1)
    assert "Chưa hỏi được trạng thái mới" in found.err


def test_what_is_unsent_and_what_is_a_draft_is_counted(dvc: Dvc) -> None:
    dvc.sign_in_vneid(MOTHER)
    dvc.wire = dressed(failing={"submit_dossier": UnavailableError()})
    dvc(*FILE_A)
    dvc(*FILE_A, "--set", "pledge=không", "--set", "copies_count=7")
    dvc.wire = None
    found = dvc("today")
    assert (found.data["counts"]["unsent"], found.data["counts"]["drafts"]) == (1, 1)
    assert found.document["next"] == ["dvc outbox send"]
    text = dvc.plain("today", "--no-input").out
    assert "Chưa gửi được: 1" in text
    assert "Bản nháp còn dở: 1" in text


@pytest.mark.parametrize("text", ["nguyen an", "NHIÊN", "g22.99"])
def test_what_was_filed_from_here_is_found_without_a_session(dvc: Dvc, filed: str, text: str) -> None:
    (entry,) = dvc("ho-so", "list", "--here", "--search", text).data["receipts"]
    assert (entry["code"], entry["title"], entry["reduced"]) == (filed, "NGUYỄN TRẦN AN NHIÊN", False)
    assert dvc("ho-so", "list", "--here").data["receipts"] == [entry]
    assert dvc("ho-so", "list", "--here", "--search", "khong co").data["receipts"] == []


def test_the_persons_own_list_can_be_searched_too(dvc: Dvc, filed: str) -> None:
    dvc.sign_in_vneid(MOTHER)
    assert [each["code"] for each in dvc("ho-so", "list", "--search", "nhien").data["dossiers"]] == [filed]
    assert dvc("ho-so", "list", "--search", "khong co").data["dossiers"] == []


@pytest.mark.parametrize("words", ["today", "ho-so list --here"])
def test_a_limit_that_is_none_is_wrong_usage(dvc: Dvc, words: str) -> None:
    for limit in ("-1", "1001"):
        refused = dvc(*words.split(), f"--limit={limit}")
        assert (refused.exit_code, refused.codes) == (2, ["A-USAGE"])


def test_the_persons_own_list_is_whole_unless_a_limit_is_given(dvc: Dvc) -> None:
    dvc.sign_in_vneid(MOTHER)
    for copies in ("1", "2"):
        dvc(*FILE_A, "--set", f"copies_count={copies}")
    assert len(dvc("ho-so", "list").data["dossiers"]) == 2
    assert len(dvc("ho-so", "list", "--limit", "1").data["dossiers"]) == 1
