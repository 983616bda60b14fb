"""The citizen leaves: what is theirs goes, code and dates stay, and it is said which and until when. What is old goes too."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.foreign_backend import dressed
from conftest import PASSPHRASE, Dvc
from dvc_cli.errors import UnavailableError
from dvc_cli.paths import find_paths
from dvc_cli.tokens import open_store

CASES = Path(__file__).resolve().parents[1] / "cases"
MOTHER, FATHER, MASKED = "092196999001", "092094999002", "092*******01"
FILE_A = ("khai-sinh", "--answers", str(CASES / "birth_a.yaml"))
UNFINISHED = (*FILE_A, "--set", "pledge=không", "--set", "child_given_name=NHI")


def attached(dvc: Dvc) -> tuple[str, ...]:
    """Flags that attach a paper to the unfinished draft."""
    (dvc.folder / "ct01.pdf").write_bytes(b"%PDF-1.7 ct01")
    raw = (CASES / "birth_a.yaml").read_text(encoding="utf-8").replace("pledge: true", "")
    filled = raw.replace("attachments: []", "attachments: [{id: ct01, file: ct01.pdf}]")
    (dvc.folder / "do-dang.yaml").write_text(filled, encoding="utf-8")
    return ("khai-sinh", "--answers", "do-dang.yaml")


def blobs(dvc: Dvc) -> list[Path]:
    folder = dvc.home / "data" / "blobs"
    return list(folder.iterdir()) if folder.exists() else []


def records(dvc: Dvc) -> list[str]:
    """The names of what the token store keeps, without the desk's own."""
    store = open_store("file", find_paths({"DVC_HOME": str(dvc.home)}), lambda: PASSPHRASE)
    return [name for name in store.records() if not name.startswith(("desk-key", "audit-head"))]


@pytest.fixture
def signed(dvc: Dvc) -> Dvc:
    dvc.sign_in_vneid(MOTHER)
    return dvc


def test_everything_of_the_citizen_goes_and_code_and_dates_stay(signed: Dvc) -> None:
    filed = signed(*FILE_A).data["dossier"]
    draft = signed(*attached(signed)).data["draft"]["id"]
    assert blobs(signed)
    done = signed("done", "--yes")
    assert (done.exit_code, done.data["signed_out"], done.data["deleted"]) == (0, 1, {"drafts": [draft], "pending": 0})
    (kept,) = done.data["kept"]["dossiers"]
    assert set(kept) == {"code", "procedure", "filed_at", "due_on", "subject_masked", "keep_until"}
    assert (kept["code"], kept["due_on"], kept["subject_masked"]) == (filed["code"], filed["due_on"], MASKED)
    assert kept["keep_until"] > filed["due_on"]
    assert (records(signed), blobs(signed), signed("drafts", "list").data["drafts"]) == ([], [], [])
    assert signed("whoami").codes == ["TK-SESSION-MISSING"]
    assert signed("ho-so", "list", "--here", "--search", "nguyen").data["receipts"] == []
    (left,) = signed("ho-so", "list", "--here").data["receipts"]
    assert (left["code"], left["title"], left["reduced"]) == (filed["code"], "N*** T*** A*** N***", True)
    assert signed("audit", "list").data["entries"][0]["act"] == "done"


def test_the_backend_no_longer_takes_the_session(signed: Dvc) -> None:
    seen: list[str] = []
    signed.wire = dressed(seen=seen)
    signed("done", "--yes")
    assert "log_out" in seen


def test_an_unfinished_draft_goes_only_when_somebody_says_so(signed: Dvc) -> None:
    draft = signed(*UNFINISHED).data["draft"]["id"]
    silent = signed("done")
    assert (silent.data["deleted"]["drafts"], silent.data["kept"]["drafts"]) == ([], [draft])
    assert silent.document["next"] == ["dvc drafts list"]
    signed.sign_in_vneid(MOTHER)
    no = signed.plain("done", "--plain", "--json", typed="k\n")
    assert (no.data["kept"]["drafts"], "1 bản nháp còn dở" in no.err) == ([draft], True)
    signed.sign_in_vneid(MOTHER)
    yes = signed.plain("done", "--plain", "--json", typed="c\n")
    assert (yes.data["deleted"]["drafts"], signed("drafts", "list").data["drafts"]) == ([draft], [])


def test_another_citizens_draft_and_receipt_stay_as_they_are(signed: Dvc) -> None:
    signed(*FILE_A)
    draft = signed(*UNFINISHED).data["draft"]["id"]
    signed.sign_in_vneid(FATHER)
    done = signed("done", "--yes")
    assert (done.data["deleted"]["drafts"], done.data["kept"]["dossiers"]) == ([], [])
    assert [each["id"] for each in signed("drafts", "list").data["drafts"]] == [draft]
    assert signed("ho-so", "list", "--here").data["receipts"][0]["reduced"] is False
    everybody = signed("done", "--all", "--yes")
    assert (everybody.data["deleted"]["drafts"], len(everybody.data["kept"]["dossiers"])) == ([draft], 1)


def test_what_is_unsent_stays_in_the_outbox_and_is_told(signed: Dvc) -> None:
    signed.wire = dressed(failing={"submit_dossier": UnavailableError()})
    draft = signed(*FILE_A).data["draft"]["id"]
    signed.wire = None
    done = signed("done", "--yes")
    assert (done.data["kept"]["unsent"], done.document["next"]) == ([draft], ["dvc outbox list"])
    signed.sign_in_vneid(MOTHER)
    assert signed("outbox", "send", "--all").data["sent"] == 1


def test_a_registration_that_waits_is_forgotten_with_all_it_knew(dvc: Dvc) -> None:
    person = {"subject": "cong_dan", "method": "thue_bao_di_dong", "id_number": MOTHER, "full_name": "TRẦN THỊ MAI PHƯƠNG"}
    dvc("register", answers={**person, "birth_date": "1996-03-14", "phone": "0900000001", "consent": "true"})
    assert records(dvc)
    assert dvc("done", "--yes").data["deleted"]["pending"] == 1
    assert (records(dvc), dvc("verify-otp", answers={"otp": "123456"}).codes) == ([], ["TK-NO-CHALLENGE"])


def test_done_where_nobody_is_signed_in_is_no_failure(dvc: Dvc) -> None:
    done = dvc("done", "--yes")
    assert (done.exit_code, done.data["signed_out"], done.data["screen_cleared"]) == (0, 0, False)


def test_a_backend_that_cannot_be_reached_keeps_no_token_here(signed: Dvc) -> None:
    signed.wire = dressed(failing={"log_out": UnavailableError()})
    done = signed("done", "--yes")
    assert (done.exit_code, records(signed)) == (0, [])
    assert "Chưa báo được cho nơi tiếp nhận" in done.err


def test_what_is_older_than_it_is_kept_goes_and_what_is_unsent_stays(signed: Dvc) -> None:
    filed = signed(*FILE_A).data["dossier"]["code"]
    draft = signed(*UNFINISHED).data["draft"]["id"]
    signed.wire = dressed(failing={"submit_dossier": UnavailableError()})
    unsent = signed(*FILE_A, "--set", "copies_count=7").data["draft"]["id"]
    later = Dvc(signed.home, DVC_NOW="2027-06-09T09:30")
    assert signed("purge").data["drafts"] == []
    dry = later("purge", "--dry-run")
    assert ([each["id"] for each in dry.data["drafts"]], [each["code"] for each in dry.data["receipts"]]) == ([draft], [filed])
    assert (dry.data["kept_unsent"], dry.data["days"], len(later("drafts", "list").data["drafts"])) == ([unsent], 180, 2)
    assert later("purge").exit_code == 0
    assert [each["id"] for each in later("drafts", "list").data["drafts"]] == [unsent]
    assert later("ho-so", "list", "--here").data["receipts"] == []
    assert later("audit", "verify").exit_code == 0


def test_purge_asks_and_says_when_the_clock_looks_odd(signed: Dvc) -> None:
    signed(*UNFINISHED)
    later = Dvc(signed.home, DVC_NOW="2027-06-09T09:30")
    no = later.plain("purge", "--plain", "--json", typed="k\n")
    assert (no.exit_code, len(later("drafts", "list").data["drafts"])) == (130, 1)
    assert "09/11/2026" in no.err


@pytest.mark.parametrize("days", ["0", "-1", "3651", "mười", "1" * 400, "²"])
def test_days_that_are_none_are_wrong_usage(dvc: Dvc, days: str) -> None:
    assert (dvc("purge", f"--days={days}").exit_code, dvc("purge", f"--days={days}").codes) == (2, ["A-USAGE"])


def test_the_setting_is_taken_and_a_wrong_one_is_told_before_anything_goes(signed: Dvc) -> None:
    signed("config", "set", "keep_days", "10")
    assert signed("purge", "--dry-run").data["days"] == 10
    signed("config", "set", "keep_days", "lâu")
    assert (signed("done", "--yes").codes, signed("whoami").exit_code) == (["A-USAGE"], 0)


def test_receipts_whose_time_is_over_go_when_the_next_citizen_leaves(signed: Dvc) -> None:
    signed(*FILE_A)
    Dvc(signed.home, DVC_NOW="2027-06-09T09:30")("done", "--yes")
    assert signed("ho-so", "list", "--here").data["receipts"] == []
