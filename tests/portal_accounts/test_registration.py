"""Opening a portal account: every refusal with its near miss, in the portal's order."""

from __future__ import annotations

from datetime import date

import pytest

from dvc_cli.contract.values import Secret
from dvc_cli.errors import DvcError, NotFoundError, NotSupportedError, RefusedError
from dvc_cli.portal import registration
from portal_accounts.small_town import BIEN, HUNG, HUNG_PHONE, MAI, NOBODY, PASSWORD, PHUC, PHUC_PHONE, SUA, SUA_PHONE, Town, codes

HUNG_FACTS = {"id_number": HUNG, "full_name": "Trần Hùng", "birth_date": date(1990, 1, 31), "phone": HUNG_PHONE}
PHUC_FACTS = {"id_number": PHUC, "full_name": "Đỗ Văn Phúc", "birth_date": date(1988, 8, 8), "phone": PHUC_PHONE}
INSURED = {"method": "bao_hiem_xa_hoi", "social_insurance_number": "9600000011"}


def refusal(town: Town, **changes: object) -> DvcError:
    with pytest.raises(RefusedError) as caught:
        town.begin(**changes)
    return caught.value


def test_an_account_is_opened_by_subscriber_code_and_password(town: Town) -> None:
    challenge = town.begin()
    assert (challenge.kind, challenge.phone_masked, challenge.tries_left, challenge.code_number) == ("register", "090****011", 5, 1)
    assert (challenge.expires_at - challenge.sent_at).total_seconds() == 300
    account = registration.set_password(town.portal, town.verify(challenge), PASSWORD)
    assert (account.id_number, account.full_name, account.kind, account.assurance) == (MAI, "NGUYỄN THỊ MAI HOÀ", "portal", "m2")
    assert town.portal.people(MAI)[0].portal_account


def test_social_insurance_vouches_for_a_person_without_an_own_phone(town: Town) -> None:
    facts = HUNG_FACTS | INSURED | {"social_insurance_number": "9600000012"}
    assert town.open_account(**facts).id_number == HUNG


@pytest.mark.parametrize(
    ("subject", "method"),
    [
        ("cong_dan", "buu_dien_viet_nam"),
        ("cong_dan", "usb_ky_so"),
        ("cong_dan", "sim_ky_so"),
        ("doanh_nghiep", "thue_bao_di_dong"),
        ("co_quan_nha_nuoc", "bao_hiem_xa_hoi"),
    ],
)
def test_other_methods_and_subjects_are_refused_by_capability(town: Town, subject: str, method: str) -> None:
    refused = refusal(town, subject=subject, method=method, id_number=NOBODY)
    assert (codes(refused), refused.exit_code) == (["TK-METHOD"], 4)
    assert isinstance(refused, NotSupportedError)


def test_a_number_outside_the_population_is_unknown(town: Town) -> None:
    assert codes(refusal(town, id_number=NOBODY)) == ["TK-PERSON-UNKNOWN"]


@pytest.mark.parametrize("hostile", ["", "\ud800", "' OR 1=1 --", "٠٠٠", "0" * 100_000])
def test_a_number_that_is_none_is_unknown_too(town: Town, hostile: str) -> None:
    assert codes(refusal(town, id_number=hostile)) == ["TK-PERSON-UNKNOWN"]


def test_name_and_birth_date_are_compared_at_once(town: Town) -> None:
    refused = refusal(town, full_name="NGUYỄN THỊ MAI HOA", birth_date=date(1996, 4, 13))
    assert [(item.code, item.field) for item in refused.problems] == [
        ("TK-PERSON-MISMATCH", "full_name"),
        ("TK-PERSON-MISMATCH", "birth_date"),
    ]


@pytest.mark.parametrize("name", ["nguyễn thị mai hòa", "NGUYỄN THỊ MAI HOÀ", "Nguyê\u0303n Thi\u0323 Mai  Hoà"])
def test_case_tone_placement_and_decomposition_do_not_make_another_name(town: Town, name: str) -> None:
    assert town.begin(full_name=name).kind == "register"


@pytest.mark.parametrize("number", ["9600000011", "9600000099"])
def test_only_name_and_birth_date_are_held_against_the_population_data(town: Town, number: str) -> None:
    assert town.begin(**(INSURED | {"social_insurance_number": number})).kind == "register"
    refused = refusal(town, **(INSURED | {"social_insurance_number": number, "birth_date": date(1996, 4, 13)}))
    assert [(item.code, item.field) for item in refused.problems] == [("TK-PERSON-MISMATCH", "birth_date")]


def test_a_number_with_an_account_exists(town: Town) -> None:
    assert codes(refusal(town, **PHUC_FACTS)) == ["TK-EXISTS"]
    town.open_account()
    assert codes(refusal(town)) == ["TK-EXISTS"]


def test_the_phone_must_be_registered_under_the_same_number(town: Town) -> None:
    assert codes(refusal(town, **HUNG_FACTS)) == ["TK-SUBSCRIBER"]
    assert codes(refusal(town, phone="0987654321")) == ["TK-SUBSCRIBER"]
    # The operator has Hùng's phone under Mai's number, so it is hers.
    assert town.begin(phone=HUNG_PHONE).phone_masked == "090****012"


def test_a_person_without_a_phone_is_no_subscriber_of_the_empty_number(town: Town) -> None:
    facts = {"id_number": BIEN, "full_name": "Hồ Biển", "birth_date": date(1970, 7, 7), "phone": ""}
    assert codes(refusal(town, **facts)) == ["TK-SUBSCRIBER"]
    assert codes(refusal(town, **facts, method="bao_hiem_xa_hoi", social_insurance_number="9600000016")) == ["TK-SUBSCRIBER"]


def test_the_portal_asks_in_its_own_order(town: Town) -> None:
    assert codes(refusal(town, method="sim_ky_so", id_number=NOBODY)) == ["TK-METHOD"]
    assert codes(refusal(town, id_number=NOBODY, full_name="KHÁC")) == ["TK-PERSON-UNKNOWN"]
    assert codes(refusal(town, **(PHUC_FACTS | {"full_name": "KHÁC"}))) == ["TK-PERSON-MISMATCH"]
    assert codes(refusal(town, **(PHUC_FACTS | {"phone": "0987654321"}))) == ["TK-EXISTS"]


@pytest.mark.parametrize("password", ["Ab1!xyz", "abcdefg1!", "ABCDEFG1!", "Abcdefgh!", "Abcdefg12", "Abcdefg1ế", ""])
def test_a_password_outside_the_rule_is_refused_and_the_ticket_stays_good(town: Town, password: str) -> None:
    ticket = town.verify(town.begin())
    with pytest.raises(RefusedError) as caught:
        registration.set_password(town.portal, ticket, Secret(password))
    assert codes(caught.value) == ["TK-PW-RULE"]
    assert registration.set_password(town.portal, ticket, PASSWORD).kind == "portal"


@pytest.mark.parametrize("password", ["Ab1!xyzt", "Matkhau~7", "Ếếếếếế1~"])
def test_a_password_that_keeps_the_rule_by_a_hair_is_taken(town: Town, password: str) -> None:
    assert registration.set_password(town.portal, town.verify(town.begin()), Secret(password)).kind == "portal"


def no_challenge(town: Town, ticket: Secret) -> None:
    with pytest.raises(NotFoundError) as caught:
        registration.set_password(town.portal, ticket, PASSWORD)
    assert codes(caught.value) == ["TK-NO-CHALLENGE"]


def test_a_ticket_is_good_once(town: Town) -> None:
    ticket = town.verify(town.begin())
    registration.set_password(town.portal, ticket, PASSWORD)
    no_challenge(town, ticket)
    no_challenge(town, Secret("not-a-ticket"))
    no_challenge(town, Secret("\ud800"))


def test_a_ticket_ends_half_an_hour_after_the_code(town: Town) -> None:
    ticket = town.verify(town.begin())
    town.clock.pass_by(minutes=30)
    assert registration.set_password(town.portal, ticket, PASSWORD).id_number == MAI
    late = town.verify(town.begin(id_number=SUA, full_name="Lý Thị Sùa", birth_date=date(2003, 5, 5), phone=SUA_PHONE))
    town.clock.pass_by(minutes=30, seconds=1)
    no_challenge(town, late)


def test_beginning_again_ends_the_ticket_of_the_earlier_registration(town: Town) -> None:
    ticket = town.verify(town.begin())
    again = town.begin()
    no_challenge(town, ticket)
    assert registration.set_password(town.portal, town.verify(again), PASSWORD).id_number == MAI
