"""What a method answers is told by its signature, and another value is named by its place and type, never by what it holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from dvc_cli.contract.answers import MOST_DEPTH, answer_type, flaw_of, is_method
from dvc_cli.contract.backend import Backend
from dvc_cli.contract.oauth import QrLogin
from dvc_cli.contract.operations import OPERATIONS, answer
from dvc_cli.contract.values import Account, Capabilities, Dossier, FiledAnswers, OfficeRequest, Profile, Secret, Session, Ticket
from dvc_cli.domain.dossier import AttachmentFile, FeeLine, MemberLine, PaperLine

NOON = datetime.fromisoformat("2026-11-09T12:00:00+07:00")
TODAY = date(2026, 11, 9)
SESSION = Session(Account("000190000001", "LÊ VÍ DỤ", "vneid", "vneid_2"), Secret("a"), Secret("b"), NOON, NOON)
PROFILE = Profile("000190000001", "LÊ VÍ DỤ", TODAY, "nu", verified=("full_name",))
DOSSIER = Dossier(
    *("hs-1", "G22.99.08-261109-000001", "khai-sinh", "2.002621", "moi_dang_ky", NOON, TODAY, TODAY),
    members=(MemberLine("khai-sinh", "UBND", None, None),),
    fees=(FeeLine("ban_sao", 8000), FeeLine("khac", None)),
    papers=(PaperLine("ct01", 2, required=True, state="attached"),),
    request=OfficeRequest(NOON, TODAY, ("child_given_name",), ()),
)
FILED = FiledAnswers("1", {"wards": ["a", "b"], "copies": 2, "none": None}, {}, (AttachmentFile(1, "ct01", "a.pdf", 3, None, "0"),), {})
ABLE = Capabilities(frozenset(), frozenset({"portal"}), frozenset(), frozenset(), invented_people=True)
QR = QrLogin(Secret("a"), "BCDF-GHJK", "https://vi.du/vneid", "https://vi.du/vneid?user_code=BCDF-GHJK", NOON, 5)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("capabilities", ABLE),
        ("name", "sandbox"),
        ("now", NOON),
        ("verify_login", SESSION),
        ("verify_registration", Ticket(Secret("a"), NOON)),
        ("get_profile", PROFILE),
        ("get_dossier", DOSSIER),
        ("list_dossiers", ()),
        ("list_dossiers", (DOSSIER, DOSSIER)),
        ("get_filed_answers", FILED),
        ("log_out", None),
        ("close", None),
        ("begin_qr_login", QR),
        ("ask_qr_login", None),
        ("ask_qr_login", SESSION),
        ("put_attachment", None),
        ("list_people", ()),
        ("khong_co_o_dau_ca", object()),
        ("__deepcopy__", object()),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_what_has_its_type_has_no_flaw(name: str, value: object) -> None:
    assert flaw_of(name, value) == ""


def nested(levels: int) -> object:
    value: object = "sâu"
    for _level in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("name", None, "name: expected str, got NoneType"),
        ("now", datetime(2026, 11, 9, 12), "now: expected datetime with offset, got one without"),  # noqa: DTZ001
        ("now", TODAY, "now: expected datetime, got date"),
        ("verify_login", None, "verify_login: expected Session, got NoneType"),
        ("verify_login", {"token": "bí mật"}, "verify_login: expected Session, got dict"),
        ("verify_login", replace(SESSION, token="bí mật"), "verify_login.token: expected Secret, got str"),
        ("verify_login", replace(SESSION, token=Secret(None)), "verify_login.token.value: expected str, got NoneType"),
        ("verify_login", replace(SESSION, account=Account(1, "a", "b", "c")), "verify_login.account.id_number: expected str, got int"),
        ("get_profile", replace(PROFILE, birth_date=NOON), "get_profile.birth_date: expected date, got datetime"),
        ("get_profile", replace(PROFILE, id_issue_date="2026"), "get_profile.id_issue_date: expected date, got str"),
        ("get_profile", replace(PROFILE, verified="full_name"), "get_profile.verified: expected tuple, got str"),
        ("get_profile", replace(PROFILE, verified=("a", 2)), "get_profile.verified[1]: expected str, got int"),
        ("get_profile", object.__new__(Profile), "get_profile.id_number: expected str, got nothing"),
        ("get_dossier", DOSSIER.__class__, "get_dossier: expected Dossier, got type"),
        ("get_dossier", replace(DOSSIER, fees=(FeeLine("a", amount=True),)), "get_dossier.fees[0].amount: expected int, got bool"),
        ("get_dossier", replace(DOSSIER, papers=(PaperLine("a", 1, 1, "b"),)), "get_dossier.papers[0].required: expected bool, got int"),
        ("get_dossier", replace(DOSSIER, request={}), "get_dossier.request: expected OfficeRequest, got dict"),
        ("list_dossiers", [DOSSIER], "list_dossiers: expected tuple, got list"),
        ("list_dossiers", (DOSSIER, None), "list_dossiers[1]: expected Dossier, got NoneType"),
        ("capabilities", replace(ABLE, logins={"portal"}), "capabilities.logins: expected frozenset, got set"),
        ("get_filed_answers", replace(FILED, payload=[]), "get_filed_answers.payload: expected mapping, got list"),
        ("get_filed_answers", replace(FILED, payload={"a": 0.5}), "get_filed_answers.payload[0]: expected a value of JSON, got float"),
        ("get_filed_answers", replace(FILED, payload={1: ""}), "get_filed_answers.payload[0]: expected str, got int"),
        ("get_filed_answers", replace(FILED, payload={"a": {1: ""}}), "get_filed_answers.payload[0][0]: expected str, got int"),
        (
            "get_filed_answers",
            replace(FILED, payload={"a": nested(MOST_DEPTH + 1)}),
            f"get_filed_answers.payload[0]{'[0]' * MOST_DEPTH}: expected {MOST_DEPTH} levels at most, got more",
        ),
        ("get_filed_answers", replace(FILED, acknowledge={"KS-D2": 2}), "get_filed_answers.acknowledge[0]: expected str, got int"),
        ("log_out", True, "log_out: expected None, got bool"),
        ("begin_qr_login", replace(QR, interval="5"), "begin_qr_login.interval: expected int, got str"),
        ("list_people", None, "list_people: expected tuple, got NoneType"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_another_type_is_told_by_place_and_name(name: str, value: object, told: str) -> None:
    assert flaw_of(name, value) == told


def test_every_operation_and_every_method_can_be_judged() -> None:
    for row in OPERATIONS:
        assert (answer_type(row.name), is_method(row.name)) == (answer(row.name), True)
    for name in (*(row.name for row in OPERATIONS), *(each for each in vars(Backend) if not each.startswith("_"))):
        assert flaw_of(name, object()).startswith(f"{name}: expected ")


def test_only_names_of_the_protocols_are_known() -> None:
    assert is_method("get_profile")
    assert is_method("begin_qr_login")
    assert not any(is_method(name) for name in ("name", "__init__", "_private", "options"))
    with pytest.raises(KeyError):
        answer_type("options")
