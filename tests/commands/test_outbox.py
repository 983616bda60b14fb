"""What could not be sent waits with its key, says why, and goes out once."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from commands.foreign_backend import dressed
from conftest import Dvc, Outcome
from dvc_cli.errors import (
    BadReplyError,
    ConflictError,
    DvcError,
    RefusedError,
    SessionError,
    TooManyTriesError,
    UnavailableError,
    problem,
)

CASES = Path(__file__).resolve().parents[1] / "cases"
MOTHER, FATHER = "092196999001", "092094999002"
LATER = "2026-11-09T11:00"


@pytest.fixture
def case() -> dict[str, object]:
    """The worked case A as answers, flat."""
    raw = yaml.load((CASES / "birth_a.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    flat: dict[str, object] = {}
    for key, value in raw.items():
        flat |= value if isinstance(value, dict) else {key: value}
    return flat


@pytest.fixture
def signed(dvc: Dvc) -> Dvc:
    dvc.sign_in_vneid(MOTHER)
    return dvc


def unreachable() -> DvcError:
    return UnavailableError(problem("BE-UNREACHABLE"))


def failing(dvc: Dvc, error: DvcError, *, call: str = "submit_dossier", after: bool = False, seen: list[str] | None = None) -> None:
    dvc.wire = dressed(failing={call: error}, after=after, seen=seen)


def queue(dvc: Dvc, case: dict[str, object], error: DvcError, *, after: bool = False) -> Outcome:
    """File a dossier that cannot be sent; the backend is well again afterwards."""
    failing(dvc, error, after=after)
    left = dvc("khai-sinh", answers=case)
    dvc.wire = None
    return left


def listed(dvc: Dvc) -> list[dict[str, object]]:
    return dvc("outbox", "list").data["outbox"]


def codes_filed(dvc: Dvc) -> list[str]:
    return [each["code"] for each in dvc("ho-so", "list").data["dossiers"]]


def test_what_cannot_be_sent_waits_and_the_answer_says_how_to_go_on(signed: Dvc, case: dict[str, object]) -> None:
    left = queue(signed, case, unreachable())
    draft = left.data["draft"]["id"]
    assert (left.exit_code, left.codes) == (5, ["BE-UNREACHABLE"])
    assert left.document["next"] == [f"dvc outbox send {draft}", f"dvc khai-sinh --draft {draft}"]
    assert (left.data["outbox"]["id"], left.data["outbox"]["state"], left.data["outbox"]["tries"]) == (draft, "queued", 1)
    assert "2026-11-09T09:30:20+07:00" <= left.data["outbox"]["next_try_at"] <= "2026-11-09T09:30:30+07:00"
    (entry,) = listed(signed)
    assert entry == left.data["outbox"]
    assert (entry["reason"]["code"], entry["title"], entry["backend"]) == ("BE-UNREACHABLE", "NGUYỄN TRẦN AN NHIÊN", "sandbox")


def test_it_is_tried_again_when_its_time_has_come_and_then_it_is_a_receipt(signed: Dvc, case: dict[str, object]) -> None:
    queue(signed, case, unreachable())
    assert signed("outbox", "send").data == {"outbox": [], "sent": 0}
    sent = signed("outbox", "send", DVC_NOW=LATER)
    assert (sent.exit_code, sent.data["sent"], sent.data["outbox"][0]["state"]) == (0, 1, "accepted")
    code = sent.data["outbox"][0]["dossier_code"]
    assert (codes_filed(signed), sent.document["next"]) == ([code], [f"dvc ho-so show {code}"])
    assert (listed(signed), signed("drafts", "list").data["drafts"]) == ([], [])
    assert signed("khai-sinh", answers=case).data["dossier"]["code"] == code


def test_one_entry_and_all_entries_do_not_wait_for_their_time(signed: Dvc, case: dict[str, object]) -> None:
    first = queue(signed, case, unreachable()).data["draft"]["id"]
    queue(signed, case | {"copies_count": "2"}, unreachable())
    assert signed("outbox", "send", first).data["sent"] == 1
    assert signed("outbox", "send", "--all").data["sent"] == 1
    assert len(codes_filed(signed)) == 2


@pytest.mark.parametrize("after", [False, True], ids=["before it arrived", "after it arrived"])
def test_what_may_have_arrived_goes_out_again_under_the_same_key(signed: Dvc, case: dict[str, object], after: bool) -> None:
    draft = queue(signed, case, UnavailableError(maybe_done=True), after=after).data["draft"]["id"]
    shown = signed("outbox", "show", draft).data["outbox"]
    assert (shown["maybe_done"], shown["reason"]["code"]) == (True, "BE-TIMEOUT-UNKNOWN")
    failing(signed, unreachable())
    again = signed("outbox", "send", draft)
    assert (again.exit_code, again.data["outbox"][0]["tries"]) == (5, 2)
    assert signed("outbox", "show", draft).data["outbox"]["idempotency_key"] == shown["idempotency_key"]
    signed.wire = None
    assert signed("outbox", "send", draft).data["sent"] == 1
    assert len(codes_filed(signed)) == 1


def test_a_process_that_died_while_it_sent_leaves_an_entry_that_is_sent_again(signed: Dvc, case: dict[str, object]) -> None:
    failing(signed, ZeroDivisionError(), after=True)
    assert signed("khai-sinh", answers=case).exit_code == 1
    signed.wire = None
    (entry,) = listed(signed)
    assert (entry["state"], entry["next_try_at"]) == ("sending", None)
    sent = signed("outbox", "send")
    assert (sent.exit_code, codes_filed(signed)) == (0, [sent.data["outbox"][0]["dossier_code"]])


def test_a_draft_that_was_changed_meanwhile_never_files_the_old_answers(signed: Dvc, case: dict[str, object]) -> None:
    draft = queue(signed, case, UnavailableError(maybe_done=True), after=True).data["draft"]["id"]
    failing(signed, unreachable(), call="who_am_i")
    signed("khai-sinh", "--draft", draft, "--set", "copies_count=3", "--set", "pledge=true")
    signed.wire = None
    conflict = signed("outbox", "send", draft)
    assert (conflict.exit_code, conflict.codes, conflict.data["outbox"][0]["state"]) == (4, ["BE-CONFLICT"], "needs_you")
    assert len(codes_filed(signed)) == 1


@pytest.mark.parametrize(
    ("error", "exit_code", "state", "code"),
    [
        (BadReplyError(), 5, "queued", "BE-BAD-REPLY"),
        (TooManyTriesError(retry_after=3600), 5, "queued", "BE-TOO-MANY"),
        (RefusedError(problem("BE-REFUSED")), 4, "rejected", "BE-REFUSED"),
        (ConflictError(problem("BE-CONFLICT")), 4, "needs_you", "BE-CONFLICT"),
        (SessionError(problem("TK-SESSION-EXPIRED")), 3, "needs_you", "TK-SESSION-EXPIRED"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_failure_leaves_its_state(
    signed: Dvc, case: dict[str, object], error: DvcError, exit_code: int, state: str, code: str
) -> None:
    left = queue(signed, case, error)
    (entry,) = listed(signed)
    assert (left.exit_code, entry["state"], entry["reason"]["code"]) == (exit_code, state, code)
    if code == "BE-TOO-MANY":
        assert entry["next_try_at"] == "2026-11-09T10:30:00+07:00"
    failing(signed, error)
    again = signed("outbox", "send", entry["id"])
    assert (again.exit_code, again.codes, again.data["outbox"][0]["state"]) == (exit_code, [code], state)


def test_a_rejected_one_is_mended_as_a_draft_and_leaves_the_outbox(signed: Dvc, case: dict[str, object]) -> None:
    draft = queue(signed, case, RefusedError(problem("BE-REFUSED"))).data["draft"]["id"]
    assert signed("outbox", "show", draft).document["next"] == [f"dvc khai-sinh --draft {draft}"]
    assert signed("outbox", "send", "--all").data["outbox"] == []
    assert signed("khai-sinh", "--draft", draft).exit_code == 0
    assert listed(signed) == []


def test_without_a_session_the_entry_waits_for_a_person(signed: Dvc, case: dict[str, object]) -> None:
    draft = queue(signed, case, unreachable()).data["draft"]["id"]
    signed("logout")
    refused = signed("outbox", "send", draft)
    assert (refused.exit_code, refused.codes) == (3, ["TK-SESSION-MISSING"])
    assert refused.document["next"] == ["dvc login-vneid", f"dvc outbox send {draft}"]
    assert listed(signed)[0]["state"] == "needs_you"
    signed.sign_in_vneid(MOTHER)
    assert signed("outbox", "send", "--all").data["sent"] == 1


def test_a_dossier_is_filed_by_its_own_citizen_only(signed: Dvc, case: dict[str, object]) -> None:
    draft = queue(signed, case, unreachable()).data["draft"]["id"]
    signed.sign_in_vneid(FATHER)
    refused = signed("outbox", "send", draft)
    assert (refused.exit_code, refused.codes, refused.data["outbox"][0]["state"]) == (3, ["TK-SESSION-MISSING"], "needs_you")
    assert codes_filed(signed) == []


@pytest.mark.parametrize("call", ["get_profile", "capabilities"])
def test_a_backend_that_is_down_from_the_start_leaves_a_complete_dossier_in_the_outbox(
    signed: Dvc, case: dict[str, object], call: str
) -> None:
    failing(signed, unreachable(), call=call)
    left = signed("khai-sinh", answers=case)
    assert (left.exit_code, left.data["outbox"]["state"], left.data["outbox"]["tries"]) == (5, "queued", 0)
    signed.wire = None
    assert signed("outbox", "send", left.data["outbox"]["id"]).data["sent"] == 1


@pytest.mark.parametrize("call", ["get_profile", "capabilities"])
def test_a_backend_that_is_down_leaves_an_incomplete_dossier_a_draft(signed: Dvc, case: dict[str, object], call: str) -> None:
    failing(signed, unreachable(), call=call)
    del case["child_given_name"]
    left = signed("khai-sinh", answers=case)
    assert (left.exit_code, "outbox" in left.data, listed(signed)) == (5, False, [])
    assert [each["id"] for each in signed("drafts", "list").data["drafts"]] == [left.data["draft"]["id"]]


def test_a_backend_that_is_down_leaves_nothing_where_nothing_was_answered(signed: Dvc) -> None:
    failing(signed, unreachable(), call="capabilities")
    left = signed("khai-sinh", answers={})
    assert (left.exit_code, left.data, signed("drafts", "list").data["drafts"]) == (5, {}, [])


def test_a_draft_that_is_no_longer_right_is_told_before_anything_is_sent(signed: Dvc, case: dict[str, object]) -> None:
    draft = queue(signed, case, unreachable()).data["draft"]["id"]
    winter = Dvc(signed.home, DVC_NOW="2027-02-09T09:30")
    winter.sign_in_vneid(MOTHER)
    seen: list[str] = []
    winter.wire = dressed(seen=seen)
    late = winter("outbox", "send", draft)
    assert (late.exit_code, late.data["outbox"][0]["state"]) == (4, "needs_you")
    assert "KS-D2" in late.codes
    assert "submit_dossier" not in seen


def test_an_entry_of_another_backend_or_of_no_draft_is_wrong_usage(signed: Dvc, case: dict[str, object]) -> None:
    assert (signed("outbox", "show", "zzzz").exit_code, signed("outbox", "send", "zzzz").codes) == (2, ["DK-DRAFT-NOT-FOUND"])
    assert signed("outbox", "show", "zzzz").document["problems"][0]["message"] == "Hộp gửi không có mã này."
    assert signed("outbox", "send", "zzzz", "--all").codes == ["A-USAGE"]
