"""The profile joins register and account, and says what the register has confirmed."""

from __future__ import annotations

from datetime import date

import pytest

from dvc_cli.errors import NotFoundError
from dvc_cli.portal import people, profiles
from portal_accounts.small_town import HUNG, HUNG_VNEID, MAI, MAI_PHONE, NOBODY, Town, codes


def test_a_portal_account_shows_its_own_email_and_nothing_is_confirmed(town: Town) -> None:
    town.open_account()
    profile = profiles.get_profile(town.portal, town.sign_in().account)
    assert (profile.id_number, profile.full_name, profile.birth_date, profile.gender) == (
        MAI,
        "NGUYỄN THỊ MAI HOÀ",
        date(1996, 3, 14),
        "nu",
    )
    assert (profile.phone, profile.email, profile.province, profile.ward) == (MAI_PHONE, "mai.hoa@example.vn", "92", "31135")
    assert (profile.id_issue_date, profile.verified) == (date(2022, 5, 4), ())


def test_vneid_brings_confirmed_identity_and_its_own_phone(town: Town) -> None:
    profile = profiles.get_profile(town.portal, town.sign_in_vneid(HUNG).account)
    assert (profile.phone, profile.email, profile.id_issue_date) == (HUNG_VNEID, "", None)
    assert profile.verified == ("id_number", "full_name", "birth_date", "gender")


def test_taking_it_anew_confirms_every_field_that_the_register_holds(town: Town) -> None:
    account = town.sign_in_vneid(HUNG).account
    refreshed = profiles.refresh_profile(town.portal, account)
    assert {"ethnicity", "nationality", "province", "ward"} <= set(refreshed.verified)
    assert not {"phone", "email", "id_issue_date", "address_detail"} & set(refreshed.verified)
    assert profiles.get_profile(town.portal, account) == refreshed


def test_the_register_finds_a_person_by_number(town: Town) -> None:
    found = people.find_person(town.portal, MAI)
    assert (found.full_name, found.birth_date, found.ethnicity) == ("NGUYỄN THỊ MAI HOÀ", date(1996, 3, 14), "01")
    for unknown in (NOBODY, "", "\ud800"):
        with pytest.raises(NotFoundError) as caught:
            people.find_person(town.portal, unknown)
        assert codes(caught.value) == ["BE-REFUSED"]


def test_a_birth_notification_is_found_with_its_mother_only(town: Town) -> None:
    found = people.find_birth_notification(town.portal, " 00412.gcs.99901.26 ", MAI)
    assert (found.code, found.birth_date, found.gender) == ("00412.GCS.99901.26", date(2026, 11, 2), "nu")
    for code, mother in (("00412.GCS.99901.26", HUNG), ("00413.GCS.99901.26", MAI), ("\ud800", MAI)):
        with pytest.raises(NotFoundError) as caught:
            people.find_birth_notification(town.portal, code, mother)
        assert codes(caught.value) == ["BE-REFUSED"]


def test_the_list_tells_who_owns_a_phone(town: Town) -> None:
    owned = {person.id_number: person.phone_owned for person in town.portal.people()}
    assert (owned[MAI], owned[HUNG], len(owned)) == (True, False, 6)
    assert town.portal.people(NOBODY) == ()
